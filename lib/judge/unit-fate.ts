// What a change does to the units themselves, and what each of them then does to an object that it applied.
import { join } from 'node:path/posix';
import { foldersOf, formAfter, isForTheSame, type DeclaredUnit } from '../manifests/engines/declared-units';
import { fileOf, valueAt, type Manifest } from '../manifests/manifest';
import { isSteering } from '../manifests/engines/steering-files';
import { once } from '../manifests/once';
import { isManifestFile } from '../manifests/read';
import type { Facts } from './rule';
import {
  deletionDelayedBy,
  keptAfter,
  keptFrom,
  pruningDelayedBy,
  pruningDisabledBy,
} from '../manifests/engines/signs';

/** What is known of the files that the new side has. */
export interface Folders {
  /** Whether a unit, in the form of either side, finds anything there. */
  readonly hasFor: (unit: DeclaredUnit) => boolean;
  /** Whether a folder, from the root of the repository, has any file, also below: git has no other folders. */
  readonly mayExist: (folder: string) => boolean;
}

/** @param manifests of the judged folder, on the new side */
export function foldersIn(
  manifests: readonly Manifest[],
  { view, units: { after }, paths }: Pick<Facts, 'view' | 'units' | 'paths'>,
): Folders {
  const judged = new Set(manifests.map(fileOf));
  const isJudged = (path: string) => view.after.covers(path) && isManifestFile(path);
  // The manifests of dist may be made in memory: what lies on disk of these says nothing.
  const all = once(() => [...judged, ...(paths?.() ?? []).filter((path) => !isJudged(path))]);
  const folders = once(() => new Set(all().flatMap(foldersOf)));
  const isUnknown = (folder: string) => paths === undefined && !view.after.covers(join(folder, 'any.yaml'));
  const known = new Map<DeclaredUnit, boolean>();
  const has = (unit: DeclaredUnit) =>
    unit.folders.some(({ folder }) => isUnknown(folder) || after.reach.takesAny(unit.engine, folder)) ||
    all().some((path) => isManifestFile(path) && !isSteering(path) && after.finds(unit, path));
  return {
    hasFor(unit) {
      const found = known.get(unit) ?? has(unit);
      known.set(unit, found);
      return found;
    },
    mayExist: (folder) => isUnknown(folder) || folders().has(folder),
  };
}

/** Where units are asked about. */
export interface Ground extends Pick<Facts, 'units'> {
  /** Undefined where it does not matter. */
  readonly folders?: Folders;
}

/** What becomes of a unit. */
export interface Fate {
  /** The form that the cluster has of it in the end; undefined where it goes. */
  readonly form: DeclaredUnit | undefined;
  /** Where it goes: whether somebody is asked before. */
  readonly asked: boolean;
  /** Where it goes: only once the unit that applied it finds something again. */
  readonly isStuck?: boolean;
  /** The unit whose own declaration starts it: this one, or one that applies it. */
  readonly cause: DeclaredUnit;
}

/** A deployed object, and where the new side declares it; nowhere where it leaves Git. */
export interface Place {
  readonly was: Manifest;
  readonly now: readonly Manifest[];
}

/** What a unit may do to an object that it no longer applies. */
export interface Loss {
  readonly unit: DeclaredUnit;
  /** By which of its two ways. */
  readonly by: 'pruning' | 'deletion';
  /** Whether somebody is asked before, or nobody can tell whether the unit applied it at all. */
  readonly asked: boolean;
  /** The unit, or the one that applied that, stays and finds nothing any more: it fails, and prunes once it finds something. */
  readonly isStuck?: boolean;
  readonly cause: DeclaredUnit;
}

type Seen = ReadonlySet<DeclaredUnit>;

const isSame = (one: DeclaredUnit, other: DeclaredUnit) =>
  one === other || (one.madeFor !== undefined && one.id === other.id);

/** The ApplicationSet is there and makes it no more, or its folder is gone. */
function isUnmade(unit: DeclaredUnit, form: DeclaredUnit | undefined, { units, folders }: Ground): boolean {
  if (!unit.id.startsWith('argocd/set/') || !units.after.declares(unit)) return false;
  const isEmptied = unit.madeFor !== undefined && folders !== undefined && !folders.mayExist(unit.madeFor);
  return form === undefined || isEmptied;
}

/** Of a unit that no unit known to us applies: somebody does it by hand, or something in another place. */
function fateUnapplied(unit: DeclaredUnit, form: DeclaredUnit | undefined): Fate {
  const isKept = pruningDisabledBy(unit.declared, []) !== undefined;
  if (form !== undefined || isKept) return { form: form ?? unit, asked: false, cause: unit };
  return { form, asked: pruningDelayedBy(unit.declared) !== undefined, cause: unit };
}

