import { groupBy } from '../../manifests/group';
import type { Manifest } from '../../manifests/manifest';
import { describe, reached } from '../cluster-impact';
import type { StateRule } from '../rule';
import { systemOwners } from '../system-namespaces';

/** Kinds that Liqo reflects into a twin, the most important first. */
const REFLECTED = ['Secret', 'ConfigMap', 'Service'];
/** How many objects are named. */
const NAMED = 3;

/** `Secrets, ConfigMaps and Services`, with the names of some that the manifests declare. */
function goingOut(manifests: readonly Manifest[]): string {
  const known = REFLECTED.flatMap((kind) =>
    manifests
      .filter((one) => one.kind === kind && one.apiVersion === 'v1')
      .map(({ name }) => `${kind} '${name}'`),
  );
  const more = known.length > NAMED ? ` and ${known.length - NAMED} more` : '';
  const named = known.length === 0 ? '' : `, among them ${known.slice(0, NAMED).join(', ')}${more}`;
  return `its Secrets, ConfigMaps and Services${named}`;
}

export const systemNamespaceOffloaded: StateRule = {
  name: 'system-namespace-offloaded',
  category: 'risky',
  about: 'state',
  summary: 'A namespace of Kubernetes, of Liqo, or of the platform itself is offloaded.',
  why: "Liqo reflects the Secrets, ConfigMaps and Services of an offloaded namespace into its twin on every selected provider, under every strategy. In `default`, `kube-*`, and the namespaces and tenant namespaces of Liqo, these include the cluster's credentials, such as the kubeconfigs of other providers, and pods that keep the cluster running may leave it. Liqo's own namespace is `liqo`, or the one that an Application, a HelmRelease or a HelmChart of the folder installs it in. Other names that begin with `liqo-`, such as `liqo-demo` in Liqo's tutorials, are ordinary namespaces. The namespace of a GitOps engine holds the credentials of its repositories and clusters. Flux's namespace is the one with a Kustomization of the same name, Argo CD's the one with its AppProjects or all Applications. Known by name are `argocd`, `flux-system`, `cert-manager`, `external-secrets`, `sealed-secrets`, `vault`, `calico-system`, `calico-apiserver`, `tigera-operator`, `istio-system`, `linkerd`, `longhorn-system`, `rook-ceph`, `metallb-system`, `cattle-*` and `openshift-*`.",
  source:
    'pkg/virtualKubelet/reflection; pkg/tenantNamespace; Kubernetes, "Namespaces": the prefix kube- is reserved; fluxcd/flux2 cmd/flux/bootstrap (the sync objects have the name of the namespace); argo-cd docs/operator-manual/declarative-setup.md and app-any-namespace.md',
  check: (state, facts) => {
    const ownerOf = systemOwners(state, facts);
    const found = state.offloadings.filter(({ namespace }) => ownerOf(namespace) !== undefined);
    if (found.length === 0) return [];
    const within = groupBy(state.manifests, ({ namespace }) => namespace);
    return found.map((offloading) => {
      const { namespace, manifest } = offloading;
      const impact = reached(offloading, facts, 'now');
      const where = impact.clusters === undefined ? 'every provider that is selected' : describe(impact);
      return {
        namespace,
        message: `'${namespace}' is a namespace of ${ownerOf(namespace) ?? ''}: offloading it reflects ${goingOut(within.get(namespace) ?? [])} to ${where}.`,
        remedy: 'Offload a namespace of your own instead.',
        manifest,
        clusters: impact.clusters,
      };
    });
  },
};
