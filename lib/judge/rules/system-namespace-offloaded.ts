import { groupBy } from '../../manifests/group';
import type { Manifest } from '../../manifests/manifest';
import { describe, reached } from '../cluster-impact';
import type { StateRule } from '../rule';
import { systemOwners } from '../system-namespaces';

/** Kinds that Liqo reflects into a twin, in the order in which they matter. */
const REFLECTED = ['Secret', 'ConfigMap', 'Service'];
/** How many objects are named. */
const NAMED = 3;

/** `Secrets, ConfigMaps and Services`, and of those that the manifests declare some by name. */
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
  summary: 'A namespace of Kubernetes, of Liqo, or of what runs the cluster is offloaded.',
  why: "Liqo reflects the Secrets, ConfigMaps and Services of an offloaded namespace into its twin on every selected provider, whatever the strategy. In `default`, `kube-*`, and Liqo's own and tenant namespaces those are the cluster's credentials, such as the kubeconfigs of other providers, and pods that keep the cluster running may leave it. Liqo's own is `liqo`, and where an Application, a HelmRelease or a HelmChart of the folder installs it. Other names that begin with `liqo-`, such as `liqo-demo` of Liqo's tutorials, are anybody's. The namespace of a GitOps engine holds the credentials of its repositories and clusters: that of Flux has a Kustomization of its own name, that of Argo CD its AppProjects, or all Applications; `argocd`, `flux-system`, `cert-manager`, `external-secrets`, `sealed-secrets`, `vault`, `calico-system`, `calico-apiserver`, `tigera-operator`, `istio-system`, `linkerd`, `longhorn-system`, `rook-ceph`, `metallb-system`, `cattle-*` and `openshift-*` are known by name.",
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
