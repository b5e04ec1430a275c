#!/usr/bin/env node
// The binary: arguments to one of the commands, and its exit status.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments, USAGE } from './arguments';
import { check } from './check';
import { guarded, type ExitStatus } from './console';
import { explainTarget } from './explain';
import { importLive } from './import';
import { init } from './init';
import { plan } from './plan';
import { showStatus } from './status';
import { synth } from './synth';

function version(): string {
  const { version: own } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
    version: string;
  };
  return own;
}

function run(args: readonly string[]): ExitStatus {
  return guarded(() => {
    const given = readArguments(args);
    if (given === 'help' || given === 'version') {
      process.stdout.write(given === 'help' ? USAGE : `${version()}\n`);
      return 0;
    }
    switch (given.command) {
      case 'synth':
        return synth(given);
      case 'check':
        return check(given);
      case 'plan':
        return plan(given);
      case 'explain':
        return explainTarget(given);
      case 'import':
        return importLive(given);
      case 'status':
        return showStatus(given);
      case 'init':
        return init(given.root);
    }
  });
}

const exit = process.exit.bind(process);

// A reader that stops early (`| head`) is no error; a report that could not be written is no verdict.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`error: the report cannot be written: ${error.message}\n`);
  exit(2);
});

// Timers and promises that a config leaves behind have no say in the verdict, and do not keep us.
const status = run(process.argv.slice(2));
process.exitCode = status;
process.stdout.write('', () => {
  exit(status);
});
