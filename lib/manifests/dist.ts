// What is published: the dist folder, and beside it kustomize Components and the GitOps engines' own objects. What lies there,
// which files are ours, and replacing them all or not at all.
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync, type Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf, InputError, messageOf } from '../input/error';
import { SKIPPED } from './engines/engines';
import { isSteering } from './engines/steering-files';
import { kindOnDisk, listFiles, readFile, reading } from './folder';
import { isManifestFile } from './read';
import { isLeftover, TEMPORARY, temporaryFor } from './temporary';
import { isOurs } from './write';

/** The folder of kustomize Components, each in a folder of its own. What else lies there is none of our business. */
export const COMPONENTS = 'components';
/** The folder of the engines' own objects, with a folder for each engine. What else lies there is none of our business. */
export const GITOPS = 'gitops';
/** Where their Applications and Kustomizations lie. */
export const UNIT_FOLDERS: readonly string[] = [`${GITOPS}/argocd`, `${GITOPS}/flux`];

export interface DistOnDisk {
  /** Absolute path of the project; paths below are from there, with `/`, and begin with `dist/`, `components/` or
   * `gitops/`. */
  readonly root: string;
  /** Files whose header names their own path, with their content. */
  readonly ours: ReadonlyMap<string, Buffer>;
  /** Manifests that somebody else put into dist. */
  readonly foreign: ReadonlyMap<string, Buffer>;
  /** What a run that was cut off left behind. */
  readonly leftovers: readonly string[];
}

/** What lies in a folder, nothing where there is none. */
function entriesOf(root: string, folder: string): Dirent[] {
  if (kindOnDisk(join(root, folder)) !== 'folder') return [];
  return reading(folder, () => readdirSync(join(root, folder), { withFileTypes: true }));
}

/** The files beside dist that are ours, and what runs that were cut off left of them. */
function readBeside(root: string): Pick<DistOnDisk, 'ours' | 'leftovers'> {
  const filesIn = (top: string) =>
    entriesOf(root, top)
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name: folder }) =>
        entriesOf(root, `${top}/${folder}`).flatMap((entry) =>
          entry.isFile() ? [`${top}/${folder}/${entry.name}`] : [],
        ),
      );
  const components = filesIn(COMPONENTS).filter((path) => path.includes('/kustomization.yaml'));
  const files = [...components, ...filesIn(GITOPS)];
  const present = files.filter(isManifestFile).map((path) => [path, readFile(join(root, path))] as const);
  return {
    ours: new Map(present.filter(([path, content]) => isOurs(path, content))),
    leftovers: files.filter(isLeftover),
  };
}

/** The engines' Applications and Kustomizations that are ours, by path. */
export function unitsOnDisk(root: string): ReadonlyMap<string, Buffer> {
  const isUnit = (path: string) => UNIT_FOLDERS.some((folder) => path.startsWith(`${folder}/`));
  return new Map([...readBeside(root).ours].filter(([path]) => isUnit(path)));
}

/** @throws InputError where dist is no folder or something in it cannot be read */
export function readDist(root: string): DistOnDisk {
  const beside = readBeside(root);
  const ours = new Map(beside.ours);
  const foreign = new Map<string, Buffer>();
  const leftovers = [...beside.leftovers];
  const kind = kindOnDisk(join(root, 'dist'));
  if (kind === undefined) return { root, ours, foreign, leftovers };
  if (kind !== 'folder') {
    throw new InputError({
      message: `dist is a ${kind === 'link' ? 'symbolic link' : 'file'}, not a folder`,
      file: 'dist',
      remedy: 'remove it, then restore the committed folder with `git restore dist`',
    });
  }
  const wanted = (path: string) => isManifestFile(path) || path.endsWith(TEMPORARY) || isSteering(path);
  const steering: string[] = [];
  for (const inside of listFiles(join(root, 'dist'), wanted)) {
    const path = `dist/${inside}`;
    if (path.endsWith(TEMPORARY)) {
      if (isLeftover(path)) leftovers.push(path);
      continue;
    }
    const content = readFile(join(root, path));
    if (isSteering(path) || content.includes(SKIPPED)) steering.push(path);
    else (isOurs(path, content) ? ours : foreign).set(path, content);
  }
  if (steering.length > 0) {
    throw new InputError(
      steering.map((file) => ({
        message: 'this file changes what Flux or Argo CD applies from dist, so dist cannot be judged',
        file,
        remedy: 'remove it from dist: both engines apply the folder without it',
      })),
    );
  }
  return { root, ours, foreign, leftovers };
}

