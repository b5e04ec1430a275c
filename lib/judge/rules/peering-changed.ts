import { approvalEntry } from '../approval-entry';
import type { Manifest } from '../../manifests/manifest';
import { peeringImpacts, someOf, titleOf, type PeeringImpact } from '../peering-impact';
import { isNamespaceMap, peerOf } from '../peerings';
import type { ChangeRule } from '../rule';
import type { Change } from '../state';

/** What becomes of the twins; a virtual node that moves leaves them behind, and its NamespaceMap with them. */
function messageOf({ provider, lost }: PeeringImpact, first: Manifest, { before, after }: Change): string {
  const whom = lost === undefined ? 'the namespaces that are offloaded there' : someOf(lost);
  const peer = peerOf(first);
  const isMoved = !isNamespaceMap(first) && peer !== '' && peer !== provider;
  const how = isMoved
    ? `belongs to '${peer}' now`
    : !before.has(first)
      ? 'is new'
      : after.has(first)
        ? 'changes'
        : 'leaves Git';
  const what = isMoved
    ? 'no virtual node is left that reaches the twin namespaces there, with all that is in them'
    : 'Liqo deletes the twin namespaces there with all that is in them';
  return `'${provider}' no longer serves ${whom}, as ${titleOf(first)} ${how}: ${what}.`;
}

export const peeringChanged: ChangeRule = {
  name: 'peering-changed',
  category: 'destructive',
  about: 'change',
  approvable: true,
  approvedBy: 'provider',
  summary: 'Virtual nodes change so that clusterSelectors no longer match their provider.',
  why: "clusterSelectors are matched against the labels of a virtual node's Node, which come from `spec.labels` of its VirtualNode, or against those alone where there is no Node. A label that changes deletes the twin namespaces of all namespaces that no longer match, as a narrower selector does, and so does a Node that is deleted, until it is back. A second virtual node of a provider that does not match takes the mapping away in turn with the one that does. A VirtualNode whose `clusterID` changes, a ResourceSlice whose label and `providerClusterID` do, and a NamespaceMap that loses an entry of `desiredMapping`, give up twins too. Decided by the selector algebra over the offloadings that stay.",
  source:
    'NSO/clusterselector.go; pkg/utils/virtualnode; pkg/virtualKubelet/liqoNodeProvider/utils.go (patchLabels); NSM/enforcement.go; virtualnodecreator-controller (the VirtualNode takes the cluster of its Identity)',
  check: (change, facts) =>
    peeringImpacts(change, facts).flatMap((impact) => {
      const { provider, removed, changed, lost } = impact;
      const [first] = changed;
      if (first === undefined || removed.length > 0 || lost?.length === 0) return [];
      return [
        {
          provider,
          message: messageOf(impact, first, change),
          remedy: `Keep what clusterSelectors ask for, or let it go by name with ${approvalEntry(provider, 'peering-changed', undefined, 'provider')}`,
          manifest: first,
          clusters: [provider],
        },
      ];
    }),
};
