// The other direction: what a pod must say of itself to run where a word wants it, so that neither the RuntimeClass plugin
// nor Liqo's pod webhook changes where that is. What the webhook makes of the result, and why it is the same:
//
// - Let T be the clusterSelector's terms, V `liqo.io/type In (virtual-node)`, L its NotIn. The webhook ANDs (T AND V) under
//   Remote, (T OR L) under LocalAndRemote, and nothing without terms there.
// - `remote` requires T AND V, `local` L, `anywhere` (T AND V) OR L. ANDed with what the webhook adds under a strategy that
//   allows them, each stays what it is. Under Remote, `local` leaves nothing and `anywhere` only virtual nodes; both are
//   contradictions, as are `remote` and `anywhere` under Local.
// - Only matchExpressions survive the webhook's merge. A pod that it binds must not need matchFields.
// - A term without requirements selects nothing, in T as in a pod, and yet is neutral in the merge. It is left out of what
//   is written, so that the merge cannot widen it.
import { isEmpty, isSubset } from '../selector/algebra';
import { printTerm } from '../selector/print';
import { checkTerm, type Requirement, type Term } from '../selector/term';
import { isBound, requiredProblem, type PodOffloading } from './admission';
import { TYPE_LABEL, VIRTUAL_NODE } from './constants';
import { ANY_VIRTUAL_NODE, anyLocalNode, possible, type NodeKind } from './node-kind';
import type { PodSpec } from './pod';
import { TAINT_OF_VIRTUAL_NODES, VIRTUAL_NODE_TOLERATION } from './runtime-class';
import { printExclusion } from './scheduling';
import { mergeTolerations, tolerationOf } from './tolerations';

export const PLACEMENTS = ['local', 'remote', 'anywhere'] as const;
/** Where a workload runs: off the virtual nodes, on those of clusters that its namespace selects, or both. */
export type Placement = (typeof PLACEMENTS)[number];

/** How a remote pod gets past the taint of virtual nodes. */
export const REMOTE_MEANS = ['runtimeClass', 'toleration'] as const;
export type RemoteMeans = (typeof REMOTE_MEANS)[number];

export interface PlacementRequest {
  readonly placement: Placement;
  /** Only for `remote`. */
  readonly means: RemoteMeans;
  /** The namespace's offloading; absent where it has none. */
  readonly offloading?: PodOffloading;
  /** The name of the RuntimeClass that leads to virtual nodes. */
  readonly liqoRuntimeClass: string;
  /** The one whose pods the webhook leaves alone, where that is another: see webhookClassOf. */
  readonly webhookRuntimeClass?: string;
  /** Whether the pod is one of a DaemonSet, whose controller has its own idea of nodes: see daemon.ts. */
  readonly daemonSet?: boolean;
  /**
   * Whether the pod spec can never be changed (Job, Pod). Then nothing of the clusterSelector may stand in it, or every
   * change of the selector would be an update that the API server refuses: Liqo's webhook adds it to each pod instead.
   */
  readonly once?: boolean;
}

export interface Placed {
  /** The pod with what the placement adds; as it was given where anything contradicts it. */
  readonly pod: PodSpec;
  /** Why the pod cannot be placed so, as sentences. */
  readonly contradictions: readonly string[];
}

const REMOTE: Requirement = { key: TYPE_LABEL, operator: 'In', values: [VIRTUAL_NODE] };
const LOCAL: Requirement = { key: TYPE_LABEL, operator: 'NotIn', values: [VIRTUAL_NODE] };
const only = (requirement: Requirement): Term => ({ matchExpressions: [requirement], matchFields: [] });

const requirementsOf = ({ matchExpressions, matchFields }: Term) =>
  matchExpressions.length + matchFields.length;
const text = (value: unknown) => JSON.stringify(value);

