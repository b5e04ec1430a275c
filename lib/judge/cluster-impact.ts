// Which providers a changed clusterSelector loses or gains. The algebra decides; the inventory names them, and only a
// complete one may say that a narrower selector loses nobody.
import { REMOTE_CLUSTER_LABEL } from '../liqo/constants';
import { selects, type Inventory, type Provider, type Selected } from '../liqo/inventory';
import { valueAt } from '../manifests/manifest';
import { onceEach } from '../manifests/once';
import { EVERYTHING, isSubset, overlaps, type Selection, type Witness } from '../selector/algebra';
import { checkTerm, type NodeSelector, type Term, type UncheckedTerm } from '../selector/term';
import { knownInventory } from './known-providers';
import type { Offloading } from './offloading';
import type { Facts } from './rule';

/** Every virtual node has the label with its cluster's ID, which is never empty; nothing else is certain (pkg/utils/virtualnode). */
export const EVERY_VIRTUAL_NODE = [
  { key: REMOTE_CLUSTER_LABEL, operator: 'Exists', values: [] },
  { key: REMOTE_CLUSTER_LABEL, operator: 'NotIn', values: [''] },
] as const;

/** Stands for a selector that nobody can read: the algebra says undecided, and the inventory nothing. */
const UNREADABLE: Selection = [{ matchExpressions: [{ key: '', operator: 'malformed' }] }];

/** What an offloading selects, in Liqo's reading: no terms, or no selector, are every cluster. */
export function selectionOf({ manifest, terms }: Offloading): Selection {
  if (terms !== undefined) return terms.length === 0 ? EVERYTHING : terms;
  const written = valueAt(manifest.body, 'spec', 'clusterSelector', 'nodeSelectorTerms');
  return written === undefined ? EVERYTHING : UNREADABLE;
}

/** Whether two selections can meet on one provider: which ones, or why nobody knows; undefined where they cannot. */
export function meeting(a: Selection, b: Selection, inventory: Inventory | undefined): Impact | undefined {
  const [left, right] = [readableSelection(a), readableSelection(b)];
  if (left !== undefined && right !== undefined && inventory !== undefined) {
    const both = inventory.providers.filter(
      (one) => selects(left, one) !== 'no' && selects(right, one) !== 'no',
    );
    if (both.length > 0) return { clusters: idsOf(both), ...(!inventory.complete && { others: true }) };
    if (inventory.complete) return undefined;
  }
  const decision = overlaps(a, b, { facts: EVERY_VIRTUAL_NODE });
  if (decision.answer === 'undecided') return { undecided: decision.reason };
  return decision.answer === 'yes' ? { witness: decision.witness } : undefined;
}

/** The terms as Liqo matches them, undefined where one of them is in error. */
export const readableSelection = (selection: Selection): NodeSelector | undefined =>
  selection === EVERYTHING ? [] : readable(selection);

const readable = onceEach((selection: readonly UncheckedTerm[]): NodeSelector | undefined => {
  const checked = selection.map(checkTerm);
  const terms = checked.flatMap((one) => (one.ok ? [one.term] : []));
  return terms.length === checked.length ? terms : undefined;
});

/**
 * The keys of a term that certainly matches something, which has no other label: at most one requirement for each, no bounds,
 * none about the ID that every virtual node has. Undefined of a term that the algebra has to be asked about.
 */
export function plainKeys({ matchExpressions, matchFields }: Term): ReadonlySet<string> | undefined {
  const keys = new Set([REMOTE_CLUSTER_LABEL, ...matchExpressions.map(({ key }) => key)]);
  const isPlain =
    matchFields.length === 0 &&
    matchExpressions.length > 0 &&
    keys.size === matchExpressions.length + 1 &&
    matchExpressions.every(({ operator }) => operator !== 'Gt' && operator !== 'Lt');
  return isPlain ? keys : undefined;
}

/** Remembers answers as long as the facts that they rest on: thousands of namespaces ask the same. */
export function remembering<T>(): (facts: Facts, question: string, ask: () => T) => T {
  const byFacts = new WeakMap<Facts, Map<string, { readonly answer: T }>>();
  return (facts, question, ask) => {
    const answers = byFacts.get(facts) ?? new Map<string, { readonly answer: T }>();
    byFacts.set(facts, answers);
    const present = answers.get(question) ?? { answer: ask() };
    answers.set(question, present);
    return present.answer;
  };
}

/**
 * A question about selectors that is asked once for each distinct one: thousands of namespaces share a few.
 * The answer is undefined for a selector in error.
 */
export function perSelector<T>(ask: (terms: NodeSelector) => T): (offloading: Offloading) => T | undefined {
  const answers = new Map<string, T | undefined>();
  return (offloading) => {
    const text = selectionText(offloading);
    if (!answers.has(text)) {
      const terms = readableSelection(selectionOf(offloading));
      answers.set(text, terms && ask(terms));
    }
    return answers.get(text);
  };
}

const selectionText = onceEach((offloading: Offloading) => JSON.stringify(selectionOf(offloading)));

/** The IDs of providers, sorted. */
export const idsOf = (providers: readonly Provider[]) => [...new Set(providers.map(({ id }) => id))].sort();

