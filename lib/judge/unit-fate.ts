// What a change does to the units (Applications and Kustomizations), and what each then does to an object that it applied.
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

/** What is known about the files of the new side. */
export interface Folders {
  /** Whether a unit, in its old or new form, finds anything there. */
  readonly hasFor: (unit: DeclaredUnit) => boolean;
  /** Whether a folder, from the root of the repository, has any file in it or below: git has no empty folders. */
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
  // The manifests of dist may be compiled in memory: those on disk do not count.
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

/** The context for questions about units. */
export interface Ground extends Pick<Facts, 'units'> {
  /** Undefined if it does not matter. */
  readonly folders?: Folders;
}

/** What happens to a unit. */
export interface Fate {
  /** Its final form in the cluster; undefined if it is removed. */
  readonly form: DeclaredUnit | undefined;
  /** If it is removed: whether the engine waits for a confirmation. */
  readonly asked: boolean;
  /** If it is removed: only once the unit that applied it finds manifests again. */
  readonly isStuck?: boolean;
  /** The unit whose own change causes it: this one, or one that applies it. */
  readonly cause: DeclaredUnit;
}

/** A deployed object, and where the new side declares it; empty if it is removed from Git. */
export interface Place {
  readonly was: Manifest;
  readonly now: readonly Manifest[];
}

/** How a unit may delete an object that it no longer applies. */
export interface Loss {
  readonly unit: DeclaredUnit;
  /** The unit prunes it, or is deleted itself. */
  readonly by: 'pruning' | 'deletion';
  /** Whether the engine waits for a confirmation, or it is unknown whether the unit applied it at all. */
  readonly asked: boolean;
  /** The unit, or the one that applied it, stays but finds no manifests: it fails, and prunes once it finds some. */
  readonly isStuck?: boolean;
  readonly cause: DeclaredUnit;
}

type Seen = ReadonlySet<DeclaredUnit>;

/** The fate of a unit that no known unit applies. */
function fateUnapplied(unit: DeclaredUnit, form: DeclaredUnit | undefined): Fate {
  const isKept = pruningDisabledBy(unit.declared, []) !== undefined;
  if (form !== undefined || isKept) return { form: form ?? unit, asked: false, cause: unit };
  return { form, asked: pruningDelayedBy(unit.declared) !== undefined, cause: unit };
}

type End = Omit<Fate, 'form'>;

/** What the units that apply an object do to it; undefined if they keep it. */
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

/** The same for the Namespace of a unit: everything in it is deleted with it. */
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
 * A unit is an object like any other: it is removed if Git no longer has it and nothing keeps it, if the unit that applies
 * it deletes or loses it, or with its Namespace.
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
  // The ApplicationSet stays but no longer generates it.
  if (form === undefined && units.after.setOf(unit) !== undefined) return { form, asked: false, cause: unit };
  // One that applies itself was first applied by something else.
  const appliers = units.before.applying(fileOf(unit.declared)).filter((one) => one !== unit);
  if (appliers.length === 0) return fateUnapplied(unit, form);
  const place = { was: unit.declared, now: form === undefined ? [] : [form.declared] };
  const end = endOf(place, appliers, ground, seen);
  if (end === undefined) return { form: form ?? unit, asked: false, cause: unit };
  return { ...end, form: undefined, cause: form === undefined ? unit : end.cause };
}

/**
 * Whether a unit deletes everything it applied if its folder is empty; a missing folder is still an error.
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

/** Whether another unit takes over the object: a suspended unit resumes only long after that, and so loses nothing. */
const isTakenOver = ({ units }: Ground, form: DeclaredUnit | undefined, now: readonly Manifest[]) =>
  now.some((one) => units.after.applying(fileOf(one)).some((other) => other !== form));

/** How a unit that applied an object deletes it; undefined if it still applies or keeps it. */
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
  // It reconciles the change in its old form, its new form, or first one and then the other.
  const finds = (one: DeclaredUnit) => now.some((place) => ground.units.after.finds(one, fileOf(place)));
  // What another source holds at that path is unknown: engine-source-changed reports it.
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
