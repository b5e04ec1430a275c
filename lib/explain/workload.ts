// One workload: what admission makes of its pods, and where they can land.
import { admit, type Environment } from '../liqo/admission';
import { VIRTUAL_NODE_TAINT } from '../liqo/constants';
import { daemonPod, isUnpinned } from '../liqo/daemon';
import { landing } from '../liqo/landing';
import { anyLocalNode } from '../liqo/node-kind';
import { readPodSpec, type PodSpec } from '../liqo/pod';
import { runtimeClassManifest, TAINT_OF_VIRTUAL_NODES } from '../liqo/runtime-class';
import { tolerationOf } from '../liqo/tolerations';
import { printTerm } from '../selector/print';
import { checkTerm } from '../selector/term';
import type { Manifest } from '../manifests/manifest';
import { podTemplatesOf, type PodTemplate } from '../manifests/pod-template';
import { daemonSetPlaces, type Places } from './daemon-set';
import { environmentIn, type Surroundings } from '../judge/surroundings';
import { staysSelected } from '../judge/workloads';
import type { Known } from './known';
import { listedNodes, otherVirtualNodes, unlistedPlace, virtualNodePlace } from './places';

export interface WorkloadExplanation {
  readonly kind: string;
  /** Empty where the manifest has none. */
  readonly name: string;
  /** Which of its templates, where it has several. */
  readonly part?: string;
  /** `stored`: the API server takes the pods, and `places` says where they can land. */
  readonly outcome: 'stored' | 'rejected' | 'undecided';
  /** Why not, as a sentence. */
  readonly reason?: string;
  /** What the RuntimeClass and Liqo's webhook do to the pods, as sentences. */
  readonly admission: readonly string[];
  /** What is taken for granted, as sentences. */
  readonly assumptions: readonly string[];
  readonly places?: Places;
}

/** What the RuntimeClass of a pod asks for. */
function classSentence({ runtimeClassName: name }: PodSpec, environment: Environment): string[] {
  if (name === undefined) return [];
  const { runtimeClass, liqoRuntimeClass } = environment;
  const known = typeof runtimeClass === 'object' ? runtimeClass : undefined;
  const { nodeSelector, tolerations = [] } =
    known ?? (name === liqoRuntimeClass ? runtimeClassManifest({ name }).scheduling : {});
  const parts = [
    ...Object.entries(nodeSelector ?? {}).map(([key, value]) => `requires ${key}=${value}`),
    ...(tolerationOf(TAINT_OF_VIRTUAL_NODES, tolerations) === undefined
      ? []
      : [`tolerates ${VIRTUAL_NODE_TAINT}`]),
  ];
  return parts.length === 0 ? [] : [`RuntimeClass '${name}' ${parts.join(' and ')}.`];
}

/** What the webhook does to a pod that it binds. */
function boundSentence({ pods }: Surroundings): string {
  const some = pods?.terms !== undefined && pods.terms.length > 0;
  if (pods?.pods === 'Remote')
    return `Liqo's webhook restricts it to ${some ? 'the virtual nodes that the namespace selects' : 'virtual nodes'}.`;
  return some
    ? "Liqo's webhook allows local nodes and the virtual nodes that the namespace selects."
    : "Liqo's webhook allows local nodes and every virtual node.";
}

/** What the pod itself wants, as it is written. */
function ownSentences({ nodeName, nodeSelector, required }: PodSpec): string[] {
  const entries = Object.entries(nodeSelector).map(([key, value]) => `${key}=${value}`);
  const terms = required?.map(checkTerm).map((one) => (one.ok ? printTerm(one.term) : 'an invalid term'));
  return [
    ...(nodeName === undefined
      ? []
      : [`Its nodeName puts it on the node '${nodeName}', bypassing the scheduler.`]),
    ...(entries.length === 0 ? [] : [`Its nodeSelector requires ${entries.join(' and ')}.`]),
    ...(terms === undefined || terms.length === 0
      ? []
      : [
          `Its node affinity requires ${terms.map((one) => one || 'something that no node has').join(', or ')}.`,
        ]),
  ];
}

