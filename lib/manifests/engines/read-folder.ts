// What a folder holds, as the engines that apply it see it: objects with what kustomize puts on them, and what is no object.
import { InputError } from '../../input/error';
import { fileOf, isObject, labelsOf, toManifest, type Manifest } from '../manifest';
import type { KnownTexts } from '../known';
import type { Content, Unread } from '../read';
import { isOfUnits } from './declared-units';
import type { EngineView } from './engine-view';
import type { Unclear } from './kustomize-build';
import { isSteering } from './steering-files';

/** A Namespace as kustomize gives it: policies choose namespaces by their labels. */
export function labelled(manifest: Manifest, added: ReadonlyMap<string, string>): Manifest {
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
export function moved(manifest: Manifest, namespace: string | undefined): Manifest {
  const { apiVersion, kind, body, source } = manifest;
  if (namespace === undefined || isOfUnits(manifest)) return manifest;
  const field = kind === 'Namespace' && apiVersion === 'v1' ? 'name' : 'namespace';
  const metadata = isObject(body['metadata']) ? body['metadata'] : {};
  const given = toManifest({ ...body, metadata: { ...metadata, [field]: namespace } }, source) ?? manifest;
  return field === 'namespace' && given.namespace === '' ? manifest : { ...manifest, ...given };
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

/** An object in the namespace that the known units put it in, and with the labels that these add. */
export const asPlaced = (manifest: Manifest, view: EngineView): Manifest =>
  view.units.isEmpty
    ? manifest
    : labelled(moved(manifest, view.targetFor(manifest)), view.commonLabelsFor(manifest));

/** A file of a folder that may hold manifests; paths are from the root of the repository. */
export interface FolderFile {
  readonly path: string;
  readonly text: string;
  /** Where engines apply it from, where it is not read in its place. */
  readonly appliedFrom?: string;
}

/** The objects of a file; of what no engine applies as it lies there, such as a patch, those that can be read. */
function contentOf(
  { path, text, appliedFrom = path }: FolderFile,
  view: EngineView,
  known: KnownTexts,
): Content {
  if (view.isNoManifest(appliedFrom)) return { manifests: known.readIfAny(path, text), strays: [] };
  try {
    return known.content(path, text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { manifests: [], strays: [], unread: [{ path: appliedFrom, text, error }] };
  }
}

/** Reads a folder. Whether an engine has to read what cannot be read is known once the units are. */
export function readFolder(files: readonly FolderFile[], view: EngineView, known: KnownTexts): Content {
  const read = files.map((file): Content => {
    const { path, appliedFrom } = file;
    const at = appliedFrom ?? path;
    const { manifests, strays, unread } = contentOf(file, view, known);
    const built = asBuilt(at, manifests, view);
    return {
      manifests: appliedFrom === undefined ? built : built.map((one) => ({ ...one, appliedFrom })),
      strays: isSteering(at) ? [] : strays.map((one) => ({ ...one, file: at })),
      unread,
    };
  });
  return {
    manifests: read.flatMap(({ manifests }) => manifests),
    strays: read.flatMap(({ strays }) => strays),
    unread: read.flatMap(({ unread = [] }) => unread),
    texts: new Map(files.map(({ path, text, appliedFrom }) => [appliedFrom ?? path, text])),
  };
}

/** What fills in a template; undefined for what is none. */
const renderedBy = (text: string): string | undefined => {
  if (!['{{', '{%'].some((sign) => text.includes(sign))) return undefined;
  if (text.includes('cookiecutter.')) return 'cookiecutter';
  return text.includes('{%') ? 'jinja2' : 'helm template';
};

/**
 * The templates that an engine reads: what they render is unknown.
 * @param other the manifests of the other side: of a file that has some there, all must be known
 * @throws InputError for any other unreadable file that an engine has to read
 */
export function templatesIn(
  unread: readonly Unread[],
  view: EngineView,
  other: readonly Manifest[],
): Unclear[] {
  const isRead = ({ path }: Unread) =>
    view.engines.some((engine) => view.mayRead(engine, path)) || other.some((one) => fileOf(one) === path);
  const found = unread.filter(isRead).map((one) => ({ ...one, render: renderedBy(one.text) }));
  const problems = found.flatMap(({ render, error }) => (render === undefined ? error.problems : []));
  if (problems.length > 0) throw new InputError(problems);
  return found.map(({ path: file, render }) => ({
    file,
    why: 'it is a template',
    render,
  }));
}
