// What a change of peerings does to namespaces: for each provider, which lose their twin and which gain one.
import { REMOTE_CLUSTER_LABEL, TENANT_NAMESPACE_LABEL } from '../liqo/constants';
import { labelsOf as modelled, type Inventory, type VirtualNode } from '../liqo/inventory';
import { groupBy } from '../manifests/group';
import { identityOf, labelsOf, sameJson, stringsAt, type Manifest } from '../manifests/manifest';
import { EVERYTHING, type Selection } from '../selector/algebra';
import { listed, selectionOf } from './cluster-impact';
import { gains, mayLose, nodePair, observedPair, type NodePair } from './node-view';
import type { Offloading } from './offloading';
import { declaredNodes, isNamespaceMap, isTorn, peerOf, type DeclaredNode } from './peerings';
import { keeperOf } from './removal';
import type { Facts } from './rule';
import type { Change } from './state';

/** What happens to one provider. */
export interface PeeringImpact {
  /** Its cluster ID. */
  readonly provider: string;
  /** Objects that are deleted, without which there is no virtual node, or no mapping. */
  readonly removed: readonly Manifest[];
  /** New and changed objects, in their new form, and Nodes that are deleted. */
  readonly changed: readonly Manifest[];
  /** Namespaces that may lose their twin there, sorted; undefined if the manifests hold no offloading. */
  readonly lost: readonly string[] | undefined;
  readonly gained: readonly string[];
}

/** The first names, quoted, and how many more there are. */
export function someOf(names: readonly string[], shown = 5): string {
  const quoted = names.slice(0, shown).map((one) => `'${one}'`);
  const more = names.length > shown ? [`${names.length - shown} more`] : [];
  return listed([...quoted, ...more]);
}

/** `the VirtualNode 'liqo-tenant-naples/naples'`. */
export const titleOf = ({ kind, namespace, name }: Manifest) =>
  `the ${kind} '${namespace === '' ? '' : `${namespace}/`}${name}'`;

/** Whether an object is removed from Git and nothing keeps it in the cluster. */
export type Leaves = (one: Manifest) => boolean;

/** The objects of a removed namespace are removed with it. */
export function leaving({ before, after }: Change, facts: Facts): Leaves {
  const gone: Leaves = (one) => !after.has(one) && keeperOf(one, facts) === undefined;
  const namespaces = [...before.namespaces.values()].flat().filter(gone);
  const names = new Set(namespaces.map(({ name }) => name));
  return (one) => gone(one) || names.has(one.namespace);
}

/** The tenant namespace of an object, if that is removed too: pruning deletes the namespace. */
function prunedWith(one: Manifest, { before }: Change, leaves: Leaves): Manifest {
  const [namespace] = before.namespaces.get(one.namespace) ?? [];
  return namespace !== undefined && leaves(namespace) ? namespace : one;
}

/** A virtual node on both sides. */
interface Fate {
  readonly before: DeclaredNode | undefined;
  readonly after: DeclaredNode | undefined;
  readonly removed: readonly Manifest[];
  readonly nodeGoes: boolean;
}

function fateOf(before: DeclaredNode, present: DeclaredNode | undefined, leaves: Leaves): Fate {
  const removed = before.makers.filter(leaves);
  const nodeGoes = before.node !== undefined && leaves(before.node);
  if (removed.length > 0) return { before, after: undefined, removed, nodeGoes };
  const after = present ?? { ...before, node: undefined };
  // Without credentials for its cluster, the virtual node stays as Liqo made it; peering-interrupted says it.
  const isStuck = after.virtualNode === undefined && after.makers.some(isTorn);
  return { before, after: isStuck ? { ...after, provider: before.provider } : after, removed, nodeGoes };
}

function fatesOf(change: Change, leaves: Leaves): Fate[] {
  const [before, after] = [declaredNodes(change.before), declaredNodes(change.after)];
  return [
    ...[...before.values()].map((one) => fateOf(one, after.get(one.key), leaves)),
    ...[...after.values()]
      .filter(({ key }) => !before.has(key))
      .map((one) => ({ before: undefined, after: one, removed: [], nodeGoes: false })),
  ];
}

