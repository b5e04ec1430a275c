import { valueAt } from '../../manifests/manifest';
import type { StateRule } from '../rule';

export const clusterSelectorAbsent: StateRule = {
  name: 'cluster-selector-absent',
  category: 'broken',
  about: 'state',
  summary: 'A NamespaceOffloading has no clusterSelector.',
  why: "The webhook reads this as every cluster, but the controller's own update then sends `nodeSelectorTerms: null`, which the CRD rejects. A new object never gets its finalizer and offloads nothing. An object that loses its selector can no longer be deleted: it hangs in Terminating, and so does its namespace.",
  source: 'NSO/lifecycle.go',
  check: ({ offloadings }) =>
    offloadings
      .filter(({ manifest }) => valueAt(manifest.body, 'spec', 'clusterSelector') === undefined)
      .map(({ manifest, namespace }) => ({
        namespace,
        message: `The NamespaceOffloading of '${namespace}' has no clusterSelector, so Liqo's controller cannot update it: it offloads nothing, or can no longer be deleted.`,
        remedy: "To select every cluster, write 'clusterSelector: {nodeSelectorTerms: []}'.",
        manifest,
        field: ['spec'],
      })),
};
