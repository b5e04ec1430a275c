// Nodes that nobody lists: whether a pod's nodeSelector and required node affinity leave room for one of their kind, and
// if not, which requirements exclude them all. The selector algebra decides.
import { isEmpty, type Decision, type Witness } from '../selector/algebra';
import { checkTerm, type Requirement, type UncheckedTerm } from '../selector/term';
import { REMOTE_CLUSTER_LABEL, TYPE_LABEL, VIRTUAL_NODE } from './constants';
import { HOSTNAME_LABEL, labelsOf, type Provider } from './inventory';
import type { PodSpec } from './pod';
import type { Exclusion, TermFailure } from './scheduling';

/** What is known of all nodes of a kind. */
export interface NodeKind {
  readonly labels: readonly Requirement[];
  /** Of their names: In or NotIn with one value each. */
  readonly names: readonly Requirement[];
}

/** Whether a pod can run on some node of a kind. */
export type Possible =
  /** With the fewest labels that the node needs. */
  | { readonly answer: 'yes'; readonly witness: Witness }
  | { readonly answer: 'no'; readonly exclusions: readonly Exclusion[] }
  | { readonly answer: 'undecided'; readonly reason: string };

/** Any virtual node: its type, and its cluster's ID, which is never empty. */
export const ANY_VIRTUAL_NODE: NodeKind = {
  labels: [
    { key: TYPE_LABEL, operator: 'In', values: [VIRTUAL_NODE] },
    { key: REMOTE_CLUSTER_LABEL, operator: 'Exists', values: [] },
    { key: REMOTE_CLUSTER_LABEL, operator: 'NotIn', values: [''] },
  ],
  names: [],
};

/**
 * Any local node: it is no virtual one, belongs to no provider, and has neither the name of a virtual node of the
 * inventory nor its host name, which a kubelet takes from its own machine.
 */
export function anyLocalNode(providers: readonly Provider[] = []): NodeKind {
  const virtual = providers.flatMap((provider) =>
    provider.virtualNodes
      .filter(({ createNode }) => createNode)
      .map((node) => ({ name: node.name, labels: labelsOf(provider, node) })),
  );
  const hosts = virtual.flatMap(({ labels }) => labels[HOSTNAME_LABEL] ?? []);
  return {
    labels: [
      { key: TYPE_LABEL, operator: 'NotIn', values: [VIRTUAL_NODE] },
      { key: REMOTE_CLUSTER_LABEL, operator: 'DoesNotExist', values: [] },
      ...(hosts.length === 0
        ? []
        : [{ key: HOSTNAME_LABEL, operator: 'NotIn', values: hosts } satisfies Requirement]),
    ],
    names: virtual.map(({ name }) => ({ key: 'metadata.name', operator: 'NotIn', values: [name] })),
  };
}

/** The node of a kind that has a certain name. */
export function named(kind: NodeKind, name: string): NodeKind {
  return { ...kind, names: [...kind.names, { key: 'metadata.name', operator: 'In', values: [name] }] };
}

/** A requirement on a label, or on a field. */
interface Part {
  readonly on: 'label' | 'field';
  readonly requirement: Requirement;
}

const onLabels = (all: readonly Requirement[]): Part[] =>
  all.map((requirement) => ({ on: 'label', requirement }));
const onFields = (all: readonly Requirement[]): Part[] =>
  all.map((requirement) => ({ on: 'field', requirement }));

/** Whether no node of a kind meets all of them. */
function isImpossible(parts: readonly Part[], { labels, names }: NodeKind): Decision {
  const of = (on: Part['on']) => parts.filter((part) => part.on === on).map(({ requirement }) => requirement);
  return isEmpty([
    { matchExpressions: [...of('label'), ...labels], matchFields: [...of('field'), ...names] },
  ]);
}

/** A smallest choice of parts that no node of the kind meets together, given that none meets them all. */
function conflict(parts: readonly Part[], kind: NodeKind): readonly Requirement[] {
  return parts
    .reduce<readonly Part[]>((rest, part) => {
      const without = rest.filter((other) => other !== part);
      return isImpossible(without, kind).answer === 'yes' ? without : rest;
    }, parts)
    .map(({ requirement }) => requirement);
}

const entriesOf = ({ nodeSelector }: PodSpec): Requirement[] =>
  Object.entries(nodeSelector).map(([key, value]) => ({ key, operator: 'In', values: [value] }));

/** Entries of a nodeSelector that no node of a kind has. They cannot contradict one another. */
function impossibleEntries(pod: PodSpec, kind: NodeKind): Exclusion[] {
  return entriesOf(pod).flatMap((entry): Exclusion[] => {
    const possible =
      checkTerm({ matchExpressions: [entry] }).ok && isImpossible(onLabels([entry]), kind).answer !== 'yes';
    return possible ? [] : [{ by: 'nodeSelector', key: entry.key, value: entry.values.join() }];
  });
}

function decided(decision: Decision, exclusions: () => readonly Exclusion[]): Possible {
  switch (decision.answer) {
    case 'undecided':
      return decision;
    case 'no':
      return { answer: 'yes', witness: decision.witness ?? { labels: {} } };
    case 'yes':
      return { answer: 'no', exclusions: exclusions() };
  }
}

const failing = (failure: TermFailure): Possible => ({
  answer: 'no',
  exclusions: [{ by: 'affinity', terms: [failure] }],
});

function possibleByTerm(unchecked: UncheckedTerm, entries: readonly Requirement[], kind: NodeKind): Possible {
  const checked = checkTerm(unchecked);
  if (!checked.ok) return failing({ why: 'invalid', problems: checked.problems });
  const { term } = checked;
  const own = [...onLabels(term.matchExpressions), ...onFields(term.matchFields)];
  if (own.length === 0) return failing({ why: 'empty' });
  const parts = [...own, ...onLabels(entries)];
  return decided(isImpossible(parts, kind), () => [
    { by: 'affinity', terms: [{ why: 'requirements', term, requirements: conflict(parts, kind) }] },
  ]);
}

const labelsNeeded = ({ witness }: { readonly witness: Witness }) => Object.keys(witness.labels).length;

/**
 * Whether nodeSelector and required node affinity of a stored pod leave room for some node of a kind. Taints are not
 * looked at: a node without any is one of the kind.
 */
export function possible(pod: PodSpec, kind: NodeKind): Possible {
  const impossible = impossibleEntries(pod, kind);
  if (impossible.length > 0) return { answer: 'no', exclusions: impossible };
  const entries = entriesOf(pod);
  if (pod.required === undefined)
    return decided(isImpossible(onLabels(entries), kind), () => [{ by: 'affinity', terms: [] }]);
  const answers = pod.required.map((term) => possibleByTerm(term, entries, kind));
  const [best] = answers
    .filter((one) => one.answer === 'yes')
    .sort((a, b) => labelsNeeded(a) - labelsNeeded(b));
  const terms = answers
    .flatMap((one) => (one.answer === 'no' ? one.exclusions : []))
    .flatMap((one) => (one.by === 'affinity' ? one.terms : []));
  return (
    best ??
    answers.find((one) => one.answer === 'undecided') ?? {
      answer: 'no',
      exclusions: [{ by: 'affinity', terms }],
    }
  );
}
