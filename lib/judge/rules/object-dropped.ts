import { SKIPPED } from '../../manifests/engines/engines';
import { lostBy } from '../applied';
import { approvalEntry } from '../approval-entry';
import type { ChangeRule } from '../rule';

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
    lostBy(['dropped', 'hook'], change, facts).map(({ manifest, namespace, why: { by } }) => ({
      namespace,
      message: `The ${manifest.kind} of '${namespace}' gets ${by}: the engine prunes or recreates it, and Liqo deletes its twin namespaces with all that is in them.`,
      remedy: `Remove that, or let it go by name with ${approvalEntry(namespace, 'object-dropped')}`,
      manifest,
      field: by === SKIPPED ? undefined : ['metadata', 'annotations'],
    })),
};