/** The requirements of both, those of the first in front, none twice. */
function both(a: Term, b: Term): Term {
  const union = (first: readonly Requirement[], second: readonly Requirement[]) => {
    const present = new Set(first.map(text));
    return [...first, ...second.filter((one) => !present.has(text(one)))];
  };
  return {
    matchExpressions: union(a.matchExpressions, b.matchExpressions),
    matchFields: union(a.matchFields, b.matchFields),
  };
}

const unique = (terms: readonly Term[]): Term[] => [
  ...new Map(terms.map((one) => [text(one), one])).values(),
];

/** Without what no node can ever match; what cannot be decided stays. */
const alive = (terms: readonly Term[]) => unique(terms).filter((one) => isEmpty([one]).answer !== 'yes');

/** Terms that have been checked; those in error are left out, and reported elsewhere. */
const valid = (terms: PodOffloading['terms']): Term[] =>
  (terms ?? []).map(checkTerm).flatMap((one) => (one.ok ? [one.term] : []));

/** The virtual nodes of the clusters that a clusterSelector selects. */
function selectedNodes(offloading: PodOffloading | undefined): Term[] {
  if (offloading?.terms?.length === 0) return [only(REMOTE)];
  const selecting = valid(offloading?.terms).filter((one) => requirementsOf(one) > 0);
  return alive(selecting.map((one) => both(one, only(REMOTE))));
}

/** What a placement requires of nodes, as alternatives; undefined where it requires nothing. */
function requiredBy({ placement, offloading, once }: PlacementRequest): readonly Term[] | undefined {
  switch (placement) {
    case 'local':
      return [only(LOCAL)];
    case 'remote':
      return once === true ? [only(REMOTE)] : selectedNodes(offloading);
    case 'anywhere':
      return once === true || offloading?.terms?.length === 0
        ? undefined
        : [...selectedNodes(offloading), only(LOCAL)];
  }
}

/**
 * Own terms narrowed to `wanted`. One that lies within it already stays as it is, which makes placing idempotent; one
 * that matches nothing, without requirements or contradicting itself, goes.
 */
function narrowed(own: readonly Term[] | undefined, wanted: readonly Term[]): readonly Term[] {
  if (own === undefined) return wanted;
  return alive(
    own.flatMap((term) =>
      isSubset([term], wanted).answer === 'yes' ? [term] : wanted.map((other) => both(term, other)),
    ),
  );
}

/** Whether the RuntimeClass is what leads to virtual nodes. */
const isByClass = ({ placement, means, once }: PlacementRequest) =>
  placement === 'remote' && means === 'runtimeClass' && once !== true;

/** The pod with the fields of the placement; whether they contradict it is not looked at. */
function withPlacement(pod: PodSpec, request: PlacementRequest): PodSpec {
  const { placement, liqoRuntimeClass } = request;
  const wanted = requiredBy(request);
  const own = pod.required && valid(pod.required);
  // What is left to the webhook's merge must not be widened by it either.
  const kept = request.once === true && own !== undefined ? alive(own) : undefined;
  const required = wanted ? narrowed(own, wanted) : kept;
  const byClass = isByClass(request);
  // Without the webhook, which adds the toleration, the pod must not get onto virtual nodes at all.
  const tolerated =
    placement === 'local' ||
    request.once === true ||
    byClass ||
    tolerationOf(TAINT_OF_VIRTUAL_NODES, pod.tolerations) !== undefined;
  return {
    ...pod,
    ...(byClass && { runtimeClassName: liqoRuntimeClass }),
    ...(!tolerated && { tolerations: [...pod.tolerations, VIRTUAL_NODE_TOLERATION] }),
    ...(required && { required }),
  };
}

