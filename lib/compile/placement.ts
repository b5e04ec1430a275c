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
import { workloadKind } from '../liqo/workload-kinds';
import { groupOf, valueAt, type JsonObject, type Manifest } from '../manifests/manifest';
import {
  createsPods,
  lackedFields,
  podAnnotationsOf,
  podTemplatesOf,
  unknownPodSpec,
  withPodAnnotations,
  withPodSpec,
  type PodTemplate,
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
  /** Where its pods lie, of a kind that the config says this of. */
  readonly pods?: Manifest['pods'];
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
  maker: Pick<PlacementRequest, 'daemonSet' | 'once'> = {},
): PlacementRequest {
  return {
    placement,
    means,
    liqoRuntimeClass: classNameOf(cluster.runtimeClass),
    webhookRuntimeClass: webhookClassOf(cluster.runtimeClass),
    ...maker,
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
  PLACEMENTS.filter((placement) => placeable(requestFor(surroundings, placement, 'runtimeClass')));

/** The class that pods have on the provider, unless they name one themselves: there Liqo's own may not be. */
function withRemoteClass(object: Placeable, { cluster }: Surroundings): JsonObject {
  const remoteName = cluster.runtimeClass?.remoteName;
  const own = podAnnotationsOf(object).get(REMOTE_RUNTIME_CLASS) ?? '';
  return remoteName === undefined || own !== ''
    ? object.body
    : withPodAnnotations(object, { [REMOTE_RUNTIME_CLASS]: remoteName });
}

/** Where a placement sends pods, for whoever reads the manifest. */
function noteFor(placement: Placement, once: boolean, { namespace: { offloading } }: Surroundings): string {
  const terms = selectorTerms(offloading?.clusterSelector ?? []);
  const selected = once
    ? 'the clusters that the namespace selects when the pods are created'
    : `clusters with ${terms.map(printTerm).join(' or ')}`;
  const clusters = terms.length === 0 ? 'every cluster' : selected;
  return {
    local: 'local: never on a virtual node',
    remote: `remote: only on virtual nodes, those of ${clusters}`,
    anywhere: `anywhere: on local nodes, and on virtual nodes of ${clusters}`,
  }[placement];
}

/** Why an object cannot be placed that no kind is known of. */
function podless({ body }: Placeable): string {
  const found = unknownPodSpec(body);
  return found === undefined
    ? 'has no pods to place'
    : `has a pod spec at ${found.join('.')}, but cdk8s-liqo does not know the kind: add its path to podTemplates in config/cluster.ts`;
}

/** Whether an update of the object reaches none of its pods. */
const isOnce = ({ apiVersion, kind }: Placeable) => workloadKind(groupOf(apiVersion), kind)?.once === true;

/** How one of an object's templates is to be placed. */
interface Wanted {
  readonly placement: Placement;
  readonly means: RemoteMeans;
  readonly surroundings: Surroundings;
}

function placedTemplate(
  object: Placeable,
  template: PodTemplate,
  { placement, means, surroundings }: Wanted,
): PlacedObject {
  const { part, spec } = template;
  const of = part === '' ? '' : `, in ${part},`;
  const read = readPodSpec(spec);
  if (!read.ok) return { problems: read.problems.map((one) => `cannot be read${of}: ${one}`) };
  const request = requestFor(surroundings, placement, means, {
    daemonSet: object.kind === 'DaemonSet',
    once: isOnce(object),
  });
  const { pod, contradictions } = place(read.pod, placeable(request) ? request : anyway(request));
  if (contradictions.length > 0)
    return { problems: contradictions.map((one) => `cannot be placed ${placement}${of}: ${one}`) };
  return { body: withPodSpec(object, template, rewritePodSpec(spec, read.pod, pod)) };
}

/** Whether the pods are those of another object, which is placed itself: an Argo Rollout may say so. */
const refersToPods = ({ body }: Placeable) => valueAt(body, 'spec', 'workloadRef') !== undefined;

/** Places the pods of an object. One that has no pods is a problem: somebody meant another one. */
export function placed(
  object: Placeable,
  surroundings: Surroundings,
  placement: WorkloadPlacement,
  means: RemoteMeans,
): PlacedObject {
  if (placement === 'inherit') return { body: object.body };
  if (!createsPods(object)) return { problems: [podless(object)] };
  const templates = podTemplatesOf(object);
  if (templates.length === 0)
    return refersToPods(object) ? { body: object.body } : { problems: ['has no pod spec'] };
  const problems: string[] = [];
  let { body } = object;
  for (const template of templates) {
    const lacksClass = lackedFields(template).includes('runtimeClassName');
    const wanted = { placement, means: lacksClass ? 'toleration' : means, surroundings } as const;
    const result = placedTemplate({ ...object, body }, template, wanted);
    if ('problems' in result) problems.push(...result.problems);
    else ({ body } = result);
  }
  if (problems.length > 0) return { problems };
  const byClass = placement === 'remote' && means === 'runtimeClass' && !isOnce(object);
  const classed = byClass && templates.some((one) => !lackedFields(one).includes('runtimeClassName'));
  return {
    body: classed ? withRemoteClass({ ...object, body }, surroundings) : body,
    note: noteFor(placement, isOnce(object), surroundings),
  };
}
