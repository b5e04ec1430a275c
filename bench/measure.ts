// One command as a cold process: how long it took, and how much memory it held.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Sample {
  /** Wall time in seconds. */
  readonly seconds: number;
  /** Peak resident memory of the process in bytes, without its children; 0 for what is not Node. */
  readonly bytes: number;
}

/** Several runs of one thing. */
export type Samples = Sample[];

const PEAK = join(mkdtempSync(join(tmpdir(), 'cdk8s-liqo-bench-peak-')), 'peak');

function timed(cwd: string, command: string, args: readonly string[], allowed: readonly number[]): number {
  spawnSync('sync'); // what an earlier run left in the cache is not written at this one's expense
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(CDK8S_|GIT_)/.test(name))),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    BENCH_PEAK: PEAK,
  };
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const seconds = (performance.now() - start) / 1000;
  if (!allowed.includes(status ?? -1))
    throw new Error(`${command} ${args.join(' ')}: ${status ?? ''} ${stderr}`);
  return seconds;
}

/** Runs a Node script; `allowed` are the exit statuses that are no failure of the bench. */
export function node(cwd: string, args: readonly string[], allowed: readonly number[] = [0]): Sample {
  const preload = join(__dirname, 'peak.mjs');
  const seconds = timed(cwd, process.execPath, ['--import', preload, ...args], allowed);
  return { seconds, bytes: Number(readFileSync(PEAK, 'utf8')) };
}

/** Runs any other program. */
export function program(cwd: string, command: string, args: readonly string[]): Sample {
  return { seconds: timed(cwd, command, args, [0]), bytes: 0 };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

export const medianSeconds = (samples: Samples) => median(samples.map(({ seconds }) => seconds));
export const medianBytes = (samples: Samples) => median(samples.map(({ bytes }) => bytes));
