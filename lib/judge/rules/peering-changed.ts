import { approvalEntry } from '../approval-entry';
import { peeringImpacts, someOf, titleOf } from '../peering-impact';
import type { ChangeRule } from '../rule';

export const peeringChanged: ChangeRule = {
  name: 'peering-changed',
  category: 'destructive',
  about: 'change',
  approvable: true,
  approvedBy: 'provider',
  summary: 'Virtual nodes change, and clusterSelectors no longer match their provider.',
  why: "Liqo matches clusterSelectors against the labels of a virtual node's Node, which come from `spec.labels` of its VirtualNode, or against `spec.labels` alone if there is no Node. A changed label deletes the twin namespaces of every namespace that no longer matches, just as a narrower selector does; so does a deleted Node, until it is back. If a second virtual node of a provider does not match, Liqo removes and restores the mapping in turn. A VirtualNode whose `clusterID` changes and a NamespaceMap that loses an entry of `desiredMapping` also lose twins. The selector algebra decides this for the offloadings that stay.",
  source:
    'NSO/clusterselector.go; pkg/utils/virtualnode; pkg/virtualKubelet/liqoNodeProvider/utils.go (patchLabels); NSM/enforcement.go',
  check: (change, facts) =>
    peeringImpacts(change, facts).flatMap(({ provider, removed, changed, lost = [] }) => {
      const [first] = changed;
      if (first === undefined || removed.length > 0 || lost.length === 0) return [];
      return [
        {
          provider,
          message: `Liqo deletes the twin namespaces of ${someOf(lost)} on '${provider}' and everything in them: ${titleOf(first)} ${change.before.has(first) ? (change.after.has(first) ? 'changes' : 'is removed from Git') : 'is new'}, and '${provider}' no longer serves them.`,
          remedy: `Keep the labels that the clusterSelectors need, or approve the loss in ${approvalEntry(provider, 'peering-changed', undefined, 'provider')}`,
          manifest: first,
          clusters: [provider],
        },
      ];
    }),
};
