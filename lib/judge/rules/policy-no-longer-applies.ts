import { applies } from '../breaches';
import { namespacesOf } from '../state';
import type { ChangeRule } from '../rule';

export const policyNoLongerApplies: ChangeRule = {
  name: 'policy-no-longer-applies',
  category: 'risky',
  about: 'change',
  summary: 'A namespace leaves the reach of a policy.',
  why: 'A label that goes takes the policy with it: what the policy forbade yesterday passes from now on.',
  source: 'config/policies.ts',
  check: ({ before, after }, facts) =>
    facts.policies.flatMap((one) =>
      namespacesOf(after).flatMap((namespace) => {
        const [manifest] = after.namespaces.get(namespace) ?? [];
        const left =
          applies(one, namespace, before, facts) === 'yes' && applies(one, namespace, after, facts) === 'no';
        if (!left) return [];
        return [
          {
            namespace,
            message: `The policy '${one.name}' applied to '${namespace}' and no longer does: its labels changed.`,
            remedy: 'See that this is meant, or give the label back.',
            manifest,
            field: ['metadata', 'labels'],
          },
        ];
      }),
    ),
};
