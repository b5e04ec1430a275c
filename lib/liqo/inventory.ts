// The providers that exist, as the inventory tells of them, and which of them a clusterSelector selects.
// Source: NSO/clusterselector.go and pkg/utils/virtualnode, pkg/virtualKubelet/liqoNodeProvider/setup.go.
import type { Labels } from '../selector/match';
import { matchesSelector } from '../selector/match';
import type { NodeSelector } from '../selector/term';
import { REMOTE_CLUSTER_LABEL, TYPE_LABEL, VIRTUAL_NODE } from './constants';
import type { NamespaceMappingStrategy } from './namespace-offloading';

export interface VirtualNode {
  readonly name: string;
  /** Labels of its Node, or of the VirtualNode's spec where it has none. What every Node has need not be written. */
  readonly labels: Labels;
  /** `false` where no Node stands behind it: then only its own labels and its cluster's ID count. */
  readonly createNode: boolean;
}

export interface Provider {
  /** The Liqo cluster ID. */
  readonly id: string;
  /** At least one. */
  readonly virtualNodes: readonly VirtualNode[];
  /** Undefined where it accepts all. */
  readonly acceptedMappingStrategies?: readonly NamespaceMappingStrategy[];
}

export interface Inventory {
  /** No other provider exists: what matches none of these matches nothing. */
  readonly complete: boolean;
  readonly providers: readonly Provider[];
}

export const OS_LABEL = 'kubernetes.io/os';
export const ARCH_LABEL = 'kubernetes.io/arch';

/** Labels that the virtual kubelet puts on every Node, beside its host name; the architecture is a constant of its source. */
const EVERY_NODE = {
  [OS_LABEL]: 'linux',
  [ARCH_LABEL]: 'amd64',
  'kubernetes.io/role': 'agent',
  type: 'virtual-kubelet',
  'node.kubernetes.io/exclude-from-external-load-balancers': 'true',
  'alpha.service-controller.kubernetes.io/exclude-balancer': 'true',
  [TYPE_LABEL]: VIRTUAL_NODE,
};
export const HOSTNAME_LABEL = 'kubernetes.io/hostname';

/** Labels that are kept equal to another one on every Node (kubernetes, pkg/controller/nodelifecycle, labelReconcileInfo). */
export const BETA_LABELS: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/os', OS_LABEL],
  ['beta.kubernetes.io/arch', ARCH_LABEL],
]);

/** Labels that go with the Node: a VirtualNode without one does not have them. */
export const NODE_ONLY_LABELS: ReadonlySet<string> = new Set([
  ...Object.keys(EVERY_NODE),
  ...BETA_LABELS.keys(),
  HOSTNAME_LABEL,
]);

/** The labels of a Node with those that a controller of Kubernetes makes of them. */
function withBeta(labels: Labels): Labels {
  const beta = [...BETA_LABELS].flatMap(([key, stable]) => {
    const value = labels[stable];
    return value === undefined ? [] : [[key, value] as const];
  });
  return { ...labels, ...Object.fromEntries(beta) };
}

function allLabels({ id }: Provider, { name, labels, createNode }: VirtualNode): Labels {
  const certain = { [REMOTE_CLUSTER_LABEL]: id };
  return createNode
    ? withBeta({ ...EVERY_NODE, [HOSTNAME_LABEL]: name, ...labels, ...certain })
    : { ...labels, ...certain };
}

/** Labels by node, for each with the provider that they were made for: every selector asks for the same ones. */
const known = new WeakMap<VirtualNode, { readonly id: string; readonly labels: Labels }>();

/** The labels that a clusterSelector is matched against. */
export function labelsOf(provider: Provider, node: VirtualNode): Labels {
  const present = known.get(node);
  if (present?.id === provider.id) return present.labels;
  const labels = allLabels(provider, node);
  known.set(node, { id: provider.id, labels });
  return labels;
}

/** `perhaps`: its virtual nodes disagree, and each reconcile decides anew in random order. */
export type Selected = 'yes' | 'perhaps' | 'no';

/** Whether a selector selects a provider; no terms select every one. */
export function selects(terms: NodeSelector, provider: Provider): Selected {
  if (terms.length === 0) return 'yes';
  const matching = provider.virtualNodes.filter((node) =>
    matchesSelector(terms, labelsOf(provider, node), node.name),
  ).length;
  return matching === 0 ? 'no' : matching === provider.virtualNodes.length ? 'yes' : 'perhaps';
}
