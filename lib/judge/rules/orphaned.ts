import type { Manifest } from '../../manifests/manifest';
import { keeperOf } from '../removal';
import type { ChangeRule } from '../rule';

export const orphaned: ChangeRule = {
  name: 'orphaned',
  category: 'info',
  about: 'change',
  summary: 'A Namespace or NamespaceOffloading with pruning disabled is removed from Git.',
  why: 'The object stays in the cluster, but nothing in Git describes it any more. Nothing is deleted.',
  source: 'Flux `kustomize.toolkit.fluxcd.io/prune: disabled`; Argo CD `Prune=false`',
  check: ({ before, after }, facts) => {
    const gone = (manifest: Manifest, namespace: string) => {
      const keeper = after.has(manifest) ? undefined : keeperOf(manifest, facts);
      if (keeper === undefined) return [];
      return [
        {
          namespace,
          message: `The ${manifest.kind} of '${namespace}' is removed from Git but stays in the cluster, kept by '${keeper}'.`,
          remedy: 'Delete it by hand once it is no longer needed.',
          manifest,
        },
      ];
    };
    return [
      ...[...before.namespaces].flatMap(([name, all]) => all.flatMap((one) => gone(one, name))),
      ...before.offloadings.flatMap(({ manifest, namespace }) => gone(manifest, namespace)),
    ];
  },
};
