import { approvalEntry } from '../approval-entry';
import type { Manifest } from '../../manifests/manifest';
import { peeringImpacts, someOf, titleOf, type PeeringImpact } from '../peering-impact';
import { isNamespaceMap, peerOf } from '../peerings';
import type { ChangeRule } from '../rule';
import type { Change } from '../state';

/** What happens to the twins; a virtual node that moves leaves them behind, with its NamespaceMap. */
function messageOf({ provider, lost }: PeeringImpact, first: Manifest, { before, after }: Change): string {
  const whom = lost === undefined ? 'the namespaces that are offloaded there' : someOf(lost);
  const peer = peerOf(first);
  const isMoved = !isNamespaceMap(first) && peer !== '' && peer !== provider;
  const how = isMoved
    ? `now belongs to '${peer}'`
    : !before.has(first)
      ? 'is new'
      : after.has(first)
        ? 'changes'
        : 'is removed from Git';
  const what = isMoved
    ? 'the twin namespaces there and everything in them are out of reach, because no virtual node is left'
    : 'Liqo deletes the twin namespaces there and everything in them';
  return `'${provider}' no longer serves ${whom}, because ${titleOf(first)} ${how}: ${what}.`;
}

export const peeringChanged: ChangeRule = {
  name: 'peering-changed',
  category: 'destructive',
  about: 'change',
  approvable: true,
  approvedBy: 'provider',
  summary: 'Virtual nodes change, and clusterSelectors no longer match their provider.',
  why: "Liqo matches clusterSelectors against the labels of a virtual node's Node, which come from `spec.labels` of its VirtualNode, or against `spec.labels` alone if there is no Node. A changed label deletes the twin namespaces of every namespace that no longer matches, just as a narrower selector does; so does a deleted Node, until it is back. If a second virtual node of a provider does not match, Liqo removes and restores the mapping in turn. A VirtualNode whose `clusterID` changes, a ResourceSlice whose label and `providerClusterID` change, and a NamespaceMap that loses an entry of `desiredMapping` also lose twins. The selector algebra decides this for the offloadings that stay.",
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
          remedy: `Keep the labels that the clusterSelectors need, or approve the loss in ${approvalEntry(provider, 'peering-changed', undefined, 'provider')}`,
          manifest: first,
          clusters: [provider],
        },
      ];
    }),
};
