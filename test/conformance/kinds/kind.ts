// What a kind of case is: how one is drawn, and what the project says of it.
import type { Json } from '../../../lib/manifests/manifest';
import type { Random } from '../generate/random';

/** What both sides say where they refuse an input. */
export const REFUSED = 'refused';

export interface Kind<Input = unknown> {
  /** As the oracle knows it. */
  readonly name: string;
  /** What is compared, with the files of the project and the packages upstream, for docs/conformance.md. */
  readonly what: string;
  readonly ours: string;
  readonly upstream: string;
  /** A new case. */
  draw(random: Random): Input;
  /** What the oracle is asked, where that is not the case itself. */
  asked?(input: Input): Json;
  /** What the project says of it, in the words of the oracle; `{ refused: reason }` where it refuses. */
  say(input: Input): Json;
  /** The part of what either side says that is compared. */
  compared?(said: Json): Json;
}

/** Sorted, where the order says nothing. */
export function sorted(list: readonly Json[]): Json[] {
  return [...list].sort((a, b) => {
    const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}
