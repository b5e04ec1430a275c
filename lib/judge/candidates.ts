// Which of many selections are worth comparing: those that one label tells apart are not.
import { EVERYTHING, type Selection } from '../selector/algebra';
import { checkTerm, type UncheckedRequirement, type UncheckedTerm } from '../selector/term';

/** The values of a label that a term requires; undefined if it requires none, or the term is invalid. */
function valuesAt(term: UncheckedTerm, key: string): readonly string[] | undefined {
  const checked = checkTerm(term);
  if (!checked.ok) return undefined;
  return checked.term.matchExpressions.find((one) => one.key === key && isIn(one))?.values;
}

/** The values of a label that a selection allows; undefined if it does not restrict them. */
function valuesOf(selection: Selection, key: string): readonly string[] | undefined {
  if (selection === EVERYTHING) return undefined;
  const perTerm = selection.map((term) => valuesAt(term, key));
  return perTerm.every((values) => values !== undefined) ? perTerm.flat() : undefined;
}

const isIn = ({ operator }: Pick<UncheckedRequirement, 'operator'>) => operator === 'In';

/** The label that most selections require by value in each of their terms. */
function commonKey(selections: readonly Selection[]): string {
  const counts = new Map<string, number>();
  for (const selection of selections) {
    const [first] = selection === EVERYTHING ? [] : selection;
    const keys = new Set((first?.matchExpressions ?? []).filter(isIn).map(({ key }) => key));
    for (const key of keys)
      if (valuesOf(selection, key) !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return best?.[0] ?? '';
}

/**
 * Indexes selections by the values of the label that most of them require, and by the providers that they are
 * known to select, so that thousands of disjoint ones are not all compared with each other.
 */
export class Candidates<T> {
  private readonly key: string;
  private readonly byValue = new Map<string, T[]>();
  private readonly byProvider = new Map<string, T[]>();
  /** Those that the label does not restrict. */
  private readonly loose: T[] = [];
  private readonly all: T[] = [];

  /** @param selections all that will be asked about */
  constructor(selections: readonly Selection[]) {
    this.key = commonKey(selections);
  }

  /** @param providers those that it is known to select: two selections can meet there on different virtual nodes */
  add(selection: Selection, providers: readonly string[], one: T): void {
    this.all.push(one);
    const values = valuesOf(selection, this.key);
    if (values === undefined) this.loose.push(one);
    for (const value of new Set(values)) append(this.byValue, value, one);
    for (const provider of providers) append(this.byProvider, provider, one);
  }

  /** Those added so far that a selection may overlap; it overlaps no other. */
  for(selection: Selection, providers: readonly string[]): readonly T[] {
    const values = valuesOf(selection, this.key);
    if (values === undefined) return this.all;
    const near = [
      ...values.flatMap((value) => this.byValue.get(value) ?? []),
      ...providers.flatMap((provider) => this.byProvider.get(provider) ?? []),
    ];
    return [...new Set([...near, ...this.loose])];
  }
}

function append<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const present = lists.get(key);
  if (present === undefined) lists.set(key, [one]);
  else present.push(one);
}
