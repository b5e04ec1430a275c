// The providers that a cluster has, from its VirtualNodes and Nodes: what Liqo matches clusterSelectors against now.
// Source: NSO/clusterselector.go, pkg/utils/virtualnode, pkg/utils/getters/k8sGetters.go (GetNodeFromVirtualNode),
// pkg/liqo-controller-manager/offloading/virtualnode-controller (what happens to one that is deleted).
import { InputError, type InputProblem } from '../input/error';
import { shown } from '../input/schema';
import { OFFLOADING_GROUP, REMOTE_CLUSTER_LABEL, TYPE_LABEL, VIRTUAL_NODE } from '../liqo/constants';
import { BETA_LABELS, labelsOf as modelled, type Provider, type VirtualNode } from '../liqo/inventory';
import { dnsLabelProblem, dnsSubdomainProblem, labelKeyProblem, labelValueProblem } from '../selector/labels';
import type { Labels } from '../selector/match';
import { groupOf, identityOf, isObject, labelsOf, sameJson, valueAt, type Manifest } from './manifest';
import { lineOf } from './read';

/** What shows all that an inventory is made of. */
export const KUBECTL = 'kubectl get virtualnodes,nodes -A -o yaml';

/** What a cluster shows of its providers. */
export interface Live {
  /** Sorted by ID, their virtual nodes by name, the labels by key; labels that every such virtual node has are left out. */
  readonly providers: readonly Provider[];
  /** Whether something was left out: a virtual Node without its VirtualNode, or a VirtualNode without a cluster. */
  readonly partial: boolean;
  /** What an inventory cannot say, or what is about to change by itself: one sentence each. */
  readonly notices: readonly string[];
}

export const isVirtualNode = ({ apiVersion, kind }: Manifest) =>
  kind === 'VirtualNode' && groupOf(apiVersion) === OFFLOADING_GROUP;
export const isNode = ({ apiVersion, kind }: Manifest) => kind === 'Node' && apiVersion === 'v1';

/** Of Liqo's label for volumes on other clusters (pkg/consts); the Node has it as well. */
export const STORAGE_LABEL = 'storage.liqo.io/available';

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function at(manifest: Manifest, message: string, field: readonly string[], remedy?: string): InputProblem {
  return { message, remedy, file: manifest.source.file, line: lineOf(manifest, ...field) };
}

const shownName = ({ kind, namespace, name }: Manifest) =>
  `the ${kind} '${namespace === '' ? '' : `${namespace}/`}${name}'`;
const atStart = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** One manifest an object, or a problem. Two forms of one object are of two moments, and nobody knows which is now. */
export function once(manifests: readonly Manifest[], problems: InputProblem[]): Manifest[] {
  const first = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const known = first.get(identityOf(manifest));
    if (known === undefined) first.set(identityOf(manifest), manifest);
    else if (!sameJson(known.body, manifest.body)) {
      const message = `${shownName(manifest)} is in the input twice, in different versions`;
      problems.push(at(manifest, message, [], 'give it the output of a single kubectl command'));
    }
  }
  return [...first.values()];
}

/** The labels under a chain of keys, all of them strings that Kubernetes takes for labels. */
function labelsAt(manifest: Manifest, problems: InputProblem[], ...field: readonly string[]): Labels {
  const value = valueAt(manifest.body, ...field) ?? {};
  if (!isObject(value)) {
    problems.push(at(manifest, `${field.join('.')} of ${shownName(manifest)} is not a map`, field));
    return {};
  }
  const labels = new Map<string, string>();
  for (const [key, label] of Object.entries(value)) {
    const problem =
      typeof label === 'string' ? (labelKeyProblem(key) ?? labelValueProblem(label)) : 'is not a string';
    if (problem === undefined && typeof label === 'string') labels.set(key, label);
    else {
      const message = `the label ${shown(key)}: ${shown(label)} of ${shownName(manifest)} ${problem ?? ''}`;
      problems.push(
        at(manifest, message, [...field, key], 'correct it in the cluster: no selector can match it'),
      );
    }
  }
  return Object.fromEntries(labels);
}

/** A VirtualNode, its fields read. */
interface Read {
  readonly manifest: Manifest;
  /** The provider's cluster ID, undefined where it has none. */
  readonly id: string | undefined;
  /** What its spec wants; Liqo's webhook fills it in, so that it stands in every live one. */
  readonly createNode: boolean;
  /** What is matched where it has no Node. */
  readonly ownLabels: Labels;
}

/**
 * The labels of a virtual node without a Node: the spec's, but for the cluster's ID, and one that is true where there are
 * no storage classes (GetLabelSelectors).
 */
