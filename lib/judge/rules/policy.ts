import { selectionOf } from '../cluster-impact';
import { applies, breaches, namespacesOf } from '../policy';
import type { StateRule } from '../rule';

export const policy: StateRule = {
  name: 'policy',
  category: 'policy',
  about: 'state',
  summary: 'A namespace breaks a policy of the organisation.',
  why: 'Policies in `config/policies.ts` say what must hold of namespaces whatever their configs say. `clusters` must be proven: every virtual node that the selector can match must be allowed, by the selectors alone or by a complete inventory. What cannot be decided is a finding too: labels that nobody knows (a Namespace that is not managed, unless its config asserts them), or a selector in error.',
  source: 'config/policies.ts',
  check: (state, facts) => {
    const namespaces = namespacesOf(state);
    return facts.policies.flatMap((one) =>
      namespaces.flatMap((namespace) => {
        const scope = applies(one, namespace, state, facts);
        if (scope === 'no') return [];
        const [manifest] = state.namespaces.get(namespace) ?? [];
        const named = `Policy '${one.name}'${one.description === undefined ? '' : ` (${one.description})`}`;
        return breaches(one, state.offloadingsOf.get(namespace) ?? [], facts).map((breach) => ({
          namespace,
          message:
            scope === 'yes'
              ? `${named}: '${namespace}' ${breach.what}.`
              : `${named} cannot be decided: nothing says which labels '${namespace}' has. If it applies, '${namespace}' ${breach.what}.`,
          remedy:
            scope === 'yes'
              ? 'Change the namespace, or have the policy changed by whoever owns config/policies.ts.'
              : "Declare the Namespace, or assert its 'labels' in its config.",
          manifest: breach.offloading?.manifest ?? manifest,
          field: breach.field,
          clusters: breach.clusters,
          witness: breach.witness,
          ...(breach.offloading !== undefined && {
            reach: { selected: selectionOf(breach.offloading), allowed: breach.allowed ?? [] },
          }),
        }));
      }),
    );
  },
};
