import { selects } from '../../liqo/inventory';
import { idsOf, listed, perSelector } from '../cluster-impact';
import { providersWith } from '../peerings';
import type { StateRule } from '../rule';

export const virtualNodesDisagree: StateRule = {
  name: 'virtual-nodes-disagree',
  category: 'broken',
  about: 'state',
  summary: 'The virtual nodes of one cluster disagree about a clusterSelector.',
  why: 'Each reconcile patches the mapping of the cluster on for the one and off for the other, in random order, and a replicated "off" deletes the twin namespace. Virtual nodes are those of the inventory, and VirtualNodes that the manifests declare beside them.',
  source: 'NSO/clusterselector.go',
  check: (state, { inventories }) => {
    const providers = providersWith(state, inventories.after);
    const undecided = perSelector((terms) =>
      idsOf(providers.filter((one) => selects(terms, one) === 'perhaps')),
    );
    return state.offloadings.flatMap((offloading) => {
      const clusters = undecided(offloading) ?? [];
      if (clusters.length === 0) return [];
      const { manifest, namespace } = offloading;
      return [
        {
          namespace,
          message: `The clusterSelector of '${namespace}' matches some virtual nodes of ${listed(clusters)} and not others: Liqo creates and deletes the twin namespace there in turn.`,
          remedy:
            'Select by a label that all virtual nodes of a cluster share, such as liqo.io/remote-cluster-id.',
          manifest,
          field: ['spec', 'clusterSelector', 'nodeSelectorTerms'],
          clusters,
        },
      ];
    });
  },
};