function ownLabels(manifest: Manifest, id: string, problems: InputProblem[]): Labels {
  const classes = valueAt(manifest.body, 'spec', 'storageClasses') ?? [];
  if (!Array.isArray(classes)) {
    const message = `spec.storageClasses of ${shownName(manifest)} is not a list`;
    problems.push(at(manifest, message, ['spec', 'storageClasses']));
  }
  return {
    ...labelsAt(manifest, problems, 'spec', 'labels'),
    [REMOTE_CLUSTER_LABEL]: id,
    [STORAGE_LABEL]: String(Array.isArray(classes) && classes.length === 0),
  };
}

function readVirtualNode(manifest: Manifest, problems: InputProblem[]): Read {
  const { body, name } = manifest;
  const wrong = (message: string, ...field: readonly string[]) => problems.push(at(manifest, message, field));
  const nameProblem = dnsSubdomainProblem(name);
  if (nameProblem !== undefined)
    wrong(`the name of a VirtualNode, ${shown(name)}, ${nameProblem}`, 'metadata');
  const written = valueAt(body, 'spec', 'clusterID') ?? '';
  const idProblem = typeof written === 'string' ? dnsLabelProblem(written) : 'is not a string';
  if (written !== '' && idProblem !== undefined)
    wrong(`the clusterID of ${shownName(manifest)}, ${shown(written)}, ${idProblem}`, 'spec', 'clusterID');
  const createNode = valueAt(body, 'spec', 'createNode') ?? true;
  if (typeof createNode !== 'boolean')
    wrong(`createNode of ${shownName(manifest)} is neither true nor false`, 'spec', 'createNode');
  const id = typeof written === 'string' ? written : '';
  return {
    manifest,
    id: id === '' ? undefined : id,
    createNode: createNode !== false,
    ownLabels: ownLabels(manifest, id, problems),
  };
}

/** @throws InputError where the input cannot be the whole of what Liqo looks at */
function checkWhole(virtualNodes: readonly Read[], nodes: readonly Manifest[]): void {
  const remedy = `give it the output of \`${KUBECTL}\``;
  if (!virtualNodes.some(({ id }) => id !== undefined)) {
    const what = virtualNodes.length === 0 ? 'no VirtualNode' : 'no VirtualNode with a clusterID';
    throw new InputError({
      message: `the input contains ${what}, so it shows no provider`,
      file: virtualNodes[0]?.manifest.source.file,
      remedy,
    });
  }
  const waiting = virtualNodes.find(({ createNode }) => createNode);
  if (nodes.length === 0 && waiting !== undefined)
    throw new InputError({
      message: `the input contains VirtualNodes but no Nodes, whose labels Liqo matches (${shownName(waiting.manifest)} has one)`,
      file: waiting.manifest.source.file,
      remedy,
    });
}

const isDeleted = ({ body }: Manifest) => valueAt(body, 'metadata', 'deletionTimestamp') !== undefined;
const labelOf = (manifest: Manifest, key: string) => labelsOf(manifest).get(key);

/** What is worth saying of a virtual node whose Node Liqo finds. */
function nodeNotices({ manifest, createNode, id = '' }: Read, node: Manifest, found: Labels): string[] {
  const expected = modelled({ id, virtualNodes: [] }, { name: node.name, labels: {}, createNode: true });
  const lacking = Object.entries(expected)
    .filter(([key]) => !Object.hasOwn(found, key) && !BETA_LABELS.has(key))
    .map(([key, value]) => `${key}=${value}`);
  const goes = `from then on only the labels in the spec of ${shownName(manifest)} count`;
  return [
    ...(lacking.length === 0
      ? []
      : [
          `The Node '${node.name}' lacks ${lacking.join(', ')}, which the judge assumes on every virtual node: a selector that uses it is judged wrongly. Label the Node again.`,
        ]),
    ...(isDeleted(node) ? [`The Node '${node.name}' is being deleted; ${goes}.`] : []),
    ...(createNode || isDeleted(node)
      ? []
      : [
          `${atStart(shownName(manifest))} has createNode: false, but its Node still exists; Liqo deletes it, and ${goes}.`,
        ]),
  ];
}

/** What is worth saying of a virtual node whose Node Liqo does not find; `other` is a Node of its name that is not taken for it. */
function noNodeNotices({ manifest, createNode, id }: Read, other: Manifest | undefined): string[] {
  const instead = 'Liqo matches the labels in its spec, and the inventory says createNode: false';
  if (other !== undefined) {
    const label = labelOf(other, REMOTE_CLUSTER_LABEL);
    const has =
      label === undefined ? `has no ${REMOTE_CLUSTER_LABEL}` : `has ${REMOTE_CLUSTER_LABEL}=${label}`;
    return [
      `The Node '${other.name}' ${has}, so it does not belong to ${shownName(manifest)} of ${id ?? ''}: ${instead}.`,
    ];
  }
  return createNode ? [`${atStart(shownName(manifest))} has no Node (yet): ${instead}.`] : [];
}

