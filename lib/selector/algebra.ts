// What selectors mean, compared exactly: empty, part of one another, overlapping, the same. Every "there is one" comes
// with a witness, the smallest label set that shows it. Knows Kubernetes' selectors and nothing of Liqo.
//
// A term is a box: for each key a set of atoms (atoms.ts). "Some label set matches a and not b" is then a point of one of
// a's boxes outside all of b's boxes, found by cutting b's boxes out one after the other and keeping the smallest point.
import { Atoms, type AtomSet, type KeyKind } from './atoms';
import { checkTerm, type Requirement, type UncheckedTerm } from './term';

/** Matches every label set. No terms at all match nothing here; what they mean to an API is for its caller to say. */
export const EVERYTHING = 'everything';
export type Selection = readonly UncheckedTerm[] | typeof EVERYTHING;

/** A label set, and the name of a node where a selector asks for it with matchFields. */
export interface Witness {
  readonly labels: Readonly<Record<string, string>>;
  readonly name?: string;
}

/**
 * An answer. With `yes` and `no` comes a witness where one shows it: of what matches (isEmpty: no), of what only the one
 * matches (isSubset, equivalent: no), of what both match (overlaps: yes).
 * `undecided` must be treated as unsafe: a term is invalid, or the question takes more than the allowed steps.
 */
export type Decision =
  | { readonly answer: 'yes' | 'no'; readonly witness?: Witness }
  | { readonly answer: 'undecided'; readonly reason: string };

export interface AlgebraOptions {
  /** What every candidate satisfies. A witness does as well. */
  readonly facts?: readonly Requirement[];
  /**
   * How much work a question may take, counted and not timed, so that every machine gives the same verdict.
   * @default 500000
   */
  readonly steps?: number;
}

const STEPS = 500_000;
const NAME_FIELD = 'metadata.name';

/** Keys by number, and for each the atoms that may stand there; a key that is not listed is free. */
type Box = ReadonlyMap<number, AtomSet>;

interface Key {
  readonly kind: KeyKind;
  readonly key: string;
  readonly atoms: Atoms;
}

class Undecided extends Error {}

/** One requirement with the number of its key. */
interface Numbered {
  readonly index: number;
  readonly requirement: Requirement;
}

/** All keys of a question, numbered in their order, names of nodes first. */
class Question {
  readonly keys: Key[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly selections: (readonly (readonly Numbered[])[] | typeof EVERYTHING)[];
  private readonly facts: readonly Numbered[];

  constructor(selections: readonly Selection[], facts: readonly Requirement[]) {
    const requirements: Requirement[][] = [];
    const kinds: { kind: KeyKind; key: string }[] = [];
    const number = (kind: KeyKind, requirement: Requirement): Numbered => {
      const id = `${kind} ${requirement.key}`;
      const index = this.numbers.get(id) ?? kinds.length;
      if (index === kinds.length) {
        this.numbers.set(id, index);
        kinds.push({ kind, key: requirement.key });
        requirements.push([]);
      }
      requirements[index]?.push(requirement);
      return { index, requirement };
    };
    this.selections = selections.map((selection) =>
      selection === EVERYTHING ? EVERYTHING : selection.flatMap((term) => numbered(term, number)),
    );
    this.facts = facts.map((fact) => number('label', fact));
    this.keys = kinds.map((one, i) => ({ ...one, atoms: new Atoms(one.kind, requirements[i] ?? []) }));
  }

  /** The boxes of a selection; those that nothing can be in are left out. */
  boxes(i: number): Box[] {
    const selection = this.selections[i] ?? [];
    return selection === EVERYTHING ? [new Map()] : selection.flatMap((term) => this.box(term) ?? []);
  }

  /** The box of what every candidate satisfies; undefined where nothing does. */
  everywhere(): Box | undefined {
    return this.box(this.facts);
  }

  private box(requirements: readonly Numbered[]): Box | undefined {
    const box = new Map<number, AtomSet>();
    for (const { index, requirement } of requirements) {
      const atoms = this.keys[index]?.atoms;
      if (atoms === undefined) continue;
      const set = (box.get(index) ?? atoms.all) & atoms.matching(requirement);
      if (set === 0n) return undefined;
      box.set(index, set);
    }
    return box;
  }
}

/** A term without requirements matches nothing and gives no box. */
function numbered(
  term: UncheckedTerm,
  number: (kind: KeyKind, requirement: Requirement) => Numbered,
): (readonly Numbered[])[] {
  const checked = checkTerm(term);
  if (!checked.ok) throw new Undecided(checked.problems[0] ?? 'a term is invalid');
  const { matchExpressions, matchFields } = checked.term;
  const other = matchFields.find(({ key }) => key !== NAME_FIELD);
  if (other !== undefined) throw new Undecided(`matchFields ${other.key}: there is no such field`);
  const requirements = [
    ...matchExpressions.map((one) => number('label', one)),
    ...matchFields.map((one) => number('name', one)),
  ];
  return requirements.length === 0 ? [] : [requirements];
}

/** A point of a box with its cost: fewest labels, then shortest, then first in order. */
interface Point {
  readonly witness: Witness;
  readonly count: number;
  readonly length: number;
  readonly text: string;
}

function isSmaller(a: Point, b: Point): boolean {
  if (a.count !== b.count) return a.count < b.count;
  return a.length !== b.length ? a.length < b.length : a.text < b.text;
}

/** Finds the smallest point of boxes outside other boxes. */
class Search {
  private best: Point | undefined;
  private steps: number;

