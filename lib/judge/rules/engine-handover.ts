import { dirname } from 'node:path/posix';
import { unitsByPath, type Engine } from '../../manifests/engines';
import type { Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import type { ChangeRule, Facts, Problem } from '../rule';
import type { Change, State } from '../state';
import { isPruningConfirmed, pruningDisabledBy } from '../steering';

/** A deployed object, and where Git has it now. */
interface Place {
  readonly namespace: string;
  readonly was: Manifest;
  readonly is: Manifest;
}

function places({ before, after }: Change): Place[] {
  const of = ({ offloadingsOf, namespaces }: State, name: string) =>
    [namespaces.get(name)?.[0], offloadingsOf.get(name)?.[0]?.manifest] as const;
  const names = new Set([...before.namespaces.keys(), ...before.offloadingsOf.keys()]);
  return [...names].flatMap((namespace) => {
    const now = of(after, namespace);
    return of(before, namespace).flatMap((was, i) => {
      const is = now[i];
      return was !== undefined && is !== undefined ? [{ namespace, was, is }] : [];
    });
  });
}

/** The file that an engine applies: what a cluster shows does not lie in one. */
const fileOf = ({ appliedFrom, source }: Manifest) => appliedFrom ?? source.file;

const KINDS: Readonly<Record<Engine, string>> = { argocd: 'Application', flux: 'Kustomization' };

/** The folders that hold something, be it further below. */
function foldersAbove(files: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const file of files)
    for (let folder = dirname(file); folder !== '.' && !folders.has(folder); folder = dirname(folder))
      folders.add(folder);
  return folders;
}

/** Objects that come to another unit, where the one that applied them may delete them. A file above can do it to all below. */
function handovers(all: readonly Place[], { before, after }: Change, { engines, dist }: Facts) {
  const files = ({ manifests }: State) => new Set(manifests.map(fileOf));
  const folders = foldersAbove(files(after));
  return engines.flatMap(({ engine, orphans }) => {
    const [then, now] = [before, after].map((state) => unitsByPath(engine, files(state), dist));
    const present = new Set(now?.values());
    /** Whether a Kustomization that goes can, as long as it is there, apply its folder without the object. */
    const prunesFirst = (folder: string, { source }: Manifest) =>
      engine === 'flux' && folders.has(folder) && !source.file.startsWith(`${folder}/`);
    return all.flatMap((place) => {
      const [from, to] = [then?.get(fileOf(place.was)), now?.get(fileOf(place.is))];
      const kept =
        pruningDisabledBy(place.was, [{ engine }]) !== undefined ||
        (engine === 'argocd' && isPruningConfirmed(place.was));
      const outlives =
        from !== undefined && orphans && !present.has(from) && !prunesFirst(`${dist}/${from}`, place.is);
      return from === undefined || from === to || kept || outlives ? [] : [{ ...place, engine, from }];
    });
  });
}

/** One for each namespace: the two objects of one lie in one file. */
const firstOfEach = <T extends Place>(all: readonly T[]): T[] => [
  ...new Map([...all].reverse().map((one) => [one.namespace, one])).values(),
];

const remedy = (namespace: string) =>
  `Move it as docs/gitops.md of cdk8s-liqo says, "Moving a namespace", or let it go by name with ${approvalEntry(namespace, 'engine-handover')}`;

/** Nobody said which folders an engine applies one by one. */
const doubtful = ({ namespace, was, is }: Place): Problem => ({
  namespace,
  message: `'${namespace}' moves from the folder ${dirname(fileOf(was))} to ${dirname(fileOf(is))}: where each has an Application or a Kustomization of its own, the first one deletes the namespace or its offloading when it is faster than the other.`,
  remedy: `Say \`gitops\` in config/cluster.ts, so that it is known. ${remedy(namespace)}`,
  manifest: is,
});

export const engineHandover: ChangeRule = {
  name: 'engine-handover',
  category: 'risky',
  about: 'change',
  approvable: true,
  summary: 'A namespace moves from one Application or Kustomization to another.',
  why: 'Both reconcile the same commit, in any order. When the one that loses the object is first, it prunes it, and the twin namespaces go with all that is in them; when the other is first, it has taken the object over, and nothing is pruned. With `gitops` in config/cluster.ts this is known, and is destructive: unless the one that loses it is gone as well and leaves its objects (`deletionPolicy: Orphan`), or the object is protected.',
  source:
    'kustomize-controller, garbage collection by owner labels; Argo CD, "Resource Tracking" and pruning',
  check: (change, facts) => {
    const all = places(change);
    if (facts.engines.length === 0) {
      const isInDist = (one: Manifest) => fileOf(one).startsWith(`${facts.dist}/`);
      const moved = all.filter(
        ({ was, is }) => isInDist(was) && isInDist(is) && dirname(fileOf(was)) !== dirname(fileOf(is)),
      );
      return firstOfEach(moved).map(doubtful);
    }
    return firstOfEach(handovers(all, change, facts)).map(({ namespace, is, engine, from }) => ({
      namespace,
      message: `'${namespace}' leaves the ${KINDS[engine]} of ${from}, which prunes it when it is faster than the one that takes it over: its twin namespaces are then deleted with all that is in them.`,
      remedy: remedy(namespace),
      manifest: is,
      category: 'destructive' as const,
    }));
  },
};
