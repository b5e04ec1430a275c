// Objects of peerings from a few words.

interface Named {
  readonly name?: string;
  readonly id?: string;
  /** More of metadata, in flow YAML. */
  readonly metadata?: string;
}

/** A VirtualNode with labels in flow YAML without braces, and more of its spec. */
export const virtualNode = (
  labels = '',
  { name = 'naples', id = 'naples', metadata = '' }: Named = {},
  spec = '',
) =>
  `apiVersion: offloading.liqo.io/v1beta1
kind: VirtualNode
metadata: { name: ${name}, namespace: liqo-tenant-${id}${metadata === '' ? '' : `, ${metadata}`} }
spec: { clusterID: ${id}, labels: { ${labels} }${spec === '' ? '' : `, ${spec}`} }
`;

export const resourceSlice = (
  { name = 'naples', id = 'naples', metadata = '' }: Named = {},
  creates = '"true"',
  spec = '',
) =>
  `apiVersion: authentication.liqo.io/v1beta1
kind: ResourceSlice
metadata: { name: ${name}, namespace: liqo-tenant-${id}, annotations: { liqo.io/create-virtual-node: ${creates} }, labels: { liqo.io/remote-cluster-id: ${id}${metadata} } }
spec: { class: default, providerClusterID: ${id}${spec === '' ? '' : `, ${spec}`} }
`;

/** The Node of a virtual node. */
export const virtualNodeNode = (labels: string, { name = 'naples', id = 'naples' }: Named = {}) =>
  `apiVersion: v1
kind: Node
metadata: { name: ${name}, labels: { liqo.io/type: virtual-node, liqo.io/remote-cluster-id: ${id}, ${labels} } }
`;

export const namespaceMap = (mapping: string) => `apiVersion: offloading.liqo.io/v1beta1
kind: NamespaceMap
metadata: { name: naples, namespace: liqo-tenant-naples, labels: { liqo.io/remote-cluster-id: naples } }
spec: { desiredMapping: { ${mapping} } }
`;

export const tenantNamespace = (id: string) => `apiVersion: v1
kind: Namespace
metadata: { name: liqo-tenant-${id}, labels: { liqo.io/tenant-namespace: "true", liqo.io/remote-cluster-id: ${id} } }
`;
