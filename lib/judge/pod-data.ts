// Data that stays behind where the pods of a workload go elsewhere.
import { isObject, valueAt, type Json, type JsonObject, type Manifest } from '../manifests/manifest';
import { podSpecOf } from '../manifests/pod-template';

const objectsOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter((one: Json): one is JsonObject => isObject(one)) : [];

/** The volumes of a workload's pods. */
const volumesOf = (manifest: Manifest) => objectsOf(valueAt(podSpecOf(manifest), 'volumes'));

/** The PersistentVolumeClaims that a workload's pods name; those that a StatefulSet makes have names of their own. */
export const claimsOf = (manifest: Manifest): string[] =>
  volumesOf(manifest).flatMap((volume) => {
    const name = valueAt(volume, 'persistentVolumeClaim', 'claimName');
    return typeof name === 'string' ? [name] : [];
  });

/** The claims that a StatefulSet makes for each of its pods. */
export const claimTemplatesOf = ({ kind, body }: Manifest): readonly JsonObject[] =>
  kind === 'StatefulSet' ? objectsOf(valueAt(body, 'spec', 'volumeClaimTemplates')) : [];

/** Sockets and devices hold nothing (Kubernetes, hostPath types). */
const WITHOUT_DATA: ReadonlySet<Json | undefined> = new Set(['Socket', 'CharDevice', 'BlockDevice']);

/** Whether a container writes to a volume. */
function isWritten(manifest: Manifest, name: Json | undefined): boolean {
  const spec = podSpecOf(manifest);
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
const writesToNode = (manifest: Manifest): boolean =>
  manifest.kind !== 'DaemonSet' &&
  volumesOf(manifest).some(
    (volume) =>
      isObject(volume['hostPath']) &&
      !WITHOUT_DATA.has(valueAt(volume, 'hostPath', 'type')) &&
      isWritten(manifest, volume['name']),
  );

/** Whether data stays where the pods of a workload were: of a StatefulSet, on a claim, or in a folder of the node. */
export const keepsData = (manifest: Manifest): boolean =>
  manifest.kind === 'StatefulSet' ||
  volumesOf(manifest).some((volume) => isObject(volume['persistentVolumeClaim'])) ||
  writesToNode(manifest);
