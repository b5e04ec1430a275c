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

/** Equal pods with equal selectors are examined once: Liqo's webhook makes thousands of them alike. */
const withinOnce = (pod: PodSpec, offloading: Offloading, facts: Facts) =>
  decisions(facts, JSON.stringify([pod.nodeSelector, pod.required, selectionOf(offloading)]), () =>
    withinSelection(pod, offloading),
  );

/** Whether Liqo's webhook bound the pods by an invalid selector: see selector-invalid. */
const isBoundByError = (bound: boolean, offloading: Offloading) =>
  bound && readableSelection(selectionOf(offloading)) === undefined;

interface Escape {
  readonly impact: Impact;
  /** Whether Liqo's webhook bound the pods anyway. */
  readonly bound: boolean;
}

/** Virtual nodes without a twin namespace that the pods can land on; undefined if there are certainly none. */
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
  why: "Liqo's webhook does not touch pods with Liqo's RuntimeClass, or pods in a Local namespace, so the clusterSelector does not apply to them. What it writes into other pods also differs from the clusterSelector in two cases: under Remote, a term without requirements becomes \"any virtual node\", although it selects no cluster; and if a pod has its own required node affinity, `matchFields` are dropped on both sides. A cluster that is not selected has no twin namespace, so pods on its virtual node hang in OffloadingBackOff. `place(…, 'remote')` writes the selector into the pod.",
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
        ? `Liqo's webhook does not restrict the pods of ${title} to the clusters that '${manifest.namespace}' selects`
        : `The clusterSelector of '${manifest.namespace}' does not apply to the pods of ${title}`;
      return [
        {
          namespace: manifest.namespace,
          message: `${why}: they can be scheduled onto ${describe(impact)}, where they hang because there is no twin namespace.`,
          remedy: bound
            ? 'Remove terms without requirements from the clusterSelector, and use labels instead of matchFields.'
            : `Add the selector to the pods themselves (place it remote), or require ${REMOTE_CLUSTER_LABEL} of the clusters that you mean.`,
          manifest,
          clusters: impact.clusters,
          witness: impact.witness,
        },
      ];
    }),
};
