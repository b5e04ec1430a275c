import { approvalEntry } from '../approval-entry';
import { peeringImpacts, someOf, titleOf } from '../peering-impact';
import type { ChangeRule } from '../rule';

export const peeringChanged: ChangeRule = {
  name: 'peering-changed',
  category: 'destructive',
  about: 'change',
  approvable: true,
  approvedBy: 'provider',
  summary: 'Virtual nodes change so that clusterSelectors no longer match their provider.',
  why: "clusterSelectors are matched against the labels of a virtual node's Node, which come from `spec.labels` of its VirtualNode, or against those alone where there is no Node. A label that changes deletes the twin namespaces of all namespaces that no longer match, as a narrower selector does, and so does a Node that is deleted, until it is back. A second virtual node of a provider that does not match takes the mapping away in turn with the one that does. A VirtualNode whose `clusterID` changes, and a NamespaceMap that loses an entry of `desiredMapping`, give up twins too. Decided by the selector algebra over the offloadings that stay.",
  source:
    'NSO/clusterselector.go; pkg/utils/virtualnode; pkg/virtualKubelet/liqoNodeProvider/utils.go (patchLabels); NSM/enforcement.go',
  check: (change, facts) =>
    peeringImpacts(change, facts).flatMap(({ provider, removed, changed, lost = [] }) => {
      const [first] = changed;
      if (first === undefined || removed.length > 0 || lost.length === 0) return [];
      return [
        {
          provider,
          message: `'${provider}' no longer serves ${someOf(lost)}, as ${titleOf(first)} ${change.before.has(first) ? (change.after.has(first) ? 'changes' : 'leaves Git') : 'is new'}: Liqo deletes the twin namespaces there with all that is in them.`,
          remedy: `Keep what clusterSelectors ask for, or let it go by name with ${approvalEntry(provider, 'peering-changed', undefined, 'provider')}`,
          manifest: first,
          clusters: [provider],
        },
      ];
    }),
};
