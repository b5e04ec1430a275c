import { describe, newlySelected } from '../cluster-impact';
import type { ChangeRule } from '../rule';
import { updatedOffloadings } from '../state';

export const clustersSelected: ChangeRule = {
  name: 'clusters-selected',
  category: 'info',
  about: 'change',
  summary: 'A clusterSelector selects more clusters than before.',
  why: 'Liqo creates a twin namespace on each newly selected cluster and reflects Secrets, ConfigMaps and Services into it. It does so under every strategy, `Local` included.',
  source: 'NSO/clusterselector.go; pkg/virtualKubelet/reflection',
  check: (change, facts) =>
    updatedOffloadings(change).flatMap(({ was, is }) => {
      const impact = newlySelected(was, is, facts);
      if (impact === undefined) return [];
      const { clusters, witness } = impact;
      return [
        {
          namespace: is.namespace,
          message: `The clusterSelector of '${is.namespace}' selects more than before: Liqo creates a twin namespace and reflects Secrets and ConfigMaps into it on ${describe(impact)}.`,
          remedy: 'Check that the contents of the namespace are allowed on these clusters.',
          manifest: is.manifest,
          field: ['spec', 'clusterSelector', 'nodeSelectorTerms'],
          clusters,
          witness,
        },
      ];
    }),
};
