import { applies } from '../breaches';
import { namespacesOf } from '../state';
import type { ChangeRule } from '../rule';

export const policyNoLongerApplies: ChangeRule = {
  name: 'policy-no-longer-applies',
  category: 'risky',
  about: 'change',
  summary: 'A policy no longer applies to a namespace.',
  why: 'When a namespace loses a label, policies that select by it no longer apply: a later change may do what they forbid.',
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
            message: `The policy '${one.name}' no longer applies to '${namespace}': the labels of the namespace changed.`,
            remedy: 'Check that this is intended, or restore the label.',
            manifest,
            field: ['metadata', 'labels'],
          },
        ];
      }),
    ),
};
