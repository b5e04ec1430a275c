#!/usr/bin/env node
// The binary: arguments to one of the commands, and its exit status.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments, USAGE } from './arguments';
import { check } from './check';
import { guarded, type ExitStatus } from './console';
import { init } from './init';
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
      case 'init':
        return init(given.root);
    }
  });
}

// A reader that stops early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = run(process.argv.slice(2));
