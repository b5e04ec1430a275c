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
  why: "Flux applies what it fetches of a repository, and prunes what is no longer in it, though Git has it: what a `.sourceignore` leaves out, in the root of the repository or in any folder on the way or below; what Flux's own lists do (`*.zip`, as the name of a folder too); and of what it fetches, files that do not end in `.yaml` or `.yml`. Liqo then deletes the twin namespaces. Where `gitops` in config/cluster.ts does not say which engine it is, only a `.sourceignore` counts. `spec.ignore` and `sparseCheckout` of a GitRepository that the repository declares are followed by `engine-handover`.",
  source: 'fluxcd/pkg sourceignore, artifact/storage/archive.go, kustomize (scanManifests)',
  check: (change, facts) =>
    lostByNamespace('unfetched', change, facts).map(({ namespace, kinds, manifest, why: { unfetched } }) => {
      const { why, remedy, said } = unfetched;
      return {
        namespace,
        message: `Flux no longer sees the ${kinds} of '${namespace}': ${why}. What it no longer sees it prunes, and Liqo deletes the twin namespaces with all that is in them.`,
        remedy: `${remedy} Or let it go by name with ${approvalEntry(namespace, 'object-unfetched')}`,
        ...(said === undefined ? { manifest } : { file: said.file, line: said.line }),
      };
    }),
};