/** What the namespace has against a placement. */
function againstNamespace({ placement, offloading }: PlacementRequest): string[] {
  if (offloading === undefined)
    return placement === 'local'
      ? []
      : [`The namespace is not offloaded, so none of its pods can be placed ${placement}.`];
  const { pods, terms } = offloading;
  if (pods === 'Remote' && placement !== 'local' && placement !== 'remote')
    return [
      "The namespace's podOffloadingStrategy is Remote: Liqo's webhook keeps its pods off local nodes.",
    ];
  if (pods === 'Remote' && placement === 'local')
    return [
      "The namespace's podOffloadingStrategy is Remote: Liqo's webhook requires a virtual node for every pod, so a local pod cannot run anywhere.",
    ];
  if (placement === 'local') return [];
  if (pods === 'Local')
    return [`The namespace's podOffloadingStrategy is Local, but the pod should be placed ${placement}.`];
  if (terms === undefined) return ["The namespace's clusterSelector is malformed."];
  return selectedNodes(offloading).length > 0
    ? []
    : ["The namespace's clusterSelector selects no virtual node."];
}

/** Whether the namespace allows the placement at all. */
export const placeable = (request: PlacementRequest) => againstNamespace(request).length === 0;

/** Whether the webhook changes the pod. */
const isBoundBy = (pod: PodSpec, pods: PodOffloading['pods'], request: PlacementRequest) =>
  isBound(pod, pods, request.webhookRuntimeClass ?? request.liqoRuntimeClass);

/** Terms of the clusterSelector in error that would get into the pod, by us or by the webhook. */
function selectorErrors(pod: PodSpec, request: PlacementRequest): string[] {
  const { placement, offloading } = request;
  if (offloading?.terms === undefined) return [];
  if (placement === 'local' && !isBoundBy(pod, offloading.pods, request)) return [];
  return offloading.terms
    .map(checkTerm)
    .flatMap((one) =>
      one.ok ? [] : [`The namespace's clusterSelector has an invalid term: ${one.problems.join('; ')}.`],
    );
}

/** Whether nothing binds a pod to the clusters that are selected, since its spec cannot follow the selector. */
function againstOnce(pod: PodSpec, request: PlacementRequest): string[] {
  const { placement, offloading, once } = request;
  const selects = offloading?.terms?.length !== 0;
  if (once !== true || placement === 'local' || offloading === undefined || !selects) return [];
  return isBoundBy(pod, offloading.pods, request)
    ? []
    : [
        `The pod has the RuntimeClass '${pod.runtimeClassName ?? ''}', which Liqo's webhook does not touch: nothing restricts it to the clusters that the namespace selects, and a placement written into it cannot follow a change of the selector. Remove the class.`,
      ];
}

/** What the pod itself has against a placement, before any terms are merged. */
function againstPod(pod: PodSpec, request: PlacementRequest): string[] {
  const { placement, liqoRuntimeClass } = request;
  const { runtimeClassName, nodeName, required } = pod;
  const contradictions: string[] = [];
  if (nodeName !== undefined)
    contradictions.push(
      `The pod has the nodeName '${nodeName}', which bypasses the scheduler and every placement.`,
    );
  if (isByClass(request)) {
    if (runtimeClassName !== undefined && runtimeClassName !== liqoRuntimeClass)
      contradictions.push(
        `The pod has the RuntimeClass '${runtimeClassName}', but '${liqoRuntimeClass}' should make it remote; set means to toleration.`,
      );
  } else if (placement !== 'remote' && runtimeClassName === liqoRuntimeClass)
    contradictions.push(
      `The pod has Liqo's RuntimeClass '${liqoRuntimeClass}', which restricts it to virtual nodes, but it should be placed ${placement}.`,
    );
  contradictions.push(...againstOnce(pod, request));
  const problem = required && requiredProblem(required);
  if (problem !== undefined)
    contradictions.push(`The API server refuses the required node affinity of the pod: ${problem}.`);
  const errors = (required ?? []).map(checkTerm).flatMap((one) => (one.ok ? [] : one.problems));
  if (problem === undefined && errors.length > 0)
    contradictions.push(`The required node affinity of the pod has an invalid term: ${errors.join('; ')}.`);
  return contradictions;
}

