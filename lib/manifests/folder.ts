// Manifest files of a folder on disk.
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  type Dirent,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { codeOf, InputError, messageOf } from '../input/error';
import { checkSize } from './read';

/** Why nothing can be there: it would lie below a file, or no file can have such a name. */
const NOTHING: readonly unknown[] = ['ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'];

/** @throws InputError where nobody may look */
function statOf(path: string) {
  return reading(path, () => {
    try {
      return lstatSync(path, { throwIfNoEntry: false });
    } catch (thrown) {
      if (NOTHING.includes(codeOf(thrown))) return undefined;
      throw thrown;
    }
  });
}

/** What a path is, without following links: undefined where nothing is. */
export function kindOnDisk(path: string): 'file' | 'folder' | 'link' | 'other' | undefined {
  const stat = statOf(path);
  if (stat === undefined) return undefined;
  return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : stat.isSymbolicLink() ? 'link' : 'other';
}

/** The real path of something that may not exist yet. */
export function realPath(path: string): string {
  // Where a disk takes Dist for dist, the native one says how it is written there.
  if (existsSync(path)) return realpathSync.native(path);
  const above = dirname(path);
  return above === path ? path : join(realPath(above), basename(path));
}

/** Whether a real path is another one, or lies below it. */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

/** Turns a failed system call into an error that names the file. */
export function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (codeOf(thrown) === undefined) throw thrown;
    throw new InputError({ message: `cannot be read: ${messageOf(thrown)}`, file });
  }
}

/** Calls back with errors shown as people know their files: from the root of the repository, whatever folder stands for it. */
export function shownFrom<T>(top: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    const shown = (text: string) => text.replaceAll(top + sep, '');
    throw new InputError(
      thrown.problems.map(({ message, file, ...rest }) => ({
        ...rest,
        message: shown(message),
        ...(file !== undefined && { file: shown(file) }),
      })),
    );
  }
}

/** Whether a link leads to a file: to which no engine goes for manifests, where the link is not called like one. */
const leadsToFile = (path: string) =>
  reading(path, () => statSync(path, { throwIfNoEntry: false })?.isFile() === true);

/**
 * Whether a link leads nowhere, wherever the repository lies. Sources: Flux, artifact/storage/archive.go (no link is packed);
 * argo-cd reposerver/repository (getPotentiallyValidManifestFile: "destination of symlink is missing", passed over).
 */
const leadsNowhere = (path: string) =>
  reading(
    path,
    () => !isAbsolute(readlinkSync(path)) && statSync(path, { throwIfNoEntry: false }) === undefined,
  );

/**
 * The paths of all files below a folder, relative to it, with `/`, sorted.
 * @param wanted which files; others are not even looked at
 * @param isPassedOver which of those that are links to nowhere no engine reads; none by default
 * @throws InputError for a symbolic link or a device: what it leads to can differ from one machine to the next. Flux leaves
 * links out, Argo CD follows those to files that are called like manifests, kustomize all that it is told to.
 */
export function listFiles(
  folder: string,
  wanted: (path: string) => boolean,
  isPassedOver: (path: string) => boolean = () => false,
): string[] {
  const found: string[] = [];
  const visit = (inside: string) => {
    const entries: Dirent[] = reading(join(folder, inside), () =>
      readdirSync(join(folder, inside), { withFileTypes: true }),
    );
    for (const entry of entries) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (entry.name === '.git' || entry.name === 'node_modules') continue;
      const mayBeNowhere = entry.isSymbolicLink() && (!wanted(path) || isPassedOver(path));
      if (entry.isDirectory()) visit(path);
      else if (mayBeNowhere && leadsNowhere(join(folder, path))) continue;
      else if (
        !entry.isFile() &&
        (wanted(path) || (entry.isSymbolicLink() && !leadsToFile(join(folder, path))))
      ) {
        throw new InputError({
          message: 'a symbolic link or a device cannot be judged',
          file: join(folder, path),
          remedy: 'put the manifest itself there',
        });
      } else if (wanted(path)) found.push(path);
    }
  };
  visit('');
  return found.sort();
}

/** @throws InputError where the file cannot be read, is too large, or is a link or a device, which may have no end */
export function readFile(path: string): Buffer {
  return reading(path, () => {
    const stat = lstatSync(path);
    if (!stat.isFile())
      throw new InputError({
        message: 'it is a link, a folder or a device, not a file',
        file: path,
        remedy: 'put the file itself there',
      });
    if (stat.size > 1_000_000) checkSize(path, stat.size);
    return readFileSync(path);
  });
}
