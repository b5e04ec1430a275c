import { forcedBy } from '../../manifests/engines/signs';
import type { StateRule } from '../rule';

export const forceRecreate: StateRule = {
  name: 'force-recreate',
  category: 'risky',
  about: 'state',
  summary: 'A GitOps engine may delete and recreate a namespace or its offloading.',
  why: 'With force, Flux deletes and recreates an object whose update the API server rejects as invalid or as a conflict. Argo CD does the same; with `Replace=true` as well, it does so at every sync. For a NamespaceOffloading or a Namespace, that deletes the twin namespaces and everything in them, and an object that was invalid does not come back. `force` on a whole Flux Kustomization or Argo CD Application does the same ([`engine-force-enabled`](#engine-force-enabled)).',
  source:
    'fluxcd/pkg ssa/manager_apply.go; gitops-engine pkg/sync/sync_context.go, kubectl apply and replace --force',
  check: ({ offloadings, namespaces }) =>
    [...offloadings.map(({ manifest }) => manifest), ...[...namespaces.values()].flat()].flatMap(
      (manifest) => {
        const force = forcedBy(manifest);
        if (force === undefined) return [];
        const namespace = manifest.kind === 'Namespace' ? manifest.name : manifest.namespace;
        return [
          {
            namespace,
            message: `The ${manifest.kind} of '${namespace}' has ${force}: if an update fails, the engine deletes and recreates it, which deletes the twin namespaces and everything in them.`,
            remedy:
              'Remove it. To change an immutable field, use two merges: docs/changing-a-strategy.md of cdk8s-liqo.',
            manifest,
            field: ['metadata'],
          },
        ];
      },
    ),
};
