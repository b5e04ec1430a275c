// What `import` is given: a file, a folder or standard input, and where in it an object lies.
import { join, posix, resolve } from 'node:path';
import { InputError } from '../input/error';
import { readStdin } from '../manifests/baseline';
import { kindOnDisk, listFiles, readFile } from '../manifests/folder';
import { asLive } from '../manifests/live-object';
import { KUBECTL } from '../manifests/live-inventory';
import type { Manifest } from '../manifests/manifest';
import { isManifestFile, readManifests } from '../manifests/read';

/** What shows all that configs are made of. */
export const KUBECTL_NAMESPACES = 'kubectl get namespaces,namespaceoffloadings -A -o yaml';

export interface Given {
  readonly manifests: readonly Manifest[];
  /** The folder of an object's file below the folder that was named; empty at its top, and where none was. */
  readonly folderOf: (manifest: Manifest) => string;
  /** A kustomization in the folder, the first one, as the user would name it: its manifests are not what is deployed. */
  readonly kustomization?: string;
}

const atTop = () => '';

function readFolder(root: string, source: string): Given {
  const files = listFiles(resolve(root, source), isManifestFile).map((file) => join(source, file));
  return {
    manifests: asLive(files.flatMap((file) => readManifests(file, readFile(resolve(root, file))))),
    folderOf: ({ source: { file } }) => posix.dirname(posix.relative(source, file)).replace(/^\.$/, ''),
    kustomization: files.find((file) => /(^|\/)kustomization\.ya?ml$/.test(file)),
  };
}

/** @throws InputError where nothing is there, or it cannot be read */
export function readSource(root: string, source: string): Given {
  if (source === '-') return { manifests: readStdin().manifests, folderOf: atTop };
  const kind = kindOnDisk(resolve(root, source));
  if (kind === 'file')
    return { manifests: asLive(readManifests(source, readFile(resolve(root, source)))), folderOf: atTop };
  if (kind === 'folder') return readFolder(root, source);
  throw new InputError({
    message: `'${source}' ${kind === undefined ? 'does not exist' : 'is a link or a device'}`,
    remedy: `${KUBECTL_NAMESPACES} | npx cdk8s-liqo import - writes configs, ${KUBECTL} the inventory; a file or folder that holds what they print will do`,
  });
}
