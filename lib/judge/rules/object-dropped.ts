import { ENGINES, SKIPPED, type Engine } from '../../manifests/engines/engines';
import { identityOf } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { keeperFrom } from '../removal';
import type { ChangeRule, Facts, Problem } from '../rule';
import type { Change } from '../state';
import { droppedBy, hookedBy, notAppliedBy } from '../../manifests/engines/signs';

/** The objects that an engine applied and drops. No protection keeps what became a hook. */
function droppedFrom(engine: Engine, { before, after }: Change, facts: Facts): Problem[] {
  const objects = [
    ...after.offloadings.map(({ manifest }) => manifest),
    ...[...after.namespaces.values()].flat(),
  ];
  return objects.flatMap((manifest) => {
    const by = droppedBy(engine, manifest);
    if (by === undefined) return [];
    const deployed = (before.byIdentity.get(identityOf(manifest)) ?? []).filter(
      (was) => notAppliedBy(engine, was) === undefined,
    );
    const isKept = deployed.every((was) => keeperFrom(engine, was, facts) !== undefined);
    if (deployed.length === 0 || (isKept && by !== hookedBy(manifest))) return [];
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
  });
}

export const objectDropped: ChangeRule = {
  name: 'object-dropped',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['object-not-applied', 'clusters-deselected'],
  summary: 'A deployed namespace or offloading gets something by which an engine passes it over.',
  why: 'What an engine passes over has left Git for it: Flux prunes an object that says `config.kubernetes.io/local-config`, Argo CD all of a file that holds the words `+argocd:skip-file-rendering`, and Argo CD deletes and creates anew, at every sync, what became a hook. Either deletes the twin namespaces with all that is in them. Each engine reads its own signs alone, where `gitops` says which one it is. Disabled pruning keeps an object, and not one that became a hook.',
  source: 'kustomize api/resource; gitops-engine pkg/sync/hook/hook.go, delete policy BeforeHookCreation',
  check: (change, facts) =>
    (facts.engines.length > 0 ? facts.engines : ENGINES).flatMap((engine) =>
      droppedFrom(engine, change, facts),
    ),
};
