import { deselected, describe } from '../cluster-impact';
import { approvalEntry } from '../approval-entry';
import type { ChangeRule } from '../rule';
import { updatedOffloadings } from '../state';

export const clustersDeselected: ChangeRule = {
  name: 'clusters-deselected',
  category: 'destructive',
  about: 'change',
  approvable: true,
  summary: 'A clusterSelector no longer selects some clusters.',
  why: "On its next reconcile Liqo's controller removes the mapping of each cluster that no longer matches. That deletes the twin namespace there with everything in it, and the pods end as Failed/OffloadingAborted. Neither the webhook nor Liqo's documentation warns about this. Selectors are compared by meaning, so rewriting one without changing what it selects gives no finding. `config/inventory.yaml` names the clusters. Only a `complete` inventory, also at the baseline if it has one, can show that no cluster is affected. If the virtual nodes of a cluster disagree about a selector, any reconcile can drop that cluster, so it counts as lost.",
  source: 'NSO/clusterselector.go, NSM/enforcement.go',
  check: (change, facts) =>
    updatedOffloadings(change).flatMap(({ was, is }) => {
      const impact = deselected(was, is, facts);
      if (impact === undefined) return [];
      const { clusters, others, witness } = impact;
      return [
        {
          namespace: is.namespace,
          message: `The clusterSelector of '${is.namespace}' selects less than before: Liqo deletes the twin namespace and everything in it on ${describe(impact)}.`,
          remedy: `Keep the clusters selected, or approve the loss in ${approvalEntry(is.namespace, 'clusters-deselected', others === true ? undefined : clusters)}`,
          manifest: is.manifest,
          field: ['spec', 'clusterSelector', 'nodeSelectorTerms'],
          clusters,
          others,
          witness,
        },
      ];
    }),
};
