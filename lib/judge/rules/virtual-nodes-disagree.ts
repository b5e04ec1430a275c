import { selects } from '../../liqo/inventory';
import { idsOf, listed, perSelector } from '../cluster-impact';
import { providersWith } from '../peerings';
import type { StateRule } from '../rule';

export const virtualNodesDisagree: StateRule = {
  name: 'virtual-nodes-disagree',
  category: 'broken',
  about: 'state',
  summary: 'A clusterSelector matches some virtual nodes of a cluster but not others.',
  why: 'Each reconcile turns the mapping of the cluster on for one virtual node and off for the other, in random order, and a replicated "off" deletes the twin namespace. The rule looks at the virtual nodes of the inventory and at VirtualNodes among the manifests.',
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
          message: `The clusterSelector of '${namespace}' matches some virtual nodes of ${listed(clusters)} but not others: Liqo creates and deletes the twin namespace there in turn.`,
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
