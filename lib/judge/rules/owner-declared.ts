import { valueAt } from '../../manifests/manifest';
import type { StateRule } from '../rule';

export const ownerDeclared: StateRule = {
  name: 'owner-declared',
  category: 'destructive',
  about: 'state',
  summary: 'A namespace or its offloading has ownerReferences in Git.',
  why: 'Kubernetes deletes an object once none of its owners exists, and finds owners by `uid`, which no manifest can know in advance: a manifest copied from a cluster (`kubectl get -o yaml`) names owners that are gone, or will be. Liqo then deletes the twin namespaces, and the engine recreates the object again and again.',
  source: 'Kubernetes, "Owners and Dependents" and "Garbage Collection"',
  check: ({ offloadings, namespaces }) =>
    [...offloadings.map(({ manifest }) => manifest), ...[...namespaces.values()].flat()].flatMap(
      (manifest) => {
        const owners = valueAt(manifest.body, 'metadata', 'ownerReferences');
        if (!Array.isArray(owners) || owners.length === 0) return [];
        const namespace = manifest.kind === 'Namespace' ? manifest.name : manifest.namespace;
        return [
          {
            namespace,
            message: `The ${manifest.kind} of '${namespace}' has ownerReferences: if no owner exists in the cluster, Kubernetes deletes the object, and Liqo deletes the twin namespaces and everything in them.`,
            remedy: 'Remove ownerReferences.',
            manifest,
            field: ['metadata', 'ownerReferences'],
          },
        ];
      },
    ),
};
