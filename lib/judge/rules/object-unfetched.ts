import type { Unfetched } from '../../manifests/engines/flux-artifact';
import { groupBy } from '../../manifests/group';
import { identityOf, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { deployedAt, fileOf, keeperFrom } from '../removal';
import type { ChangeRule, Facts } from '../rule';
import type { Change } from '../state';

/** Whether Flux has applied an object, and prunes it once it no longer finds it. */
const isPruned = (was: Manifest, now: Manifest, facts: Facts) =>
  facts.artifact.before(deployedAt(was, now, facts)) === undefined &&
  keeperFrom('flux', was, facts) === undefined;

interface Hidden {
  readonly namespace: string;
  readonly manifest: Manifest;
  readonly unfetched: Unfetched;
}

/** The objects that Flux applied and no longer sees, where Flux is the engine, or may be. */
function hidden({ before, after }: Change, facts: Facts): Hidden[] {
  const { engines, artifact } = facts;
  const isFlux = engines.includes('flux');
  if (!isFlux && engines.length > 0) return [];
  const objects = [
    ...after.offloadings.map(({ manifest }) => manifest),
    ...[...after.namespaces.values()].flat(),
  ];
  return objects.flatMap((manifest) => {
    const unfetched = artifact.after(fileOf(manifest));
    if (unfetched === undefined || (!isFlux && unfetched.said === undefined)) return [];
    const deployed = before.byIdentity.get(identityOf(manifest)) ?? [];
    if (!deployed.some((was) => isPruned(was, manifest, facts))) return [];
    const namespace = manifest.kind === 'Namespace' ? manifest.name : manifest.namespace;
    return [{ namespace, manifest, unfetched }];
  });
}

export const objectUnfetched: ChangeRule = {
  name: 'object-unfetched',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['object-not-applied'],
  summary: 'Flux no longer fetches the file of a deployed namespace or offloading.',
  why: "Flux applies what it fetches of a repository, and prunes what is no longer in it, though Git has it: what a `.sourceignore` leaves out, in the root of the repository or in any folder on the way or below; what Flux's own lists do (`*.zip`, as the name of a folder too); and of what it fetches, files that do not end in `.yaml` or `.yml`. Liqo then deletes the twin namespaces. Where `gitops` in config/cluster.ts does not say which engine it is, only a `.sourceignore` counts. `spec.ignore` of the GitRepository is not visible here.",
  source: 'fluxcd/pkg sourceignore, artifact/storage/archive.go, kustomize (scanManifests)',
  check: (change, facts) =>
    [...groupBy(hidden(change, facts), ({ namespace }) => namespace)].flatMap(([namespace, all]) => {
      const [first] = all;
      if (first === undefined) return [];
      const { why, remedy, said } = first.unfetched;
      const kinds = all.map(({ manifest: { kind } }) => kind).sort();
      return [
        {
          namespace,
          message: `Flux no longer sees the ${kinds.join(' and the ')} of '${namespace}': ${why}. What it no longer sees it prunes, and Liqo deletes the twin namespaces with all that is in them.`,
          remedy: `${remedy} Or let it go by name with ${approvalEntry(namespace, 'object-unfetched')}`,
          ...(said === undefined ? { manifest: first.manifest } : { file: said.file, line: said.line }),
        },
      ];
    }),
};
