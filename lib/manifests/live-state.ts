// What a cluster holds of the objects that a folder of Git is about: the live form of what Git declares, and what an engine
// that applies the folder would still prune.
import type { Baseline } from './baseline';
import { groupBy } from './group';
import { asDeclared, isLive, isTerminating } from './live-object';
import { identityOf, labelsOf, type Manifest } from './manifest';
import { INSTANCE_LABEL, isOfHelm, unitsOf, type Unit } from './engines/tracking';

/** What was found among live objects. */
export interface LiveState {
  /** The old side of a change. */
  readonly manifests: readonly Manifest[];
  /** How many objects are live. */
  readonly live: number;
  /** How many of those are pruned once Git no longer declares them. */
  readonly removable: number;
  /** How many that Git declares are not among them, and are taken to be as Git has them. */
  readonly assumed: number;
  /** What the main branch declares and the change does not, is live, and no engine's sign is on: it is taken to stay. */
  readonly untracked: readonly string[];
  /** Other units that track live objects, sorted, and of how many. */
  readonly others: { readonly titles: readonly string[]; readonly objects: number };
}

/** Live objects beside the forms that Git has of them, by identity. */
interface Sides {
  readonly wanted: ReadonlyMap<string, readonly Manifest[]>;
  readonly committed: ReadonlyMap<string, readonly Manifest[]>;
}

const formsOf = (live: Manifest, { wanted, committed }: Sides) =>
  [wanted, committed].flatMap((side) => side.get(identityOf(live)) ?? []);

/**
 * Whether a sign on an object that Git declares is the engine's. A label that Helm writes, or Git itself, tells nothing of
 * the unit that applies it.
 */
function proves(live: Manifest, { certain }: Unit, forms: readonly Manifest[]): boolean {
  if (certain) return true;
  const label = labelsOf(live).get(INSTANCE_LABEL);
  return !installedByHelm(live, forms) && forms.every((form) => labelsOf(form).get(INSTANCE_LABEL) !== label);
}

/** What Git says itself, as the output of `helm template` does, is no sign that Helm installed the object. */
const installedByHelm = (live: Manifest, forms: readonly Manifest[]) =>
  isOfHelm(live) && !forms.some(isOfHelm);

/** The units that apply the folder: those that track something that it declares, or declared. */
function ownUnits(live: readonly Manifest[], sides: Sides): Set<string> {
  const units = live.flatMap((one) => {
    const forms = formsOf(one, sides);
    return forms.length === 0 ? [] : unitsOf(one).filter((unit) => proves(one, unit, forms));
  });
  return new Set(units.map(({ id }) => id));
}

/** Whether the object is pruned by its engine once Git no longer declares it, so far as its signs tell. */
function isTracked(live: Manifest, own: ReadonlySet<string>, { committed }: Sides): boolean {
  const ofHelm = installedByHelm(live, committed.get(identityOf(live)) ?? []);
  // What was applied from Git is tracked by whatever tracks it; with a label that Git itself may have set, rather so than not.
  const units = unitsOf(live);
  if (!committed.has(identityOf(live))) return units.some(({ id }) => own.has(id));
  // Where nothing of Git's carries a sign, whatever applies it leaves none that is known, and may prune all the same.
  if (units.length === 0) return own.size === 0 && !ofHelm;
  return units.some(({ certain }) => certain || !ofHelm);
}

/** Those that the folder held at some commit; all where its history does not tell. */
function everHeld(candidates: readonly Manifest[], { past }: Baseline): readonly Manifest[] {
  if (candidates.length === 0 || past === undefined) return candidates;
  const { steps, complete } = past(candidates);
  const held = (one: Manifest) =>
    steps.get(identityOf(one))?.some(({ manifests }) => manifests.length > 0) === true;
  return candidates.filter((one) => !complete || held(one));
}

/** Units that have nothing to do with the folder. */
function otherUnits(live: readonly Manifest[], own: ReadonlySet<string>): LiveState['others'] {
  const foreign = live.flatMap((one) => {
    const units = unitsOf(one);
    return units.length > 0 && units.every(({ id, certain }) => certain && !own.has(id)) ? [units] : [];
  });
  const titles = new Set(foreign.flat().map(({ title }) => title));
  return { titles: [...titles].sort(), objects: foreign.length };
}

/**
 * The old side of a change where live objects are given: each that Git declares in its live form, those that are pruned
 * because Git no longer does, and what Git declares and was not given, as Git has it. Of what Git never declared, only what
 * a unit that applies the folder tracks can be pruned by it, and only where the folder once held it: the unit may apply
 * other folders as well. What is being deleted already is not deleted by a change.
 * @param given live objects, and others, which are taken as they are
 * @param wanted what the change declares
 * @param main where it would be merged into
 */
export function liveState(
  given: readonly Manifest[],
  wanted: readonly Manifest[],
  main: Baseline,
): LiveState {
  const live = given.filter(isLive);
  const sides: Sides = {
    wanted: groupBy(wanted, identityOf),
    committed: groupBy(main.manifests, identityOf),
  };
  const own = ownUnits(live, sides);
  const tracked = live.filter((one) => isTracked(one, own, sides));
  const isDeclared = (one: Manifest) => formsOf(one, sides).length > 0;
  const leftOver = everHeld(
    tracked.filter((one) => !isDeclared(one)),
    main,
  );
  const removable = new Set([...tracked.filter(isDeclared), ...leftOver]);
  const seen = new Set(given.map(identityOf));
  const stays = (one: Manifest) =>
    sides.committed.has(identityOf(one)) &&
    !sides.wanted.has(identityOf(one)) &&
    !removable.has(one) &&
    !isTerminating(one);
  const deployed = live.flatMap((one) => {
    const [committed] = sides.committed.get(identityOf(one)) ?? [];
    const appliedFrom = committed?.appliedFrom ?? committed?.source.file;
    if (sides.wanted.has(identityOf(one))) return [{ ...asDeclared(one, formsOf(one, sides)), appliedFrom }];
    return removable.has(one) && !isTerminating(one) ? [{ ...one, appliedFrom }] : [];
  });
  const assumed = main.manifests.filter((one) => !seen.has(identityOf(one)));
  return {
    manifests: [...given.filter((one) => !isLive(one)), ...deployed, ...assumed],
    live: live.length,
    removable: removable.size,
    assumed: assumed.length,
    untracked: live.filter(stays).map(({ kind, namespace, name }) => `${kind} '${namespace || name}'`),
    others: otherUnits(live, own),
  };
}

/** How many units are named. */
const NAMED = 3;

/** One sentence for people, without its end: what was judged against. */
export function liveText(state: LiveState, of: string, main: string): string {
  const { live, removable, assumed, others, untracked } = state;
  const more = others.titles.length - NAMED;
  const named = others.titles.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
  const foreign =
    others.objects === 0 ? '' : `; ${others.objects} tracked by ${named}, not known to apply this folder`;
  const loose = untracked.length - NAMED;
  const left =
    untracked.length === 0
      ? ''
      : `; ${untracked.slice(0, NAMED).join(', ')}${loose > 0 ? ` and ${loose} more` : ''}, which the change drops, tracked by nothing, and so taken to stay`;
  const rest = assumed === 0 ? '' : `, and ${main} for ${assumed} that are not among them`;
  return `the live objects of ${of} (${live}, of which ${removable} can be removed${foreign}${left})${rest}`;
}
