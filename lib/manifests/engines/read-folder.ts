// What a folder holds, as the engines that apply it see it: objects with what kustomize puts on them, and what is no object.
import { isObject, labelsOf, toManifest, type Manifest } from '../manifest';
import type { KnownTexts } from '../known';
import type { Content } from '../read';
import { isOfUnits } from './declared-units';
import type { EngineView } from './engine-view';
import { isSteering } from './steering-files';

/** A Namespace as kustomize gives it: policies choose namespaces by their labels. */
function labelled(manifest: Manifest, added: ReadonlyMap<string, string>): Manifest {
  const { kind, body } = manifest;
  if (added.size === 0 || kind !== 'Namespace') return manifest;
  const metadata = isObject(body['metadata']) ? body['metadata'] : {};
  const labels = Object.fromEntries([...labelsOf(manifest), ...added]);
  return { ...manifest, body: { ...body, metadata: { ...metadata, labels } } };
}

/**
 * An object as kustomize gives it where a kustomization names a namespace; a Namespace gets that for its name. The engines' own
 * objects stay as they are written: elsewhere, they are known by that.
 * Source: kustomize api/filters/namespace, konfig/builtinpluginconsts (namespace).
 */
function moved(manifest: Manifest, namespace: string | undefined): Manifest {
  const { apiVersion, kind, body, source } = manifest;
  if (namespace === undefined || isOfUnits(manifest)) return manifest;
  const field = kind === 'Namespace' && apiVersion === 'v1' ? 'name' : 'namespace';
  const metadata = isObject(body['metadata']) ? body['metadata'] : {};
  const given = toManifest({ ...body, metadata: { ...metadata, [field]: namespace } }, source) ?? manifest;
  return field === 'namespace' && given.namespace === '' ? manifest : given;
}

/** The objects of a file as kustomize gives them. */
export function asBuilt(path: string, manifests: readonly Manifest[], view: EngineView): readonly Manifest[] {
  const labels = view.labelsFor(path);
  const namespaces = view.namespacesFor(path);
  if (labels.size === 0 && namespaces.every((one) => one === undefined)) return manifests;
  const built = namespaces.flatMap((one) =>
    manifests.map((manifest) => moved(labelled(manifest, labels), one)),
  );
  // What is outside namespaces is the same one however it is taken in.
  return [...new Map(built.map((one) => [one.body, one])).values()];
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
    const built = asBuilt(at, manifests, view);
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
