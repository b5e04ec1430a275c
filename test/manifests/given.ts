// VirtualNodes and Nodes as kubectl prints them, from a few words.

export interface VirtualNodeWords {
  readonly namespace?: string;
  /** YAML; the name by default. */
  readonly clusterID?: string;
  readonly createNode?: string;
  /** Flow YAML without braces. */
  readonly labels?: string;
  /** More of the spec, in flow YAML without braces. */
  readonly more?: string;
}

export function virtualNode(name: string, words: VirtualNodeWords = {}): string {
  const { namespace = `liqo-tenant-${name}`, clusterID = name, createNode = 'true', labels, more } = words;
  const spec = [
    `clusterID: ${clusterID}`,
    `createNode: ${createNode}`,
    ...(labels === undefined ? [] : [`labels: { ${labels} }`]),
    ...(more === undefined || more === '' ? [] : [more]),
  ];
  return `apiVersion: offloading.liqo.io/v1beta1
kind: VirtualNode
metadata: { name: ${name}, namespace: ${namespace}, managedFields: [{ manager: liqo, fieldsV1: { "f:spec": {} } }] }
spec: { ${spec.join(', ')} }
`;
}

/** What the virtual kubelet labels every Node with (liqoNodeProvider/setup.go), but for the architecture. */
const EVERY_NODE = (name: string): Readonly<Record<string, string>> => ({
  'alpha.service-controller.kubernetes.io/exclude-balancer': '"true"',
  'kubernetes.io/hostname': name,
  'kubernetes.io/os': 'linux',
  'kubernetes.io/arch': 'amd64',
  'kubernetes.io/role': 'agent',
  'liqo.io/remote-cluster-id': name,
  'liqo.io/type': 'virtual-node',
  'node.kubernetes.io/exclude-from-external-load-balancers': '"true"',
  type: 'virtual-kubelet',
});

/** The Node of a virtual node; labels in flow YAML without braces take the place of those that all have. */
export function node(name: string, labels = ''): string {
  const common = Object.entries(EVERY_NODE(name)).filter(([key]) => !labels.includes(`${key}: `));
  const all = [...common.map(([key, value]) => `${key}: ${value}`), ...(labels === '' ? [] : [labels])];
  return `apiVersion: v1\nkind: Node\nmetadata: { name: ${name}, labels: { ${all.join(', ')} } }\n`;
}
