// What engines make of the judged folder, on both sides of a change.
import { join, posix } from 'node:path';
import { InputError } from '../input/error';
import type { Baseline } from '../manifests/baseline';
import { UNIT_FOLDERS } from '../manifests/dist';
import { DeclaredUnits, isOfUnits } from '../manifests/engines/declared-units';
import { RepositoryFiles } from '../manifests/engines/application-set';
import { EngineView, type EngineViewSource } from '../manifests/engines/engine-view';
import { ENGINES, type Engine } from '../manifests/engines/engines';
import { templatesIn } from '../manifests/engines/read-folder';
import {
  ignoreFilesFor,
  isKustomization,
  steeringIn,
  type SteeringFile,
} from '../manifests/engines/steering-files';
import { allFiles, kindOnDisk, readFile } from '../manifests/folder';
import { fileOf, type Manifest } from '../manifests/manifest';
import { decode, isManifestFile, type Unread } from '../manifests/read';
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

/** What decided it at the baseline. Where that is no commit, nobody knows that a file beside the folder is new. */
function steeringThen(ours: readonly SteeringFile[], folder: string, { kind, steering }: Baseline) {
  if (kind !== 'folder' || steering === undefined) return steering ?? ours;
  const beside = ours.filter(({ path }) => posix.relative(folder, path).startsWith('../'));
  return [...beside, ...steering];
}

/** Of the engines' own objects on one side: whether they find one, and the first reason why nobody can tell. */
function finderIn(prefix: string, steering: readonly SteeringFile[]) {
  const views = UNIT_FOLDERS.map(
    (folder) => new EngineView({ folder: prefix + folder, steering, known: ENGINES }),
  );
  return ({ kind, source: { file } }: Manifest) => {
    const engine = kind.startsWith('Application') ? 'argocd' : 'flux';
    const view = views.find((one) => one.covers(file));
    return {
      isFound: view?.placeOf(engine, file) === undefined,
      unclear: view?.unclear([engine])[0],
    };
  };
}

/** Those that they still find as they were. @throws InputError where nobody knows any more what an engine makes of one */
function stillFound(
  units: readonly Manifest[],
  then: ReturnType<typeof finderIn>,
  now: ReturnType<typeof finderIn>,
): Manifest[] {
  return units.filter((unit) => {
    const [was, is] = [then(unit), now(unit)];
    if (is.unclear === undefined) return is.isFound && was.unclear === undefined; // it may have been another object so far
    if (was.unclear !== undefined) return is.isFound;
    throw new InputError({
      message: `nobody can tell any more what an engine makes of ${unit.kind} '${unit.name}': ${is.unclear.why}`,
      file: is.unclear.file,
      remedy: 'take it back; the engines apply their own folder below gitops/ as it is',
    });
  });
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
const filesNow = ({ checkout: { top }, manifests }: NewSide, isJudged: (path: string) => boolean) =>
  new RepositoryFiles(
    () => [
      ...allFiles(top).filter((path) => !(isJudged(path) && isManifestFile(path))),
      ...manifests.map(fileOf),
    ],
    (paths) =>
      paths
        .filter((path) => kindOnDisk(join(top, path)) === 'file')
        .map((path) => ({ path, text: readFile(join(top, path)).toString() })),
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
  const read = [
    ...steeringOnDisk(top, judged, side.steering),
    ...UNIT_FOLDERS.flatMap((one) => steeringOnDisk(top, prefix + one)),
  ];
  const now = [...new Map(read.map((one) => [one.path, one])).values()];
  const then = steeringThen(now, judged, main);
  const place = { checkout: side.checkout, known: side.known, isJudged: isInside(judged) };
  const [was, is] = [finderIn(prefix, then), finderIn(prefix, now)];
  const declared = main.units ?? main.manifests.filter(isOfUnits);
  const urls = [...(repository?.urls() ?? []), ...(side.repoURL === undefined ? [] : [side.repoURL])];
  const unitsIn = (found: readonly Manifest[], steering: readonly SteeringFile[], files: RepositoryFiles) =>
    new DeclaredUnits(found, {
      ...{ urls, files },
      kustomizations: steering.filter(({ path }) => isKustomization(path)),
    });
  const units = {
    before: unitsIn(
      declared.filter((unit) => was(unit).isFound),
      then,
      main.repositoryFiles ?? filesOf(main),
    ),
    after: unitsIn(
      stillFound(unitsNow(side, declared, place), was, is),
      now,
      main.repositoryFiles === undefined ? filesOf(side) : filesNow(side, place.isJudged),
    ),
  };
  const known = enginesOf(side, main, units);
  const view = {
    before: readable(
      {
        folder: main.folder ?? judged,
        steering: then,
        units: units.before,
        known,
        manifests: main.manifests,
        texts: main.texts,
      },
      main.unread,
      side,
    ),
    after: readable(
      {
        folder: judged,
        steering: now,
        units: units.after,
        known,
        manifests: side.manifests,
        texts: side.texts,
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
