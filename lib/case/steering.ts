// What engines make of the judged folder, on both sides of a change.
import { statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { InputError } from '../input/error';
import type { Baseline } from '../manifests/baseline';
import { UNIT_FOLDERS } from '../manifests/dist';
import { DeclaredUnits, isOfUnits, type UnitContext } from '../manifests/engines/declared-units';
import { RepositoryFiles } from '../manifests/engines/application-set';
import { EngineView, type EngineViewSource } from '../manifests/engines/engine-view';
import { ENGINES, type Engine } from '../manifests/engines/engines';
import { templatesIn } from '../manifests/engines/read-folder';
import {
  ignoreFilesFor,
  isSteering,
  steeringIn,
  type SteeringFile,
} from '../manifests/engines/steering-files';
import { unclearBeside } from '../manifests/engines/unclear-beside';
import { kindOnDisk, readFile } from '../manifests/folder';
import { fileOf, identityOf, type Manifest } from '../manifests/manifest';
import { decode, isManifestFile, MAX_FILE_SIZE, type Unread } from '../manifests/read';
import type { NewSide } from './new-side';
import { besideOf, homesNow, unitsNow } from './units';

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
      message: 'this decides what an engine applies, but is not a regular file',
      file: path,
      remedy: 'commit the file itself',
    });
  });
  return [...onTheWay, ...inside];
}

/** What steers engines in the rest of a repository. Where it is no text, it is left to those whose it is. */
function steeringBeside(files: RepositoryFiles, own: readonly SteeringFile[]): readonly SteeringFile[] {
  const known = new Set(own.map(({ path }) => path));
  return files.read(files.paths.filter((path) => isSteering(path) && !known.has(path)));
}

/** Reads files of the work tree that nobody has to be able to read, as far as they are of a size that is read. */
const textsOnDisk = (top: string) => (paths: readonly string[]) =>
  paths
    .map((path) => ({ path, file: join(top, path) }))
    .filter(({ file }) => kindOnDisk(file) === 'file' && statSync(file).size <= MAX_FILE_SIZE)
    .map(({ path, file }) => ({ path, text: readFile(file).toString() }));

/** What decided it at the baseline. Where that is no commit, nobody knows that a file beside the folder is new. */
function steeringThen(
  ours: readonly SteeringFile[],
  folder: string,
  { steering, repositoryFiles }: Baseline,
  hasUnits: boolean,
) {
  if (steering === undefined) return ours;
  if (repositoryFiles !== undefined)
    return [...steering, ...(hasUnits ? steeringBeside(repositoryFiles, steering) : [])];
  return [...ours.filter(({ path }) => posix.relative(folder, path).startsWith('../')), ...steering];
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

/** What is known of a repository of which only the judged folder is. */
const filesOf = ({ manifests }: Pick<Baseline, 'manifests'>) =>
  new RepositoryFiles(
    () => manifests.map(fileOf),
    () => [],
  );

/** What lies in the work tree, with the judged manifests as they would be. */
const filesNow = ({ checkout: { top, paths }, manifests }: NewSide, isJudged: (path: string) => boolean) =>
  new RepositoryFiles(
    () => [
      ...paths().filter((path) => !(isJudged(path) && isManifestFile(path))),
      ...new Set(manifests.map(fileOf)),
    ],
    textsOnDisk(top),
  );

/** @throws InputError where an engine has to read what nobody can */
function readable(
  source: EngineViewSource,
  unread: readonly Unread[] | undefined,
  other: Pick<Baseline, 'manifests'>,
) {
  const view = new EngineView(source);
  const templates = templatesIn(unread ?? [], view, other.manifests);
  return templates.length === 0 ? view : new EngineView({ ...source, templates });
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
  const files = filesNow(side, place.isJudged);
  const hasUnits = declared.length + present.length > 0;
  const now = [...new Map(own.map((one) => [one.path, one])).values()];
  if (hasUnits) now.push(...steeringBeside(files, now));
  const then = steeringThen(now, judged, main, hasUnits);
  const urls = [...(repository?.urls() ?? []), ...(side.repoURL === undefined ? [] : [side.repoURL])];
  const homes = homesNow(declared, side, place);
  const { repositoryFiles } = main;
  const units = unitsOf(
    [...declared, ...(main.homes?.(declared) ?? homes)],
    [...present, ...homes],
    { urls, steering: then, files: repositoryFiles ?? filesOf(main) },
    { urls, steering: now, files: repositoryFiles === undefined ? filesOf(side) : files },
  );
  const known = enginesOf(side, main, units);
  const common = { covers: place.isJudged };
  const besideThen = {
    ...{ ...common, units: units.before, manifests: main.manifests },
    texts: (repositoryFiles ?? files).read,
  };
  const besideNow = { ...common, units: units.after, manifests: side.manifests, texts: files.read };
  const view = {
    before: readable(
      {
        ...{ folder: main.folder ?? judged, steering: then, units: units.before, known },
        ...{ manifests: main.manifests, texts: main.texts, beside: unclearBeside(besideThen) },
      },
      main.unread,
      side,
    ),
    after: readable(
      {
        ...{ folder: judged, steering: now, units: units.after, known },
        ...{ manifests: side.manifests, texts: side.texts, beside: unclearBeside(besideNow) },
      },
      side.unread,
      main,
    ),
  };
  return { view, beside: besideOf(main, place) };
}

const isInside = (folder: string) => {
  const top = posix.normalize(`${folder}/`);
  return (path: string) => top === './' || top === '/' || path.startsWith(top);
};
