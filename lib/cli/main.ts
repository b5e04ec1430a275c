#!/usr/bin/env node
// The binary: a command line run as a process, with its exit status.
import { OF_PROCESS } from './console';
import { run } from './run';

// A reader that stops early (`| head`) is no error; a report that could not be written is no verdict.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`error: the report cannot be written: ${error.message}\n`);
  process.exit(2);
});

const status = run(process.argv.slice(2), { ...OF_PROCESS, isApart: true });
process.exitCode = status;
// Whatever is left of the thread in which configs ran does not keep us.
process.stdout.write('', () => process.exit(status));
