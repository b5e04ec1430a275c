// Who the guard lets pass. Where it stopped an engine, Flux before kustomize-controller #1665 would take a refused deletion
// for a done one and forget the object (flux2 #4911); where it stopped the namespace controller, namespaces would hang.
import type { ClusterConfig, GuardConfig } from '../../config/types';
import type { Pass } from '../../liqo/guard';
import { literal, literals } from './cel';
import type { NamedCel } from './part';

const account = (namespace: string, name: string) => `system:serviceaccount:${namespace}:${name}`;

/** By `flux bootstrap`: what applies Kustomizations, and what applies charts. */
const flux = (namespace: string) => [
  account(namespace, 'helm-controller'),
  account(namespace, 'kustomize-controller'),
];
/** In the cluster that Argo CD runs in; and in another one, as `argocd cluster add` makes it. */
const argocd = (namespace: string) => [account(namespace, 'argocd-application-controller')];
const ARGOCD_ELSEWHERE = [account('kube-system', 'argocd-manager')];

/** The accounts of the engines that a config names, of both where it names none. */
function engines({ gitops, guard }: ClusterConfig): readonly string[] {
  if (guard?.engines !== undefined) return guard.engines;
  const isNamed = gitops?.argocd !== undefined || gitops?.flux !== undefined;
  if (!isNamed) return [...argocd('argocd'), ...flux('flux-system')];
  const byArgo =
    gitops.argocd?.destination === undefined
      ? argocd(gitops.argocd?.namespace ?? 'argocd')
      : ARGOCD_ELSEWHERE;
  return [
    ...(gitops.argocd === undefined ? [] : byArgo),
    ...(gitops.flux === undefined ? [] : flux('flux-system')),
  ];
}

/** Kubernetes' own: by the service account of each controller, or by that of all where they have none of their own. */
const KUBERNETES = [
  account('kube-system', 'generic-garbage-collector'),
  account('kube-system', 'namespace-controller'),
  'system:kube-controller-manager',
];

/** The namespace of Liqo's controllers. */
export const liqoNamespace = (guard: GuardConfig): string => guard.liqoNamespace ?? 'liqo';

/** Everybody who passes, by the condition that lets them. */
export function passesOf(cluster: ClusterConfig): ReadonlyMap<Pass, readonly string[]> {
  const guard = cluster.guard ?? {};
  const { users = [], groups = [] } = guard.exempt ?? {};
  const all: readonly (readonly [Pass, readonly string[]])[] = [
    ['not-an-engine', engines(cluster)],
    ['not-liqo', [`system:serviceaccounts:${liqoNamespace(guard)}`]],
    ['not-kubernetes', KUBERNETES],
    ['not-exempt', [...users, ...groups]],
  ];
  return new Map(all.filter(([, names]) => names.length > 0));
}

const notUser = (users: readonly string[]) =>
  `!(request.userInfo.username in ${literals([...users].sort())})`;
const notGroup = (groups: readonly string[]) =>
  groups
    .toSorted()
    .map((one) => `!(has(request.userInfo.groups) && ${literal(one)} in request.userInfo.groups)`)
    .join(' && ');

/** The matchConditions of every policy: a request is looked at if all of them hold. */
export function passConditions(cluster: ClusterConfig): readonly NamedCel[] {
  const { users = [], groups = [] } = cluster.guard?.exempt ?? {};
  return [...passesOf(cluster)].map(([name, names]) => {
    if (name === 'not-liqo') return { name, expression: notGroup(names) };
    if (name !== 'not-exempt') return { name, expression: notUser(names) };
    const both = [users.length > 0 ? notUser(users) : '', groups.length > 0 ? notGroup(groups) : ''];
    return { name, expression: both.filter((one) => one !== '').join(' && ') };
  });
}
