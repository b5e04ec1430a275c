import { liqoKind } from '../../liqo/kinds';
import { groupOf, type Manifest } from '../../manifests/manifest';
import { servedVersion } from '../../manifests/schema';
import type { StateRule } from '../rule';

/** The apiVersion that serves the kind; undefined for an unknown kind. */
function servedAs(manifest: Manifest): string | undefined {
  const known = liqoKind(groupOf(manifest.apiVersion), manifest.kind);
  return servedVersion(manifest) ?? (known && `${known.group}/${known.version}`);
}

export const versionUnknown: StateRule = {
  name: 'version-unknown',
  category: 'broken',
  about: 'state',
  summary: 'An object has an apiVersion that is not served.',
  why: 'kubectl and GitOps engines find no such kind in the cluster, and the whole sync may fail. Examples from before Liqo v1.0 use `v1alpha1`. The rule accepts `v1`, `node.k8s.io/v1`, `ipam.liqo.io/v1alpha1`, and `v1beta1` of the other Liqo groups (Liqo v1.0 to v1.2). If your cluster serves more, lower the rule.',
  source: "Liqo's CRDs, deployments/liqo/charts/liqo-crds/crds; docs/apiserver.md",
  check: ({ manifests }) =>
    manifests.flatMap((manifest) => {
      const served = servedAs(manifest);
      if (served === undefined || served === manifest.apiVersion) return [];
      return [
        {
          namespace: manifest.kind === 'Namespace' ? manifest.name : manifest.namespace || undefined,
          message: `'${manifest.name}' cannot be applied: no known version of Liqo or Kubernetes serves ${manifest.kind} as ${manifest.apiVersion}.`,
          remedy: `Set apiVersion to ${served}.`,
          manifest,
          field: ['apiVersion'],
        },
      ];
    }),
};
