// The surroundings of a namespace's pods, by manifests and configs: used by the rules and by `explain`.
import type { Environment, PodOffloading, RuntimeClass } from '../liqo/admission';
import { OFFLOADING_NAME, RUNTIME_CLASS, SCHEDULING_LABEL } from '../liqo/constants';
import { holdsSchedulingLabel } from '../liqo/namespace-offloading';
import { readPodSpec } from '../liqo/pod';
import { twinName } from '../liqo/twin-namespace';
import { labelsOf, valueAt } from '../manifests/manifest';
import type { Labels } from '../selector/match';
import type { Offloading } from './offloading';
import type { Facts } from './rule';
import type { State } from './state';

/** What is known besides the manifests. */
export type Told = Pick<Facts, 'consumer' | 'asserted' | 'configured' | 'liqoRuntimeClass'>;

/** A namespace as its pods meet it. */
export interface Surroundings {
  readonly namespace: string;
  /** Whether manifests, or a config, show everything about its offloading. */
  readonly declared: boolean;
  readonly offloading: Offloading | undefined;
  /** As the webhook reads it; undefined without an offloading, or with an unreadable one. */
  readonly pods: PodOffloading | undefined;
  /** Whether the scheduling label is on. */
  readonly labelled: boolean;
  /** The name of its twin namespaces, if known. */
  readonly twin: string | undefined;
  /** As sentences. */
  readonly assumptions: readonly string[];
}

/** The labels of a namespace; undefined if unknown. */
function labelsFor(state: State, namespace: string, { asserted }: Told): Labels | undefined {
  const [manifest] = state.namespaces.get(namespace) ?? [];
  return manifest === undefined ? asserted.get(namespace) : Object.fromEntries(labelsOf(manifest));
}

const DECLARED_TWICE = 'the first one is used here, but the cluster may hold another';

/** The one offloading that counts. */
function offloadingFor({ offloadingsOf }: State, namespace: string) {
  const all = offloadingsOf.get(namespace) ?? [];
  const named = all.filter(({ manifest }) => manifest.name === OFFLOADING_NAME);
  const [offloading] = named.length > 0 ? named : all;
  const assumptions = [
    ...(named.length > 1 ? [`Several NamespaceOffloadings have the same name: ${DECLARED_TWICE}.`] : []),
    ...(offloading !== undefined && named.length === 0
      ? [`The NamespaceOffloading is named '${OFFLOADING_NAME}': Liqo refuses any other name.`]
      : []),
  ];
  return { offloading, assumptions };
}

/** Liqo's controller manages the scheduling label, no matter what Git declares; without an offloading, Git decides. */
function labelling(labels: Labels | undefined, offloading: Offloading | undefined) {
  const declared = labels !== undefined && Object.hasOwn(labels, SCHEDULING_LABEL);
  const on = declared && labels[SCHEDULING_LABEL] === 'true';
  if (offloading?.pods !== undefined && holdsSchedulingLabel(offloading.pods))
    return {
      labelled: true,
      assumptions: on
        ? []
        : [
            `Liqo's controller has labelled the namespace ${SCHEDULING_LABEL}=true, although no manifest does. Pods created before that stay unchanged.`,
          ],
    };
  const unknown = labels === undefined && offloading === undefined;
  return {
    labelled: on,
    assumptions: unknown
      ? [`The namespace, which no manifest declares, does not have the label ${SCHEDULING_LABEL}.`]
      : [],
  };
}

/** An offloading as the webhook applies it to pods: no selector equals no terms. Undefined if its strategy is invalid. */
export function asPodsMeet(offloading: Offloading | undefined): PodOffloading | undefined {
  if (offloading?.pods === undefined) return undefined;
  const written = valueAt(offloading.manifest.body, 'spec', 'clusterSelector', 'nodeSelectorTerms');
  return { pods: offloading.pods, terms: written === undefined ? [] : offloading.terms };
}

/** The surroundings of a namespace's pods. */
export function surroundings(state: State, namespace: string, told: Told): Surroundings {
  const { offloading, assumptions } = offloadingFor(state, namespace);
  const label = labelling(labelsFor(state, namespace, told), offloading);
  const { mapping: strategy, remoteNamespaceName = '' } = offloading ?? {};
  const twin = strategy && twinName({ namespace, strategy, remoteNamespaceName }, told.consumer);
  const namespaces = state.namespaces.get(namespace) ?? [];
  return {
    namespace,
    declared: namespaces.length > 0 || offloading !== undefined || told.configured.has(namespace),
    offloading,
    pods: asPodsMeet(offloading),
    labelled: label.labelled,
    twin: twin === '' ? undefined : twin,
    assumptions: [
      ...(namespaces.length > 1 ? [`The Namespace is declared several times: ${DECLARED_TWICE}.`] : []),
      ...assumptions,
      ...label.assumptions,
    ],
  };
}

/**
 * The RuntimeClass with a name, from the manifests; `missing` if Liqo's chart would install the class, but
 * under another name; undefined if it may be installed outside Git.
 */
function runtimeClassOf(
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

/** What the API server and Liqo's webhook know when they admit a pod with that RuntimeClass, if any. */
export function environmentIn(
  { labelled, pods }: Pick<Surroundings, 'labelled' | 'pods'>,
  state: State,
  { liqoRuntimeClass }: Pick<Told, 'liqoRuntimeClass'>,
  runtimeClassName: string | undefined,
): Environment {
  const runtimeClass =
    runtimeClassName === undefined ? undefined : runtimeClassOf(runtimeClassName, state, liqoRuntimeClass);
  return {
    namespace: { labelled, ...(pods !== undefined && { offloading: pods }) },
    ...(runtimeClass !== undefined && { runtimeClass }),
    liqoRuntimeClass,
  };
}
