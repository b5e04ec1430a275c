// The namespaces' part of `import`: configs are tried out in a folder of their own before any is written into the project,
// and written all or not at all.
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { adopt, type Adopted, type Adoption } from '../adopt/adopt';
import { compareObjects, type Difference } from '../adopt/compare';
import { compile } from '../compile/compile';
import { ownConfigs, type Configs } from '../case/configs-request';
import { readConfigs } from '../case/read-configs';
import { loadNamespaces } from '../config/load';
import { codeOf, InputError, messageOf } from '../input/error';
import { isFree } from '../manifests/dist';
import { KnownTexts } from '../manifests/known';
import type { Manifest } from '../manifests/manifest';
import type { Given } from './import-source';

export interface ConfigImport {
  readonly adoption: Adoption;
  /** Where the configs compile to something else than they were made from. */
  readonly differences: readonly Difference[];
}

/** A new file, whole or not at all; one that is there stays as it is. */
function writeNew(root: string, { file, text }: Pick<Adopted, 'file' | 'text'>): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') rmSync(path, { force: true });
    throw thrown;
  }
}

/** What the texts compile to, loaded as a project's configs are. */
function compiled(project: Configs, adopted: readonly Adopted[]): readonly Manifest[] {
  const root = mkdtempSync(join(tmpdir(), 'cdk8s-liqo-import-'));
  try {
    for (const one of adopted) writeNew(root, one);
    const config = { ...project, ...loadNamespaces(root) };
    return compile(config, { prefix: '', known: new KnownTexts(), root, boundary: root }).manifests;
  } catch (thrown) {
    // The texts are ours; only the disk is the user's.
    if (codeOf(thrown) === undefined)
      throw new Error(`imported configs do not compile: ${messageOf(thrown)}`, { cause: thrown });
    throw new InputError({
      code: 'output-failed',
      message: `the configs cannot be tried out: ${messageOf(thrown)}`,
      file: root,
      remedy: 'make room in the folder for temporary files, or name another one in TMPDIR',
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/**
 * Makes configs of the namespaces of an input, and compares what they compile to with it. Nothing is written to the project.
 * @throws InputError where the project's own configs cannot be loaded, so that nobody knows what is declared
 */
export function planConfigs(root: string, { manifests, folderOf }: Given, isApart = false): ConfigImport {
  const project = readConfigs(ownConfigs(root, 'what is there'), isApart);
  const adoption = adopt(manifests, {
    declaredIn: new Map(project.namespaces.map(({ config, file }) => [config.name, file])),
    isFree: (path) => isFree(root, path),
    folderOf,
  });
  const expected = adoption.adopted.flatMap((one) => one.expected);
  const differences =
    expected.length === 0 ? [] : compareObjects(expected, compiled(project, adoption.adopted));
  return { adoption, differences };
}

/** Folders that a write would make, the deepest first. */
function missingFolders(root: string, files: readonly string[]): string[] {
  const above = files.flatMap((file) => file.split('/').map((_, i, parts) => parts.slice(0, i).join('/')));
  const missing = [...new Set(above)].filter((folder) => folder !== '' && isFree(root, folder));
  return missing.sort((a, b) => b.length - a.length);
}

/**
 * Writes new configs. What is there already is never overwritten, not even if it came a moment ago.
 * @returns what takes them away again
 * @throws InputError where one cannot be written; then none is
 */
export function writeConfigs(root: string, adopted: readonly Adopted[]): () => void {
  const files = adopted.map(({ file }) => file);
  const folders = missingFolders(root, files);
  const written: string[] = [];
  const undo = () => {
    for (const file of written) rmSync(join(root, file), { force: true });
    for (const folder of folders) removeFolder(join(root, folder));
  };
  try {
    for (const one of adopted) {
      writeNew(root, one);
      written.push(one.file);
    }
  } catch (thrown) {
    undo();
    if (codeOf(thrown) === undefined) throw thrown;
    throw new InputError({
      code: 'output-failed',
      message: `the configs cannot be written: ${messageOf(thrown)}`,
      file: files[written.length],
      remedy: 'none was; make room or give access, then run it again',
    });
  }
  return undo;
}

/** A folder that was made here; where somebody put something into it meanwhile, or it was never made, it stays as it is. */
function removeFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch (thrown) {
    if (codeOf(thrown) === undefined) throw thrown;
  }
}
