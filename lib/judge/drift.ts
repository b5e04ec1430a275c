// Where the inventory differs from the cluster, and which namespaces lose or gain clusters: labels of virtual
// nodes change without a change in Git, and that deletes twin namespaces too.
// Source: NSO/namespaceoffloading_controller.go (every event of a VirtualNode or its Node reconciles all), NSO/clusterselector.go.
import {
  BETA_LABELS,
  labelsOf,
  NODE_ONLY_LABELS,
  selects,
  type Inventory,
  type Provider,
  type VirtualNode,
} from '../liqo/inventory';
import type { Labels } from '../selector/match';
import type { NodeSelector } from '../selector/term';
import { perSelector, RANK } from './cluster-impact';
import type { Offloading } from './offloading';

export interface LabelDrift {
  readonly key: string;
  /** The inventory's value, if any. */
  readonly was?: string;
  /** The live value, if any. */
  readonly is?: string;
}

export interface VirtualNodeDrift {
  readonly name: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Whether its Node came or went; `labels` then leaves out those that only Nodes have. */
  readonly node?: 'come' | 'gone';
  /** Sorted by key; empty if the virtual node itself came or went. */
  readonly labels: readonly LabelDrift[];
}

export interface ProviderDrift {
  /** The cluster ID. */
  readonly provider: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly virtualNodes: readonly VirtualNodeDrift[];
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The values of both sides by key, sorted. */
function paired<T>(
  was: Iterable<readonly [string, T]>,
  is: Iterable<readonly [string, T]>,
): { readonly key: string; readonly old: T | undefined; readonly now: T | undefined }[] {
  const [left, right] = [new Map(was), new Map(is)];
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort(byText);
  return keys.map((key) => ({ key, old: left.get(key), now: right.get(key) }));
}

function labelDrift(was: Labels, is: Labels, passedOver: ReadonlySet<string>): LabelDrift[] {
  return paired(Object.entries(was), Object.entries(is)).flatMap(({ key, old, now }) =>
    old === now || passedOver.has(key)
      ? []
      : [{ key, ...(old !== undefined && { was: old }), ...(now !== undefined && { is: now }) }],
  );
}

/** A label that follows from another is no drift of its own. */
const DERIVED: ReadonlySet<string> = new Set(BETA_LABELS.keys());

/** Both sides of one virtual node, each with its provider: labels that every virtual node has count even if unwritten. */
function nodeDrift(
  name: string,
  was: [Provider, VirtualNode],
  is: [Provider, VirtualNode],
): VirtualNodeDrift[] {
  const [before, after] = [was[1].createNode, is[1].createNode];
  const moved = before !== after;
  const labels = labelDrift(labelsOf(...was), labelsOf(...is), moved ? NODE_ONLY_LABELS : DERIVED);
  if (!moved && labels.length === 0) return [];
  return [{ name, change: 'changed', ...(moved && { node: after ? 'come' : 'gone' }), labels }];
}

/** Virtual nodes by name; those that share a name, in different namespaces, are numbered. */
function byName({ virtualNodes }: Provider): [string, VirtualNode][] {
  const seen = new Map<string, number>();
  const form = ({ name, labels }: VirtualNode) => JSON.stringify([name, Object.entries(labels).sort()]);
  const sorted = [...virtualNodes].sort((a, b) => byText(form(a), form(b)));
  return sorted.map((node) => {
    const count = seen.get(node.name) ?? 0;
    seen.set(node.name, count + 1);
    return [`${node.name}${' '.repeat(count)}`, node];
  });
}

function virtualNodesDrift(was: Provider, is: Provider): VirtualNodeDrift[] {
  return paired(byName(was), byName(is)).flatMap(({ old, now }): VirtualNodeDrift[] => {
    const name = (old ?? now)?.name ?? '';
    if (old !== undefined && now !== undefined) return nodeDrift(name, [was, old], [is, now]);
    return [{ name, change: now === undefined ? 'removed' : 'added', labels: [] }];
  });
}

const providersOf = ({ providers }: Inventory) => providers.map((one) => [one.id, one] as const);
const without = (provider: Provider): Provider => ({ ...provider, virtualNodes: [] });

/**
 * Providers and virtual nodes that came, went or changed their labels, by ID and name; empty if two inventories describe
 * the same. `complete` and mapping strategies do not count.
 */
export function inventoryDrift(was: Inventory, is: Inventory): ProviderDrift[] {
  return paired(providersOf(was), providersOf(is)).flatMap(({ key: provider, old, now }): ProviderDrift[] => {
    const [left, right] = [old ?? (now && without(now)), now ?? (old && without(old))];
    if (left === undefined || right === undefined) return [];
    const virtualNodes = virtualNodesDrift(left, right);
    const change = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    return change === 'changed' && virtualNodes.length === 0 ? [] : [{ provider, change, virtualNodes }];
  });
}

export interface NamespaceDrift {
  readonly namespace: string;
  /** Cluster IDs, sorted: no longer selected, or only by some of the cluster's virtual nodes and so by chance. */
  readonly lost: readonly string[];
  readonly gained: readonly string[];
}

const ranks = (terms: NodeSelector, { providers }: Inventory) =>
  providers.map((one) => [one.id, RANK[selects(terms, one)]] as const);

function shift(terms: NodeSelector, was: Inventory, is: Inventory) {
  const moved = paired(ranks(terms, was), ranks(terms, is)).map(({ key, old = 0, now = 0 }) => ({
    key,
    by: now - old,
  }));
  const ids = (wanted: (by: number) => boolean) => moved.filter(({ by }) => wanted(by)).map(({ key }) => key);
  return { lost: ids((by) => by < 0), gained: ids((by) => by > 0) };
}

/** What namespaces lose and gain when one inventory replaces another. */
export interface Consequences {
  /** Those that lose or gain a cluster, by name. */
  readonly namespaces: readonly NamespaceDrift[];
  /** Those with an invalid clusterSelector, whose answer is unknown; sorted. */
  readonly unreadable: readonly string[];
}

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort(byText);

/** @param offloadings the deployed ones; a namespace with two loses and gains what either does */
export function consequences(
  offloadings: readonly Offloading[],
  was: Inventory,
  is: Inventory,
): Consequences {
  const ask = perSelector((terms) => shift(terms, was, is));
  const found = new Map<string, NamespaceDrift>();
  const unreadable = new Set<string>();
  for (const offloading of offloadings) {
    const { namespace } = offloading;
    const shifted = ask(offloading);
    if (shifted === undefined) unreadable.add(namespace);
    else if (shifted.lost.length + shifted.gained.length > 0) {
      const { lost = [], gained = [] } = found.get(namespace) ?? {};
      found.set(namespace, {
        namespace,
        lost: union(lost, shifted.lost),
        gained: union(gained, shifted.gained),
      });
    }
  }
  const namespaces = [...found.values()].sort((a, b) => byText(a.namespace, b.namespace));
  return { namespaces, unreadable: [...unreadable].sort(byText) };
}
