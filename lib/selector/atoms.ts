// The values of one key, parted into atoms: values that no requirement of a question tells apart. There are few of
// them, each stands for all that it holds, and so a question over infinitely many labels becomes one over bit sets.
import { dnsSubdomainProblem } from './labels';
import { matchesRequirement } from './match';
import { INT64_MAX, parseInt64, type Requirement } from './term';

/** A set of atoms, one bit each. */
export type AtomSet = bigint;

/** What a key is: a label, which may be absent, or the one field that there is, a node's name, which never is. */
export type KeyKind = 'label' | 'name';

const LABEL_VALUE_LENGTH = 63;
const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();

/** All texts over an alphabet (in order) of one length. */
function* textsOfLength(alphabet: string, length: number): Generator<string> {
  if (length === 0) yield '';
  else
    for (const first of alphabet) for (const rest of textsOfLength(alphabet, length - 1)) yield first + rest;
}

/** Label values that are no int64 (or node names), shortest first, then in order; endless. */
function* words(kind: KeyKind): Generator<string> {
  if (kind === 'label') yield '';
  const alphabet = kind === 'label' ? DIGITS + UPPER + LOWER : DIGITS + LOWER;
  for (let length = 1; ; length += 1) {
    for (const text of textsOfLength(alphabet, length))
      if (kind === 'name' || parseInt64(text) === undefined) yield text;
  }
}

/** Label values that read as an integer of a range (`2`, `02`, … up to 63 characters), shortest first, then in order. */
function* integers(low: bigint, high: bigint): Generator<string> {
  for (let length = 1; length <= LABEL_VALUE_LENGTH; length += 1) {
    const limit = 10n ** BigInt(length) - 1n;
    const last = high < limit ? high : limit;
    for (let value = low; value <= last; value += 1n) yield value.toString().padStart(length, '0');
  }
}

function firstOutside(candidates: Iterable<string>, taken: ReadonlyMap<string, unknown>): string | undefined {
  for (const one of candidates) if (!taken.has(one)) return one;
  return undefined;
}

const clamp = (value: bigint) => (value < 0n ? 0n : value > INT64_MAX ? INT64_MAX : value);

/** The ranges that the bounds of Gt and Lt leave between them. A label value cannot be negative: it begins with no sign. */
function ranges(requirements: readonly Requirement[]): (readonly [bigint, bigint])[] {
  const starts = new Set([0n]);
  for (const { operator, values } of requirements) {
    const bound = operator === 'Gt' || operator === 'Lt' ? parseInt64(values[0] ?? '') : undefined;
    if (bound === undefined) continue;
    // Gt parts what is above the bound from the rest, Lt what is at or above it.
    if (operator === 'Gt' && bound < INT64_MAX) starts.add(clamp(bound + 1n));
    if (operator === 'Lt') starts.add(clamp(bound));
  }
  const sorted = [...starts].sort((a, b) => (a < b ? -1 : 1));
  return sorted.map((start, i) => [start, (sorted[i + 1] ?? INT64_MAX + 1n) - 1n]);
}

/** The atoms of one key, for all requirements of a question on it. */
export class Atoms {
  /** The smallest value of each atom: the shortest, then the first in order; undefined is the absent label. */
  readonly values: readonly (string | undefined)[];
  readonly all: AtomSet;
  private readonly absent: AtomSet;
  private readonly byValue: ReadonlyMap<string, AtomSet>;

  constructor(kind: KeyKind, requirements: readonly Requirement[]) {
    const values: (string | undefined)[] = kind === 'label' ? [undefined] : [];
    const byValue = new Map<string, AtomSet>();
    const add = (value: string) => {
      byValue.set(value, 1n << BigInt(values.length));
      values.push(value);
    };
    for (const { operator, values: listed } of requirements) {
      if (operator !== 'In' && operator !== 'NotIn') continue;
      // No node has a name that is none; a label value has been checked to be one.
      for (const value of listed)
        if (!byValue.has(value) && (kind === 'label' || dnsSubdomainProblem(value) === undefined)) add(value);
    }
    const taken = new Map(byValue);
    const rest = kind === 'label' ? ranges(requirements).map(([low, high]) => integers(low, high)) : [];
    for (const candidates of [words(kind), ...rest]) {
      const smallest = firstOutside(candidates, taken);
      if (smallest !== undefined) values.push(smallest);
    }
    this.values = values;
    this.byValue = byValue;
    this.absent = kind === 'label' ? 1n : 0n;
    this.all = (1n << BigInt(values.length)) - 1n;
  }

  /** The atoms whose values satisfy a requirement. */
  matching(requirement: Requirement): AtomSet {
    const { operator, values } = requirement;
    const listed = () => values.reduce((set, value) => set | (this.byValue.get(value) ?? 0n), 0n);
    switch (operator) {
      case 'In':
        return listed();
      case 'NotIn':
        return this.all & ~listed();
      case 'Exists':
        return this.all & ~this.absent;
      case 'DoesNotExist':
        return this.absent;
      case 'Gt':
      case 'Lt':
        return this.values.reduce<AtomSet>((set, value, i) => {
          const labels = value === undefined ? {} : { [requirement.key]: value };
          return matchesRequirement(requirement, labels) ? set | (1n << BigInt(i)) : set;
        }, 0n);
    }
  }

  /** The smallest value of a set that is not empty; undefined is the absent label, the smallest of all. */
  smallest(set: AtomSet): string | undefined {
    let best: string | undefined;
    for (const [i, value] of this.values.entries()) {
      if ((set & (1n << BigInt(i))) === 0n) continue;
      if (value === undefined) return undefined;
      if (best === undefined || value.length < best.length || (value.length === best.length && value < best))
        best = value;
    }
    return best;
  }
}
