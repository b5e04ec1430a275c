// What is known when pods are explained, and what of it surrounds the pods of one namespace.
import { readableSelection, selectionOf } from '../judge/cluster-impact';
import type { Offloading } from '../judge/offloading';
import type { State } from '../judge/state';
import { asPodsMeet, runtimeClassOf } from '../judge/workloads';
import type { Environment, PodOffloading } from '../liqo/admission';
import { OFFLOADING_NAME, SCHEDULING_LABEL } from '../liqo/constants';
import type { Inventory, Provider } from '../liqo/inventory';
import { holdsSchedulingLabel } from '../liqo/namespace-offloading';
import { reservedReason, twinName, twinNameProblem } from '../liqo/twin-namespace';
import { labelsOf } from '../manifests/manifest';
import type { Labels } from '../selector/match';

export interface Known {
  readonly state: State;
  /** The consumer's cluster ID; undefined where manifests are explained without a config. */
  readonly consumer: string | undefined;
  /** Undefined where there is none. */
  readonly inventory: Inventory | undefined;
  /** Labels that configs assert of namespaces whose Namespace is not managed. */
  readonly asserted: ReadonlyMap<string, Labels>;
  /** The name of Liqo's RuntimeClass, as its webhook knows it. */
  readonly liqoRuntimeClass: string;
}

/** A namespace as its pods meet it. */
export interface Surroundings {
  readonly namespace: string;
  readonly offloading: Offloading | undefined;
  /** As the webhook reads it; undefined without an offloading, or with one that says nothing it could read. */
  readonly pods: PodOffloading | undefined;
  /** Whether the scheduling label is on; what was taken for granted there is an assumption. */
  readonly labelled: boolean;
  /** The name of its twin namespaces, where it is known. */
  readonly twin: string | undefined;
  /** As sentences. */
  readonly assumptions: readonly string[];
}

/** The labels of a namespace, undefined where nobody says. */
function labelsFor({ state, asserted }: Known, namespace: string): Labels | undefined {
  const [manifest] = state.namespaces.get(namespace) ?? [];
  return manifest === undefined ? asserted.get(namespace) : Object.fromEntries(labelsOf(manifest));
}

const DECLARED_TWICE = 'the first of them is taken, and nobody knows which one the cluster holds';

/** The one offloading that counts. */
function offloadingFor({ state }: Known, namespace: string) {
  const all = state.offloadingsOf.get(namespace) ?? [];
  const named = all.filter(({ manifest }) => manifest.name === OFFLOADING_NAME);
  const [offloading] = named.length > 0 ? named : all;
  const assumptions = [
    ...(named.length > 1 ? [`Several NamespaceOffloadings have the name: ${DECLARED_TWICE}.`] : []),
    ...(offloading !== undefined && named.length === 0
      ? [`Liqo refuses a NamespaceOffloading that is not called '${OFFLOADING_NAME}'; it is taken to be.`]
      : []),
  ];
  return { offloading, assumptions };
}

function labelling(labels: Labels | undefined, offloading: Offloading | undefined) {
  const declared = labels !== undefined && Object.hasOwn(labels, SCHEDULING_LABEL);
  const on = declared && labels[SCHEDULING_LABEL] === 'true';
  if (offloading?.pods !== undefined && holdsSchedulingLabel(offloading.pods))
    return {
      labelled: true,
      assumptions: on
        ? []
        : [
            `No manifest labels the namespace ${SCHEDULING_LABEL}=true: Liqo's controller is taken to have done so. Pods that are created before that stay as they are.`,
          ],
    };
  const unknown = labels === undefined && offloading === undefined;
  return {
    labelled: on,
    assumptions: unknown
      ? [`No manifest shows the namespace: it is taken not to have the label ${SCHEDULING_LABEL}.`]
      : [],
  };
}

/** What surrounds the pods of a namespace. */
export function surroundings(known: Known, namespace: string): Surroundings {
  const { offloading, assumptions } = offloadingFor(known, namespace);
  const label = labelling(labelsFor(known, namespace), offloading);
  const { mapping: strategy, remoteNamespaceName = '' } = offloading ?? {};
  const twin = strategy && twinName({ namespace, strategy, remoteNamespaceName }, known.consumer);
  const declared = known.state.namespaces.get(namespace) ?? [];
  return {
    namespace,
    offloading,
    pods: asPodsMeet(offloading),
    labelled: label.labelled,
    twin: twin === '' ? undefined : twin,
    assumptions: [
      ...(declared.length > 1 ? [`The Namespace is declared several times: ${DECLARED_TWICE}.`] : []),
      ...assumptions,
      ...label.assumptions,
    ],
  };
}

/** Whether the clusterSelector is malformed, or one of its terms is in error. */
export function selectorInError({ offloading }: Surroundings): boolean {
  return offloading !== undefined && readableSelection(selectionOf(offloading)) === undefined;
}

/** Why a provider that is selected still has no twin namespace, undefined where nothing speaks against it. */
export function twinProblem(
  { offloading, twin }: Surroundings,
  { acceptedMappingStrategies: accepted }: Provider,
  consumer: string | undefined,
): string | undefined {
  const mapping = offloading?.mapping;
  if (mapping !== undefined && accepted?.includes(mapping) === false)
    return `it does not accept ${mapping}, only ${accepted.join(' and ')}`;
  const problem = twin === undefined ? undefined : twinNameProblem(twin);
  if (problem !== undefined) return `the name '${twin ?? ''}' ${problem} (CreationLoopBackOff)`;
  const reserved = twin === undefined ? undefined : reservedReason(twin, consumer);
  return reserved === undefined ? undefined : `'${twin ?? ''}' ${reserved} (CreationLoopBackOff)`;
}

/** What the API server and Liqo's webhook see around a pod. */
export function environmentOf(
  { labelled, pods }: Surroundings,
  known: Known,
  runtimeClassName: string | undefined,
): Environment {
  const runtimeClass =
    runtimeClassName === undefined
      ? undefined
      : runtimeClassOf(runtimeClassName, known.state, known.liqoRuntimeClass);
  return {
    namespace: { labelled, ...(pods !== undefined && { offloading: pods }) },
    ...(runtimeClass !== undefined && { runtimeClass }),
    liqoRuntimeClass: known.liqoRuntimeClass,
  };
}
