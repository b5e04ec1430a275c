// The kinds that Liqo serves, and the group and version of each: the same in every release from v1.0.0 to v1.2.0.
// Source: deployments/liqo/charts/liqo-crds/crds.

/** The domain that all of Liqo's groups, labels and annotations end in. */
export const LIQO_DOMAIN = 'liqo.io';

export interface LiqoKind {
  readonly group: string;
  readonly kind: string;
  readonly version: string;
  readonly clusterScoped?: true;
}

const kinds = (group: string, version: string, ...names: readonly string[]): LiqoKind[] =>
  names.map((kind) => ({ group, kind, version }));

export const LIQO_KINDS: readonly LiqoKind[] = [
  ...kinds('authentication.liqo.io', 'v1beta1', 'Identity', 'Renew', 'ResourceSlice', 'Tenant'),
  { group: 'core.liqo.io', kind: 'ForeignCluster', version: 'v1beta1', clusterScoped: true },
  ...kinds('ipam.liqo.io', 'v1alpha1', 'IP', 'Network'),
  ...kinds(
    'networking.liqo.io',
    'v1beta1',
    ...['Configuration', 'Connection', 'FirewallConfiguration', 'GatewayClient', 'GatewayServer'],
    ...['GeneveTunnel', 'InternalFabric', 'PublicKey', 'RouteConfiguration'],
    ...['WgGatewayClient', 'WgGatewayClientTemplate', 'WgGatewayServer', 'WgGatewayServerTemplate'],
  ),
  { group: 'networking.liqo.io', kind: 'InternalNode', version: 'v1beta1', clusterScoped: true },
  ...kinds(
    'offloading.liqo.io',
    'v1beta1',
    ...['NamespaceMap', 'NamespaceOffloading', 'Quota', 'ShadowEndpointSlice', 'ShadowPod', 'VirtualNode'],
    'VkOptionsTemplate',
  ),
];

/** Whether a group lies in Liqo's domain, known or not. */
export const isLiqoGroup = (group: string) => group === LIQO_DOMAIN || group.endsWith(`.${LIQO_DOMAIN}`);

/** The kind of that group and name, undefined where no Liqo serves it. */
export const liqoKind = (group: string, kind: string): LiqoKind | undefined =>
  LIQO_KINDS.find((one) => one.group === group && one.kind === kind);
