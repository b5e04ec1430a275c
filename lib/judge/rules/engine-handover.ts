import { dirname } from 'node:path/posix';
import { foldersOf, isOfUnits } from '../../manifests/engines/declared-units';
import type { EngineView } from '../../manifests/engines/engine-view';
import { groupBy } from '../../manifests/group';
import { isLive } from '../../manifests/live-object';
import { fileOf, sameJson, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import type { ChangeRule, Facts, Problem } from '../rule';
import type { Change, State } from '../state';
import { foldersIn, lossBy, type Ground, type Loss, type Place } from '../unit-fate';
import { isJudged } from '../unit-scope';

/** A deployed object, with every place that Git has it in now. */
interface Moved extends Place {
  readonly namespace: string;
  readonly isOffloaded: boolean;
}

/** Each copy of a Namespace or an offloading that both sides have. */
function places({ before, after }: Change): Moved[] {
  const of = ({ offloadingsOf, namespaces }: State, name: string) => [
    namespaces.get(name) ?? [],
    (offloadingsOf.get(name) ?? []).map(({ manifest }) => manifest),
  ];
  const names = new Set([...before.namespaces.keys(), ...before.offloadingsOf.keys()]);
  names.delete(''); // the API server accepts no object without a name
  return [...names].flatMap((namespace) => {
    const here = of(after, namespace);
    const isOffloaded = before.offloadingsOf.has(namespace);
    return of(before, namespace).flatMap((copies, i) => {
      const now = here[i] ?? [];
      return now.length === 0 ? [] : copies.map((was) => ({ namespace, was, now, isOffloaded }));
    });
  });
}

/** What a unit does to a namespace that Git still has. */
type NamespaceLoss = Loss & Moved;

const lossesAt = (place: Moved, ground: Ground): NamespaceLoss[] =>
  ground.units.before.applying(fileOf(place.was)).flatMap((unit) => {
    const loss = lossBy(unit, place, ground);
    return loss === undefined ? [] : [{ ...loss, ...place }];
  });

/** The worst loss of each namespace: its two objects are mostly in one file. */
const worst = (found: readonly NamespaceLoss[]) =>
  [...groupBy(found, ({ namespace }) => namespace).values()].flatMap(
    (all) => all.find(({ asked }) => !asked) ?? all[0] ?? [],
  );

function losses(change: Change, facts: Facts): NamespaceLoss[] {
  const ground = {
    units: facts.units,
    folders: foldersIn(change.after.manifests, facts),
  };
  return worst(places(change).flatMap((place) => lossesAt(place, ground)));
}

/** Whether the change removes or edits units, or their Namespaces, in the judged folder: they may apply any folder. */
const changesUnits = ({ before, after }: Change, { units }: Facts) =>
  before.manifests.some(
    (one) =>
      (isOfUnits(one) || (one.kind === 'Namespace' && units.before.homes.has(one.name))) &&
      !after.manifests.some(
        ({ body, source }) => source.file === one.source.file && sameJson(body, one.body),
      ),
  );

/** What units in the judged folder do to namespaces outside it. */
function lossesBeside(change: Change, facts: Facts): NamespaceLoss[] {
  if (facts.beside === undefined || !changesUnits(change, facts)) return [];
  const { before, after } = facts.beside();
  const ground = {
    units: facts.units,
    folders: foldersIn(change.after.manifests, facts),
  };
  const found = places({ before, after }).flatMap((place) => lossesAt(place, ground));
  return worst(found.filter(({ cause }) => isJudged(cause, facts)));
}

/** What applies the namespace once a unit has lost it: another unit, or one with a copy for another cluster. */
function successorOf({ unit, now }: NamespaceLoss, { units }: Facts): 'other' | 'copy' | undefined {
  const others = now
    .flatMap((one) => units.after.applying(fileOf(one)))
    .filter(({ id, declared }) => id !== unit.id || declared.source.file !== unit.declared.source.file);
  if (others.length === 0) return undefined;
  const stood = (id: string) =>
    now.some((one) => units.before.applying(fileOf(one)).some((other) => other.id === id));
  const isCopy = others.every(({ id, cluster }) =>
    cluster === undefined || unit.cluster === undefined ? stood(id) : cluster !== unit.cluster,
  );
  return isCopy ? 'copy' : 'other';
}

const lost = ({ isOffloaded }: Moved) =>
  isOffloaded
    ? 'its twin namespaces and everything in them are deleted'
    : 'it and everything in it is deleted';

const whereOf = ({ unit: { cluster } }: Loss) => (cluster === undefined ? '' : ` on '${cluster}'`);

function messageFor(loss: NamespaceLoss, facts: Facts): string {
  const { namespace, unit, by, asked, isStuck } = loss;
  const { title, isPerhaps } = unit;
  if (by === 'deletion') {
    if (isPerhaps === true)
      return `Removing the ${title} deletes what it applied. If it applied '${namespace}', ${lost(loss)}.`;
    if (isStuck === true)
      return `The ${title} that applied '${namespace}' is removed as soon as its own Application or Kustomization finds manifests again, and deletes what it applied: ${lost(loss)}.`;
    return asked
      ? `The ${title} that applied '${namespace}' is removed, and waits for a confirmation before it deletes what it applied. If you confirm, ${lost(loss)}.`
      : `The ${title} that applied '${namespace}' is removed and deletes what it applied, even if another one applies it next: ${lost(loss)}.`;
  }
  const successor = successorOf(loss, facts);
  if (isStuck === true)
    return `'${namespace}' is removed from the ${title}, which now finds no manifests and fails. Once it finds some, it prunes the namespace${successor === 'other' ? ' unless another one has taken it over by then' : ''}: ${lost(loss)}.`;
  if (successor === 'other')
    return asked
      ? `'${namespace}' moves out of the ${title}, which prunes it if you allow it before another one has taken it over: ${lost(loss)}.`
      : `'${namespace}' moves out of the ${title}, which prunes it if it syncs before the one that takes it over: ${lost(loss)}.`;
  const rest = successor === 'copy' ? ' The copy for another cluster does not prevent that.' : '';
  return asked
    ? `'${namespace}' is removed from the ${title}, which prunes it${whereOf(loss)} if you allow it: ${lost(loss)}.${rest}`
    : `'${namespace}' is removed from the ${title}, which prunes it${whereOf(loss)}: ${lost(loss)}.${rest}`;
}

/** The setting that keeps the objects; our own units have it in a config. */
const howToKeep = ({ engine, isOfSet }: Loss['unit']) => {
  if (isOfSet === true) return 'first set preserveResourcesOnDeletion: true in the ApplicationSet';
  return engine === 'flux'
    ? `first set deletionPolicy: Orphan in the Kustomization`
    : `first remove the finalizer resources-finalizer.argocd.argoproj.io from the Application`;
};

function remedyFor(loss: NamespaceLoss, facts: Facts): string {
  const { namespace, unit, by, asked } = loss;
  const approval = approvalEntry(namespace, 'engine-handover');
  if (by === 'deletion' && asked)
    return `${loss.isStuck === true ? 'Revert this' : 'Do not confirm'}, or ${howToKeep(unit)} in a separate change (\`gitops\` in config/cluster.ts: deletionPolicy: 'Orphan').`;
  if (by === 'deletion')
    return `Keep it where its engine finds it: a \`.sourceignore\` or a kustomization can hide it too. To remove it, ${howToKeep(unit)} (\`gitops\` in config/cluster.ts: deletionPolicy: 'Orphan') in a separate change, and wait until the live objects have it; or approve the loss of the namespace in ${approval}`;
  if (loss.isStuck === true)
    return `Once another one has taken it over, remove the ${unit.title} in a separate change.`;
  if (successorOf(loss, facts) === undefined)
    return asked
      ? `Keep it where the ${unit.title} finds it, or do not let it prune.`
      : `Keep it where the ${unit.title} finds it, or approve the loss in ${approval}`;
  const move = `Follow "Moving a namespace" in docs/gitops.md of cdk8s-liqo`;
  return asked
    ? `${move}, or do not let it prune until the other one is in sync.`
    : `${move}, or approve the loss in ${approval}`;
}

/** Whether one kustomization at the top of the judged folder includes both: then one unit applies them. */
const isOneBuild = (was: string, is: string, { view: { before, after } }: Facts) =>
  before.isBuilt('argocd', was) && after.isBuilt('argocd', is);

/** Whether it is in the judged folder: a copy on disk may have another layout. */
const isInPlace = (one: Manifest, view: EngineView) =>
  !fileOf(one).startsWith('<') && view.covers(fileOf(one)) && (one.appliedFrom === undefined || isLive(one));

/** Whether every known unit is Flux's: then what applied a folder also applies everything below it. */
const isOfFlux = ({ units: { before, after }, view }: Facts) => {
  const units = [...before.all, ...after.all].map(({ engine }) => engine);
  const engines = new Set(units.length === 0 ? view.before.engines : units);
  return engines.has('flux') && engines.size === 1;
};

/** A namespace moves out of a folder, and no known unit applied it so far. */
function isDoubtful({ was, now }: Moved, facts: Facts): boolean {
  const folder = dirname(fileOf(was));
  if (isOfFlux(facts) && now.some((one) => foldersOf(fileOf(one)).includes(folder))) return false;
  const { before, after } = facts.view;
  if (!isInPlace(was, before) || facts.units.before.applying(fileOf(was)).length > 0) return false;
  // A folder given as the baseline stands for the judged one: engines read it in its place.
  if (!after.covers(fileOf(was))) return false;
  return now.every(
    (one) =>
      isInPlace(one, after) &&
      dirname(fileOf(one)) !== folder &&
      !isOneBuild(fileOf(was), fileOf(one), facts),
  );
}

/** The overlays beside an object that no longer include it, if no known unit applies it. */
function overlaysLeft({ was, now }: Moved, { view: { before, after }, units }: Facts): string[] {
  const file = fileOf(was);
  if (units.before.applying(file).length > 0) return [];
  const still = now.map((one) => after.buildersOf(fileOf(one)));
  return [...before.buildersOf(file)].flatMap(([folder, isOutermost]) =>
    isOutermost && !foldersOf(file).includes(folder) && !still.some((one) => one.has(folder)) ? [folder] : [],
  );
}

function overlayLeft(overlays: string[], { namespace, now, isOffloaded }: Moved): Problem {
  const what = isOffloaded ? 'the namespace with its offloading' : 'the namespace';
  return {
    namespace,
    message: `The kustomization in ${overlays.sort().join(', ')} no longer includes '${namespace}': if an Application or a Kustomization applies that overlay, it deletes ${what}.`,
    remedy: `Keep it there. If another one takes it over, follow "Moving a namespace" in docs/gitops.md of cdk8s-liqo.`,
    manifest: now[0],
  };
}

function doubtful({ namespace, was, now, isOffloaded }: Moved, { before }: Change, facts: Facts): Problem {
  const folders = (all: readonly Manifest[]) =>
    [...new Set(all.map((one) => dirname(fileOf(one))))].sort().join(', ');
  const known = [...before.manifests].filter(
    (one) => one.kind === was.kind && one.name === was.name && one.namespace === was.namespace,
  );
  const stood = new Set(known.map((one) => dirname(fileOf(one))));
  const stays = now.filter((one) => stood.has(dirname(fileOf(one))));
  const what = isOffloaded ? 'the namespace or its offloading' : 'the namespace';
  const move = 'Follow "Moving a namespace" in docs/gitops.md of cdk8s-liqo.';
  const message =
    stays.length === now.length
      ? `'${namespace}' is removed from the folder ${folders([was])} and stays in ${folders(now)}: if each folder has its own Application or Kustomization for its own cluster, the one of the first folder deletes ${what} there.`
      : `'${namespace}' moves from the folder ${folders([was])} to ${folders(now)}: if each folder has its own Application or Kustomization, the old one deletes ${what} if it syncs before the new one.`;
  return {
    namespace,
    message,
    remedy: facts.units.after.isEmpty
      ? `To settle this, set \`gitops\` in config/cluster.ts, or keep the Applications and Kustomizations in this repository. ${move}`
      : `The baseline does not show what applies it now. ${move}`,
    manifest: now[0],
  };
}

const doubts = (change: Change, facts: Facts): Problem[] =>
  [...groupBy(places(change), ({ namespace }) => namespace).values()].flatMap((all) => {
    const found = all.find((place) => isDoubtful(place, facts));
    if (found !== undefined) return [doubtful(found, change, facts)];
    return all
      .flatMap((place) => {
        const overlays = overlaysLeft(place, facts);
        return overlays.length === 0 ? [] : [overlayLeft(overlays, place)];
      })
      .slice(0, 1);
  });

function toProblem(loss: NamespaceLoss, facts: Facts): Problem {
  return {
    namespace: loss.namespace,
    message: messageFor(loss, facts),
    remedy: remedyFor(loss, facts),
    category: loss.asked ? undefined : ('destructive' as const),
  };
}

function handovers(change: Change, facts: Facts): Problem[] {
  const found = [
    ...losses(change, facts).map((loss) => ({ ...toProblem(loss, facts), manifest: loss.now[0] })),
    ...lossesBeside(change, facts).map((loss) => ({
      ...toProblem(loss, facts),
      file: loss.cause.declared.source.file,
    })),
  ];
  const known = new Set(found.map(({ namespace }) => namespace));
  return [...found, ...doubts(change, facts).filter(({ namespace }) => !known.has(namespace ?? ''))];
}

export const engineHandover: ChangeRule = {
  name: 'engine-handover',
  category: 'risky',
  about: 'change',
  approvable: true,
  summary: 'The Application or Kustomization that applied a namespace loses it or is removed.',
  why: 'Each Application or Kustomization prunes what it applied itself. If a namespace moves from one to another, both reconcile the same commit in any order. If the old one syncs first, it prunes the namespace, and the twin namespaces are deleted with everything in them; if the new one syncs first, it takes the namespace over and nothing is pruned. A copy that another one applies to another cluster does not protect it. An Application or Kustomization that is removed and deletes what it applied (Flux: `prune: true` or `deletionPolicy: Delete`; Argo CD: the finalizer `resources-finalizer.argocd.argoproj.io`; an ApplicationSet without `preserveResourcesOnDeletion`) deletes all of it, even what Git still has. So does one whose path changes, if it prunes. It also counts as removed if no engine finds its own object any more (a kustomization no longer lists it, or a `.sourceignore` or an annotation hides it), or if its Namespace is removed. The rule looks for Applications and Kustomizations in the whole repository, including those that others apply; the baseline shows which one applied a namespace. The finding is destructive unless an annotation keeps the object or Argo CD waits for a confirmation. If no known one applies the namespace, a move to another folder is a warning, and so is an overlay that no longer includes it.',
  source:
    'kustomize-controller internal/controller, prune and finalize; Argo CD, "Resource Tracking", "App Deletion" and "Application Pruning & Resource Deletion"; argo-cd controller/appcontroller.go (autoSync)',
  check: handovers,
};