export interface Impact {
  /** Providers that are hit, sorted; undefined where the inventory names none. */
  readonly clusters?: readonly string[];
  /** An inventory that is not complete named them: there may be more. */
  readonly others?: true;
  /** A virtual node that would be hit. */
  readonly witness?: Witness;
  /** So many an inventory that is not complete names, and none of them is hit. */
  readonly spared?: number;
  /** Why it is not known whether any is hit. */
  readonly undecided?: string;
}

/** A provider that goes down in this order loses a namespace, at least by chance. */
export const RANK: Readonly<Record<Selected, number>> = { no: 0, perhaps: 1, yes: 2 };

const providersOf = (inventories: readonly (Inventory | undefined)[]): Provider[] =>
  inventories.flatMap((one) => one?.providers ?? []);

/**
 * What `more` selects and `less` does not: providers that would go from selected to not, or to perhaps.
 * @param inventories those that are believed, all of them: a provider that only one knows counts
 * @returns undefined where it is certain that nothing is
 */
function beyond(
  more: Selection,
  less: Selection,
  inventories: readonly (Inventory | undefined)[],
  facts: Facts,
): Impact | undefined {
  const decision = isSubset(more, less, { facts: EVERY_VIRTUAL_NODE });
  if (decision.answer === 'yes') return undefined;
  const [from, to] = [readableSelection(more), readableSelection(less)];
  if (from !== undefined && to !== undefined) {
    const hit = providersOf(inventories).filter(
      (provider) => RANK[selects(to, provider)] < RANK[selects(from, provider)],
    );
    const known = inventories.filter((one) => one !== undefined);
    const complete = known.length > 0 && known.every((one) => one.complete);
    const clusters = idsOf(hit);
    if (clusters.length > 0) return complete ? { clusters } : { clusters, others: true };
    if (complete) return undefined;
    if (decision.answer === 'no') return { witness: decision.witness, ...sparing(facts) };
  }
  return decision.answer === 'undecided' ? { undecided: decision.reason } : { witness: decision.witness };
}

/** How many clusters are known, none of them being hit; nothing where no inventory names any. What is declared has other labels, perhaps. */
function sparing({ inventories: { before, after } }: Facts): Pick<Impact, 'spared'> {
  const spared = idsOf(providersOf([before, after])).length;
  return spared === 0 ? {} : { spared };
}

const impacts = remembering<Impact | undefined>();

/** Providers that lose the namespace: by the baseline's inventory and manifests, and by today's inventory, so that dropping one hides nothing. */
export function deselected(was: Offloading, is: Offloading, facts: Facts): Impact | undefined {
  const [more, less] = [selectionOf(was), selectionOf(is)];
  const inventories = [knownInventory(facts, 'before'), facts.inventories.after];
  return impacts(facts, JSON.stringify(['lost', more, less]), () => beyond(more, less, inventories, facts));
}

/** Providers that gain the namespace, by today's inventory and manifests. */
export function newlySelected(was: Offloading, is: Offloading, facts: Facts): Impact | undefined {
  const [more, less] = [selectionOf(is), selectionOf(was)];
  return impacts(facts, JSON.stringify(['gained', more, less]), () =>
    beyond(more, less, [knownInventory(facts, 'after')], facts),
  );
}

const reaches = remembering<Impact>();

/**
 * Providers that are selected, or perhaps are: by today's inventory, or by the baseline's as well (`ever`).
 * @returns no clusters where no inventory is complete and none of them knows one
 */
export function reached(offloading: Offloading, facts: Facts, when: 'now' | 'ever'): Impact {
  const selection = selectionOf(offloading);
  return reaches(facts, JSON.stringify([when, selection]), () => {
    const [before, after] = [knownInventory(facts, 'before'), knownInventory(facts, 'after')];
    const known = (when === 'now' ? [after] : [before, after]).filter((one) => one !== undefined);
    const terms = readableSelection(selection);
    if (terms === undefined || known.length === 0) return {};
    const clusters = idsOf(providersOf(known).filter((one) => selects(terms, one) !== 'no'));
    const complete = known.every((one) => one.complete);
    if (clusters.length === 0 && !complete) return sparing(facts);
    return { clusters, ...(!complete && { others: true }) };
  });
}

export const listed = (ids: readonly string[]) =>
  ids.length < 2 ? ids.join() : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1) ?? ''}`;

/** The smallest ID that a witness can have: no selector asked for it. */
const ANY_ID = '0';

function labelled({ labels, name }: Witness): string {
  const shown = Object.entries(labels)
    .filter(([key, value]) => key !== REMOTE_CLUSTER_LABEL || value !== ANY_ID)
    .map(([key, value]) => (value === '' ? `${key}=""` : `${key}=${value}`));
  const parts = [
    ...(shown.length === 0 ? [] : [`labelled ${shown.join(',')}`]),
    ...(name === undefined ? [] : [`whose virtual node is called ${name}`]),
  ];
  return `a cluster ${parts.length === 0 ? 'that has no label but its ID' : parts.join(' and ')}`;
}

/** `florence and naples`, or `a cluster labelled region=us-west`, or what nobody can say. */
export function describe({ clusters, others, witness, undecided, spared }: Impact): string {
  if (clusters !== undefined)
    return (
      listed(clusters) + (others === true ? ', and perhaps on clusters that the inventory does not know' : '')
    );
  if (witness !== undefined)
    return (
      labelled(witness) +
      (spared === undefined ? '' : `, if there is one beside the ${spared} that the inventory names`)
    );
  return `clusters that cannot be named (${undecided ?? 'undecided'})`;
}