/**
 * A unit is an object as others are: it goes when it leaves Git and is not kept, or when the unit that applies it goes and
 * deletes it or loses it.
 */
export function fateOf(unit: DeclaredUnit, ground: Ground, seen: Seen = new Set()): Fate {
  if (seen.has(unit)) return { form: unit, asked: false, cause: unit };
  const { units } = ground;
  const form = formAfter(unit, units);
  if (isUnmade(unit, form, ground))
    return { form: unit.isKeptBySet === true ? unit : undefined, asked: false, cause: unit };
  // One that applies itself was applied by somebody else first.
  const appliers = units.before.applying(fileOf(unit.declared)).filter((one) => !isSame(one, unit));
  if (appliers.length === 0) return fateUnapplied(unit, form);
  const place = { was: unit.declared, now: form === undefined ? [] : [form.declared] };
  const found = appliers.flatMap((one) => lossBy(one, place, ground, new Set([...seen, unit])) ?? []);
  const [first] = found;
  if (first === undefined) return { form: form ?? unit, asked: false, cause: unit };
  const cause = form === undefined ? unit : first.cause;
  return {
    ...{ form: undefined, asked: found.every(({ asked }) => asked), cause },
    isStuck: found.every(({ isStuck }) => isStuck === true),
  };
}

/**
 * Whether a unit deletes all it applied where its folder gives nothing; one that is gone gives an error all the same.
 * Source: argo-cd controller/appcontroller.go (autoSync), util/app/path ("app path does not exist").
 */
export function allowsEmpty({ engine, declared: { body }, prunes }: DeclaredUnit): boolean {
  if (engine !== 'argocd' || prunes !== 'always') return false;
  const spec = valueAt(body, 'spec', 'template', 'spec') ?? valueAt(body, 'spec');
  return valueAt(spec, 'syncPolicy', 'automated', 'allowEmpty') === true;
}

/** Of a folder that is gone or empty neither engine prunes, unless it is told to. */
const findsAnything = (unit: DeclaredUnit, known: Folders | undefined) =>
  known?.hasFor(unit) !== false ||
  (allowsEmpty(unit) && unit.folders.some(({ folder }) => known.mayExist(folder)));

/** Whether another unit has the object then: what is suspended loses nothing that was taken over long before it goes on. */
const isTakenOver = ({ units }: Ground, form: DeclaredUnit | undefined, now: readonly Manifest[]) =>
  now.some((one) =>
    units.after.applying(fileOf(one)).some((other) => form === undefined || !isSame(other, form)),
  );

/** What a unit that applied an object does to it now, undefined where it goes on applying it or leaves it. */
export function lossBy(
  unit: DeclaredUnit,
  { was, now }: Place,
  ground: Ground,
  seen: Seen = new Set(),
): Loss | undefined {
  const isOfArgoCD = unit.engine === 'argocd';
  const { form, asked, cause, isStuck: isWaiting } = fateOf(unit, ground, seen);
  const isDeleting = form === undefined && unit.deletes && !unit.isSuspended;
  const isPerhaps = unit.isPerhaps === true;
  if (isDeleting && keptAfter(unit.engine, was) === undefined) {
    const isAsked = asked || isPerhaps || (isOfArgoCD && deletionDelayedBy(was) !== undefined);
    return { unit, by: 'deletion', asked: isAsked, isStuck: isWaiting, cause };
  }
  // It meets the change in the form that it has before, after, or first in the one and then in the other.
  const finds = (one: DeclaredUnit) => now.some((place) => ground.units.after.finds(one, fileOf(place)));
  // Of another source nobody knows what it holds at that path: that is said of the unit, once.
  const isAppliedStill = form !== undefined && (form.isElsewhere === true || finds(form));
  const isLate = (one: DeclaredUnit) => one.isSuspended && isTakenOver(ground, form, now);
  const prunes = [
    finds(unit) || isLate(unit) || !findsAnything(unit, ground.folders) ? 'never' : unit.prunes,
    isAppliedStill || form === undefined || isLate(form) ? 'never' : form.prunes,
  ];
  if (keptFrom(unit.engine, was) !== undefined || prunes.every((one) => one === 'never')) return undefined;
  const isStuck = form !== undefined && isForTheSame(form, unit) && !findsAnything(form, ground.folders);
  const isConfirmed = isPerhaps || isStuck || (isOfArgoCD && pruningDelayedBy(was) !== undefined);
  return { unit, by: 'pruning', asked: isConfirmed || !prunes.includes('always'), isStuck, cause };
}