function webhookSentence(pod: PodSpec, around: Surroundings, liqoRuntimeClass: string): string {
  if (around.offloading === undefined)
    return "The namespace is not offloaded: Liqo's webhook does not see the pod.";
  if (around.pods?.pods === 'Local')
    return "The namespace's podOffloadingStrategy is Local: Liqo's webhook does not touch the pod.";
  if (pod.runtimeClassName !== liqoRuntimeClass) return boundSentence(around);
  const bound = staysSelected(pod, around)
    ? 'its own requirements restrict it to the clusters that the namespace selects'
    : 'the clusterSelector does not apply to it';
  return `Liqo's webhook does not touch the pod because of that RuntimeClass: ${bound}.`;
}

const UNPINNED =
  "Liqo's webhook drops the node pin of a DaemonSet's pod: it can land on any node that the namespace allows.";

/** How a pod spec got its form; the pod of a DaemonSet as its controller makes it. */
function admissionOf(pod: PodSpec, environment: Environment, around: Surroundings, isDaemonSet: boolean) {
  const admission = admit(pod, environment);
  if (admission.outcome !== 'stored') return { admission, sentences: [], assumptions: [] };
  const sentences = [
    ...classSentence(pod, environment),
    webhookSentence(pod, around, environment.liqoRuntimeClass),
    ...(isDaemonSet && isUnpinned(admission.pod) ? [UNPINNED] : []),
  ];
  return { admission, sentences, assumptions: admission.assumptions };
}

function podPlaces(pod: PodSpec, environment: Environment, around: Surroundings, known: Known): Places {
  const providers = known.inventory?.providers ?? [];
  const landed = landing(pod, environment, providers);
  if (landed.outcome !== 'stored') throw new Error(`a pod that was stored is ${landed.outcome}`);
  const kind = anyLocalNode(providers);
  const listed = listedNodes(known);
  return {
    local: unlistedPlace(landed.local, landed.pod, kind),
    virtualNodes: landed.virtualNodes.flatMap((one, i) => {
      const node = listed[i];
      return node === undefined ? [] : [virtualNodePlace(one, node, around, known)];
    }),
    ...(known.inventory?.complete !== true && { others: otherVirtualNodes(landed.pod, around) }),
  };
}

/** Explains the pods of one template, as if they stood in the namespace. */
function explainPods(
  { kind, name }: Manifest,
  template: PodTemplate | undefined,
  around: Surroundings,
  known: Known,
): WorkloadExplanation {
  const part = template?.part ?? '';
  const head = {
    kind,
    name,
    ...(part !== '' && { part }),
    admission: [],
    assumptions: around.assumptions,
  };
  const spec = template?.spec;
  const read = readPodSpec(spec);
  if (!read.ok || spec === undefined) {
    const problems = read.ok ? 'it has no spec' : read.problems.join('; ');
    return { ...head, outcome: 'rejected', reason: `The API server refuses the pod: ${problems}.` };
  }
  if (around.offloading !== undefined && around.pods === undefined)
    return {
      ...head,
      outcome: 'undecided',
      reason: "The API server does not accept the namespace's podOffloadingStrategy.",
    };
  const { pod } = read;
  const environment = environmentIn(around, known.state, known, pod.runtimeClassName);
  const isDaemonSet = kind === 'DaemonSet';
  const made = isDaemonSet ? daemonPod(pod, 'a-node') : pod;
  const { admission, sentences, assumptions } = admissionOf(made, environment, around, isDaemonSet);
  const all = [...around.assumptions, ...assumptions];
  if (admission.outcome !== 'stored')
    return { ...head, assumptions: all, outcome: admission.outcome, reason: admission.reason };
  const placesOf = isDaemonSet ? daemonSetPlaces : podPlaces;
  return {
    ...head,
    outcome: 'stored',
    admission: [...ownSentences(pod), ...sentences],
    assumptions: all,
    places: placesOf(pod, environment, around, known),
  };
}

/** Explains an object that creates pods, as if it stood in the namespace: once for each of its templates. */
export function explainWorkload(
  manifest: Manifest,
  around: Surroundings,
  known: Known,
): readonly WorkloadExplanation[] {
  const templates = podTemplatesOf(manifest);
  return templates.length === 0
    ? [explainPods(manifest, undefined, around, known)]
    : templates.map((template) => explainPods(manifest, template, around, known));
}
