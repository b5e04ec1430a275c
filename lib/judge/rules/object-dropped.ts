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
  summary:
    'A deployed namespace or offloading gains a marker that makes a GitOps engine prune or recreate it.',
  why: 'To an engine, an ignored object is one that was removed from Git. Flux prunes an object with `config.kubernetes.io/local-config`, Argo CD every object of a file that contains `+argocd:skip-file-rendering`. An object that becomes a hook is deleted and recreated by Argo CD at every sync. Each of these deletes the twin namespaces and everything in them. If `gitops` names the engine, only the markers of that engine count. Disabled pruning protects an object, except from becoming a hook.',
  source: 'kustomize api/resource; gitops-engine pkg/sync/hook/hook.go, delete policy BeforeHookCreation',
  check: (change, facts) =>
    lostBy(['dropped', 'hook'], change, facts).map(({ manifest, namespace, why: { by } }) => ({
      namespace,
      message: `The ${manifest.kind} of '${namespace}' gains ${by}: the engine prunes or recreates it, and Liqo deletes its twin namespaces and everything in them.`,
      remedy: `Remove that marker, or approve the loss in ${approvalEntry(namespace, 'object-dropped')}`,
      manifest,
      field: by === SKIPPED ? undefined : ['metadata', 'annotations'],
    })),
};
