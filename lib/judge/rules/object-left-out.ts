import { lostByNamespace } from '../applied';
import { approvalEntry } from '../approval-entry';
import type { ChangeRule } from '../rule';

export const objectLeftOut: ChangeRule = {
  name: 'object-left-out',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['object-not-applied', 'engine-handover'],
  summary: 'A kustomization no longer includes a deployed namespace or offloading.',
  why: 'With a `kustomization.yaml` in a folder, Flux and Argo CD apply only what it lists and prune the rest, even though Git still has it. Liqo then deletes the twin namespaces. Objects that were already left out before give no finding. The rule is for `check <folder>`, which assumes that an engine reads that folder; in the dist of a project such files are refused. The judge does not follow a kustomization that does more than list files ([`folder-incomplete`](#folder-incomplete)).',
  source:
    'kustomize konfig.RecognizedKustomizationFileNames; fluxcd/pkg kustomize (scanManifests); Argo CD, "Tool Detection"',
  check: (change, facts) =>
    lostByNamespace('left out', change, facts).map(({ namespace, kinds, why: { by } }) => ({
      namespace,
      message: `A kustomization no longer includes the ${kinds} of '${namespace}': the engine prunes what it no longer gets, and Liqo deletes the twin namespaces and everything in them.`,
      remedy: `List the file in ${by}, or delete that kustomization; or approve the loss in ${approvalEntry(namespace, 'object-left-out')}`,
      file: by,
    })),
};