/** How dist on disk differs from the files that it should hold; each list sorted. */
export interface DistChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/** Line ends are git's business: a checkout that made them CRLF commits what it got. */
function sameText(present: Buffer, text: string): boolean {
  return present.equals(Buffer.from(text)) || present.toString().replaceAll('\r\n', '\n') === text;
}

/** Whether nothing lies in a place, and no link or file in the way there: a link would lead out of the project. */
export function isFree(root: string, path: string): boolean {
  if (kindOnDisk(join(root, path)) !== undefined) return false;
  const above = path.split('/').map((_, i, parts) => parts.slice(0, i).join('/'));
  return above.every((folder) => [undefined, 'folder'].includes(kindOnDisk(join(root, folder))));
}

/** A value in a config can be what makes Argo CD pass over the whole file, and so prune what is in it. */
function refuseSkipped(files: ReadonlyMap<string, string>): void {
  const skipped = [...files].filter(([, text]) => text.includes(SKIPPED));
  if (skipped.length === 0) return;
  throw new InputError(
    skipped.map(([file]) => ({
      message: `it would contain the text '${SKIPPED}', which makes Argo CD ignore the whole file`,
      file,
      remedy: 'remove that text from the config of the file',
    })),
  );
}

/** @throws InputError where somebody else's file lies in the place of one of ours, or an engine would pass one of ours over */
export function compareDist(disk: DistOnDisk, files: ReadonlyMap<string, string>): DistChanges {
  refuseSkipped(files);
  const added: string[] = [];
  const changed: string[] = [];
  const obstacles: string[] = [];
  for (const [path, text] of files) {
    const present = disk.ours.get(path);
    if (present !== undefined) {
      if (!sameText(present, text)) changed.push(path);
    } else if (isFree(disk.root, path)) added.push(path);
    else obstacles.push(path);
  }
  if (obstacles.length > 0) {
    throw new InputError(
      obstacles.map((file) => ({
        message: 'a file that cdk8s-liqo did not write is in the place of a generated one',
        file,
        remedy: 'move or remove it; generated files have their own path in the first line',
      })),
    );
  }
  const removed = [...disk.ours.keys()].filter((path) => !files.has(path));
  return { added, changed, removed, unchanged: files.size - added.length - changed.length };
}

/**
 * Makes the project hold exactly these files of ours; everybody else's stay. First all new texts are written beside their
 * places, then renamed, so that a full disk leaves dist as it was.
 * @param changes what compareDist found
 * @throws InputError where the disk refuses; what was renamed by then is whole, and the next run finishes the rest
 */
export function publish(disk: DistOnDisk, files: ReadonlyMap<string, string>, changes: DistChanges): void {
  const at = (path: string) => join(disk.root, path);
  const temporary = (path: string) => temporaryFor(at(path));
  const write = [...changes.added, ...changes.changed];
  const written: string[] = [];
  try {
    for (const path of disk.leftovers) rmSync(at(path), { force: true }); // another run may have swept it
    for (const folder of new Set(write.map((path) => dirname(at(path)))))
      mkdirSync(folder, { recursive: true });
    for (const path of write) {
      if (kindOnDisk(temporary(path)) === undefined) written.push(temporary(path));
      // Exclusively: a link of that name, which anybody can commit, would lead out of the project.
      writeFileSync(temporary(path), files.get(path) ?? '', { flag: 'wx' });
    }
    for (const path of write) renameSync(temporary(path), at(path));
    for (const path of changes.removed) rmSync(at(path), { force: true });
    removeEmpty(disk.root, changes.removed);
  } catch (thrown) {
    for (const path of written) if (kindOnDisk(path) === 'file') rmSync(path);
    if (codeOf(thrown) === undefined) throw thrown;
    throw new InputError({
      code: 'output-failed',
      message: `dist cannot be written: ${messageOf(thrown)}`,
      file: 'dist',
      remedy:
        'no file is half written: free disk space, grant access or wait for another run to end, then run it again',
    });
  }
}

/** Folders that removing left empty, up to dist, components or gitops itself. */
function removeEmpty(root: string, removed: readonly string[]): void {
  const folders = [...new Set(removed.map((path) => dirname(path)))].sort((a, b) => b.length - a.length);
  for (let folder of folders) {
    while (folder.includes('/') && kindOnDisk(join(root, folder)) === 'folder') {
      if (readdirSync(join(root, folder)).length > 0) break;
      rmdirSync(join(root, folder));
      folder = dirname(folder);
    }
  }
}