/** A toleration of the pod that ends, and counts for virtual nodes. */
function endingToleration(placed: PodSpec, request: PlacementRequest): string[] {
  if (request.placement === 'local') return [];
  const tolerations =
    isByClass(request) || request.once === true
      ? mergeTolerations(placed.tolerations, [VIRTUAL_NODE_TOLERATION])
      : placed.tolerations;
  const seconds = tolerationOf(TAINT_OF_VIRTUAL_NODES, tolerations)?.tolerationSeconds;
  return seconds === undefined
    ? []
    : [`A toleration of the pod evicts it from virtual nodes after ${seconds} seconds.`];
}

/** Whether the webhook merges terms into a pod, which only matchExpressions survive. */
function isMerged(placed: PodSpec, request: PlacementRequest): boolean {
  const { offloading } = request;
  return (
    offloading !== undefined &&
    isBoundBy(placed, offloading.pods, request) &&
    (offloading.pods === 'Remote' || offloading.terms?.length !== 0)
  );
}

/** matchFields that the webhook's merge would drop. */
function lostFields(placed: PodSpec, request: PlacementRequest): string[] {
  if (!isMerged(placed, request)) return [];
  return valid(placed.required)
    .filter(({ matchFields }) => matchFields.length > 0)
    .map((one) => `Liqo's webhook drops the matchFields of the required node affinity ${printTerm(one)}.`);
}

/** What becomes of the pods of a DaemonSet, which their controller pins to nodes that fit the template as it is written. */
function againstDaemonSet(placed: PodSpec, request: PlacementRequest): string[] {
  if (request.daemonSet !== true) return [];
  if (
    request.placement === 'remote' &&
    tolerationOf(TAINT_OF_VIRTUAL_NODES, placed.tolerations) === undefined
  )
    return [
      "The DaemonSet controller looks only at the template's own tolerations, so the RuntimeClass alone gives no pod on virtual nodes; set means to toleration.",
    ];
  return isMerged(placed, request)
    ? [
        "Liqo's webhook drops the affinity that pins a DaemonSet's pod to its node: the pod can land on any node that the namespace allows.",
      ]
    : [];
}

/** Whether the placed pod leaves room on a kind of nodes where the placement wants it. */
function againstKind(placed: PodSpec, kind: NodeKind, what: string): string[] {
  const answer = possible(placed, kind);
  switch (answer.answer) {
    case 'yes':
      return [];
    case 'undecided':
      return [`It cannot be decided whether the pod can run on ${what}: ${answer.reason}.`];
    case 'no':
      return [`The pod can run on no ${what}: ${answer.exclusions.map(printExclusion).join('; ')}.`];
  }
}

const againstNodes = (placed: PodSpec, { placement }: PlacementRequest): string[] => [
  ...(placement === 'remote' ? [] : againstKind(placed, anyLocalNode(), 'local node')),
  ...(placement === 'local' ? [] : againstKind(placed, ANY_VIRTUAL_NODE, 'selected virtual node')),
];

/**
 * Places a pod: adds what its spec lacks for it, or says why that cannot be. Placing it again changes nothing.
 * What the providers' own labels have against it only their inventory can tell: see landing.ts.
 */
export function place(pod: PodSpec, request: PlacementRequest): Placed {
  const before = [...againstNamespace(request), ...selectorErrors(pod, request), ...againstPod(pod, request)];
  if (before.length > 0) return { pod, contradictions: before };
  const placed = withPlacement(pod, request);
  if (placed.required?.length === 0 && pod.required !== undefined)
    return {
      pod,
      contradictions: ['The required node affinity that the pod already has excludes every such node.'],
    };
  const after = [
    ...endingToleration(placed, request),
    ...lostFields(placed, request),
    ...againstDaemonSet(placed, request),
    ...againstNodes(placed, request),
  ];
  return after.length > 0 ? { pod, contradictions: after } : { pod: placed, contradictions: [] };
}
