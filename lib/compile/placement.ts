// A placement in the static fields of an object with pods.
import type { ClusterConfig, NamespaceConfig, WorkloadPlacement } from '../config/types';
import { REMOTE_RUNTIME_CLASS } from '../liqo/annotations';
import { DEFAULT_POD_STRATEGY } from '../liqo/namespace-offloading';
import {
  place,
  placeable,
  PLACEMENTS,
  type Placement,
  type PlacementRequest,
  type RemoteMeans,
} from '../liqo/placement';
import { readPodSpec, rewritePodSpec } from '../liqo/pod';
import { classNameOf, webhookClassOf } from '../liqo/runtime-class';
import type { JsonObject } from '../manifests/manifest';
import {
  podAnnotationsOf,
  podSpecOf,
  podSpecPath,
  withPodAnnotations,
  withPodSpec,
} from '../manifests/pod-template';
import type { Written } from '../manifests/write';
import { printTerm } from '../selector/print';
import { selectorTerms } from '../config/selector';

/** What a workload is placed by, beside the word. */
export interface Surroundings {
  readonly cluster: ClusterConfig;
  readonly namespace: NamespaceConfig;
}

/** An object with its kind and name, as messages show it. */
export interface Placeable {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly body: JsonObject;
}

export type PlacedObject =
  /** With a line that says where its pods run. */
  | Written
  /** Why it cannot be placed, each the end of a sentence about it. */
  | { readonly problems: readonly string[] };

function requestFor(
  { cluster, namespace: { offloading } }: Surroundings,
  placement: Placement,
  means: RemoteMeans,
  daemonSet: boolean,
): PlacementRequest {
  return {
    placement,
    means,
    liqoRuntimeClass: classNameOf(cluster.runtimeClass),
    webhookRuntimeClass: webhookClassOf(cluster.runtimeClass),
    daemonSet,
    ...(offloading && {
      offloading: {
        pods: offloading.podOffloadingStrategy ?? DEFAULT_POD_STRATEGY,
        terms: selectorTerms(offloading.clusterSelector ?? []),
      },
    }),
  };
}

/** Every cluster, as if the namespace allowed the placement: what contradicts it is the judge's to say, from the manifests. */
const anyway = (request: PlacementRequest): PlacementRequest => ({
  ...request,
  offloading: { pods: 'LocalAndRemote', terms: request.offloading?.terms ?? [] },
});

/** The placements that a namespace allows. */
export const placementsIn = (surroundings: Surroundings): readonly Placement[] =>
  PLACEMENTS.filter((placement) => placeable(requestFor(surroundings, placement, 'runtimeClass', false)));

/** The class that pods have on the provider, unless they name one themselves: there Liqo's own may not be. */
function withRemoteClass(object: Placeable, { cluster }: Surroundings): JsonObject {
  const remoteName = cluster.runtimeClass?.remoteName;
  const own = podAnnotationsOf(object).get(REMOTE_RUNTIME_CLASS) ?? '';
  return remoteName === undefined || own !== ''
    ? object.body
    : withPodAnnotations(object, { [REMOTE_RUNTIME_CLASS]: remoteName });
}

/** Where a placement sends pods, for whoever reads the manifest. */
function noteFor(placement: Placement, { namespace: { offloading } }: Surroundings): string {
  const terms = selectorTerms(offloading?.clusterSelector ?? []);
  const clusters =
    terms.length === 0 ? 'every cluster' : `clusters with ${terms.map(printTerm).join(' or ')}`;
  return {
    local: 'local: never on a virtual node',
    remote: `remote: only on virtual nodes, those of ${clusters}`,
    anywhere: `anywhere: on local nodes, and on virtual nodes of ${clusters}`,
  }[placement];
}

/** Places the pods of an object. One that has no pods is a problem: somebody meant another one. */
export function placed(
  object: Placeable,
  surroundings: Surroundings,
  placement: WorkloadPlacement,
  means: RemoteMeans,
): PlacedObject {
  if (placement === 'inherit') return { body: object.body };
  if (podSpecPath(object) === undefined) return { problems: ['has no pods, so it has no place'] };
  const spec = podSpecOf(object);
  if (spec === undefined) return { problems: ['has no pod spec'] };
  const read = readPodSpec(spec);
  if (!read.ok) return { problems: read.problems.map((one) => `cannot be read: ${one}`) };
  const request = requestFor(surroundings, placement, means, object.kind === 'DaemonSet');
  const { pod, contradictions } = place(read.pod, placeable(request) ? request : anyway(request));
  if (contradictions.length > 0)
    return { problems: contradictions.map((one) => `cannot be placed ${placement}: ${one}`) };
  const body = withPodSpec(object, rewritePodSpec(spec, read.pod, pod));
  const byClass = placement === 'remote' && means === 'runtimeClass';
  return {
    body: byClass ? withRemoteClass({ ...object, body }, surroundings) : body,
    note: noteFor(placement, surroundings),
  };
}
