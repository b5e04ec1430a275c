// The peerings that manifests declare: which virtual nodes their VirtualNodes, ResourceSlices and Nodes create, with the
// labels that clusterSelectors are matched against. Sources: virtualnodecreator-controller (a ResourceSlice owns the VirtualNode of its
// name), virtualnode-controller (namespacemap.go), pkg/utils/virtualnode, pkg/virtualKubelet/liqoNodeProvider/utils.go.
import { CREATE_VIRTUAL_NODE, REMOTE_CLUSTER_LABEL, TYPE_LABEL, VIRTUAL_NODE } from '../liqo/constants';
import { labelsOf as modelled, type Inventory, type Provider, type VirtualNode } from '../liqo/inventory';
import { groupBy } from '../manifests/group';
import { isNode, isVirtualNode, STORAGE_LABEL } from '../manifests/live-inventory';
import { annotationsOf, groupOf, labelsOf, stringsAt, valueAt, type Manifest } from '../manifests/manifest';
import type { Labels } from '../selector/match';
import type { Change, State } from './state';

/** A virtual node that manifests create. */
export interface DeclaredNode {
  /** The namespace and the name of its VirtualNode. */
  readonly key: string;
  readonly name: string;
  /** The provider's cluster ID. */
  readonly provider: string;
  /** The VirtualNode, the ResourceSlice, or both: if either is removed, the virtual node is. */
  readonly makers: readonly Manifest[];
  /** Undefined if a ResourceSlice alone creates it: the provider then decides the labels. */
  readonly virtualNode: Manifest | undefined;
  /** Its Node, if manifests declare that too. */
  readonly node: Manifest | undefined;
}

const isKind = (group: string, kind: string) => (one: Manifest) =>
  one.kind === kind && groupOf(one.apiVersion) === group;

export const isResourceSlice = isKind('authentication.liqo.io', 'ResourceSlice');
export const isNamespaceMap = isKind('offloading.liqo.io', 'NamespaceMap');
export const isTenant = isKind('authentication.liqo.io', 'Tenant');
export const isIdentity = isKind('authentication.liqo.io', 'Identity');
export const isForeignCluster = isKind('core.liqo.io', 'ForeignCluster');

/** Whether the object is a copy from another cluster. */
const isReplicated = (one: Manifest) => labelsOf(one).get('liqo.io/replicated') === 'true';

/** Whether Liqo makes a VirtualNode for a ResourceSlice. Turning it off later leaves the VirtualNode where it is. */
export function makesVirtualNode(slice: Manifest): boolean {
  const value = annotationsOf(slice).get(CREATE_VIRTUAL_NODE) ?? '';
  return value !== '' && value.toLowerCase() !== 'false' && !isReplicated(slice);
}

/** The cluster at the other end of a peering; empty if the object does not name it. */
export function peerOf(one: Manifest): string {
  const spec = stringsAt(one.body, 'spec');
  const label = labelsOf(one).get(REMOTE_CLUSTER_LABEL) ?? '';
  return isResourceSlice(one)
    ? label || (spec.get('providerClusterID') ?? '')
    : (spec.get('clusterID') ?? label);
}

/**
 * Whether a ResourceSlice names two clusters: Liqo creates its Identity for `providerClusterID`, but its virtual node looks
 * for the Identity of its label (identitycreator-controller, virtualnodecreator-controller, getters.GetIdentityFromResourceSlice).
 */
export function isTorn(slice: Manifest): boolean {
  const [label, spec] = [
    labelsOf(slice).get(REMOTE_CLUSTER_LABEL) ?? '',
    stringsAt(slice.body, 'spec').get('providerClusterID') ?? '',
  ];
  return isResourceSlice(slice) && label !== '' && spec !== '' && label !== spec;
}

