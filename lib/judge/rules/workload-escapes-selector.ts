import { REMOTE_CLUSTER_LABEL } from '../../liqo/constants';
import type { PodSpec } from '../../liqo/pod';
import { EVERYTHING, isSubset, type Selection } from '../../selector/algebra';
import { describe, EVERY_VIRTUAL_NODE, selectionOf, type Impact } from '../cluster-impact';
import { contradiction, environmentOf, reachOf, workloadsOf, type Workload } from '../workloads';
import type { Facts, StateRule } from '../rule';
import type { State } from '../state';

/** What a stored pod requires of nodes, as a selection. */
function required({ nodeSelector, required: terms }: PodSpec): Selection {
  const entries = Object.entries(nodeSelector).map(([key, value]) => ({
    key,
    operator: 'In',
    values: [value],
  }));
  if (terms === undefined) return entries.length === 0 ? EVERYTHING : [{ matchExpressions: entries }];
  return terms.map((term) => ({ ...term, matchExpressions: [...(term.matchExpressions ?? []), ...entries] }));
}

/** Virtual nodes without a twin namespace that the pods can land on; undefined where it is certain that there are none. */
function escape(workload: Workload, state: State, facts: Facts): Impact | undefined {
  const [offloading] = state.offloadingsOf.get(workload.manifest.namespace) ?? [];
  const { landing, virtual } = reachOf(workload.pod, environmentOf(workload, state, facts), facts);
  if (offloading === undefined || landing.outcome !== 'stored' || landing.bound || virtual.answer === 'no')
    return undefined;
  const decision = isSubset(required(landing.pod), selectionOf(offloading), { facts: EVERY_VIRTUAL_NODE });
  if (decision.answer === 'yes') return undefined;
  const clusters = [
    ...new Set(landing.virtualNodes.flatMap((one) => (one.hangs ? [one.provider] : []))),
  ].sort();
  if (clusters.length > 0) return { clusters };
  if (facts.inventories.after?.complete === true) return undefined;
  return decision.answer === 'undecided' ? { undecided: decision.reason } : { witness: decision.witness };
}

export const workloadEscapesSelector: StateRule = {
  name: 'workload-escapes-selector',
  category: 'risky',
  about: 'state',
  summary: 'Pods can be scheduled onto clusters that the clusterSelector does not select.',
  why: "Liqo's webhook leaves pods of Liqo's RuntimeClass alone, and those of a Local namespace: the clusterSelector does not bind them. On the virtual node of a cluster that was not selected there is no twin namespace, and they hang in OffloadingBackOff. `place(…, 'remote')` writes the selector into the pod.",
  source: 'pkg/webhooks/pod/mutations.go',
  check: (state, facts) =>
    workloadsOf(state).flatMap((workload) => {
      if (contradiction(workload, state, facts) !== undefined) return [];
      const impact = escape(workload, state, facts);
      const { manifest, title } = workload;
      if (impact === undefined) return [];
      return [
        {
          namespace: manifest.namespace,
          message: `The clusterSelector of '${manifest.namespace}' does not bind the pods of ${title}: they can be scheduled onto ${describe(impact)}, where they hang for want of a twin namespace.`,
          remedy: `Require the selector of the pods themselves (place it remote), or ${REMOTE_CLUSTER_LABEL} of the clusters that are meant.`,
          manifest,
          clusters: impact.clusters,
          witness: impact.witness,
        },
      ];
    }),
};
