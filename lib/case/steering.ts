// What engines make of the judged folder, on both sides of a change.
import { statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { InputError } from '../input/error';
import type { Baseline } from '../manifests/baseline';
import { UNIT_FOLDERS } from '../manifests/dist';
import { DeclaredUnits, isOfUnits, type UnitContext } from '../manifests/engines/declared-units';
import { EngineView } from '../manifests/engines/engine-view';
import { ENGINES, type Engine } from '../manifests/engines/engines';
import {
  ignoreFilesFor,
  isSteering,
  steeringIn,
  type SteeringFile,
} from '../manifests/engines/steering-files';
import { unclearBeside } from '../manifests/engines/unclear-beside';
import { kindOnDisk, readFile } from '../manifests/folder';
import { fileOf, identityOf, type Manifest } from '../manifests/manifest';
import { decode, MAX_FILE_SIZE } from '../manifests/read';
import type { Checkout } from './checkout';
import type { NewSide } from './new-side';
import { besideOf, unitsNow } from './units';

/** What of the work tree decides what engines apply of a folder, on the way to it and below it. @throws InputError for a link */
function steeringOnDisk(root: string, folder: string, read?: readonly SteeringFile[]): SteeringFile[] {
  const isThere = kindOnDisk(join(root, folder)) === 'folder';
  const inside = read ?? (isThere ? steeringIn(join(root, folder), (file) => posix.join(folder, file)) : []);
  const known = new Set(inside.map(({ path }) => path));
  const onTheWay = ignoreFilesFor(folder).flatMap((path) => {
    const kind = kindOnDisk(join(root, path));
    if (kind === undefined || known.has(path)) return [];
    if (kind === 'file') return [{ path, text: decode(path, readFile(join(root, path))) }];
    throw new InputError({
      message: 'this decides what an engine applies, and is no regular file',
      file: path,
      remedy: 'commit the file itself',
    });
  });
  return [...onTheWay, ...inside];
}

/** What steers engines in the rest of the repository. Where it is no text, it is left to those whose it is. */
function besideOnDisk({ top, paths }: Checkout, known: readonly SteeringFile[]): SteeringFile[] {
  const read = new Set(known.map(({ path }) => path));
  return textsOnDisk(top)(paths().filter((path) => isSteering(path) && !read.has(path)));
}

/** Reads files of the work tree that nobody has to be able to read, as far as they are of a size that is read. */
const textsOnDisk = (top: string) => (paths: readonly string[]) =>
  paths
    .map((path) => ({ path, file: join(top, path) }))
    .filter(({ file }) => kindOnDisk(file) === 'file' && statSync(file).size <= MAX_FILE_SIZE)
    .map(({ path, file }) => ({ path, text: readFile(file).toString() }));

/** What decided it at the baseline. Where that is no commit, nobody knows that a file beside the folder is new. */
function steeringThen(ours: readonly SteeringFile[], folder: string, { kind, steering, anywhere }: Baseline) {
  if (steering === undefined) return ours;
  const others =
    kind === 'folder'
      ? ours.filter(({ path }) => posix.relative(folder, path).startsWith('../'))
      : (anywhere?.steering() ?? []);
  const known = new Set(steering.map(({ path }) => path));
  return [...others.filter(({ path }) => !known.has(path)), ...steering];
}

/**
 * The units of both sides, without those whose object no engine finds. Of one that no known unit has to apply, nobody knows
 * that it was found: it goes where it stood before and something now speaks against it.
 */
function unitsOf(
  then: readonly Manifest[],
  now: readonly Manifest[],
  before: UnitContext,
  after: UnitContext,
) {
  const [was, is] = [new DeclaredUnits(then, before), new DeclaredUnits(now, after)];
  const stood = new Set(then.filter((one) => was.isApplied(one)).map(identityOf));
  const left = then.filter((one) => was.isApplied(one) || !was.isReached(one));
  const found = now.filter((one) => is.isApplied(one) || (!is.isReached(one) && !stood.has(identityOf(one))));
  return {
    before: left.length === then.length ? was : new DeclaredUnits(left, before),
    after: found.length === now.length ? is : new DeclaredUnits(found, after),
  };
}

/** The engines that a config names, and those that have a unit which applies something of what is judged. */
function enginesOf(
  { engines, manifests }: NewSide,
  main: Baseline,
  units: Readonly<Record<'before' | 'after', DeclaredUnits>>,
): Engine[] {
  const applying = [[units.before, main.manifests] as const, [units.after, manifests] as const].flatMap(
    ([side, all]) =>
      side.isEmpty
        ? []
        : [...new Set(all.map(fileOf))].flatMap((file) => side.applying(file).map(({ engine }) => engine)),
  );
  return ENGINES.filter((engine) => engines.includes(engine) || applying.includes(engine));
}

/** @throws InputError for a file that cannot be read for certain */
export function viewsOf(side: NewSide, main: Baseline) {
  const { prefix, top, repository } = side.checkout;
  const judged = posix.join(prefix, side.folder);
  const place = { checkout: side.checkout, known: side.known, isJudged: isInside(judged) };
  const declared = main.units ?? main.manifests.filter(isOfUnits);
  const present = unitsNow(side, declared, place);
  const own = [
    ...steeringOnDisk(top, judged, side.steering),
    ...UNIT_FOLDERS.flatMap((one) => steeringOnDisk(top, prefix + one)),
  ];
  const hasUnits = declared.length + present.length > 0;
  const read = [...own, ...(hasUnits ? besideOnDisk(side.checkout, own) : [])];
  const now = [...new Map(read.map((one) => [one.path, one])).values()];
  const then = steeringThen(now, judged, hasUnits ? main : { ...main, anywhere: undefined });
  const urls = [...(repository?.urls() ?? []), ...(side.repoURL === undefined ? [] : [side.repoURL])];
  const units = unitsOf(declared, present, { urls, steering: then }, { urls, steering: now });
  const known = enginesOf(side, main, units);
  const onDisk = textsOnDisk(top);
  const besideThen = {
    ...{ units: units.before, manifests: main.manifests, covers: place.isJudged },
    texts: main.anywhere?.texts ?? onDisk,
  };
  const besideNow = {
    ...{ units: units.after, manifests: side.manifests, covers: place.isJudged, texts: onDisk },
  };
  const view = {
    before: new EngineView({
      ...{ folder: main.folder ?? judged, steering: then, units: units.before, known },
      ...{ manifests: main.manifests, texts: main.texts, beside: unclearBeside(besideThen) },
    }),
    after: new EngineView({
      ...{ folder: judged, steering: now, units: units.after, known },
      ...{ manifests: side.manifests, texts: side.texts, beside: unclearBeside(besideNow) },
    }),
  };
  return { view, beside: besideOf(main, place) };
}

const isInside = (folder: string) => {
  const top = posix.normalize(`${folder}/`);
  return (path: string) => top === './' || top === '/' || path.startsWith(top);
};
