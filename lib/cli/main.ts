#!/usr/bin/env node
// The binary: a command line run as a process, with its exit status.
import { OF_PROCESS, reasonOf, type ExitStatus } from './console';
import { run } from './run';

let status: ExitStatus = 2;

// A report that did not arrive whole is no verdict, also if its reader stopped early (`| head`). Most of it is known before the
// status is; what is not ends the process here.
process.stdout.on('error', (error) => {
  if (status !== 2) process.stderr.write(`error: the report cannot be written: ${reasonOf(error)}\n`);
  process.exit(2);
});
// Where errors go that cannot be said, none can be said of that; the status stays.
process.stderr.on('error', () => undefined);

status = run(process.argv.slice(2), { ...OF_PROCESS, isApart: true });
process.exitCode = status;
// Whatever is left of the thread in which configs ran does not keep us.
process.stdout.write('', (error) => {
  if (!error) process.exit(status);
});
