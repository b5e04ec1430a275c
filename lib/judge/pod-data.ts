// Data that stays behind if the pods of a workload move.
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

/** The PersistentVolumeClaims that a workload's pods name; not those that a StatefulSet creates. */
export const claimsOf = (pods: Pods): string[] =>
  volumesOf(pods).flatMap((volume) => {
    const name = valueAt(volume, 'persistentVolumeClaim', 'claimName');
    return typeof name === 'string' ? [name] : [];
  });

/** The claims that a StatefulSet creates for each of its pods. */
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

/** Whether pods write to folders of their node. Those of a DaemonSet do not count: it has pods on every node. */
const writesToNode = (pods: Pods): boolean =>
  pods.manifest.kind !== 'DaemonSet' &&
  volumesOf(pods).some(
    (volume) =>
      isObject(volume['hostPath']) &&
      !WITHOUT_DATA.has(valueAt(volume, 'hostPath', 'type')) &&
      isWritten(pods, volume['name']),
  );

/** The claims of a workload: those that it names (undefined if no manifest has them) and those that it creates. */
const claimsIn = (pods: Pods, state: State): readonly (JsonObject | undefined)[] => [
  ...claimsOf(pods).map((name) => claimIn(state, pods.manifest.namespace, name)?.body),
  ...claimTemplatesOf(pods.manifest),
];

/** Whether the pods of a workload find their data only on some local nodes. A claim without a manifest counts as such. */
export function isBoundToNodes(pods: Pods, state: State): boolean {
  const claims = claimsIn(pods, state);
  const bound = claims.some((one) => one === undefined || !isOfAnyNode(one, state));
  return bound || writesToNode(pods) || (claims.length === 0 && pods.manifest.kind === 'StatefulSet');
}

/** Whether the pods of a workload leave data behind: of a StatefulSet, on a claim, or in a folder of the node. */
export const keepsData = (pods: Pods): boolean =>
  pods.manifest.kind === 'StatefulSet' ||
  volumesOf(pods).some((volume) => isObject(volume['persistentVolumeClaim'])) ||
  writesToNode(pods);
