import { lostByNamespace } from '../applied';
import { approvalEntry } from '../approval-entry';
import type { ChangeRule } from '../rule';

export const objectLeftOut: ChangeRule = {
  name: 'object-left-out',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['object-not-applied', 'engine-handover'],
  summary: 'A kustomization no longer takes in a deployed namespace or offloading.',
  why: 'With a `kustomization.yaml` in a folder, Flux and Argo CD apply what it lists and nothing else there, and prune the rest, though Git has it. Liqo then deletes the twin namespaces. What was left out before gives nothing. This is for `check <folder>`, which takes the folder for the one that an engine is pointed at; in the dist of a project such files are refused. A kustomization that says more than what it takes in is not followed ([`folder-incomplete`](#folder-incomplete)).',
  source:
    'kustomize konfig.RecognizedKustomizationFileNames; fluxcd/pkg kustomize (scanManifests); Argo CD, "Tool Detection"',
  check: (change, facts) =>
    lostByNamespace('left out', change, facts).map(({ namespace, kinds, why: { by } }) => ({
      namespace,
      message: `A kustomization newly leaves out the ${kinds} of '${namespace}': what an engine no longer gets of it, it prunes, and Liqo deletes the twin namespaces with all that is in them.`,
      remedy: `List the file in ${by}, or take that away. Or let it go by name with ${approvalEntry(namespace, 'object-left-out')}`,
      file: by,
    })),
};
