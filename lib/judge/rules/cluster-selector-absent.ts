import { valueAt } from '../../manifests/manifest';
import type { StateRule } from '../rule';

export const clusterSelectorAbsent: StateRule = {
  name: 'cluster-selector-absent',
  category: 'broken',
  about: 'state',
  summary: 'A NamespaceOffloading has no clusterSelector.',
  why: "It means every cluster to the webhook, but the controller's own update then sends `nodeSelectorTerms: null`, which the CRD rejects. A new object never gets its finalizer and offloads nothing; one that loses its selector can no longer be deleted and hangs in Terminating, its namespace with it.",
  source: 'NSO/lifecycle.go',
  check: ({ offloadings }) =>
    offloadings
      .filter(({ manifest }) => valueAt(manifest.body, 'spec', 'clusterSelector') === undefined)
      .map(({ manifest, namespace }) => ({
        namespace,
        message: `The NamespaceOffloading of '${namespace}' has no clusterSelector: Liqo's controller cannot update it, so it offloads nothing, or can no longer be deleted.`,
        remedy: "Write 'clusterSelector: {nodeSelectorTerms: []}' where every cluster is meant.",
        manifest,
        field: ['spec'],
      })),
};
