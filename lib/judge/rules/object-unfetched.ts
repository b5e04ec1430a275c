import { lostByNamespace } from '../applied';
import { approvalEntry } from '../approval-entry';
import type { ChangeRule } from '../rule';

export const objectUnfetched: ChangeRule = {
  name: 'object-unfetched',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['object-not-applied', 'engine-handover'],
  summary: 'Flux no longer fetches the file of a deployed namespace or offloading.',
  why: 'Flux prunes what it no longer fetches, even though Git still has it: files that a `.sourceignore` excludes, at the root of the repository, in a folder on the way or below; files and folders that Flux excludes by default (such as `*.zip`); and files that do not end in `.yaml` or `.yml`. Liqo then deletes the twin namespaces. If `gitops` in config/cluster.ts does not name the engine, only a `.sourceignore` counts. For `spec.ignore` and `sparseCheckout` of a GitRepository that the repository declares, `engine-handover` says it.',
  source: 'fluxcd/pkg sourceignore, artifact/storage/archive.go, kustomize (scanManifests)',
  check: (change, facts) =>
    lostByNamespace('unfetched', change, facts).map(({ namespace, kinds, manifest, why: { unfetched } }) => {
      const { why, remedy, said } = unfetched;
      return {
        namespace,
        message: `Flux no longer sees the ${kinds} of '${namespace}': ${why}. Flux prunes what it no longer sees, and Liqo deletes the twin namespaces and everything in them.`,
        remedy: `${remedy} Or approve the loss in ${approvalEntry(namespace, 'object-unfetched')}`,
        ...(said === undefined ? { manifest } : { file: said.file, line: said.line }),
      };
    }),
};
