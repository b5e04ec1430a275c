// What a change does to the units themselves, and what each of them then does to an object that it applied.
import { join } from 'node:path/posix';
import {
  formAfter,
  holds,
  isForTheSame,
  type DeclaredUnit,
  type UnitFolder,
} from '../manifests/engines/declared-units';
import { fileOf, type Manifest } from '../manifests/manifest';
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
  /** Whether a unit finds a file in a folder. Of one beside the judged folder that is not known. */
  readonly mayHold: (at: UnitFolder) => boolean;
}

/** @param covers whether a path lies in the judged folder, whose files are all known */
export function foldersIn(manifests: readonly Manifest[], covers: (path: string) => boolean): Folders {
  const files = [...new Set(manifests.map(fileOf))];
  return {
    mayHold: (at) => !covers(join(at.folder, 'any.yaml')) || files.some((file) => holds(at, file)),
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
  /** The unit stays, and finds nothing any more: it fails, and prunes once it finds something. */
  readonly isStuck?: boolean;
  readonly cause: DeclaredUnit;
}

type Seen = ReadonlySet<DeclaredUnit>;

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
  // The ApplicationSet is there, and makes it no more.
  if (form === undefined && units.after.setOf(unit) !== undefined) return { form, asked: false, cause: unit };
  // One that applies itself was applied by somebody else first.
  const appliers = units.before.applying(fileOf(unit.declared)).filter((one) => one !== unit);
  if (appliers.length === 0) return fateUnapplied(unit, form);
  const place = { was: unit.declared, now: form === undefined ? [] : [form.declared] };
  const found = appliers.flatMap((one) => lossBy(one, place, ground, new Set([...seen, unit])) ?? []);
  const [first] = found;
  if (first === undefined) return { form: form ?? unit, asked: false, cause: unit };
  const cause = form === undefined ? unit : first.cause;
  return { form: undefined, asked: found.every(({ asked }) => asked), cause };
}

/** Of a folder that is gone or empty neither engine prunes. */
const findsAnything = ({ folders }: DeclaredUnit, known: Folders | undefined) =>
  known === undefined || folders.some(known.mayHold);

/** Whether another unit has the object then: what is suspended loses nothing that was taken over long before it goes on. */
const isTakenOver = ({ units }: Ground, form: DeclaredUnit | undefined, now: readonly Manifest[]) =>
  now.some((one) => units.after.applying(fileOf(one)).some((other) => other !== form));

/** What a unit that applied an object does to it now, undefined where it goes on applying it or leaves it. */
export function lossBy(
  unit: DeclaredUnit,
  { was, now }: Place,
  ground: Ground,
  seen: Seen = new Set(),
): Loss | undefined {
  const isOfArgoCD = unit.engine === 'argocd';
  const { form, asked, cause } = fateOf(unit, ground, seen);
  const isDeleting = form === undefined && unit.deletes && !unit.isSuspended;
  const isPerhaps = unit.isPerhaps === true;
  if (isDeleting && keptAfter(unit.engine, was) === undefined) {
    const isAsked = asked || isPerhaps || (isOfArgoCD && deletionDelayedBy(was) !== undefined);
    return { unit, by: 'deletion', asked: isAsked, cause };
  }
  // It meets the change in the form that it has before, after, or first in the one and then in the other.
  const finds = (one: DeclaredUnit) => now.some((place) => ground.units.after.finds(one, fileOf(place)));
  // Of another source nobody knows what it holds at that path: that is said of the unit, once.
  const isAppliedStill = form !== undefined && (form.isElsewhere === true || finds(form));
  const isWaiting = (one: DeclaredUnit) => one.isSuspended && isTakenOver(ground, form, now);
  const prunes = [
    finds(unit) || isWaiting(unit) || !findsAnything(unit, ground.folders) ? 'never' : unit.prunes,
    isAppliedStill || form === undefined || isWaiting(form) ? 'never' : form.prunes,
  ];
  if (keptFrom(unit.engine, was) !== undefined || prunes.every((one) => one === 'never')) return undefined;
  const isStuck = form !== undefined && isForTheSame(form, unit) && !findsAnything(form, ground.folders);
  const isConfirmed = isPerhaps || isStuck || (isOfArgoCD && pruningDelayedBy(was) !== undefined);
  return { unit, by: 'pruning', asked: isConfirmed || !prunes.includes('always'), isStuck, cause };
}
