// Whether the scheduler may put a stored pod on a node: taints, nodeSelector, required node affinity.
// Source: component-helpers v0.35, scheduling/corev1 (helpers.go, nodeaffinity/nodeaffinity.go); kubernetes,
// pkg/scheduler/framework/plugins (nodename, tainttoleration, nodeaffinity).
import { matchesField, matchesRequirement, type Labels } from '../selector/match';
import { printRequirement } from '../selector/print';
import { checkTerm, type Requirement, type Term, type UncheckedTerm } from '../selector/term';
import type { PodSpec, Toleration } from './pod';
import { tolerationOf, type Taint } from './tolerations';

export interface Node {
  readonly name: string;
  readonly labels: Labels;
  readonly taints: readonly Taint[];
}

/** Why one of the terms of a required node affinity does not let a pod onto a node. */
export type TermFailure =
  /** It has no requirements, which matches no node. */
  | { readonly why: 'empty' }
  /** It is in error; the scheduler passes over it and tries the others. */
  | { readonly why: 'invalid'; readonly problems: readonly string[] }
  /**
   * Of a node: the requirements that it does not meet, each by itself. Of nodes that are not listed: a smallest set of
   * requirements, the nodeSelector's among them, that none of them can meet together. Those of matchFields have the key
   * `metadata.name`.
   */
  | { readonly why: 'requirements'; readonly term: Term; readonly requirements: readonly Requirement[] };

/** What keeps a pod off a node. */
export type Exclusion =
  | { readonly by: 'taint'; readonly taint: Taint }
  /** `found` is the node's own value; absent where it lacks the label. */
  | { readonly by: 'nodeSelector'; readonly key: string; readonly value: string; readonly found?: string }
  /** All terms fail, one failure a term, in their order; none where the affinity has no terms. */
  | { readonly by: 'affinity'; readonly terms: readonly TermFailure[] }
  | { readonly by: 'nodeName'; readonly nodeName: string }
  /** There is no Node behind the virtual node (`createNode: false`). */
  | { readonly by: 'no-node' };

export type Fit =
  | {
      readonly answer: 'yes';
      /** After how many seconds it is evicted again, since the toleration that counts ends then. */
      readonly evictedAfter?: number;
    }
  | { readonly answer: 'no'; readonly exclusions: readonly Exclusion[] };

/** Taints that keep pods away; PreferNoSchedule only makes a node the last choice. */
const keepsAway = ({ effect }: Taint) => effect !== 'PreferNoSchedule';

function evictionAfter(taints: readonly Taint[], tolerations: readonly Toleration[]): number | undefined {
  const ends = taints
    .filter(({ effect }) => effect === 'NoExecute')
    .flatMap((taint) => tolerationOf(taint, tolerations)?.tolerationSeconds ?? []);
  // A negative number is taken as 0 (pkg/controller/tainteviction, getMinTolerationTime).
  return ends.length === 0 ? undefined : Math.max(0, Math.min(...ends));
}

function termFailure(unchecked: UncheckedTerm, { name, labels }: Node): TermFailure | undefined {
  const checked = checkTerm(unchecked);
  if (!checked.ok) return { why: 'invalid', problems: checked.problems };
  const { term } = checked;
  if (term.matchExpressions.length + term.matchFields.length === 0) return { why: 'empty' };
  const requirements = [
    ...term.matchExpressions.filter((one) => !matchesRequirement(one, labels)),
    ...term.matchFields.filter((one) => !matchesField(one, name)),
  ];
  return requirements.length === 0 ? undefined : { why: 'requirements', term, requirements };
}

function affinityExclusions({ required }: PodSpec, node: Node): Exclusion[] {
  if (required === undefined) return [];
  const terms = required.flatMap((term) => termFailure(term, node) ?? []);
  return terms.length < required.length ? [] : [{ by: 'affinity', terms }];
}

function nodeSelectorExclusions({ nodeSelector }: PodSpec, { labels }: Node): Exclusion[] {
  return Object.entries(nodeSelector).flatMap(([key, value]) => {
    const found = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (found === value) return [];
    return [{ by: 'nodeSelector', key, value, ...(found !== undefined && { found }) }];
  });
}

/**
 * Whether a stored pod may run on a node, or everything that excludes it. A pod with a nodeName goes past the scheduler:
 * on that node only a NoExecute taint still counts, which evicts it.
 */
export function fits(pod: PodSpec, node: Node): Fit {
  const { nodeName, tolerations } = pod;
  if (nodeName !== undefined && nodeName !== node.name)
    return { answer: 'no', exclusions: [{ by: 'nodeName', nodeName }] };
  const counts = nodeName === undefined ? keepsAway : ({ effect }: Taint) => effect === 'NoExecute';
  const taints = node.taints.filter(counts);
  const exclusions = [
    ...taints
      .filter((taint) => tolerationOf(taint, tolerations) === undefined)
      .map((taint): Exclusion => ({ by: 'taint', taint })),
    ...(nodeName === undefined
      ? [...nodeSelectorExclusions(pod, node), ...affinityExclusions(pod, node)]
      : []),
  ];
  if (exclusions.length > 0) return { answer: 'no', exclusions };
  const evictedAfter = evictionAfter(taints, tolerations);
  return { answer: 'yes', ...(evictedAfter !== undefined && { evictedAfter }) };
}

/** Requirements as people read them, each once: the webhook's product repeats what the pod wants already. */
const printAll = (requirements: readonly Requirement[]) =>
  [...new Set(requirements.map(printRequirement))].join(',');

function printTermFailure(failure: TermFailure): string {
  switch (failure.why) {
    case 'empty':
      return 'something that no node has (a term without requirements)';
    case 'invalid':
      return `something invalid (${failure.problems.join('; ')})`;
    case 'requirements': {
      const wanted = printAll(failure.requirements);
      const { matchExpressions, matchFields } = failure.term;
      const term = printAll([...matchExpressions, ...matchFields]);
      return wanted === term ? wanted : `${wanted} (of ${term})`;
    }
  }
}

/** An exclusion in words, to follow "because". */
export function printExclusion(exclusion: Exclusion): string {
  switch (exclusion.by) {
    case 'taint': {
      const { key, value, effect } = exclusion.taint;
      return `the pod does not tolerate the taint ${key}${value ? `=${value}` : ''}:${effect}`;
    }
    case 'nodeSelector': {
      const found = exclusion.found === undefined ? '' : `, but the node has ${exclusion.found}`;
      return `its nodeSelector requires ${exclusion.key}=${exclusion.value}${found}`;
    }
    case 'affinity':
      return exclusion.terms.length === 0
        ? 'its required node affinity has no terms'
        : `its required node affinity requires ${exclusion.terms.map(printTermFailure).join(', or ')}`;
    case 'nodeName':
      return `its nodeName is ${exclusion.nodeName}`;
    case 'no-node':
      return 'the virtual node has no Node (createNode: false)';
  }
}
