// Objects with pods as the rules see them: what the pods require of nodes, and their surroundings when they are created.
import { daemonLanding, daemonPod } from '../liqo/daemon';
import { landing, type Landing } from '../liqo/landing';
import { admit, type Environment, type PodOffloading } from '../liqo/admission';
import { ANY_VIRTUAL_NODE, anyLocalNode, possible, type NodeKind, type Possible } from '../liqo/node-kind';
import { readPodSpec, type PodSpec } from '../liqo/pod';
import { TAINT_OF_VIRTUAL_NODES } from '../liqo/runtime-class';
import { printExclusion } from '../liqo/scheduling';
import { tolerationOf } from '../liqo/tolerations';
import { EVERYTHING, isSubset, type Decision, type Selection } from '../selector/algebra';
import type { JsonObject, Manifest } from '../manifests/manifest';
import { podTemplatesOf } from '../manifests/pod-template';
import { remembering, selectionOf } from './cluster-impact';
import type { Offloading } from './offloading';
import type { Facts } from './rule';
import type { State } from './state';
import { virtualNodesNamed } from './virtual-node-names';
import { environmentIn, surroundings, type Surroundings } from './surroundings';

/** An object with pods. */
export interface Workload {
  readonly manifest: Manifest;
  /** `Deployment 'web'`; for an object with several templates, also which one: `PyTorchJob 'train', Worker`. */
  readonly title: string;
  /** Which of its templates; empty for the only one. */
  readonly part: string;
  /** The pod spec as written. */
  readonly spec: JsonObject;
  readonly pod: PodSpec;
}

/** The workloads of an object, one for each pod template; unreadable pod specs are left out. */
export const toWorkloads = (manifest: Manifest): Workload[] =>
  podTemplatesOf(manifest).flatMap(({ part, spec }) => {
    const read = readPodSpec(spec);
    const title = `${manifest.kind} '${manifest.name}'${part === '' ? '' : `, ${part}`}`;
    return read.ok ? [{ manifest, title, part, spec, pod: read.pod }] : [];
  });

/** What is malformed in the pod specs of an object; empty for one without pods. */
export function podProblems(manifest: Manifest): readonly string[] {
  return podTemplatesOf(manifest).flatMap(({ spec }) => {
    const read = readPodSpec(spec);
    return read.ok ? [] : read.problems;
  });
}

export const workloadsOf = ({ manifests }: State): Workload[] => manifests.flatMap(toWorkloads);

/** The offloading assumed for an unknown namespace: the one that allows most, so that it gives no false finding. */
const UNKNOWN: PodOffloading = { pods: 'LocalAndRemote', terms: [] };

const isUnknown = ({ declared, offloading, pods }: Surroundings) =>
  !declared || (offloading !== undefined && pods === undefined);

/** The offloading of a namespace as it applies to pods; undefined if the namespace is declared and has none. */
export function podOffloadingOf(state: State, namespace: string, facts: Facts): PodOffloading | undefined {
  const around = surroundings(state, namespace, facts);
  return isUnknown(around) ? UNKNOWN : around.pods;
}

/** The surroundings of a workload's pods. */
export function environmentOf({ manifest, pod }: Workload, state: State, facts: Facts): Environment {
  const around = surroundings(state, manifest.namespace, facts);
  const met = isUnknown(around) ? { labelled: true, pods: UNKNOWN } : around;
  return environmentIn(met, state, facts, pod.runtimeClassName);
}

/** Where pods can land, and what is possible beyond the inventory. */
export interface Reach {
  readonly landing: Landing;
  /** Whether some virtual node of any cluster, with suitable labels, could run them. */
  readonly virtual: Possible;
}

const TOLERATED: Possible = { answer: 'yes', witness: { labels: {} } };

/** Whether some virtual node could run a stored pod. */
function onVirtualNodes(pod: PodSpec, kind: NodeKind = ANY_VIRTUAL_NODE): Possible {
  if (tolerationOf(TAINT_OF_VIRTUAL_NODES, pod.tolerations) === undefined)
    return { answer: 'no', exclusions: [{ by: 'taint', taint: TAINT_OF_VIRTUAL_NODES }] };
  return pod.nodeName === undefined ? possible(pod, kind) : TOLERATED;
}

const reaches = remembering<Reach>();
const daemons = remembering<Landing[]>();

/** Where the pods of a workload can land. Equal pods in equal surroundings are examined once. */
export function reachOf(pod: PodSpec, environment: Environment, facts: Facts): Reach {
  return reaches(facts, JSON.stringify([pod, environment]), () => {
    const found = landing(pod, environment, facts.inventories.after?.providers ?? []);
    const virtual =
      found.outcome === 'stored' ? onVirtualNodes(found.pod) : ({ answer: 'no', exclusions: [] } as const);
    return { landing: found, virtual };
  });
}

/** Where each pod of a workload lands: for a DaemonSet, one for each kind of node. */
export function landingsOf({ manifest, pod }: Workload, environment: Environment, facts: Facts): Landing[] {
  if (manifest.kind !== 'DaemonSet') return [reachOf(pod, environment, facts).landing];
  return daemons(facts, JSON.stringify([pod, environment]), () => {
    const providers = facts.inventories.after?.providers ?? [];
    const { local, virtualNodes } = daemonLanding(pod, environment, providers);
    return [local, ...virtualNodes].flatMap((one) => one.landing ?? []);
  });
}

