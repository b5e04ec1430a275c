import { forcedBy } from '../../manifests/engines/signs';
import type { StateRule } from '../rule';

export const forceRecreate: StateRule = {
  name: 'force-recreate',
  category: 'risky',
  about: 'state',
  summary: 'A GitOps engine may delete and recreate a namespace or its offloading.',
  why: 'With force, Flux deletes an object that the API server calls invalid or in conflict, and creates it anew; so does Argo CD, and with `Replace=true` beside it at every sync. For a NamespaceOffloading or a Namespace that deletes the twin namespaces with all that is in them, and what was invalid does not come back. `force` on a whole Flux Kustomization or Argo CD Application does the same ([`engine-force-enabled`](#engine-force-enabled)).',
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
            message: `The ${manifest.kind} of '${namespace}' says ${force}: where an update fails, the engine deletes it and creates it anew, and its twin namespaces are gone with all that is in them.`,
            remedy:
              'Remove it; what is immutable changes in two merges: docs/changing-a-strategy.md of cdk8s-liqo.',
            manifest,
            field: ['metadata'],
          },
        ];
      },
    ),
};
