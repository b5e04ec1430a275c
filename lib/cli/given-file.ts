// A file of manifests that the command line names.
import { resolve } from 'node:path';
import { InputError } from '../input/error';
import { kindOnDisk, readFile } from '../manifests/folder';
import { asLive } from '../manifests/live-object';
import type { Manifest } from '../manifests/manifest';
import { readManifests } from '../manifests/read';

/**
 * @param root absolute path of the project, from which the file is named
 * @param remedy what to name instead
 * @throws InputError where it is no file, or cannot be read
 */
export function readGiven(root: string, file: string, remedy: string): Manifest[] {
  const path = resolve(root, file);
  const kind = kindOnDisk(path);
  if (kind === 'file') return asLive(readManifests(file, readFile(path)));
  const what =
    kind === undefined ? 'does not exist' : kind === 'folder' ? 'is a folder' : 'is a link or a device';
  throw new InputError({ message: `'${file}' ${what}`, remedy });
}
