// The providers that rules count on: those of the inventory, and those whose virtual nodes manifests declare.
import type { Inventory, Provider } from '../liqo/inventory';
import { groupBy } from '../manifests/group';
import { createsNode, declaredLabels, type DeclaredNode } from './peerings';
import type { Facts } from './rule';

const nodesOf = (inventory: Inventory | undefined, id: string) =>
  inventory?.providers.find((one) => one.id === id)?.virtualNodes ?? [];

/** Providers as manifests declare them; what the inventory says of the same virtual nodes, and of others, stays beside. */
function declaredProviders(declared: readonly DeclaredNode[], inventory: Inventory | undefined): Provider[] {
  return [...groupBy(declared, ({ provider }) => provider)].map(([id, nodes]) => {
    const listed = nodesOf(inventory, id);
    const own = nodes.map((node) => {
      const createNode = createsNode(node);
      const seen = listed.find(({ name }) => name === node.name);
      const observed = createNode && seen?.createNode === true ? seen.labels : {};
      return { name: node.name, labels: { ...observed, ...declaredLabels(node, createNode) }, createNode };
    });
    const others = listed.filter(({ name }) => own.every((one) => one.name !== name));
    return { id, virtualNodes: [...own, ...others] };
  });
}

const answers = new WeakMap<Facts, Map<'before' | 'after', Inventory | undefined>>();

function work(facts: Facts, side: 'before' | 'after'): Inventory | undefined {
  const { before, after } = facts.inventories;
  const inventory = side === 'before' ? (before ?? after) : after;
  const declared = facts.declaredNodes?.[side] ?? [];
  if (declared.length === 0) return side === 'before' ? before : after;
  const isListed = ({ provider, name }: DeclaredNode) =>
    nodesOf(inventory, provider).some((one) => one.name === name);
  return {
    // What manifests declare is never all that there is, and a list that lacks some of it is not complete.
    complete: inventory?.complete === true && declared.every(isListed),
    providers: [...(inventory?.providers ?? []), ...declaredProviders(declared, inventory)],
  };
}

/**
 * The inventory of one side together with the virtual nodes that its manifests declare. A provider of both is in it twice:
 * as it was observed, and as it is declared.
 */
export function knownInventory(facts: Facts, side: 'before' | 'after'): Inventory | undefined {
  const known = answers.get(facts) ?? new Map<'before' | 'after', Inventory | undefined>();
  answers.set(facts, known);
  if (!known.has(side)) known.set(side, work(facts, side));
  return known.get(side);
}

/** What decides about clusterSelectors of a declared virtual node. */
const signOf = (node: DeclaredNode) =>
  JSON.stringify([node.key, node.provider, createsNode(node), declaredLabels(node, createsNode(node))]);

const earlier = new WeakMap<Facts, Facts>();

/** What the old side of a change is asked with: a virtual node that the change declares makes a finding new. */
export function factsThen(facts: Facts): Facts {
  const { before = [], after = [] } = facts.declaredNodes ?? {};
  if (before.map(signOf).join() === after.map(signOf).join()) return facts;
  const then = earlier.get(facts) ?? { ...facts, declaredNodes: { before, after: before } };
  earlier.set(facts, then);
  return then;
}
