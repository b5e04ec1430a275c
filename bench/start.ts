// How long the binary takes before it does anything, beside a Node that does nothing. Without a preload, which would be part of both.
import { medianSeconds, program, type Samples } from './measure';
import { BINARY } from './project';

const RUNS = 15;

/** How many times as long as a bare Node `--version` may take. */
export const START_LIMIT = 3;

/** How many times as long it takes; both are started in turn. */
export function startRatio(): number {
  const [bare, version]: [Samples, Samples] = [[], []];
  for (let i = 0; i < RUNS; i += 1) {
    bare.push(program('.', process.execPath, ['-e', '0']));
    version.push(program('.', process.execPath, [BINARY, '--version']));
  }
  return medianSeconds(version) / medianSeconds(bare);
}
