import { TENANT_NAMESPACE_LABEL } from '../../liqo/constants';
import { labelsOf, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { listed } from '../cluster-impact';
import { peeringImpacts, someOf, titleOf, type PeeringImpact } from '../peering-impact';
import type { ChangeRule } from '../rule';

const atStart = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** The twins that are deleted: those of known offloadings, or any. */
const twinsOf = ({ lost, provider }: PeeringImpact) =>
  lost === undefined
    ? `every twin namespace on '${provider}' and everything in it; the manifests show no offloading, so the namespaces are unknown`
    : `the twin namespaces of ${someOf(lost)} on '${provider}' and everything in them`;

/** How many objects are named. */
const NAMED = 3;

function leavingText(removed: readonly Manifest[]): string {
  const named = removed.slice(0, NAMED).map(titleOf);
  const more = removed.length > NAMED ? [`${removed.length - NAMED} more`] : [];
  const [are, them] = removed.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${atStart(listed([...named, ...more]))} ${are} removed from Git: pruning deletes ${them}`;
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
  summary:
    'The last virtual node of a provider is removed from Git, or the object that creates it or maps namespaces to it.',
  why: "When the last VirtualNode of a provider is deleted, Liqo deletes the provider's NamespaceMap, and with the map every twin namespace there. A ResourceSlice with `liqo.io/create-virtual-node` owns the VirtualNode that Liqo creates for it, and a tenant namespace contains them all. The clusterSelectors decide which namespaces are affected: labels that manifests or the inventory settle count as they are, and any other label may be present. Nothing is lost while another virtual node of the provider also matches. Approve it by the provider's cluster ID: `{ provider: naples, rule: peering-removed, reason: … }`.",
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
          remedy: `Keep it until nothing is offloaded to '${provider}', or approve the loss in ${approvalEntry(provider, 'peering-removed', undefined, 'provider')}`,
          manifest: removed[0],
          clusters: [provider],
        },
      ];
    }),
};
