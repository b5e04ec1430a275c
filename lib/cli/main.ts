#!/usr/bin/env node
// The binary: a command line run as a process, with its exit status.
import { OF_PROCESS, reasonOf, type ExitStatus } from './console';
import { run } from './run';

const exit = process.exit.bind(process);
let status: ExitStatus = 2;

// A report that did not arrive whole is no verdict, also if its reader stopped early (`| head`). Most of it is known before the
// status is; what is not ends the process here.
process.stdout.on('error', (error) => {
  if (status !== 2) process.stderr.write(`error: the report cannot be written: ${reasonOf(error)}\n`);
  exit(2);
});
// Where errors go that cannot be said, none can be said of that; the status stays.
process.stderr.on('error', () => undefined);

// Configs, and the timers, ticks and promises that they leave behind, have no say in the verdict, and do not keep us: whatever
// ends the process, Node does it by process.reallyExit, and what ends it before there is a verdict gives none.
const end: unknown = Reflect.get(process, 'reallyExit');
if (typeof end === 'function')
  Reflect.set(process, 'reallyExit', (code?: number) => {
    Reflect.apply(end, process, [code === undefined || code === 0 ? status : code]);
  });
status = run(process.argv.slice(2), OF_PROCESS);
process.exitCode = status;
process.stdout.write('', (error) => {
  if (!error) exit(status);
});
