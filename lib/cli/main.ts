#!/usr/bin/env node
// The binary: a command line run as a process, with its exit status.
import { OF_PROCESS } from './console';
import { run } from './run';

const exit = process.exit.bind(process);

// A reader that stops early (`| head`) is no error; a report that could not be written is no verdict.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`error: the report cannot be written: ${error.message}\n`);
  exit(2);
});

// Timers, ticks and promises that a config leaves behind have no say in the verdict, and do not keep us.
const status = run(process.argv.slice(2), OF_PROCESS);
process.exitCode = status;
process.on('exit', (code) => {
  if (code === 0) process.exitCode = status; // a tick of a config may call process.exit before we do
});
process.stdout.write('', () => {
  exit(status);
});
