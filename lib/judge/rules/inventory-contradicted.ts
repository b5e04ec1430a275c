import { labelsOf as modelled, type Provider } from '../../liqo/inventory';
import { listed } from '../cluster-impact';
import { titleOf } from '../peering-impact';
import { createsNode, declaredLabels, declaredNodes, type DeclaredNode } from '../peerings';
import type { Facts, StateRule } from '../rule';

/** Where the inventory differs from a manifest about a virtual node; empty if they agree. */
function contradictions(node: DeclaredNode, providers: readonly Provider[], complete: boolean): string[] {
  const { name, provider: id, virtualNode } = node;
  const known = providers.find((one) => one.id === id);
  const other = providers.find((one) => one.id !== id && one.virtualNodes.some((each) => each.name === name));
  if (other !== undefined && known?.virtualNodes.some((each) => each.name === name) !== true)
    return [`it belongs to '${other.id}'`];
  if (known === undefined) return complete ? [`there is no provider '${id}' in a list marked complete`] : [];
  const seen = known.virtualNodes.find((one) => one.name === name);
  if (seen === undefined || virtualNode === undefined) return [];
  if (seen.createNode && !createsNode(node)) return ['it has a Node'];
  const wanted = declaredLabels(node, seen.createNode);
  const labels = modelled(known, seen);
  return Object.entries(wanted)
    .filter(([key, value]) => labels[key] !== value && key !== 'storage.liqo.io/available')
    .map(([key, value]) => {
      const present = labels[key];
      return present === undefined ? `it lacks ${key}=${value}` : `it has ${key}=${present}, not ${value}`;
    });
}

export const inventoryContradicted: StateRule = {
  name: 'inventory-contradicted',
  category: 'risky',
  about: 'state',
  summary: 'A VirtualNode or ResourceSlice contradicts the inventory.',
  why: '`config/inventory.yaml` records what was observed; manifests are what Liqo is told. If they disagree, one of the two is out of date, and rules name or clear clusters by labels that do not exist.',
  source: 'docs/inventory.md; pkg/virtualKubelet/liqoNodeProvider/utils.go (patchLabels)',
  check: (state, { inventories: { after } }: Facts) =>
    after === undefined
      ? []
      : [...declaredNodes(state).values()].flatMap((node) => {
          const found = contradictions(node, after.providers, after.complete);
          const [manifest = node.node] = node.makers;
          if (found.length === 0 || manifest === undefined) return [];
          const title = titleOf(node.virtualNode ?? manifest);
          return [
            {
              message: `The inventory contradicts ${title}: in the inventory, ${listed(found)}.`,
              remedy:
                'Correct whichever is wrong. Once the cluster matches the manifest, import the inventory again.',
              manifest: node.virtualNode ?? manifest,
              clusters: [node.provider],
            },
          ];
        }),
};
