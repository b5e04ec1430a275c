// Manifests that somebody else wrote and a config takes in: files of the repository, named by a path or a pattern.
import { isAbsolute, join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { InputError } from '../input/error';
import { isWithin, kindOnDisk, listFiles, readFile, realPath } from './folder';
import { decode, isManifestFile } from './read';

export interface IncludedFile {
  /** From the project, with `/`; begins with `../` where it lies elsewhere in the repository. */
  readonly file: string;
  readonly text: string;
}

/** Where includes may lead. */
export interface IncludeRoots {
  /** Absolute path of the project: paths are from here. */
  readonly root: string;
  /** Absolute path of the repository around it, or of the project itself where there is none. */
  readonly boundary: string;
}

const slashed = (path: string) => path.split(sep).join('/');

/** @throws InputError for a path that leaves the repository, or leads to what is generated */
function checkPlace(path: string, base: string, { root, boundary }: IncludeRoots): void {
  const real = realPath(base);
  const refuse = (message: string, remedy: string): never => {
    throw new InputError({ message: `the include '${path}' ${message}`, remedy });
  };
  if (!isWithin(real, realPath(boundary)))
    refuse('points outside the repository', 'copy the files into the repository');
  if (isWithin(real, join(realPath(root), 'dist')))
    refuse('points into dist, which is generated', 'include the source instead');
}

/** A path that no file system reads in two ways. @throws InputError */
function checkForm(path: string): void {
  const problem =
    path === ''
      ? 'is empty'
      : isAbsolute(path) || /^[A-Za-z]:/.test(path)
        ? 'is absolute'
        : path.includes('\\') || /[\0-\x1f\x7f]/.test(path)
          ? 'contains a backslash or control characters'
          : path.toLowerCase().split('/').includes('.git')
            ? 'points into .git'
            : undefined;
  if (problem !== undefined)
    throw new InputError({
      message: `the include ${JSON.stringify(path)} ${problem}`,
      remedy: "write the path from the project's folder, with '/'",
    });
}

/** The files that a path or a pattern names, from the project. */
function filesOf(path: string, roots: IncludeRoots): string[] {
  const { base, isGlob } = picomatch.scan(path);
  const start = join(roots.root, isGlob ? base : path);
  checkPlace(path, start, roots);
  const kind = kindOnDisk(start);
  if (kind === 'file') return [start];
  if (kind !== 'folder') return [];
  const matches = isGlob ? picomatch(path, { noextglob: true }) : () => true;
  const inside = slashed(isGlob ? base : path).replace(/(?<!\/)\/+$/, '');
  const named = (file: string) => (inside === '' ? file : `${inside}/${file}`);
  const wanted = (file: string) => isManifestFile(file) && matches(named(file));
  const generated = join(roots.root, 'dist');
  return listFiles(start, wanted)
    .map((file) => join(start, file))
    .filter((file) => !isWithin(file, generated));
}

/**
 * Reads the manifests that a path names: a file, a folder with all that is in it, or a pattern (`**`, `*`, `?`, `{a,b}`).
 * @returns the files in order
 * @throws InputError where it leaves the repository, names nothing, or cannot be read
 */
export function readIncluded(path: string, roots: IncludeRoots): IncludedFile[] {
  checkForm(path);
  const files = filesOf(path, roots);
  if (files.length === 0)
    throw new InputError({
      message: `the include '${path}' matches no manifest`,
      remedy:
        "give a file, a folder or a pattern, from the project's folder, with .yaml, .yml or .json files",
    });
  return files.map((full) => {
    const file = slashed(relative(roots.root, full));
    return { file, text: decode(file, readFile(full)) };
  });
}
