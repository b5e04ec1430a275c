import { valueAt } from '../../manifests/manifest';
import type { StateRule } from '../rule';

export const ownerDeclared: StateRule = {
  name: 'owner-declared',
  category: 'destructive',
  about: 'state',
  summary: 'A namespace or its offloading names an owner in Git.',
  why: 'Kubernetes deletes an object once none of its owners is there, and it looks for them by `uid`, which no manifest can know: a manifest that was copied from a cluster (`kubectl get -o yaml`) names owners that are gone, or will be. Liqo then deletes the twin namespaces, and the engine creates the object anew, again and again.',
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
            message: `The ${manifest.kind} of '${namespace}' names an owner: where that is not in the cluster, Kubernetes deletes it, and Liqo the twin namespaces with all that is in them.`,
            remedy: 'Remove ownerReferences.',
            manifest,
            field: ['metadata', 'ownerReferences'],
          },
        ];
      },
    ),
};
