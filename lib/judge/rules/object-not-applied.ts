import { ENGINES, SKIPPED } from '../../manifests/engines';
import { notAppliedBy } from '../steering';
import type { StateRule } from '../rule';

export const objectNotApplied: StateRule = {
  name: 'object-not-applied',
  category: 'broken',
  about: 'state',
  summary: 'Something makes a GitOps engine pass over a namespace or its offloading.',
  why: 'kustomize, and so Flux, leaves out what says `config.kubernetes.io/local-config`; Argo CD passes over a file that holds `+argocd:skip-file-rendering`, and takes an object with a hook annotation of its own or of Helm for a hook, which it deletes and creates anew at every sync. Git has the object, and the cluster has not.',
  source: 'kustomize api/resource; gitops-engine pkg/sync/hook/hook.go and helm/hook.go',
  check: ({ offloadings, namespaces }, { engines }) =>
    [...offloadings.map(({ manifest }) => manifest), ...[...namespaces.values()].flat()].flatMap(
      (manifest) => {
        const by = (engines.length > 0 ? engines : ENGINES)
          .map((engine) => notAppliedBy(engine, manifest))
          .find((one) => one !== undefined);
        if (by === undefined) return [];
        const namespace = manifest.kind === 'Namespace' ? manifest.name : manifest.namespace;
        return [
          {
            namespace,
            message: `The ${manifest.kind} of '${namespace}' says ${by}: Flux or Argo CD does not apply it as it applies other objects.`,
            remedy: 'Remove that.',
            manifest,
            field: by === SKIPPED ? undefined : ['metadata', 'annotations'],
          },
        ];
      },
    ),
};
