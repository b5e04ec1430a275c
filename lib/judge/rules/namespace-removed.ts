import { keeperOf } from '../removal';
import { approvalEntry } from '../approval-entry';
import { describe, reached } from '../cluster-impact';
import type { Offloading } from '../offloading';
import type { ChangeRule, Facts } from '../rule';

/** As a plan names them. */
function placesOf(offloading: Offloading, facts: Facts): string {
  const impact = reached(offloading, facts, 'ever');
  return impact.clusters === undefined || impact.clusters.length === 0 ? 'every provider' : describe(impact);
}

export const namespaceRemoved: ChangeRule = {
  name: 'namespace-removed',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['unoffload', 'clusters-deselected', 'claim-removed'],
  summary: 'A Namespace is removed from Git.',
  why: 'With pruning on, Flux or Argo CD deletes the namespace and everything in it, and Liqo deletes its twin namespaces on all providers. Setting `manageNamespace: false` has the same effect, because it removes the object from Git.',
  source: 'NSO/lifecycle.go; Kubernetes namespace deletion',
  check: ({ before, after }, facts) =>
    [...before.namespaces].flatMap(([name, [deployed]]) => {
      if (deployed === undefined || after.namespaces.has(name)) return [];
      if (keeperOf(deployed, facts) !== undefined) return [];
      const [offloading] = before.offloadingsOf.get(name) ?? [];
      const twins =
        offloading === undefined
          ? ''
          : `, and Liqo deletes its twin namespaces and everything in them on ${placesOf(offloading, facts)}`;
      return [
        {
          namespace: name,
          message: `The Namespace '${name}' is removed from Git: pruning deletes it and everything in it${twins}.`,
          remedy: `Keep it, or approve the removal in ${approvalEntry(name, 'namespace-removed')}`,
          manifest: deployed,
        },
      ];
    }),
};
