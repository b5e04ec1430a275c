// How often a target is tried: a few times in `npm test`, for long in `npm run fuzz`, which says its seed.
import * as fc from 'fast-check';
import { InputError } from '../../lib/input/error';

const LONG = Number(process.env['FUZZ_RUNS'] ?? 0);
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);

/** A test that no input of that kind fails. In `npm run fuzz` the seed and the number of inputs are printed. */
export function fuzz<T>(name: string, inputs: fc.Arbitrary<T>, check: (input: T) => void, share = 1): void {
  const runs = Math.max(1, Math.ceil((LONG === 0 ? 150 : LONG) * share));
  test(name, () => {
    const seed = LONG === 0 ? {} : { seed: SEED };
    fc.assert(fc.property(inputs, check), { numRuns: runs, endOnFailure: LONG > 0, ...seed });
    if (LONG > 0) process.stderr.write(`${name}: ${runs} inputs, FUZZ_SEED=${SEED}\n`);
  });
}

/** What is returned, or undefined where the input is refused as a user's mistake. Whatever else is thrown is a bug. */
export function accepted<T>(
  read: () => T,
  Refusal: abstract new (...args: never[]) => Error = InputError,
): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined;
    throw thrown;
  }
}

/** What no text for people may hold: control characters but line feeds, and what reorders text. */
export const CONTROLS =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