/** The virtual nodes that the inventory lists for a provider. */
const listedOf = (inventory: Inventory | undefined, provider: string): readonly VirtualNode[] =>
  inventory?.providers.find(({ id }) => id === provider)?.virtualNodes ?? [];

/** The virtual nodes of a provider, including those that only the inventory lists. */
function pairsOf(provider: string, fates: readonly Fate[], { inventories }: Facts): NodePair[] {
  const listed = listedOf(inventories.before ?? inventories.after, provider);
  const observed = (one: VirtualNode) =>
    observedPair(one.name, modelled({ id: provider, virtualNodes: [] }, one));
  const names = new Set<string>();
  const declared = fates.flatMap(({ before, after, nodeGoes }) => {
    const [was, is] = [before, after].map((one) => (one?.provider === provider ? one : undefined));
    const name = was?.name ?? is?.name;
    if (name === undefined) return [];
    names.add(name);
    const seen = listed.find((one) => one.name === name);
    const pair = nodePair(was, is, { listed: seen, nodeGoes });
    // It existed before any manifest declared it.
    return [was === undefined && seen !== undefined ? { ...pair, before: observed(seen).before } : pair];
  });
  return [...declared, ...listed.filter(({ name }) => !names.has(name)).map(observed)];
}

/** An offloading that has twins and stays. */
interface Carried {
  readonly was: Offloading;
  readonly is: Offloading;
}

/** Offloadings on both sides of the change; other rules report what their own change does. */
function carriedBy({ before, after }: Change, leaves: Leaves): Carried[] {
  return before.offloadings.flatMap((was) => {
    if (leaves(was.manifest)) return [];
    const [is = was] = after.offloadingsOf.get(was.namespace) ?? [];
    return [{ was, is }];
  });
}

/** Asks a question once for each distinct selection: thousands of namespaces share a few. */
function once(ask: (selection: Selection) => boolean): (one: Offloading) => boolean {
  const answers = new Map<string, boolean>();
  return (one) => {
    const selection = selectionOf(one);
    const text = JSON.stringify(selection);
    const answer = answers.get(text) ?? ask(selection);
    answers.set(text, answer);
    return answer;
  };
}

/** Objects of a fate that are new, or differ between the sides. */
function changedIn({ before, after, nodeGoes, removed }: Fate): Manifest[] {
  if (before === undefined) return [...(after?.makers ?? [])];
  if (after === undefined || removed.length > 0) return [];
  const moved = before.provider === after.provider ? [] : after.makers.slice(0, 1);
  const present = [before.virtualNode, before.node].flatMap((was) => {
    const is = [after.virtualNode, after.node].find(
      (one) => one !== undefined && was !== undefined && identityOf(one) === identityOf(was),
    );
    return was === undefined || is === undefined || sameJson(was.body, is.body) ? [] : [is];
  });
  return [
    ...new Set([...moved, ...present]),
    ...(nodeGoes && before.node !== undefined ? [before.node] : []),
  ];
}

const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

/** Whether namespaces would lose their twin but no offloading shows which: they may be in another folder. */
const isUntold = ({ before }: Change, pairs: readonly NodePair[]) =>
  before.offloadings.length === 0 && mayLose(EVERYTHING, pairs);

function impactOf(
  provider: string,
  fates: readonly Fate[],
  change: Change,
  facts: Facts,
  leaves: Leaves,
): PeeringImpact {
  const own = fates.filter(({ before, after }) => [before, after].some((one) => one?.provider === provider));
  const pairs = pairsOf(provider, own, facts);
  const [loses, wins] = [once((one) => mayLose(one, pairs)), once((one) => gains(one, pairs))];
  const carried = carriedBy(change, leaves);
  const removed = own.flatMap((one) => one.removed);
  const lost = carried.filter(({ was, is }) => loses(was) && loses(is)).map(({ is }) => is.namespace);
  return {
    provider,
    removed: [...new Set(removed.map((one) => prunedWith(one, change, leaves)))],
    changed: own.flatMap(changedIn),
    lost: isUntold(change, pairs) ? undefined : sorted(lost),
    gained: sorted(carried.filter(({ was, is }) => wins(was) && wins(is)).map(({ is }) => is.namespace)),
  };
}

