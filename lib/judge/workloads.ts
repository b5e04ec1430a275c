// Objects with pods as the rules look at them: what the pods say of nodes, and what stands around them when they are made.
import { landing, type Landing } from '../liqo/landing';
import { holdsSchedulingLabel } from '../liqo/namespace-offloading';
import type { Environment, PodOffloading, RuntimeClass } from '../liqo/admission';
import { ANY_VIRTUAL_NODE, anyLocalNode, possible, type NodeKind, type Possible } from '../liqo/node-kind';
import { readPodSpec, type PodSpec } from '../liqo/pod';
import { TAINT_OF_VIRTUAL_NODES } from '../liqo/runtime-class';
import { printExclusion } from '../liqo/scheduling';
import { tolerationOf } from '../liqo/tolerations';
import { RUNTIME_CLASS } from '../liqo/constants';
import { EVERYTHING, type Selection } from '../selector/algebra';
import { valueAt, type JsonObject, type Manifest } from '../manifests/manifest';
import { podTemplatesOf } from '../manifests/pod-template';
import { remembering } from './cluster-impact';
import type { Offloading } from './offloading';
import type { Facts } from './rule';
import type { State } from './state';

/** An object with pods. */
export interface Workload {
  readonly manifest: Manifest;
  /** `Deployment 'web'`; of an object with several templates, which one: `PyTorchJob 'train', Worker`. */
  readonly title: string;
  /** Which of its templates; empty for the only one. */
  readonly part: string;
  /** The pod spec as it is written. */
  readonly spec: JsonObject;
  readonly pod: PodSpec;
}

/** The workloads that an object is, one for each template of pods; those with a pod spec that cannot be read are left out. */
export const toWorkloads = (manifest: Manifest): Workload[] =>
  podTemplatesOf(manifest).flatMap(({ part, spec }) => {
    const read = readPodSpec(spec);
    const title = `${manifest.kind} '${manifest.name}'${part === '' ? '' : `, ${part}`}`;
    return read.ok ? [{ manifest, title, part, spec, pod: read.pod }] : [];
  });

/** What is malformed in the pod spec of an object; empty for one without pods. */
export function podProblems(manifest: Manifest): readonly string[] {
  return podTemplatesOf(manifest).flatMap(({ spec }) => {
    const read = readPodSpec(spec);
    return read.ok ? [] : read.problems;
  });
}

export const workloadsOf = ({ manifests }: State): Workload[] => manifests.flatMap(toWorkloads);

/** Whether manifests, or a config, say all that there is to say of a namespace's offloading. */
export const isDeclared = ({ namespaces, offloadingsOf }: State, namespace: string, { configured }: Facts) =>
  namespaces.has(namespace) || offloadingsOf.has(namespace) || configured.has(namespace);

/** What a namespace that nobody declares may have: then nothing is found that another one could rule out. */
const UNDECLARED: PodOffloading = { pods: 'LocalAndRemote', terms: [] };

/** An offloading as pods meet it: no selector is one of no terms. Undefined where its strategy is none that Liqo knows. */
export function asPodsMeet(offloading: Offloading | undefined): PodOffloading | undefined {
  if (offloading?.pods === undefined) return undefined;
  const written = valueAt(offloading.manifest.body, 'spec', 'clusterSelector', 'nodeSelectorTerms');
  return { pods: offloading.pods, terms: written === undefined ? [] : offloading.terms };
}

/** The offloading of a namespace as pods meet it; undefined where it is declared, and has none. */
export function podOffloadingOf(state: State, namespace: string, facts: Facts): PodOffloading | undefined {
  if (!isDeclared(state, namespace, facts)) return UNDECLARED;
  return asPodsMeet(state.offloadingsOf.get(namespace)?.[0]);
}

/**
 * The RuntimeClass of a name: as it stands in the manifests; `missing` where Liqo's chart would install the class, but
 * under another name; undefined where somebody else may have installed it.
 */
export function runtimeClassOf(
  name: string,
  { runtimeClasses }: State,
  liqo: string,
): RuntimeClass | 'missing' | undefined {
  const found = runtimeClasses.find((one) => one.name === name);
  if (found === undefined) return name === RUNTIME_CLASS && liqo !== RUNTIME_CLASS ? 'missing' : undefined;
  const read = readPodSpec(valueAt(found.body, 'scheduling') ?? {});
  return read.ok
    ? { name, nodeSelector: read.pod.nodeSelector, tolerations: read.pod.tolerations }
    : undefined;
}

