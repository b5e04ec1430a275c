// What a change does to the units themselves, and what each of them then does to an object that it applied.
import { join } from 'node:path/posix';
import {
  foldersOf,
  formAfter,
  holds,
  isForTheSame,
  type DeclaredUnit,
} from '../manifests/engines/declared-units';
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
  /** Whether Flux fetches any file of a folder of the unit, also below, whatever it is. */
  readonly isFetchedFor: (unit: DeclaredUnit) => boolean;
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
  const files = once(() => [...all(), ...(paths?.() ?? []).filter((path) => isSteering(path))]);
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
    isFetchedFor: ({ folders: places }) =>
      files().some((path) => places.some((at) => holds({ ...at, isDeep: true }, path))),
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

/** Of a unit that no unit known to us applies: somebody does it by hand, or something in another place. */
function fateUnapplied(unit: DeclaredUnit, form: DeclaredUnit | undefined): Fate {
  const isKept = pruningDisabledBy(unit.declared, []) !== undefined;
  if (form !== undefined || isKept) return { form: form ?? unit, asked: false, cause: unit };
  return { form, asked: pruningDelayedBy(unit.declared) !== undefined, cause: unit };
}

type End = Omit<Fate, 'form'>;

/** What those that apply an object do to it, undefined where they leave it. */
function endOf(place: Place, appliers: readonly DeclaredUnit[], ground: Ground, seen: Seen): End | undefined {
  const found = appliers.flatMap((one) => lossBy(one, place, ground, seen) ?? []);
  const [first] = found;
  return (
    first && {
      ...{ asked: found.every(({ asked }) => asked), cause: first.cause },
      isStuck: found.every(({ isStuck }) => isStuck === true),
    }
  );
}

/** The same of the Namespace that a unit lives in: all that is in it goes with it. */
function endOfHome(unit: DeclaredUnit, ground: Ground, seen: Seen): End | undefined {
  const { before, after } = ground.units;
  const { namespace } = unit.declared;
  const now = after.homes.get(namespace) ?? [];
  const ends = (before.homes.get(namespace) ?? []).flatMap((was): End[] => {
    const appliers = before.applying(fileOf(was));
    const end = endOf({ was, now }, appliers, ground, seen);
    if (end !== undefined) return [end];
    if (appliers.length > 0 || now.length > 0 || pruningDisabledBy(was, []) !== undefined) return [];
    return [{ asked: pruningDelayedBy(was) !== undefined, cause: unit }];
  });
  return ends[0];
}

/**
 * A unit is an object as others are: it goes when it leaves Git and is not kept, or when the unit that applies it goes and
 * deletes it or loses it, or with its Namespace.
 */
export function fateOf(unit: DeclaredUnit, ground: Ground, seen: Seen = new Set()): Fate {
  if (seen.has(unit)) return { form: unit, asked: false, cause: unit };
  const known = new Set([...seen, unit]);
  const fate = ownFateOf(unit, ground, known);
  const end = fate.form === undefined ? undefined : endOfHome(unit, ground, known);
  return end === undefined ? fate : { ...end, form: undefined };
}

function ownFateOf(unit: DeclaredUnit, ground: Ground, seen: Seen): Fate {
  const { units } = ground;
  const form = formAfter(unit, units);
  // The ApplicationSet is there, and makes it no more.
  if (form === undefined && units.after.setOf(unit) !== undefined) return { form, asked: false, cause: unit };
  // One that applies itself was applied by somebody else first.
  const appliers = units.before.applying(fileOf(unit.declared)).filter((one) => one !== unit);
  if (appliers.length === 0) return fateUnapplied(unit, form);
  const place = { was: unit.declared, now: form === undefined ? [] : [form.declared] };
  const end = endOf(place, appliers, ground, seen);
  if (end === undefined) return { form: form ?? unit, asked: false, cause: unit };
  return { ...end, form: undefined, cause: form === undefined ? unit : end.cause };
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

/**
 * Of a folder that is gone neither engine prunes. Of one that is there and gives nothing Argo CD prunes if it is told to, and
 * Flux always: it fills in what keeps kustomize from refusing an empty kustomization.
 * Source: fluxcd/pkg kustomize/kustomize_generator.go (GenerateManifest, findOrGenerateKustomization).
 */
const findsAnything = (unit: DeclaredUnit, known: Folders | undefined) =>
  known?.hasFor(unit) !== false ||
  (unit.engine === 'flux'
    ? known.isFetchedFor(unit)
    : allowsEmpty(unit) && unit.folders.some(({ folder }) => known.mayExist(folder)));

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
