import { deselected, describe } from '../cluster-impact';
import { approvalEntry } from '../approval-entry';
import type { ChangeRule } from '../rule';
import { updatedOffloadings } from '../state';

export const clustersDeselected: ChangeRule = {
  name: 'clusters-deselected',
  category: 'destructive',
  about: 'change',
  approvable: true,
  summary: 'A clusterSelector selects less than before.',
  why: "On its next reconcile Liqo's controller removes the mapping of each cluster that no longer matches, which deletes the twin namespace there with everything in it; pods end as Failed/OffloadingAborted. Neither webhook nor documentation warns of it. Selectors are compared by what they mean, so a rewrite gives nothing. Clusters are named by `config/inventory.yaml`; only a `complete` one, at the baseline as well where there is one, may say that nobody is hit. A cluster whose virtual nodes disagree about a selector is lost whenever the next reconcile says so, and counts as lost.",
  source: 'NSO/clusterselector.go, NSM/enforcement.go',
  check: (change, facts) =>
    updatedOffloadings(change).flatMap(({ was, is }) => {
      const impact = deselected(was, is, facts);
      if (impact === undefined) return [];
      const { clusters, others, witness } = impact;
      return [
        {
          namespace: is.namespace,
          message: `The clusterSelector of '${is.namespace}' selects less than before: Liqo deletes the twin namespace with all that is in it on ${describe(impact)}.`,
          remedy: `Keep the clusters selected, or let them go by name with ${approvalEntry(is.namespace, 'clusters-deselected', others === true ? undefined : clusters)}`,
          manifest: is.manifest,
          field: ['spec', 'clusterSelector', 'nodeSelectorTerms'],
          clusters,
          others,
          witness,
        },
      ];
    }),
};