/** The virtual nodes of a state, by key; those that name no provider are left out. */
export function declaredNodes({ manifests }: State): ReadonlyMap<string, DeclaredNode> {
  const nodes = new Map(manifests.filter(isNode).map((one) => [one.name, one]));
  const makers = manifests.filter(
    (one) => peerOf(one) !== '' && (isVirtualNode(one) || (isResourceSlice(one) && makesVirtualNode(one))),
  );
  const declared = [...groupBy(makers, ({ namespace, name }) => `${namespace}/${name}`)].flatMap(
    ([key, all]): DeclaredNode[] => {
      const virtualNode = all.find(isVirtualNode);
      const [maker = virtualNode] = virtualNode === undefined ? all : [virtualNode];
      if (maker === undefined) return [];
      const { name } = maker;
      return [{ key, name, provider: peerOf(maker), makers: all, virtualNode, node: nodes.get(name) }];
    },
  );
  const known = new Set(declared.map(({ name }) => name));
  const bare = [...nodes.values()].filter(
    (node) =>
      !known.has(node.name) && (labelsOf(node).get(REMOTE_CLUSTER_LABEL) ?? '') !== '' && isVirtual(node),
  );
  return new Map(
    [
      ...declared,
      ...bare.map((node) => ({
        key: `Node/${node.name}`,
        name: node.name,
        provider: labelsOf(node).get(REMOTE_CLUSTER_LABEL) ?? '',
        makers: [],
        virtualNode: undefined,
        node,
      })),
    ].map((one) => [one.key, one]),
  );
}

/** What manifests declare on both sides of a change. */
export const declaredIn = ({ before, after }: Change) => ({
  before: [...declaredNodes(before).values()],
  after: [...declaredNodes(after).values()],
});

/** Whether a Node labelled with a provider is virtual: real Nodes never have that label. */
const isVirtual = (node: Manifest) => (labelsOf(node).get(TYPE_LABEL) ?? VIRTUAL_NODE) === VIRTUAL_NODE;

/** Whether the virtual node has a Node: yes, unless its VirtualNode says otherwise. */
export const createsNode = ({ virtualNode }: DeclaredNode) =>
  virtualNode === undefined || valueAt(virtualNode.body, 'spec', 'createNode') !== false;

/** Liqo's own label for storage: a Node shows whether there are classes; without a Node the value is inverted. */
function storageLabel({ body }: Manifest, hasNode: boolean): Labels {
  const classes = valueAt(body, 'spec', 'storageClasses');
  const hasStorage = Array.isArray(classes) && classes.length > 0;
  return { [STORAGE_LABEL]: String(hasNode ? hasStorage : !hasStorage) };
}

/** The labels of a virtual node that manifests show: those of its Node, if it has one, else those of its VirtualNode. */
export function declaredLabels(declared: DeclaredNode, hasNode: boolean): Labels {
  const { virtualNode, node, provider: id, name } = declared;
  const labels = {
    ...(virtualNode === undefined ? {} : Object.fromEntries(stringsAt(virtualNode.body, 'spec', 'labels'))),
    ...(virtualNode === undefined ? {} : storageLabel(virtualNode, hasNode)),
    ...(hasNode && node !== undefined ? Object.fromEntries(labelsOf(node)) : {}),
  };
  return modelled({ id, virtualNodes: [] }, { name, labels, createNode: hasNode });
}

/** A virtual node as its VirtualNode and its Node describe it. */
function asListed(node: DeclaredNode): VirtualNode {
  const createNode = createsNode(node);
  return { name: node.name, labels: declaredLabels(node, createNode), createNode };
}

/** The providers of an inventory, with the virtual nodes that a state declares added. */
export function providersWith(state: State, inventory: Inventory | undefined): Provider[] {
  const declared = groupBy(
    [...declaredNodes(state).values()].filter(({ virtualNode }) => virtualNode !== undefined),
    ({ provider }) => provider,
  );
  const listed = new Map((inventory?.providers ?? []).map((one) => [one.id, one]));
  return [...new Set([...listed.keys(), ...declared.keys()])].map((id) => {
    const { virtualNodes = [], ...more } = listed.get(id) ?? {};
    const own = (declared.get(id) ?? []).filter(({ name }) => virtualNodes.every((one) => one.name !== name));
    return { ...more, id, virtualNodes: [...virtualNodes, ...own.map(asListed)] };
  });
}
