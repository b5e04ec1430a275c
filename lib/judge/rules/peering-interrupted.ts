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

/** What stops where the object goes, undefined for one that carries nothing. */
function lostWith(one: Manifest, peer: string): string | undefined {
  if (isIdentity(one) || isCredential(one))
    return `the credentials for '${peer}' go, and Liqo can neither run pods there nor delete anything`;
  if (isTenant(one))
    return `'${peer}' loses its permissions here, and nothing that it offloads works any more`;
  if (isForeignCluster(one))
    return `Liqo takes '${peer}' for unreachable until it makes the object anew, and pods there may be evicted`;
  if (isResourceSlice(one) && !makesVirtualNode(one))
    return `the credentials of virtual nodes that use it go, and '${peer}' takes the resources back`;
  return undefined;
}

const wasTorn = (one: Manifest, { before }: Change) =>
  (before.byIdentity.get(identityOf(one)) ?? []).some(isTorn);

/** A ResourceSlice that asks one cluster for what it takes from another. */
function tornProblem(manifest: Manifest): Problem {
  const wanted = stringsAt(manifest.body, 'spec').get('providerClusterID') ?? '';
  const peer = peerOf(manifest);
  return {
    message: `${atStart(titleOf(manifest))} names '${wanted}' as providerClusterID and '${peer}' in its label ${REMOTE_CLUSTER_LABEL}: Liqo makes out its credentials to '${wanted}', finds none for '${peer}', and its virtual node stops working.`,
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
    'An object that a peering needs leaves Git, such as its Identity or Tenant, or a ResourceSlice names two clusters.',
  why: 'Twin namespaces stay, and what reaches them does not. An Identity owns the Secret with its kubeconfig. A Tenant lies on the provider and owns the permissions of a consumer. Liqo makes a ForeignCluster anew from what else there is of the peering; until then its virtual nodes lack the network. An Identity is made out to `providerClusterID` of its ResourceSlice, and the virtual node looks for that of the label `liqo.io/remote-cluster-id`. Where the virtual nodes of the provider go as well, `peering-removed` says it.',
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
          message: `${atStart(titleOf(manifest))} leaves Git: ${what}.`,
          remedy: `Keep it until nothing is offloaded there. If nothing is, remove what makes the virtual nodes of '${peer}' in the same change.`,
          manifest,
          clusters: [peer],
        },
      ];
    });
    return [...left, ...torn.map(tornProblem)];
  },
};
