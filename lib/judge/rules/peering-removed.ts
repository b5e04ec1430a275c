import { TENANT_NAMESPACE_LABEL } from '../../liqo/constants';
import { labelsOf, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { listed } from '../cluster-impact';
import { peeringImpacts, someOf, titleOf, type PeeringImpact } from '../peering-impact';
import type { ChangeRule } from '../rule';

const atStart = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** Whose twins go: by the offloadings beside it, or whoever has one. */
const twinsOf = ({ lost, provider }: PeeringImpact) =>
  lost === undefined
    ? `every twin namespace on '${provider}' with all that is in it; no offloading here tells of which namespaces`
    : `the twin namespaces of ${someOf(lost)} on '${provider}' with all that is in them`;

/** How many objects are named. */
const NAMED = 3;

function leavingText(removed: readonly Manifest[]): string {
  const named = removed.slice(0, NAMED).map(titleOf);
  const more = removed.length > NAMED ? [`${removed.length - NAMED} more`] : [];
  const leave = removed.length === 1 ? 'leaves Git: pruning deletes it' : 'leave Git: pruning deletes them';
  return `${atStart(listed([...named, ...more]))} ${leave}`;
}

const isTenantNamespace = (one: Manifest) =>
  one.kind === 'Namespace' && labelsOf(one).get(TENANT_NAMESPACE_LABEL) === 'true';

export const peeringRemoved: ChangeRule = {
  name: 'peering-removed',
  category: 'destructive',
  about: 'change',
  approvable: true,
  approvedBy: 'provider',
  covers: ['namespace-removed'],
  summary: 'The last virtual node of a provider leaves Git, or what makes it or maps namespaces there.',
  why: "Liqo deletes the NamespaceMap of a provider with its last VirtualNode, and with the map every twin namespace there. A ResourceSlice with `liqo.io/create-virtual-node` owns the VirtualNode that is made for it, a tenant namespace holds them all. Which namespaces that hits is decided by the clusterSelectors: a label that manifests or the inventory settle counts, any other may be there. While another virtual node of the provider stays that matches as well, nothing is lost. It is approved by the provider's cluster ID: `{ provider: naples, rule: peering-removed, reason: … }`.",
  source:
    'pkg/liqo-controller-manager/offloading/virtualnode-controller (deletion-routine.go, namespacemap.go); pkg/liqo-controller-manager/virtualnodecreator-controller; NSM/enforcement.go',
  check: (change, facts) =>
    peeringImpacts(change, facts).flatMap((impact) => {
      const { provider, removed, lost } = impact;
      if (removed.length === 0 || lost?.length === 0) return [];
      return [
        {
          namespace: removed.find(isTenantNamespace)?.name,
          provider,
          message: `${leavingText(removed)}, and Liqo deletes ${twinsOf(impact)}.`,
          remedy: `Keep it until nothing is offloaded to '${provider}', or let it go by name with ${approvalEntry(provider, 'peering-removed', undefined, 'provider')}`,
          manifest: removed[0],
          clusters: [provider],
        },
      ];
    }),
};