  constructor(
    private readonly keys: readonly Key[],
    private readonly cut: readonly Box[],
    steps: number,
  ) {
    this.steps = steps;
  }

  /** @throws Undecided past the allowed steps, unless a point was found by then: it is one, if not the smallest */
  smallest(boxes: readonly Box[]): Witness | undefined {
    try {
      for (const box of boxes) this.visit(box, this.cut);
    } catch (thrown) {
      if (!(thrown instanceof Undecided) || this.best === undefined) throw thrown;
    }
    return this.best?.witness;
  }

  private visit(box: Box, cut: readonly Box[]): void {
    const point = this.pointOf(box);
    if (this.best !== undefined && !isSmaller(point, this.best)) return;
    const met = cut.filter((other) => this.meets(box, other));
    const [next] = met.map((other) => this.outer(box, other)).sort((a, b) => a.length - b.length);
    if (next === undefined) {
      this.best = point;
      return;
    }
    // Outside `next` is: outside its set at the first key, or inside there and outside at the second, and so on.
    const inside = new Map(box);
    for (const [key, set] of next) {
      const here = this.at(inside, key);
      this.visit(new Map(inside).set(key, here & ~set), met);
      inside.set(key, here & set);
    }
  }

  /** Whether two boxes have a point in common. */
  private meets(box: Box, other: Box): boolean {
    this.steps -= 1;
    if (this.steps < 0) throw new Undecided('comparing the selectors takes too many steps');
    for (const [key, set] of other) if ((this.at(box, key) & set) === 0n) return false;
    return true;
  }

  /** The keys at which a box reaches beyond another, with the other's sets. None: it lies wholly inside. */
  private outer(box: Box, other: Box): [number, AtomSet][] {
    return [...other].filter(([key, set]) => (this.at(box, key) & ~set) !== 0n);
  }

  private at(box: Box, key: number): AtomSet {
    return box.get(key) ?? this.keys[key]?.atoms.all ?? 0n;
  }

  private pointOf(box: Box): Point {
    const labels: [string, string][] = [];
    let name: string | undefined;
    for (const [index, set] of box) {
      const key = this.keys[index];
      const value = key?.atoms.smallest(set);
      if (key === undefined || value === undefined) continue;
      if (key.kind === 'name') name = value;
      else labels.push([key.key, value]);
    }
    labels.sort(([a], [b]) => (a < b ? -1 : 1));
    const text = [...labels.map(([key, value]) => `${key}=${value}`), name ?? ''].join(',');
    const witness = { labels: Object.fromEntries(labels), ...(name !== undefined && { name }) };
    return { witness, count: labels.length, length: text.length, text };
  }
}

/** What two boxes have in common, undefined where nothing. */
function common(a: Box, b: Box): Box | undefined {
  const box = new Map(a);
  for (const [key, set] of b) {
    const here = box.get(key);
    const both = here === undefined ? set : here & set;
    if (both === 0n) return undefined;
    box.set(key, both);
  }
  return box;
}

const commonOf = (a: readonly Box[], b: readonly Box[]) =>
  a.flatMap((one) => b.flatMap((other) => common(one, other) ?? []));

type Found = { readonly witness: Witness | undefined } | { readonly undecided: string };

/** The smallest label set that matches every one of `all` and nothing of `none`. */
function find(all: readonly Selection[], none: Selection, options: AlgebraOptions): Found {
  try {
    const question = new Question([none, ...all], options.facts ?? []);
    const everywhere = question.everywhere();
    if (everywhere === undefined) return { witness: undefined };
    const boxes = all.reduce<readonly Box[]>(
      (found, _, i) => commonOf(found, question.boxes(i + 1)),
      [everywhere],
    );
    return { witness: new Search(question.keys, question.boxes(0), options.steps ?? STEPS).smallest(boxes) };
  } catch (thrown) {
    if (thrown instanceof Undecided) return { undecided: thrown.message };
    throw thrown;
  }
}

function decide(found: Found, exists: 'yes' | 'no'): Decision {
  if ('undecided' in found) return { answer: 'undecided', reason: found.undecided };
  const { witness } = found;
  if (witness !== undefined) return { answer: exists, witness };
  return { answer: exists === 'yes' ? 'no' : 'yes' };
}

/** Whether no label set at all matches. On `no`, the smallest one that does. */
export function isEmpty(a: Selection, options: AlgebraOptions = {}): Decision {
  return decide(find([a], [], options), 'no');
}

/** Whether a matches something that b does not. On `yes`, the smallest label set of that kind. */
export function difference(a: Selection, b: Selection, options: AlgebraOptions = {}): Decision {
  return decide(find([a], b, options), 'yes');
}

/** Whether b matches all that a matches. On `no`, the smallest label set that a matches and b does not. */
export function isSubset(a: Selection, b: Selection, options: AlgebraOptions = {}): Decision {
  return decide(find([a], b, options), 'no');
}

/** Whether some label set matches both. On `yes`, the smallest one. */
export function overlaps(a: Selection, b: Selection, options: AlgebraOptions = {}): Decision {
  return decide(find([a, b], [], options), 'yes');
}

/** Whether both match the same. On `no`, the smallest label set that a alone matches, or else b alone. */
export function equivalent(a: Selection, b: Selection, options: AlgebraOptions = {}): Decision {
  const there = isSubset(a, b, options);
  return there.answer === 'yes' ? isSubset(b, a, options) : there;
}
