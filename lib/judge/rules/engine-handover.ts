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

/** A deployed object, with every place where Git has it now. */
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
  names.delete(''); // the API server takes none without a name, or with one that is no text
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

/** One for each namespace, the worst: the two objects of one mostly lie in one file. */
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

/** Whether the judged folder has units, or their Namespaces, that the change takes out or writes anew: they may apply any folder. */
const changesUnits = ({ before, after }: Change, { units }: Facts) =>
  before.manifests.some(
    (one) =>
      (isOfUnits(one) || (one.kind === 'Namespace' && units.before.homes.has(one.name))) &&
      !after.manifests.some(
        ({ body, source }) => source.file === one.source.file && sameJson(body, one.body),
      ),
  );

/** What units in the judged folder do to namespaces that lie beside it. */
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

/** Who has the namespace once a unit has lost it: one that takes it over, or one that has a copy for another cluster. */
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
    ? 'its twin namespaces are then deleted with all that is in them'
    : 'it is then deleted with all that is in it';

const whereOf = ({ unit: { cluster } }: Loss) => (cluster === undefined ? '' : ` on '${cluster}'`);

function messageFor(loss: NamespaceLoss, facts: Facts): string {
  const { namespace, unit, by, asked, isStuck } = loss;
  const { title, isPerhaps } = unit;
  if (by === 'deletion') {
    if (isPerhaps === true)
      return `The ${title} goes and deletes what it applied. If it applied '${namespace}', ${lost(loss)}.`;
    if (isStuck === true)
      return `The ${title} that applied '${namespace}' goes as soon as what applied it finds something again, and deletes what it applied: ${lost(loss)}.`;
    return asked
      ? `The ${title} that applied '${namespace}' goes, and asks somebody whether to delete what it applied. If that is confirmed, ${lost(loss)}.`
      : `The ${title} that applied '${namespace}' goes and deletes what it applied, whatever applies it next: ${lost(loss)}.`;
  }
  const successor = successorOf(loss, facts);
  if (isStuck === true)
    return `'${namespace}' leaves the ${title}, which finds nothing any more and fails. Once it finds something it prunes the namespace${successor === 'other' ? ', unless another has taken it over by then' : ''}: ${lost(loss)}.`;
  if (successor === 'other')
    return asked
      ? `'${namespace}' leaves the ${title}, which prunes it if somebody lets it before another has taken it over: ${lost(loss)}.`
      : `'${namespace}' leaves the ${title}, which prunes it when it is faster than the one that takes it over: ${lost(loss)}.`;
  const rest = successor === 'copy' ? ' What applies it elsewhere does not keep it there.' : '';
  return asked
    ? `'${namespace}' leaves the ${title}, which prunes it${whereOf(loss)} if somebody lets it: ${lost(loss)}.${rest}`
    : `'${namespace}' leaves the ${title}, which prunes it${whereOf(loss)}: ${lost(loss)}.${rest}`;
}

/** Our own units say what becomes of their objects in a config. */
const howToKeep = ({ engine, isOfSet }: Loss['unit']) => {
  if (isOfSet === true) return 'first set preserveResourcesOnDeletion: true in the ApplicationSet';
  return engine === 'flux'
    ? `first set deletionPolicy: Orphan in the Kustomization`
    : `first take the finalizer resources-finalizer.argocd.argoproj.io off the Application`;
};

function remedyFor(loss: NamespaceLoss, facts: Facts): string {
  const { namespace, unit, by, asked } = loss;
  const approval = approvalEntry(namespace, 'engine-handover');
  if (by === 'deletion' && asked)
    return `${loss.isStuck === true ? 'Take it back' : 'Confirm nothing'}, or ${howToKeep(unit)}, in a change of its own (\`gitops\` in config/cluster.ts: deletionPolicy: 'Orphan').`;
  if (by === 'deletion')
    return `Leave it where its engine finds it: a \`.sourceignore\` or a kustomization can hide it too. To let it go, ${howToKeep(unit)} (\`gitops\` in config/cluster.ts: deletionPolicy: 'Orphan'), in a change of its own, and wait until the live objects have it; or let the namespace go by name with ${approval}`;
  if (loss.isStuck === true)
    return `Once another has taken it over, let the ${unit.title} go in a change of its own.`;
  if (successorOf(loss, facts) === undefined)
    return asked
      ? `Keep it where the ${unit.title} finds it, or confirm nothing.`
      : `Keep it where the ${unit.title} finds it, or let it go by name with ${approval}`;
  const move = `Move it as docs/gitops.md of cdk8s-liqo says, "Moving a namespace"`;
  return asked
    ? `${move}, or confirm nothing until the other is in sync.`
    : `${move}, or let it go by name with ${approval}`;
}

