import { dirname } from 'node:path/posix';
import type { DeclaredUnit } from '../../manifests/engines/declared-units';
import { groupBy } from '../../manifests/group';
import { isLive } from '../../manifests/live-object';
import type { Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { fileOf } from '../removal';
import type { ChangeRule, Facts, Problem } from '../rule';
import type { Change, State } from '../state';
import { deletionDelayedBy, keptAfter, keptFrom, pruningDelayedBy } from '../steering';

/** A deployed object, and where Git has it now. */
interface Place {
  readonly namespace: string;
  readonly was: Manifest;
  readonly is: Manifest;
}

/** What a unit may do to an object that it no longer applies, though Git still has it. */
interface Loss extends Place {
  readonly unit: DeclaredUnit;
  /** By which of its two ways. */
  readonly by: 'pruning' | 'deletion';
  /** Whether somebody is asked before. */
  readonly asked: boolean;
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

/** The folders of some files, and those that these lie in. */
interface Folders {
  readonly own: ReadonlySet<string>;
  readonly above: ReadonlySet<string>;
}

function foldersOf(files: readonly string[]): Folders {
  const above = new Set<string>();
  for (const file of files)
    for (let folder = dirname(file); folder !== '.' && !above.has(folder); folder = dirname(folder))
      above.add(folder);
  return { own: new Set(files.map((file) => dirname(file))), above };
}

/** Of a folder that is gone or empty neither engine prunes. */
const findsAnything = ({ engine, folders }: DeclaredUnit, { own, above }: Folders) =>
  folders.some((folder) => (engine === 'flux' ? above : own).has(folder));

/** What a unit that applied an object does to it now, undefined where it goes on applying it or leaves it. */
function lossBy(unit: DeclaredUnit, place: Place, { units }: Facts, folders: Folders): Loss | undefined {
  const { was, is } = place;
  const isOfArgoCD = unit.engine === 'argocd';
  const then = units.after.formOf(unit);
  const [applied = false, applies = false] = [units.before, units.after].map((side) =>
    side.applying(fileOf(is)).some(({ id }) => id === unit.id),
  );
  if (then === undefined && unit.deletes && keptAfter(unit.engine, was) === undefined)
    return { ...place, unit, by: 'deletion', asked: isOfArgoCD && deletionDelayedBy(was) !== undefined };
  // It meets the change in the form that it has before, after, or first in the one and then in the other.
  const prunes = [
    applied || !findsAnything(unit, folders) ? 'never' : unit.prunes,
    applies ? 'never' : (then?.prunes ?? 'never'),
  ];
  if (keptFrom(unit.engine, was) !== undefined || prunes.every((one) => one === 'never')) return undefined;
  const isConfirmed = isOfArgoCD && pruningDelayedBy(was) !== undefined;
  return { ...place, unit, by: 'pruning', asked: isConfirmed || !prunes.includes('always') };
}

/** One for each namespace, the worst: the two objects of one lie in one file. */
function losses(change: Change, facts: Facts): Loss[] {
  const folders = foldersOf(change.after.manifests.map(fileOf));
  const found = places(change).flatMap((place) =>
    facts.units.before
      .applying(fileOf(place.was))
      .flatMap((unit) => lossBy(unit, place, facts, folders) ?? []),
  );
  return [...groupBy(found, ({ namespace }) => namespace).values()].flatMap(
    (all) => all.find(({ asked }) => !asked) ?? all[0] ?? [],
  );
}

const LOST = 'its twin namespaces are then deleted with all that is in them';

function messageFor({ namespace, unit, by, asked }: Loss): string {
  const { title } = unit;
  if (by === 'deletion')
    return asked
      ? `The ${title} that applied '${namespace}' goes, and asks somebody whether to delete what it applied. Where that is confirmed, ${LOST}.`
      : `The ${title} that applied '${namespace}' goes and deletes what it applied, whatever applies it next: ${LOST}.`;
  return asked
    ? `'${namespace}' leaves the ${title}, which prunes it where somebody lets it before another has taken it over: ${LOST}.`
    : `'${namespace}' leaves the ${title}, which prunes it when it is faster than the one that takes it over: ${LOST}.`;
}

function remedyFor({ namespace, unit: { engine }, by, asked }: Loss): string {
  const approval = approvalEntry(namespace, 'engine-handover');
  if (by === 'deletion' && asked)
    return `Confirm nothing, or set deletionPolicy: 'Orphan' in a change of its own first.`;
  if (by === 'deletion')
    return `Leave it where its engine finds it: a \`.sourceignore\` or a kustomization can hide it too. To let it go, first set deletionPolicy: 'Orphan' for ${engine} in config/cluster.ts, in a change of its own, and wait until the live objects have it; or let the namespace go by name with ${approval}`;
  const move = `Move it as docs/gitops.md of cdk8s-liqo says, "Moving a namespace"`;
  return asked
    ? `${move}, or confirm nothing until the other is in sync.`
    : `${move}, or let it go by name with ${approval}`;
}

/** What is known of nobody: which unit applied it so far. */
function doubtful({ namespace, was, is }: Place, { units }: Facts): Problem {
  const known = units.after.all.length > 0;
  const move = 'Move it as docs/gitops.md of cdk8s-liqo says, "Moving a namespace".';
  return {
    namespace,
    message: `'${namespace}' moves from the folder ${dirname(fileOf(was))} to ${dirname(fileOf(is))}: where each has an Application or a Kustomization of its own, the first one deletes the namespace or its offloading when it is faster than the other.`,
    remedy: known
      ? `The baseline does not tell what applies it so far. ${move}`
      : `Say \`gitops\` in config/cluster.ts, so that it is known. ${move}`,
    manifest: is,
  };
}

function moves(change: Change, { dist }: Facts): Place[] {
  // A copy of dist on disk may be laid out in another way.
  const isInPlace = (one: Manifest) => one.appliedFrom === undefined || isLive(one);
  const isInDist = (one: Manifest) => isInPlace(one) && fileOf(one).startsWith(`${dist}/`);
  const moved = places(change).filter(
    ({ was, is }) => isInDist(was) && isInDist(is) && dirname(fileOf(was)) !== dirname(fileOf(is)),
  );
  return [...groupBy(moved, ({ namespace }) => namespace).values()].flatMap((all) => all.slice(0, 1));
}

export const engineHandover: ChangeRule = {
  name: 'engine-handover',
  category: 'risky',
  about: 'change',
  approvable: true,
  summary: 'The Application or Kustomization that applied a namespace loses it or goes.',
  why: 'Where a namespace moves from one to another, both reconcile the same commit, in any order. When the one that loses it is first, it prunes it, and the twin namespaces go with all that is in them; when the other is first, it has taken it over, and nothing is pruned. One that goes and has `deletionPolicy: Delete` deletes all that it applied, though Git still has it: the end of `gitops`, or another `id`, does that to every namespace. What the baseline has in `gitops/` tells which one it is; this is destructive unless an annotation keeps the object or Argo CD asks somebody first. Without `gitops` in config/cluster.ts nobody knows, and a move is a warning.',
  source:
    'kustomize-controller internal/controller, prune and finalize; Argo CD, "Resource Tracking" and "App Deletion"',
  check: (change, facts) => {
    if (facts.units.before.all.length === 0)
      return moves(change, facts).map((place) => doubtful(place, facts));
    return losses(change, facts).map((loss) => ({
      namespace: loss.namespace,
      message: messageFor(loss),
      remedy: remedyFor(loss),
      manifest: loss.is,
      category: loss.asked ? undefined : ('destructive' as const),
    }));
  },
};
