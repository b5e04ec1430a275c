// What a folder holds, as the engines that apply it see it: objects with what kustomize puts on them, and what is no object.
import { isObject, labelsOf, type Manifest } from '../manifest';
import type { KnownTexts } from '../known';
import type { Content } from '../read';
import type { EngineView } from './engine-view';
import { isSteering } from './steering-files';

/**
 * A Namespace as kustomize gives it: policies choose namespaces by their labels, and `namespace` names it.
 * Source: kustomize api/internal/konfig/builtinpluginconsts/namespace.go (path metadata/name of kind Namespace).
 */
function builtAs(manifest: Manifest, view: EngineView, path: string): Manifest {
  const { kind, body, apiVersion } = manifest;
  if (kind !== 'Namespace' || apiVersion !== 'v1') return manifest;
  const [added, name = manifest.name] = [view.labelsFor(path), view.namespaceFor(path)];
  if (added.size === 0 && name === manifest.name) return manifest;
  const metadata = isObject(body['metadata']) ? body['metadata'] : {};
  const labels = Object.fromEntries([...labelsOf(manifest), ...added]);
  const built = { ...metadata, name, ...(added.size > 0 && { labels }) };
  return { ...manifest, name, body: { ...body, metadata: built } };
}

/** A file of a folder that may hold manifests; paths are from the root of the repository. */
export interface FolderFile {
  readonly path: string;
  readonly text: string;
  /** Where engines apply it from, where it is not read in its place. */
  readonly appliedFrom?: string;
}

/**
 * Reads a folder. What no engine applies as it lies there, such as a template or a patch, need not be readable.
 * @throws InputError for any other file that cannot be read for certain
 */
export function readFolder(files: readonly FolderFile[], view: EngineView, known: KnownTexts): Content {
  const read = files.map(({ path, text, appliedFrom }): Content => {
    const at = appliedFrom ?? path;
    const { manifests, strays } = view.isNoManifest(at)
      ? { manifests: known.readIfAny(path, text), strays: [] }
      : known.content(path, text);
    const built = manifests.map((one) => builtAs(one, view, at));
    return {
      manifests: appliedFrom === undefined ? built : built.map((one) => ({ ...one, appliedFrom })),
      strays: isSteering(at) ? [] : strays.map((one) => ({ ...one, file: at })),
    };
  });
  return {
    manifests: read.flatMap(({ manifests }) => manifests),
    strays: read.flatMap(({ strays }) => strays),
    texts: new Map(files.map(({ path, text, appliedFrom }) => [appliedFrom ?? path, text])),
  };
}