/** The providers that pods can be scheduled onto without a twin namespace to run in, sorted. */
export function hangingOn(landings: readonly Landing[]): string[] {
  const found = landings.flatMap((one) => (one.outcome === 'stored' ? one.virtualNodes : []));
  return [...new Set(found.flatMap(({ hangs, provider }) => (hangs ? [provider] : [])))].sort();
}

/** Whether pods require nodes by field, that is, by name. */
export const pinsByField = ({ required }: PodSpec) =>
  (required ?? []).some(({ matchFields }) => (matchFields?.length ?? 0) > 0);

/** Whether Liqo's webhook drops what pins the pods of a workload to nodes: the controller's pin, or their own. */
export function losesPin(workload: Workload, state: State, facts: Facts): boolean {
  const { manifest, pod } = workload;
  const made = manifest.kind === 'DaemonSet' ? daemonPod(pod, 'a-node') : pod;
  if (!pinsByField(made)) return false;
  const admission = admit(made, environmentOf(workload, state, facts));
  return admission.outcome === 'stored' && admission.bound && !pinsByField(admission.pod);
}

/** Where the pods themselves want to run, before anything is added to them. */
export interface Wish {
  readonly local: Possible;
  readonly virtual: Possible;
}

/** Where pods want to run by themselves: with their RuntimeClass, as if nothing were offloaded. */
export function wishOf(workload: Workload, state: State, facts: Facts): Wish | undefined {
  const { landing: found, virtual } = reachOf(
    workload.pod,
    { ...environmentOf(workload, state, facts), namespace: { labelled: false } },
    facts,
  );
  return found.outcome === 'stored' ? { local: possible(found.pod, anyLocalNode()), virtual } : undefined;
}

/** How the pods of a workload get onto virtual nodes without Liqo's webhook; undefined if they do not. */
export function leavesBy(workload: Workload, state: State, facts: Facts): string | undefined {
  const { pod } = workload;
  const environment = { ...environmentOf(workload, state, facts), namespace: { labelled: false } };
  const { landing: found, virtual } = reachOf(pod, environment, facts);
  if (found.outcome !== 'stored') return undefined;
  const { after } = facts.inventories;
  const [named] = virtualNodesNamed(found.pod, after);
  if (named !== undefined) return `requires the virtual node '${named}'`;
  const fits = found.virtualNodes.some(({ verdict }) => verdict.answer === 'yes');
  const possibly = after?.complete !== true && pod.nodeName === undefined && virtual.answer !== 'no';
  return fits || possibly ? 'tolerates the taint of virtual nodes' : undefined;
}

/** How the namespace's strategy contradicts the pods' own placement, as the end of a sentence; undefined if it does not. */
export function contradiction(workload: Workload, state: State, facts: Facts): string | undefined {
  const wish = wishOf(workload, state, facts);
  const offloading = podOffloadingOf(state, workload.manifest.namespace, facts);
  if (wish === undefined) return undefined;
  const onlyVirtual = wish.local.answer === 'no' && wish.virtual.answer !== 'no';
  if (onlyVirtual && offloading === undefined)
    return 'can run only on virtual nodes, but nothing offloads the namespace: its pods hang on every cluster, because there is no twin namespace';
  if (onlyVirtual && offloading?.pods === 'Local')
    return 'can run only on virtual nodes, but the podOffloadingStrategy of the namespace is Local';
  // Liqo's webhook adds the toleration: what counts is whether the pod leaves it a virtual node at all.
  const leaves = possible(workload.pod, ANY_VIRTUAL_NODE).answer !== 'no';
  if (offloading?.pods === 'Remote' && !leaves && wish.local.answer !== 'no')
    return 'can run only on local nodes, but the podOffloadingStrategy of the namespace is Remote: its pods cannot run anywhere';
  return undefined;
}

/** A stored pod's requirements on nodes, as a selection. */
export function requiredOf({ nodeSelector, required: terms }: PodSpec): Selection {
  const entries = Object.entries(nodeSelector).map(([key, value]) => ({
    key,
    operator: 'In',
    values: [value],
  }));
  if (terms === undefined) return entries.length === 0 ? EVERYTHING : [{ matchExpressions: entries }];
  return terms.map((term) => ({ ...term, matchExpressions: [...(term.matchExpressions ?? []), ...entries] }));
}

/** Whether an offloading selects every virtual node that a stored pod can run on. */
export const withinSelection = (pod: PodSpec, offloading: Offloading): Decision =>
  isSubset(requiredOf(pod), selectionOf(offloading), { facts: ANY_VIRTUAL_NODE.labels });

/** The same, as far as it is certain. */
export const staysSelected = (pod: PodSpec, { offloading }: Surroundings): boolean =>
  offloading !== undefined && withinSelection(pod, offloading).answer === 'yes';

/** Why a kind of node is excluded, as a list. */
export const because = (one: Possible) =>
  one.answer === 'no' ? one.exclusions.map(printExclusion).join('; ') : '';
