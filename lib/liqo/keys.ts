// The labels and annotations of Liqo's domain: those that some release from v1.0 to v1.2 reads or writes, and those that
// earlier ones read. Sources: pkg/consts, apis/*, pkg/virtualKubelet/forge, pkg/ipam, pkg/gateway, internal/crdReplicator,
// deployments/liqo; of the old ones the same at v0.3 to v0.10.
import { ANTI_AFFINITY_LABELS, ANTI_AFFINITY_PRESET, API_SERVER_SUPPORT } from './annotations';
import { FORCE_REMOTE_NODE_PORT, REFLECTION, REMOTE_ACCESS_MODES, REMOTE_RUNTIME_CLASS } from './annotations';
import { REMOTE_SERVICE_ACCOUNT, REMOTE_STORAGE_CLASS, USE_DIRECT_CONNECTIONS } from './annotations';
import {
  CREATE_VIRTUAL_NODE,
  SCHEDULING_LABEL,
  TENANT_NAMESPACE_LABEL,
  WEBHOOK_SKIP_LABEL,
} from './constants';

/** What people write on their own objects, and on which map Liqo looks for it. */
export const USER_KEYS: ReadonlyMap<string, 'label' | 'annotation'> = new Map([
  [SCHEDULING_LABEL, 'label'],
  [WEBHOOK_SKIP_LABEL, 'label'],
  [REFLECTION.skip, 'annotation'],
  [REFLECTION.allow, 'annotation'],
  [ANTI_AFFINITY_PRESET, 'annotation'],
  [ANTI_AFFINITY_LABELS, 'annotation'],
  [API_SERVER_SUPPORT, 'annotation'],
  [REMOTE_SERVICE_ACCOUNT, 'annotation'],
  [REMOTE_RUNTIME_CLASS, 'annotation'],
  [FORCE_REMOTE_NODE_PORT, 'annotation'],
  [USE_DIRECT_CONNECTIONS, 'annotation'],
  [REMOTE_STORAGE_CLASS, 'annotation'],
  [REMOTE_ACCESS_MODES, 'annotation'],
  [CREATE_VIRTUAL_NODE, 'annotation'],
  [TENANT_NAMESPACE_LABEL, 'label'],
  ['liqo.io/remote-tenant-namespace', 'annotation'],
]);

/** What Liqo writes or reads on objects of its own, by the part behind `liqo.io/`. */
const OWN = [
  ...['certificate-available', 'certificate-expire-time', 'cordon', 'cordon-tenant', 'creator-user', 'csr'],
  ...['direct-connections-data', 'foreign-cluster-permanently-unreachable', 'identity-type'],
  ...['local-cluster-id', 'local-identity', 'managed', 'managed-by', 'managed-by-namespace-map', 'nonce'],
  ...['offloading-patch-hash', 'originID', 'original-name', 'ownership', 'peering-user-name'],
  ...['preinstalled', 'provider', 'remote-cluster-id', 'remote-tenant-csr', 'remote-unavailable', 'remoteID'],
  ...['replicated', 'replication', 'resourceslice-name', 'shadowPod', 'signed-nonce', 'storage'],
  ...['storage-provisioner', 'template-annotations', 'template-labels', 'type', 'uninstalling'],
  ...['virtual-node', 'webhook', 'webhook-service-name', 'auto-cleanup'],
].map((name) => `liqo.io/${name}`);

/** The same below other domains of Liqo's, but for finalizers. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  networking: [
    ...[
      'firewall-category',
      'firewall-subcategory',
      'firewall-unique',
      'route-category',
      'route-subcategory',
    ],
    ...['route-unique', 'internal-node-name', 'internal-fabric-name', 'host-unreachable', 'gateway-resource'],
    ...['gateway-namespace', 'gateway-name', 'gateway-masquerade-bypass', 'component', 'active'],
  ],
  ipam: [
    ...['network-type', 'network-shared', 'network-not-remapped', 'network-namespace', 'network-name'],
    'ip-type',
  ],
  offloading: [
    ...['service-account-name', 'service-account-for-pod-uid', 'service-account-for-pod-name', 'component'],
    ...['service-account-expiration', 'pod-namespace', 'pod-name', 'origin', 'destination', 'nodename'],
  ],
  storage: ['available', 'virtual-pvc-name', 'virtual-pvc-namespace'],
  configuration: ['cidr-type'],
  crdreplicator: ['resource', 'operator'],
  webhook: ['backend'],
};

/** Every key of Liqo's domains that has a meaning. */
export const LIQO_KEYS: ReadonlySet<string> = new Set([
  ...USER_KEYS.keys(),
  ...OWN,
  ...Object.entries(BELOW).flatMap(([domain, names]) => names.map((name) => `${domain}.liqo.io/${name}`)),
]);

/** Keys that people wrote once, and what to do instead. */
export const OLD_KEYS: ReadonlyMap<string, string> = new Map([
  [
    'liqo.io/enabled',
    'Declare a NamespaceOffloading for the namespace: Liqo has not read the label since v0.5 of 2022.',
  ],
  ['liqo.io/not-reflect', `Use the annotation ${REFLECTION.skip}.`],
  ['liqo.io/override-address', 'Remove it: peerings are resources of their own since Liqo v1.0.'],
  ['liqo.io/override-port', 'Remove it: peerings are resources of their own since Liqo v1.0.'],
  ['discovery.liqo.io/cluster-id', 'Use the label liqo.io/remote-cluster-id.'],
  ['discovery.liqo.io/tenant-namespace', 'Use the label liqo.io/tenant-namespace.'],
]);
