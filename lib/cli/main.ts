#!/usr/bin/env node
// The binary: a command line run as a process, with its exit status.
import { OF_PROCESS, type ExitStatus } from './console';
import { run } from './run';

const exit = process.exit.bind(process);

// A reader that stops early (`| head`) is no error; a report that could not be written is no verdict.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`error: the report cannot be written: ${error.message}\n`);
  exit(2);
});

// Configs, and the timers, ticks and promises that they leave behind, have no say in the verdict, and do not keep us: whatever
// ends the process, Node does it by process.reallyExit, and what ends it before there is a verdict gives none.
let status: ExitStatus = 2;
const end: unknown = Reflect.get(process, 'reallyExit');
if (typeof end === 'function')
  Reflect.set(process, 'reallyExit', (code?: number) => {
    Reflect.apply(end, process, [code === undefined || code === 0 ? status : code]);
  });
status = run(process.argv.slice(2), OF_PROCESS);
process.exitCode = status;
process.stdout.write('', () => {
  exit(status);
});
