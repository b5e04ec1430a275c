import { REMOTE_CLUSTER_LABEL } from '../../liqo/constants';
import { describe, readableSelection, remembering, selectionOf, type Impact } from '../cluster-impact';
import {
  contradiction,
  environmentOf,
  hangingOn,
  landingsOf,
  losesPin,
  reachOf,
  withinSelection,
  workloadsOf,
  type Workload,
} from '../workloads';
import type { Offloading } from '../offloading';
import type { PodSpec } from '../../liqo/pod';
import type { Decision } from '../../selector/algebra';
import type { Facts, StateRule } from '../rule';
import type { State } from '../state';
import { surroundings } from '../surroundings';

const decisions = remembering<Decision>();

/** Equal pods of equal selectors are asked about once: Liqo's webhook makes thousands of them alike. */
const withinOnce = (pod: PodSpec, offloading: Offloading, facts: Facts) =>
  decisions(facts, JSON.stringify([pod.nodeSelector, pod.required, selectionOf(offloading)]), () =>
    withinSelection(pod, offloading),
  );

/** Whether Liqo's webhook bound the pods by terms of which one is in error, which selector-invalid says. */
const isBoundByError = (bound: boolean, offloading: Offloading) =>
  bound && readableSelection(selectionOf(offloading)) === undefined;

interface Escape {
  readonly impact: Impact;
  /** Whether Liqo's webhook bound the pods nevertheless. */
  readonly bound: boolean;
}

/** Virtual nodes without a twin namespace that the pods can land on; undefined where it is certain that there are none. */
function escape(workload: Workload, state: State, facts: Facts): Escape | undefined {
  const { offloading } = surroundings(state, workload.manifest.namespace, facts);
  const environment = environmentOf(workload, state, facts);
  const { landing, virtual } = reachOf(workload.pod, environment, facts);
  if (offloading === undefined || landing.outcome !== 'stored' || virtual.answer === 'no') return undefined;
  const { bound } = landing;
  if (isBoundByError(bound, offloading)) return undefined;
  const { after } = facts.inventories;
  const complete = after?.complete === true;
  const clusters = hangingOn(landingsOf(workload, environment, facts));
  if (clusters.length > 0)
    return { bound, impact: { clusters, ...(!complete && { others: true as const }) } };
  if (complete) return undefined;
  const decision = withinOnce(landing.pod, offloading, facts);
  if (decision.answer === 'yes') return undefined;
  const impact =
    decision.answer === 'undecided' ? { undecided: decision.reason } : { witness: decision.witness };
  return { bound, impact };
}

export const workloadEscapesSelector: StateRule = {
  name: 'workload-escapes-selector',
  category: 'risky',
  about: 'state',
  summary: 'Pods can be scheduled onto clusters that the clusterSelector does not select.',
  why: "Liqo's webhook leaves pods of Liqo's RuntimeClass alone, and those of a Local namespace: the clusterSelector does not bind them. What it writes into other pods is not always the clusterSelector either: under Remote a term without requirements becomes \"any virtual node\", and selects no cluster; where a pod requires node affinity of its own, `matchFields` are dropped on both sides. On the virtual node of a cluster that was not selected there is no twin namespace, and pods hang in OffloadingBackOff. `place(…, 'remote')` writes the selector into the pod.",
  source:
    'pkg/webhooks/pod/mutations.go, pkg/utils/nodeUtils.go (MergeNodeSelector) against NSO/clusterselector.go',
  check: (state, facts) =>
    workloadsOf(state).flatMap((workload) => {
      if (contradiction(workload, state, facts) !== undefined || losesPin(workload, state, facts)) return [];
      const found = escape(workload, state, facts);
      if (found === undefined) return [];
      const { impact, bound } = found;
      const { manifest, title } = workload;
      const why = bound
        ? `Liqo's webhook does not keep the pods of ${title} to what '${manifest.namespace}' selects`
        : `The clusterSelector of '${manifest.namespace}' does not bind the pods of ${title}`;
      return [
        {
          namespace: manifest.namespace,
          message: `${why}: they can be scheduled onto ${describe(impact)}, where they hang for want of a twin namespace.`,
          remedy: bound
            ? 'Remove terms without requirements from the clusterSelector, and ask for labels instead of matchFields.'
            : `Require the selector of the pods themselves (place it remote), or ${REMOTE_CLUSTER_LABEL} of the clusters that are meant.`,
          manifest,
          clusters: impact.clusters,
          witness: impact.witness,
        },
      ];
    }),
};
