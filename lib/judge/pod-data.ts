// Data that stays behind where the pods of a workload go elsewhere.
import { isObject, valueAt, type Json, type JsonObject, type Manifest } from '../manifests/manifest';
import type { State } from './state';
import { claimIn, isOfAnyNode } from './storage';
import type { Workload } from './workloads';

/** An object with the spec of its pods. */
type Pods = Pick<Workload, 'manifest' | 'spec'>;

const objectsOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter((one: Json): one is JsonObject => isObject(one)) : [];

/** The volumes of a workload's pods. */
const volumesOf = ({ spec }: Pods) => objectsOf(valueAt(spec, 'volumes'));

/** The PersistentVolumeClaims that a workload's pods name; those that a StatefulSet makes have names of their own. */
export const claimsOf = (pods: Pods): string[] =>
  volumesOf(pods).flatMap((volume) => {
    const name = valueAt(volume, 'persistentVolumeClaim', 'claimName');
    return typeof name === 'string' ? [name] : [];
  });

/** The claims that a StatefulSet makes for each of its pods. */
export const claimTemplatesOf = ({ kind, body }: Manifest): readonly JsonObject[] =>
  kind === 'StatefulSet' ? objectsOf(valueAt(body, 'spec', 'volumeClaimTemplates')) : [];

/** Sockets and devices hold nothing (Kubernetes, hostPath types). */
const WITHOUT_DATA: ReadonlySet<Json | undefined> = new Set(['Socket', 'CharDevice', 'BlockDevice']);

/** Whether a container writes to a volume. */
function isWritten({ spec }: Pods, name: Json | undefined): boolean {
  const containers = [
    ...objectsOf(valueAt(spec, 'containers')),
    ...objectsOf(valueAt(spec, 'initContainers')),
  ];
  return containers.some((container) =>
    objectsOf(valueAt(container, 'volumeMounts')).some(
      (mount) => mount['name'] === name && mount['readOnly'] !== true,
    ),
  );
}

/** Folders of the node itself that pods write to. A DaemonSet has pods on every node: what it writes is the node's. */
const writesToNode = (pods: Pods): boolean =>
  pods.manifest.kind !== 'DaemonSet' &&
  volumesOf(pods).some(
    (volume) =>
      isObject(volume['hostPath']) &&
      !WITHOUT_DATA.has(valueAt(volume, 'hostPath', 'type')) &&
      isWritten(pods, volume['name']),
  );

/** The claims of a workload: those that it names, as far as manifests have them, and those that it makes. */
const claimsIn = (pods: Pods, state: State): readonly (JsonObject | undefined)[] => [
  ...claimsOf(pods).map((name) => claimIn(state, pods.manifest.namespace, name)?.body),
  ...claimTemplatesOf(pods.manifest),
];

/** Whether the pods of a workload find their data on some local nodes alone. Of a claim that nobody shows, that is taken to be so. */
export function isBoundToNodes(pods: Pods, state: State): boolean {
  const claims = claimsIn(pods, state);
  const bound = claims.some((one) => one === undefined || !isOfAnyNode(one, state));
  return bound || writesToNode(pods) || (claims.length === 0 && pods.manifest.kind === 'StatefulSet');
}

/** Whether data stays where the pods of a workload were: of a StatefulSet, on a claim, or in a folder of the node. */
export const keepsData = (pods: Pods): boolean =>
  pods.manifest.kind === 'StatefulSet' ||
  volumesOf(pods).some((volume) => isObject(volume['persistentVolumeClaim'])) ||
  writesToNode(pods);
