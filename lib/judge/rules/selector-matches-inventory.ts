import { selects } from '../../liqo/inventory';
import { perSelector, readableSelection, selectionOf } from '../cluster-impact';
import { nearLabels } from '../near-labels';
import type { StateRule } from '../rule';

export const selectorMatchesInventory: StateRule = {
  name: 'selector-matches-inventory',
  category: 'risky',
  about: 'state',
  summary: 'A clusterSelector selects none of the providers in the inventory.',
  why: 'The namespace is not offloaded to any of them. Often a label is misspelt, or the inventory is out of date.',
  source: 'config/inventory.yaml; NSO/clusterselector.go',
  check: ({ offloadings }, { inventories }) => {
    const providers = inventories.after?.providers ?? [];
    const missesAll = perSelector((terms) => providers.every((one) => selects(terms, one) === 'no'));
    if (providers.length === 0) return [];
    return offloadings.flatMap((offloading) => {
      if (missesAll(offloading) !== true) return [];
      const { manifest, namespace } = offloading;
      const near = nearLabels(readableSelection(selectionOf(offloading)) ?? [], providers);
      return [
        {
          namespace,
          message: `The clusterSelector of '${namespace}' selects none of the ${providers.length} providers in the inventory.`,
          remedy: [...near, 'Correct the label, or update config/inventory.yaml.'].join(' '),
          manifest,
          field: ['spec', 'clusterSelector', 'nodeSelectorTerms'],
        },
      ];
    });
  },
};
