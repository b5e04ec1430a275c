// Namespaces of what runs a cluster: of Kubernetes and Liqo, of GitOps engines, and of infrastructure that holds credentials.
import { TENANT_NAMESPACE_LABEL } from '../liqo/constants';
import { isSystemNamespace } from '../liqo/twin-namespace';
import { groupOf, labelsOf } from '../manifests/manifest';
import { installations } from './liqo-chart';
import type { Facts } from './rule';
import type { State } from './state';

/** The namespace that each documents for itself. A name means as little as `liqo-demo` does where none of them stands here. */
const DOCUMENTED: ReadonlyMap<string, string> = new Map([
  ['argocd', 'Argo CD'],
  ['flux-system', 'Flux'],
  ['cert-manager', 'cert-manager'],
  ['external-secrets', 'External Secrets Operator'],
  ['sealed-secrets', 'Sealed Secrets'],
  ['vault', 'Vault'],
  ['calico-system', 'Calico'],
  ['calico-apiserver', 'Calico'],
  ['tigera-operator', 'Calico'],
  ['istio-system', 'Istio'],
  ['linkerd', 'Linkerd'],
  ['longhorn-system', 'Longhorn'],
  ['rook-ceph', 'Rook'],
  ['metallb-system', 'MetalLB'],
]);

/** Prefixes that a distribution keeps for itself. */
const RESERVED: readonly (readonly [string, string])[] = [
  ['cattle-', 'Rancher'],
  ['openshift-', 'OpenShift'],
];

const documentedOwner = (name: string) =>
  DOCUMENTED.get(name) ?? RESERVED.find(([prefix]) => name.startsWith(prefix))?.[1];

/** The only one, if there is one only. */
function single(names: readonly string[]): readonly string[] {
  const distinct = [...new Set(names)].filter((one) => one !== '');
  return distinct.length === 1 ? distinct : [];
}

/**
 * Where the engines themselves run, as the repository's units tell. `flux bootstrap` gives its Kustomization the name of
 * its namespace; an AppProject lies beside Argo CD, and so do all Applications unless other namespaces are allowed.
 */
function engineNamespaces(
  { manifests }: State,
  { units: { after } }: Pick<Facts, 'units'>,
): [string, string][] {
  const declared = after.all.filter(({ isOfSet }) => isOfSet !== true);
  const of = (engine: string) => declared.filter((one) => one.engine === engine).map((one) => one.declared);
  const flux = of('flux').filter(({ name, namespace }) => name === namespace);
  const projects = manifests.filter(
    ({ apiVersion, kind }) => kind === 'AppProject' && groupOf(apiVersion) === 'argoproj.io',
  );
  const argocd = [
    ...projects.map(({ namespace }) => namespace),
    ...single(of('argocd').map(({ namespace }) => namespace)),
  ];
  return [
    ...flux.map(({ namespace }): [string, string] => [namespace, 'Flux']),
    ...argocd.map((namespace): [string, string] => [namespace, 'Argo CD']),
  ];
}

/** Asks whose a namespace is, for people: `Kubernetes or of Liqo`, `Argo CD`; undefined for one that is anybody's. */
export function systemOwners(
  state: State,
  facts: Pick<Facts, 'units'>,
): (name: string) => string | undefined {
  const rendered = state.manifests.filter(
    ({ kind, name }) => kind === 'Deployment' && name === 'liqo-controller-manager',
  );
  const ofLiqo = new Set([...installations(state), ...rendered].map(({ namespace }) => namespace));
  const isTenants = (name: string) =>
    (state.namespaces.get(name) ?? []).some((one) => labelsOf(one).get(TENANT_NAMESPACE_LABEL) === 'true');
  const engines = new Map(engineNamespaces(state, facts));
  return (name) =>
    isSystemNamespace(name) || ofLiqo.has(name) || isTenants(name)
      ? 'Kubernetes or of Liqo'
      : (engines.get(name) ?? documentedOwner(name));
}
