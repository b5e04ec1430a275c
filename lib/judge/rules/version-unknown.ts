import { servedVersion } from '../../manifests/schema';
import type { StateRule } from '../rule';

export const versionUnknown: StateRule = {
  name: 'version-unknown',
  category: 'broken',
  about: 'state',
  summary: 'An object of a kind that we know has an apiVersion that is not served.',
  why: 'kubectl and GitOps engines find no such kind in the cluster, and nothing of the sync may be applied. Examples from before Liqo v1.0 say `v1alpha1`. Served are `offloading.liqo.io/v1beta1` (Liqo v1.0 to v1.2), `v1` and `node.k8s.io/v1`; where a cluster serves more, lower the rule.',
  source: "Liqo's CRD namespaceoffloadings.offloading.liqo.io; docs/apiserver.md",
  check: ({ manifests }) =>
    manifests.flatMap((manifest) => {
      const served = servedVersion(manifest);
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
