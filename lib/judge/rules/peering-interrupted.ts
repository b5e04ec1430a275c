import { IDENTITY_TYPE_LABEL, REMOTE_CLUSTER_LABEL } from '../../liqo/constants';
import { identityOf, labelsOf, stringsAt, type Manifest } from '../../manifests/manifest';
import { leaving, peeringImpacts, titleOf } from '../peering-impact';
import {
  isForeignCluster,
  isIdentity,
  isResourceSlice,
  isTenant,
  isTorn,
  makesVirtualNode,
  peerOf,
} from '../peerings';
import type { ChangeRule, Problem } from '../rule';
import type { Change } from '../state';

const atStart = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

const isCredential = (one: Manifest) =>
  one.kind === 'Secret' && one.apiVersion === 'v1' && labelsOf(one).has(IDENTITY_TYPE_LABEL);

/** What stops when the object is removed; undefined if nothing does. */
function lostWith(one: Manifest, peer: string): string | undefined {
  if (isIdentity(one) || isCredential(one))
    return `the credentials for '${peer}' are deleted, and Liqo can neither run pods there nor delete anything`;
  if (isTenant(one))
    return `'${peer}' loses its permissions here, and everything that it offloads stops working`;
  if (isForeignCluster(one))
    return `Liqo considers '${peer}' unreachable until it recreates the object, and pods there may be evicted`;
  if (isResourceSlice(one) && !makesVirtualNode(one))
    return `virtual nodes that use it lose their credentials, and '${peer}' takes the resources back`;
  return undefined;
}

const wasTorn = (one: Manifest, { before }: Change) =>
  (before.byIdentity.get(identityOf(one)) ?? []).some(isTorn);

/** A ResourceSlice that names two different clusters. */
function tornProblem(manifest: Manifest): Problem {
  const wanted = stringsAt(manifest.body, 'spec').get('providerClusterID') ?? '';
  const peer = peerOf(manifest);
  return {
    message: `${atStart(titleOf(manifest))} names '${wanted}' as providerClusterID and '${peer}' in its label ${REMOTE_CLUSTER_LABEL}: Liqo creates its credentials for '${wanted}' but looks for those of '${peer}', so its virtual node stops working.`,
    remedy: 'Give both the same cluster ID.',
    manifest,
    field: ['spec', 'providerClusterID'],
    clusters: [peer],
  };
}

export const peeringInterrupted: ChangeRule = {
  name: 'peering-interrupted',
  category: 'broken',
  about: 'change',
  summary:
    'An object that a peering needs is removed from Git, such as its Identity or Tenant, or a ResourceSlice names two clusters.',
  why: 'The twin namespaces stay, but Liqo can no longer reach them. An Identity owns the Secret with its kubeconfig. A Tenant exists on the provider and owns the permissions of a consumer. Liqo recreates a ForeignCluster from the other objects of the peering; until then its virtual nodes have no network. Liqo creates an Identity for `providerClusterID` of its ResourceSlice, but the virtual node looks for the Identity of the cluster in the label `liqo.io/remote-cluster-id`. If the virtual nodes of the provider are removed as well, `peering-removed` reports it.',
  source:
    'pkg/liqo-controller-manager/authentication (identity-controller, identitycreator-controller, tenant-controller); pkg/tenantNamespace/bindings.go; pkg/virtualKubelet/liqoNodeProvider/reconciler.go; pkg/liqo-controller-manager/core/foreigncluster-controller',
  check: (change, facts) => {
    const leaves = leaving(change, facts);
    const unpeered = new Set(
      peeringImpacts(change, facts).flatMap(({ provider, removed }) =>
        removed.length > 0 ? [provider] : [],
      ),
    );
    const torn = change.after.manifests.filter(
      (one) => makesVirtualNode(one) && isTorn(one) && !wasTorn(one, change),
    );
    const left = change.before.manifests.flatMap((manifest) => {
      const peer = peerOf(manifest);
      const what = lostWith(manifest, peer);
      if (what === undefined || peer === '' || unpeered.has(peer) || !leaves(manifest)) return [];
      return [
        {
          message: `${atStart(titleOf(manifest))} is removed from Git: ${what}.`,
          remedy: `Keep it until nothing is offloaded there. If nothing is, remove the virtual nodes of '${peer}' in the same change.`,
          manifest,
          clusters: [peer],
        },
      ];
    });
    return [...left, ...torn.map(tornProblem)];
  },
};
