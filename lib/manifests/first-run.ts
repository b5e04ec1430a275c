// A commit that does not hold the judged folder: whether that is a first run, and what moves into the folder from elsewhere.
import { join } from 'node:path';
import { InputError } from '../input/error';
import { OFFLOADING_KIND } from '../liqo/constants';
import type { GitTarget } from './baseline-target';
import { kindOnDisk } from './folder';
import type { Repository } from './git';
import type { KnownTexts } from './known';
import type { Manifest } from './manifest';
import { checkSize, decode } from './read';
import type { ElsewhereFile } from './tree-reader';
import { configNamedIn } from './write';

/**
 * A commit without the folder is a first run only if nobody asked for it by name and the history of this repository never
 * held it.
 * @throws InputError where what is deployed is unknown
 */
export function checkFirstRun(repository: Repository, { folder, commit, title, isNamed }: GitTarget): void {
  if (isNamed) {
    throw new InputError({
      message: `${title} has no folder '${folder}'`,
      remedy: 'give a folder that it has',
    });
  }
  if (repository.everHeld(commit, folder)) {
    throw new InputError({
      message: `${title} has no ${folder}/, but its history had one: the deployed state is unknown`,
      remedy: `restore ${folder}/ there, or judge against a commit that has it`,
    });
  }
  if (repository.shallow) {
    throw new InputError({
      code: 'clone-shallow',
      message: `${title} has no ${folder}/, and this clone is too shallow to show whether it ever had one`,
      remedy: 'fetch the whole history (in GitHub Actions: fetch-depth: 0)',
      command: 'git fetch --unshallow',
    });
  }
}

/**
 * Where the folder is new, what offloaded namespaces in another place and is gone from there has moved into it: a project that
 * has another name now, or hand-written manifests that became configs.
 * @param top absolute path of what stands for the root of the repository on the new side
 */
export function whatLeft(files: readonly ElsewhereFile[], top: string, known: KnownTexts): Manifest[] {
  return files
    .filter(({ path }) => kindOnDisk(join(top, path)) === undefined)
    .flatMap(({ path, content, size }) => {
      checkSize(path, size);
      const text = decode(path, content);
      const manifests = known.read(path, text);
      const isMeant =
        configNamedIn(text) !== undefined || manifests.some(({ kind }) => kind === OFFLOADING_KIND);
      return isMeant ? manifests : [];
    });
}

/** What follows the name of the commit. */
export function firstRunText(deployed: readonly Manifest[]): string {
  const [from, ...more] = new Set(deployed.map(({ source }) => source.file));
  const rest = more.length === 0 ? '' : ` and ${more.length} more ${more.length === 1 ? 'file' : 'files'}`;
  return from === undefined
    ? ', whose history never had the folder: a first run'
    : `, where ${from}${rest} declared the objects that this change moves`;
}
