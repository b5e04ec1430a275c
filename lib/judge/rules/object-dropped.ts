import { SKIPPED } from '../../manifests/engines';
import { identityOf } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { keeperOf } from '../removal';
import type { ChangeRule } from '../rule';
import { hookedBy, leftOutBy, notAppliedBy, skippedBy } from '../steering';

export const objectDropped: ChangeRule = {
  name: 'object-dropped',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['object-not-applied', 'clusters-deselected'],
  summary: 'A deployed namespace or offloading gets something by which an engine passes it over.',
  why: 'What an engine passes over has left Git for it: Flux prunes an object that says `config.kubernetes.io/local-config`, Argo CD all of a file that holds the words `+argocd:skip-file-rendering`, and Argo CD deletes and creates anew, at every sync, what became a hook. Either deletes the twin namespaces with all that is in them. Disabled pruning keeps an object from the one, and not from the other.',
  source: 'kustomize api/resource; gitops-engine pkg/sync/hook/hook.go, delete policy BeforeHookCreation',
  check: ({ before, after }, facts) =>
    [...after.offloadings.map(({ manifest }) => manifest), ...[...after.namespaces.values()].flat()].flatMap(
      (manifest) => {
        const deployed = (before.byIdentity.get(identityOf(manifest)) ?? []).filter(
          (was) => notAppliedBy(was) === undefined,
        );
        const isKept = deployed.every((was) => keeperOf(was, facts) !== undefined);
        const by = hookedBy(manifest) ?? (isKept ? undefined : (leftOutBy(manifest) ?? skippedBy(manifest)));
        if (by === undefined || deployed.length === 0) return [];
        const namespace = manifest.kind === 'Namespace' ? manifest.name : manifest.namespace;
        return [
          {
            namespace,
            message: `The ${manifest.kind} of '${namespace}' gets ${by}: the engine prunes or recreates it, and Liqo deletes its twin namespaces with all that is in them.`,
            remedy: `Remove that, or let it go by name with ${approvalEntry(namespace, 'object-dropped')}`,
            manifest,
            field: by === SKIPPED ? undefined : ['metadata', 'annotations'],
          },
        ];
      },
    ),
};