const mappingOf = ({ body }: Manifest) => stringsAt(body, 'spec', 'desiredMapping');

/** A NamespaceMap names the twins itself; Liqo deletes those that are removed from it, and all of them with it. */
function ofNamespaceMaps({ before, after }: Change, leaves: Leaves): PeeringImpact[] {
  return before.manifests
    .filter((one) => isNamespaceMap(one) && peerOf(one) !== '')
    .flatMap((was): PeeringImpact[] => {
      const entry = { provider: peerOf(was), gained: [] };
      const names = [...mappingOf(was).keys()];
      if (leaves(was))
        return [
          { ...entry, removed: [was], changed: [], lost: names.length === 0 ? undefined : sorted(names) },
        ];
      const [is] = after.byIdentity.get(identityOf(was)) ?? [];
      const kept = is && mappingOf(is);
      const lost = names.filter((name) => kept !== undefined && !kept.has(name));
      return is === undefined || lost.length === 0
        ? []
        : [{ ...entry, removed: [], changed: [is], lost: sorted(lost) }];
    });
}

/** The virtual nodes of a provider without manifests: those of the inventory, or any with its ID. */
function untoldPairs(provider: string, { inventories }: Facts): NodePair[] {
  const of = { id: provider, virtualNodes: [] };
  const listed = listedOf(inventories.before ?? inventories.after, provider).map((one) => ({
    before: { name: one.name, labels: modelled(of, one), settled: undefined },
    after: undefined,
  }));
  if (listed.length > 0) return listed;
  const labels = { [REMOTE_CLUSTER_LABEL]: provider };
  return [{ before: { name: provider, labels, settled: new Set(Object.keys(labels)) }, after: undefined }];
}

/** A tenant namespace is deleted with everything in it, declared or not. */
function ofTenantNamespaces(
  change: Change,
  facts: Facts,
  leaves: Leaves,
  told: ReadonlySet<Manifest>,
): PeeringImpact[] {
  return [...change.before.namespaces.values()].flat().flatMap((one): PeeringImpact[] => {
    const provider = peerOf(one);
    const isTenants = labelsOf(one).get(TENANT_NAMESPACE_LABEL) === 'true' && provider !== '';
    if (!isTenants || told.has(one) || !leaves(one)) return [];
    const pairs = untoldPairs(provider, facts);
    const loses = once((selection) => mayLose(selection, pairs));
    const lost = carriedBy(change, leaves).filter(({ was, is }) => loses(was) && loses(is));
    return [
      {
        provider,
        removed: [one],
        changed: [],
        lost: isUntold(change, pairs) ? undefined : sorted(lost.map(({ is }) => is.namespace)),
        gained: [],
      },
    ];
  });
}

function merged([provider, all]: readonly [string, readonly PeeringImpact[]]): PeeringImpact {
  const lost = all.flatMap((one) => one.lost ?? []);
  return {
    provider,
    removed: all.flatMap((one) => one.removed),
    changed: all.flatMap((one) => one.changed),
    lost: lost.length === 0 && all.some((one) => one.lost === undefined) ? undefined : sorted(lost),
    gained: sorted(all.flatMap((one) => one.gained)),
  };
}

const known = new WeakMap<Change, readonly PeeringImpact[]>();

/** The providers whose peering a change touches, by ID; computed once for all rules. */
export function peeringImpacts(change: Change, facts: Facts): readonly PeeringImpact[] {
  const present = known.get(change);
  if (present !== undefined) return present;
  const leaves = leaving(change, facts);
  const fates = fatesOf(change, leaves);
  const providers = sorted(
    fates.flatMap(({ before, after }) => [before?.provider ?? [], after?.provider ?? []].flat()),
  );
  const nodes = providers.map((one) => impactOf(one, fates, change, facts, leaves));
  const told = new Set(nodes.flatMap(({ removed }) => removed));
  const all = [
    ...nodes,
    ...ofTenantNamespaces(change, facts, leaves, told),
    ...ofNamespaceMaps(change, leaves),
  ];
  const impacts = [...groupBy(all, ({ provider }) => provider)].map(merged);
  known.set(change, impacts);
  return impacts;
}