/** Whether one kustomization at the top of the judged folder takes in both: then one unit applies them. */
const isOneBuild = (was: string, is: string, { view: { before, after } }: Facts) =>
  before.isBuilt('argocd', was) && after.isBuilt('argocd', is);

/** Whether it lies in the judged folder: a copy of that on disk may be laid out in another way. */
const isInPlace = (one: Manifest, view: EngineView) =>
  !fileOf(one).startsWith('<') && view.covers(fileOf(one)) && (one.appliedFrom === undefined || isLive(one));

/** Whether every unit that is known is of Flux: whatever applied a folder applies all that lies below it, too. */
const isOfFlux = ({ units: { before, after }, view }: Facts) => {
  const units = [...before.all, ...after.all].map(({ engine }) => engine);
  const engines = new Set(units.length === 0 ? view.before.engines : units);
  return engines.has('flux') && engines.size === 1;
};

/** A namespace leaves a folder, and what is known of nobody is which unit applied it so far. */
function isDoubtful({ was, now }: Moved, facts: Facts): boolean {
  const folder = dirname(fileOf(was));
  if (isOfFlux(facts) && now.some((one) => foldersOf(fileOf(one)).includes(folder))) return false;
  const { before, after } = facts.view;
  if (!isInPlace(was, before) || facts.units.before.applying(fileOf(was)).length > 0) return false;
  // A folder that was named stands for the judged one as it was: whoever names it points the engine there.
  if (!after.covers(fileOf(was))) return false;
  return now.every(
    (one) =>
      isInPlace(one, after) &&
      dirname(fileOf(one)) !== folder &&
      !isOneBuild(fileOf(was), fileOf(one), facts),
  );
}

/** The overlays beside an object that took it in, and do no more, where nothing is known that applies it. */
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
    message: `The kustomization in ${overlays.sort().join(', ')} no longer takes in '${namespace}': if it has an Application or a Kustomization of its own, that deletes ${what}.`,
    remedy: `Keep it there, or, if another takes it over, move it as docs/gitops.md of cdk8s-liqo says, "Moving a namespace".`,
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
  const move = 'Move it as docs/gitops.md of cdk8s-liqo says, "Moving a namespace".';
  const message =
    stays.length === now.length
      ? `'${namespace}' leaves the folder ${folders([was])} and stays in ${folders(now)}: if each has an Application or a Kustomization of its own, for a cluster of its own, the first one deletes ${what} there.`
      : `'${namespace}' moves from the folder ${folders([was])} to ${folders(now)}: if each has an Application or a Kustomization of its own, the first one deletes ${what} when it is faster than the other.`;
  return {
    namespace,
    message,
    remedy: facts.units.after.isEmpty
      ? `Say \`gitops\` in config/cluster.ts, or keep the Applications and Kustomizations in this repository, so that it is known. ${move}`
      : `The baseline does not tell what applies it so far. ${move}`,
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
  summary: 'The Application or Kustomization that applied a namespace loses it or goes.',
  why: 'An engine deletes by unit. If a namespace moves from one Application or Kustomization to another, both reconcile the same commit, in any order. When the one that loses it is first, it prunes it, and the twin namespaces go with all that is in them; when the other is first, it has taken it over, and nothing is pruned. A copy that another unit applies to another cluster keeps nothing on the first one. A unit that goes and deletes what it applied (Flux: `prune: true` or `deletionPolicy: Delete`; Argo CD: the finalizer `resources-finalizer.argocd.argoproj.io`; an ApplicationSet without `preserveResourcesOnDeletion`) deletes all of it, though Git still has it. So does one whose path changes, if it prunes. A unit goes, too, when no engine finds its own object any more (a kustomization lists it no longer, a `.sourceignore` or an annotation hides it), and with the Namespace that it lives in. Units are looked for in the whole repository, those that a unit applies too; which one it is, the baseline tells. This is destructive unless an annotation keeps the object or Argo CD asks somebody first. If no unit is known that applies a namespace, another folder is a warning, and so is an overlay that no longer takes it in.',
  source:
    'kustomize-controller internal/controller, prune and finalize; Argo CD, "Resource Tracking", "App Deletion" and "Application Pruning & Resource Deletion"; argo-cd controller/appcontroller.go (autoSync)',
  check: handovers,
};