/** What stands around a workload's pods. Liqo's controller keeps the scheduling label, whatever Git says of it. */
export function environmentOf({ manifest, pod }: Workload, state: State, facts: Facts): Environment {
  const { liqoRuntimeClass } = facts;
  const offloading = podOffloadingOf(state, manifest.namespace, facts);
  const name = pod.runtimeClassName;
  const runtimeClass = name === undefined ? undefined : runtimeClassOf(name, state, liqoRuntimeClass);
  return {
    namespace: {
      labelled: offloading !== undefined && holdsSchedulingLabel(offloading.pods),
      ...(offloading && { offloading }),
    },
    ...(runtimeClass !== undefined && { runtimeClass }),
    liqoRuntimeClass,
  };
}

/** Where pods can land, and what is left where the inventory does not say. */
export interface Reach {
  readonly landing: Landing;
  /** Whether some virtual node, of any cluster, could run them, by what it can be labelled. */
  readonly virtual: Possible;
}

const TOLERATED: Possible = { answer: 'yes', witness: { labels: {} } };

/** Of a stored pod: whether some virtual node could run it. */
function onVirtualNodes(pod: PodSpec, kind: NodeKind = ANY_VIRTUAL_NODE): Possible {
  if (tolerationOf(TAINT_OF_VIRTUAL_NODES, pod.tolerations) === undefined)
    return { answer: 'no', exclusions: [{ by: 'taint', taint: TAINT_OF_VIRTUAL_NODES }] };
  return pod.nodeName === undefined ? possible(pod, kind) : TOLERATED;
}

const reaches = remembering<Reach>();

/** Where the pods of a workload can land. Equal pods in equal surroundings are asked about once. */
export function reachOf(pod: PodSpec, environment: Environment, facts: Facts): Reach {
  return reaches(facts, JSON.stringify([pod, environment]), () => {
    const found = landing(pod, environment, facts.inventories.after?.providers ?? []);
    const virtual =
      found.outcome === 'stored' ? onVirtualNodes(found.pod) : ({ answer: 'no', exclusions: [] } as const);
    return { landing: found, virtual };
  });
}

/** What the pods themselves want, before anything is added to them. */
export interface Wish {
  readonly local: Possible;
  readonly virtual: Possible;
}

/** Where pods ask to be by themselves: with their RuntimeClass, and as if nothing were offloaded. */
export function wishOf(workload: Workload, state: State, facts: Facts): Wish | undefined {
  const { landing: found, virtual } = reachOf(
    workload.pod,
    { ...environmentOf(workload, state, facts), namespace: { labelled: false } },
    facts,
  );
  return found.outcome === 'stored' ? { local: possible(found.pod, anyLocalNode()), virtual } : undefined;
}

/** The strategy of the namespace speaks against where the pods ask to be; the end of a sentence, undefined where it does not. */
export function contradiction(workload: Workload, state: State, facts: Facts): string | undefined {
  const wish = wishOf(workload, state, facts);
  const offloading = podOffloadingOf(state, workload.manifest.namespace, facts);
  if (wish === undefined) return undefined;
  const onlyVirtual = wish.local.answer === 'no' && wish.virtual.answer !== 'no';
  if (onlyVirtual && offloading === undefined)
    return 'can run on virtual nodes only, and nothing offloads the namespace: on every cluster its pods hang, for want of a twin namespace';
  if (onlyVirtual && offloading?.pods === 'Local')
    return 'can run on virtual nodes only, and the podOffloadingStrategy of the namespace is Local';
  // Liqo's webhook adds the toleration: what counts is whether the pod leaves it a virtual node at all.
  const leaves = possible(workload.pod, ANY_VIRTUAL_NODE).answer !== 'no';
  if (offloading?.pods === 'Remote' && !leaves && wish.local.answer !== 'no')
    return 'can run on local nodes only, and the podOffloadingStrategy of the namespace is Remote: its pods can run nowhere';
  return undefined;
}

/** What a stored pod requires of nodes, as a selection. */
export function requiredOf({ nodeSelector, required: terms }: PodSpec): Selection {
  const entries = Object.entries(nodeSelector).map(([key, value]) => ({
    key,
    operator: 'In',
    values: [value],
  }));
  if (terms === undefined) return entries.length === 0 ? EVERYTHING : [{ matchExpressions: entries }];
  return terms.map((term) => ({ ...term, matchExpressions: [...(term.matchExpressions ?? []), ...entries] }));
}

/** Why a kind of node is excluded, as a list. */
export const because = (one: Possible) =>
  one.answer === 'no' ? one.exclusions.map(printExclusion).join('; ') : '';
