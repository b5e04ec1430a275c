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

/** What a breach says; that it may be none, where nobody knows whether the policy applies. */
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
      : `${titleOf(one)} cannot be decided: nothing says which labels '${namespace}' has. If it applies, '${namespace}' ${breach.what}.`,
    remedy: isCertain
      ? 'Change the namespace, or have the policy changed by whoever owns config/policies.ts.'
      : "Declare the Namespace, or assert its 'labels' in its config.",
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
  why: "Policies in `config/policies.ts` say what must hold of namespaces whatever their configs say. `clusters` must be proven: every virtual node that the selector can match must be allowed, by the selectors alone or by a complete inventory. Under Local Liqo's webhook leaves pods alone, so those that tolerate the taint of virtual nodes by themselves leave nevertheless: a policy of `pods: 'local'`, or of the strategy Local alone, is broken by any workload that does, or that asks for a virtual node by name. What cannot be decided is a finding too: labels that nobody knows (a Namespace that is not managed, unless its config asserts them), or a selector in error.",
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
