// Annotations that Liqo reads on objects of a user's namespace (pkg/consts/replication.go, pkg/consts/annotations.go), and
// where it reads them. `liqo.io/` annotations that Liqo itself writes are not among them.

/** On a pod: its RuntimeClass on the provider, before any other (RuntimeClassNameMutator, pkg/virtualKubelet/forge/pods.go). */
export const REMOTE_RUNTIME_CLASS = 'liqo.io/remote-runtime-class-name';

/** On a pod: how its like are spread over the provider's nodes (RemoteShadowPod, pkg/virtualKubelet/forge/pods.go). */
export const ANTI_AFFINITY_PRESET = 'liqo.io/anti-affinity-preset';
export const ANTI_AFFINITY_PRESETS = ['soft', 'hard', 'propagate'] as const;
export type AntiAffinityPreset = (typeof ANTI_AFFINITY_PRESETS)[number];
/** The labels that make pods alike, parted by commas and nothing else (FilterAntiAffinityLabels trims no blanks). */
export const ANTI_AFFINITY_LABELS = 'liqo.io/anti-affinity-labels';

/** On a pod: which API server it talks to (getAPIServerSupport, pkg/virtualKubelet/forge/pods.go). */
export const API_SERVER_SUPPORT = 'liqo.io/api-server-support';
export const API_SERVERS = ['remote', 'disabled'] as const;
export type ApiServer = (typeof API_SERVERS)[number];
/** Its account there; read with `remote` alone (ServiceAccountMutator). */
export const REMOTE_SERVICE_ACCOUNT = 'liqo.io/remote-service-account-name';

/** Under DenyList and AllowList (ShouldSkipReflection, pkg/virtualKubelet/reflection/generic/namespaced.go); "false" undoes them. */
export const REFLECTION = { skip: 'liqo.io/skip-reflection', allow: 'liqo.io/allow-reflection' } as const;
export type Reflection = keyof typeof REFLECTION;

/**
 * Kinds whose reflector asks for these annotations; those of pods, PersistentVolumeClaims and ServiceAccounts follow a logic of
 * Liqo's own (CustomLiqo in cmd/virtual-kubelet/root/opts.go), and Events come from the provider.
 */
export const REFLECTED_KINDS: readonly string[] = [
  'core/Service',
  'core/ConfigMap',
  'core/Secret',
  'networking.k8s.io/Ingress',
  'discovery.k8s.io/EndpointSlice',
];

/** On a Service: "true" keeps its node ports on the provider (getForceRemoteNodePort, pkg/virtualKubelet/forge/services.go). */
export const FORCE_REMOTE_NODE_PORT = 'liqo.io/force-remote-node-port';
/** On a Service, since v1.2.0: "true" lets providers talk to one another directly (reflection/exposition/endpointslice.go). */
export const USE_DIRECT_CONNECTIONS = 'liqo.io/use-direct-connections';

/** On a PersistentVolumeClaim, since v1.2.0 (storageprovisioner/remoteprovisioner.go). */
export const REMOTE_STORAGE_CLASS = 'liqo.io/remote-storage-class';
export const REMOTE_ACCESS_MODES = 'liqo.io/remote-access-modes';
export const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];
