import { liqoKind } from '../../liqo/kinds';
import { groupOf, type Manifest } from '../../manifests/manifest';
import { servedVersion } from '../../manifests/schema';
import type { StateRule } from '../rule';

/** The apiVersion under which the kind is served, undefined where we do not know the kind. */
function servedAs(manifest: Manifest): string | undefined {
  const known = liqoKind(groupOf(manifest.apiVersion), manifest.kind);
  return servedVersion(manifest) ?? (known && `${known.group}/${known.version}`);
}

export const versionUnknown: StateRule = {
  name: 'version-unknown',
  category: 'broken',
  about: 'state',
  summary: 'An object of a kind that we know has an apiVersion that is not served.',
  why: 'kubectl and GitOps engines find no such kind in the cluster, and nothing of the sync may be applied. Examples from before Liqo v1.0 say `v1alpha1`. Served are `v1`, `node.k8s.io/v1`, `ipam.liqo.io/v1alpha1`, and `v1beta1` of the other groups of Liqo (Liqo v1.0 to v1.2); where a cluster serves more, lower the rule.',
  source: "Liqo's CRDs, deployments/liqo/charts/liqo-crds/crds; docs/apiserver.md",
  check: ({ manifests }) =>
    manifests.flatMap((manifest) => {
      const served = servedAs(manifest);
      if (served === undefined || served === manifest.apiVersion) return [];
      return [
        {
          namespace: manifest.kind === 'Namespace' ? manifest.name : manifest.namespace || undefined,
          message: `No cluster that we know serves ${manifest.kind} as ${manifest.apiVersion}: '${manifest.name}' cannot be applied.`,
          remedy: `Set apiVersion to ${served}.`,
          manifest,
          field: ['apiVersion'],
        },
      ];
    }),
};
