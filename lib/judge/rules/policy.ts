import { selectionOf } from '../cluster-impact';
import { applies, breaches, podBreaches, type Breach } from '../breaches';
import type { Policy } from '../policy';
import { namespacesOf } from '../state';
import { groupBy } from '../../manifests/group';
import type { Facts, Problem, StateRule } from '../rule';
import type { State } from '../state';
import { workloadsOf, type Workload } from '../workloads';

const titleOf = ({ name, description }: Policy) =>
  `Policy '${name}'${description === undefined ? '' : ` (${description})`}`;

/** What a breach says; if it is unknown whether the policy applies, that it may be none. */
function toProblem(
  one: Policy,
  namespace: string,
  scope: 'yes' | 'unknown',
  breach: Breach,
  state: State,
): Problem {
  const [manifest] = state.namespaces.get(namespace) ?? [];
  const isCertain = scope === 'yes';
  return {
    namespace,
    message: isCertain
      ? `${titleOf(one)}: '${namespace}' ${breach.what}.`
      : `${titleOf(one)} may apply to '${namespace}', whose labels are unknown. If it does, '${namespace}' ${breach.what}.`,
    remedy: isCertain
      ? 'Change the namespace, or ask the owners of config/policies.ts to change the policy.'
      : "Declare the Namespace, or list its 'labels' in its config.",
    manifest: breach.workload ?? breach.offloading?.manifest ?? manifest,
    field: breach.field,
    clusters: breach.clusters,
    witness: breach.witness,
    ...(breach.offloading !== undefined && {
      reach: { selected: selectionOf(breach.offloading), allowed: breach.allowed ?? [] },
    }),
  };
}

type Workloads = ReadonlyMap<string, readonly Workload[]>;

function problemsOf(
  one: Policy,
  namespace: string,
  workloads: Workloads,
  state: State,
  facts: Facts,
): Problem[] {
  const scope = applies(one, namespace, state, facts);
  if (scope === 'no') return [];
  const offloadings = state.offloadingsOf.get(namespace) ?? [];
  const isKnown = state.namespaces.has(namespace) || offloadings.length > 0;
  if (!isKnown && scope === 'unknown') return []; // most namespaces of a platform are not in Git
  return [
    ...(isKnown ? breaches(one, offloadings, facts) : []),
    ...podBreaches(one, offloadings, workloads.get(namespace) ?? [], state, facts),
  ].map((breach) => toProblem(one, namespace, scope, breach, state));
}

export const policy: StateRule = {
  name: 'policy',
  category: 'policy',
  about: 'state',
  summary: 'A namespace breaks a policy of the organisation.',
  why: "Policies in `config/policies.ts` apply to namespaces no matter what their configs say. `clusters` must be proven: every virtual node that the selector can match must be allowed, by the selectors alone or by a complete inventory. With the strategy Local, Liqo's webhook does not touch pods, so pods that tolerate the taint of virtual nodes themselves can still leave the cluster. A workload with such pods, or one that asks for a virtual node by name, therefore breaks a policy of `pods: 'local'` or of the strategy Local alone. Undecidable cases are findings too: unknown labels (of a Namespace that is not managed, unless its config lists them), or an invalid selector.",
  source: 'config/policies.ts; pkg/webhooks/pod/mutations.go',
  check: (state, facts) => {
    if (facts.policies.length === 0) return [];
    const workloads = groupBy(workloadsOf(state), ({ manifest }) => manifest.namespace);
    const namespaces = [...new Set([...namespacesOf(state), ...workloads.keys()])].sort();
    return facts.policies.flatMap((one) =>
      namespaces.flatMap((namespace) => problemsOf(one, namespace, workloads, state, facts)),
    );
  },
};
