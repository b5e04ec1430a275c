// Which providers a changed clusterSelector loses or gains. The algebra decides; the inventory names them, and only a
// complete one can show that a narrower selector loses no cluster.
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

/** Stands for an unreadable selector: the algebra answers undecided, and the inventory names nothing. */
const UNREADABLE: Selection = [{ matchExpressions: [{ key: '', operator: 'malformed' }] }];

/** What an offloading selects, as Liqo reads it: no terms, or no selector, mean every cluster. */
export function selectionOf({ manifest, terms }: Offloading): Selection {
  if (terms !== undefined) return terms.length === 0 ? EVERYTHING : terms;
  const written = valueAt(manifest.body, 'spec', 'clusterSelector', 'nodeSelectorTerms');
  return written === undefined ? EVERYTHING : UNREADABLE;
}

/** The providers on which two selections can meet, or why they are unknown; undefined if they cannot meet. */
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

/** The terms as Liqo matches them; undefined if one of them is invalid. */
export const readableSelection = (selection: Selection): NodeSelector | undefined =>
  selection === EVERYTHING ? [] : readable(selection);

const readable = onceEach((selection: readonly UncheckedTerm[]): NodeSelector | undefined => {
  const checked = selection.map(checkTerm);
  const terms = checked.flatMap((one) => (one.ok ? [one.term] : []));
  return terms.length === checked.length ? terms : undefined;
});

/**
 * The keys of a term that certainly matches a node without other labels: at most one requirement for each, no bounds,
 * none about the ID that every virtual node has. Undefined for a term that needs the algebra.
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

/** Caches answers as long as the facts live: thousands of namespaces ask the same. */
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
 * Asks a question once for each distinct selector: thousands of namespaces share a few.
 * The answer is undefined for an invalid selector.
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
  /** Affected providers, sorted; undefined if the inventory names none. */
  readonly clusters?: readonly string[];
  /** The inventory is not complete: there may be more. */
  readonly others?: true;
  /** A virtual node that would be affected. */
  readonly witness?: Witness;
  /** How many clusters an incomplete inventory names, none of them affected. */
  readonly spared?: number;
  /** Why it is unknown whether any is affected. */
  readonly undecided?: string;
}

/** A provider that moves down in this order loses a namespace, at least by chance. */
export const RANK: Readonly<Record<Selected, number>> = { no: 0, perhaps: 1, yes: 2 };

const providersOf = (inventories: readonly (Inventory | undefined)[]): Provider[] =>
  inventories.flatMap((one) => one?.providers ?? []);

/**
 * What `more` selects and `less` does not: providers that go from selected to not selected, or to perhaps.
 * @param inventories all of them count: a provider that only one of them names does too
 * @returns undefined if there certainly is none
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

/** How many clusters the inventories name, none of them affected; empty if they name none. */
function sparing({ inventories: { before, after } }: Facts): Pick<Impact, 'spared'> {
  const spared = idsOf(providersOf([before, after])).length;
  return spared === 0 ? {} : { spared };
}

const impacts = remembering<Impact | undefined>();

/** Providers that lose the namespace, by the baseline's inventory and manifests and by today's inventory, so that dropping a provider hides nothing. */
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
 * Providers that are, or may be, selected: by today's inventory, or also by the baseline's (`ever`).
 * @returns no clusters if no inventory is complete and none names one
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

/** The smallest ID that a witness can have: no selector required it. */
const ANY_ID = '0';

function labelled({ labels, name }: Witness): string {
  const shown = Object.entries(labels)
    .filter(([key, value]) => key !== REMOTE_CLUSTER_LABEL || value !== ANY_ID)
    .map(([key, value]) => (value === '' ? `${key}=""` : `${key}=${value}`));
  const parts = [
    ...(shown.length === 0 ? [] : [`labelled ${shown.join(',')}`]),
    ...(name === undefined ? [] : [`whose virtual node is named ${name}`]),
  ];
  return `a cluster ${parts.length === 0 ? 'that has no label but its ID' : parts.join(' and ')}`;
}

/** `florence and naples`, or `a cluster labelled region=us-west`, or why no cluster can be named. */
export function describe({ clusters, others, witness, undecided, spared }: Impact): string {
  if (clusters !== undefined)
    return (
      listed(clusters) + (others === true ? ', and perhaps on clusters that the inventory does not name' : '')
    );
  if (witness !== undefined)
    return (
      labelled(witness) +
      (spared === undefined ? '' : `, if one exists besides the ${spared} that the inventory names`)
    );
  return `clusters that cannot be named (${undecided ?? 'undecided'})`;
}