/** Labels that the inventory would not derive by itself, sorted. */
function worthWriting(labels: Labels, derived: Labels): Labels {
  const written = Object.entries(labels).filter(([key, value]) => derived[key] !== value);
  return Object.fromEntries(written.sort(([a], [b]) => byText(a, b)));
}

interface Observed {
  readonly virtualNode: VirtualNode;
  readonly notices: readonly string[];
}

/** A virtual node as Liqo sees it now, whatever its spec says of the future. */
function observe(
  read: Read & { readonly id: string },
  named: Manifest | undefined,
  problems: InputProblem[],
): Observed {
  const { manifest, id } = read;
  // Looked for by the label first, by the name then: a Node with another cluster's ID is not found.
  const node = named !== undefined && labelOf(named, REMOTE_CLUSTER_LABEL) === id ? named : undefined;
  const labels = node === undefined ? read.ownLabels : labelsAt(node, problems, 'metadata', 'labels');
  const bare = { name: manifest.name, labels: {}, createNode: node !== undefined };
  const dying = isDeleted(manifest)
    ? [
        `${atStart(shownName(manifest))} is being deleted. Liqo selects it until it is gone, and deletes the twin namespaces on ${id} with its last virtual node.`,
      ]
    : [];
  return {
    virtualNode: { ...bare, labels: worthWriting(labels, modelled({ id, virtualNodes: [] }, bare)) },
    notices: [
      ...dying,
      ...(node === undefined ? noNodeNotices(read, named) : nodeNotices(read, node, labels)),
    ],
  };
}

/** VirtualNodes of one name and one cluster, in two namespaces, that Liqo cannot tell apart are one. */
function distinct(virtualNodes: readonly VirtualNode[]): VirtualNode[] {
  const byForm = new Map(
    virtualNodes.map((one) => [JSON.stringify([one.name, one.labels, one.createNode]), one]),
  );
  return [...byForm].sort(([a], [b]) => byText(a, b)).map(([, one]) => one);
}

function withoutId({ manifest }: Read): string {
  return `${atStart(shownName(manifest))} has no clusterID and is left out. While such a VirtualNode exists, Liqo applies no clusterSelector at all, because it finds no NamespaceMap for it.`;
}

function strayNode({ name }: Manifest): string {
  return `The Node '${name}' is labelled ${TYPE_LABEL}=${VIRTUAL_NODE}, but no VirtualNode has that name: Liqo looks only at VirtualNodes, so it is left out.`;
}

/**
 * The providers among the objects of a cluster; all other objects are passed over.
 *
 * A virtual node is matched by the labels of its Node: the one of its name that has its cluster's ID as
 * `liqo.io/remote-cluster-id`, whatever `createNode` says. Without one, by `spec.labels` and an inverted
 * `storage.liqo.io/available`. Both are listed until they are gone, a deletion timestamp changes nothing.
 * @throws InputError with everything that is wrong, with file and line: no VirtualNode, VirtualNodes without any Node,
 *   one object in two forms, malformed fields
 */
export function liveProviders(manifests: readonly Manifest[]): Live {
  const problems: InputProblem[] = [];
  const reads = once(manifests.filter(isVirtualNode), problems).map((one) => readVirtualNode(one, problems));
  const nodes = once(manifests.filter(isNode), problems);
  if (problems.length > 0) throw new InputError(problems);
  checkWhole(reads, nodes);
  const nodeOf = new Map(nodes.map((node) => [node.name, node]));
  const known = new Set(reads.map(({ manifest }) => manifest.name));
  const notices: string[] = [
    ...reads.filter(({ id }) => id === undefined).map(withoutId),
    ...nodes
      .filter((node) => labelOf(node, TYPE_LABEL) === VIRTUAL_NODE && !known.has(node.name))
      .map(strayNode),
  ];
  const partial = notices.length > 0;
  const byId = new Map<string, VirtualNode[]>();
  for (const { id, ...read } of reads) {
    if (id === undefined) continue;
    const { virtualNode, notices: said } = observe({ ...read, id }, nodeOf.get(read.manifest.name), problems);
    byId.set(id, [...(byId.get(id) ?? []), virtualNode]);
    notices.push(...said);
  }
  if (problems.length > 0) throw new InputError(problems);
  const providers = [...byId].sort(([a], [b]) => byText(a, b));
  return { providers: providers.map(([id, all]) => ({ id, virtualNodes: distinct(all) })), partial, notices };
}
