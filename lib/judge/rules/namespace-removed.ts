import { keeperOf } from '../removal';
import { approvalEntry } from '../approval-entry';
import type { ChangeRule } from '../rule';

export const namespaceRemoved: ChangeRule = {
  name: 'namespace-removed',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['unoffload', 'clusters-deselected', 'claim-removed'],
  summary: 'A Namespace leaves Git.',
  why: 'With pruning on, Flux or Argo CD deletes the namespace, everything in it, and its twin namespaces on all providers. `manageNamespace: false` does it too: an object that leaves Git is deleted, whoever owns it afterwards.',
  source: 'NSO/lifecycle.go; Kubernetes namespace deletion',
  check: ({ before, after }, facts) =>
    [...before.namespaces].flatMap(([name, [deployed]]) => {
      if (deployed === undefined || after.namespaces.has(name)) return [];
      if (keeperOf(deployed, facts) !== undefined) return [];
      const twins = before.offloadingsOf.has(name)
        ? ', and its twin namespaces on every provider with all that is in them'
        : '';
      return [
        {
          namespace: name,
          message: `The Namespace '${name}' leaves Git: pruning deletes it with everything in it${twins}.`,
          remedy: `Keep it, or let it go by name with ${approvalEntry(name, 'namespace-removed')}`,
          manifest: deployed,
        },
      ];
    }),
};
