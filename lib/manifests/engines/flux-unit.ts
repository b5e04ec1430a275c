// The Kustomizations of Flux as units, each with the source that it has its files from.
import { groupOf, textsAt, stringsAt, valueAt, type Manifest } from '../manifest';
import { fieldsText, folderNamed, foldersOf, type DeclaredUnit } from './declared-unit';
import { fluxArtifact } from './flux-artifact';
import { ownerOf } from './repository-url';

const SOURCES: readonly string[] = ['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact'];

export const isKustomizationUnit = ({ apiVersion, kind }: Manifest) =>
  kind === 'Kustomization' && groupOf(apiVersion) === 'kustomize.toolkit.fluxcd.io';
export const isSource = ({ apiVersion, kind }: Manifest) =>
  SOURCES.includes(kind) && groupOf(apiVersion) === 'source.toolkit.fluxcd.io';

/** What of a source decides what it holds, beside what is followed. Source: source-controller api/v1. */
const DECIDING = [
  ...['url', 'ref', 'include', 'recurseSubmodules', 'layerSelector', 'sourceRef'],
  ...['bucketName', 'endpoint', 'prefix', 'region'],
];

/** What a source holds, for people. Of what is made elsewhere, the paths are others than here. */
function contentText({ kind, body }: Manifest): string {
  const spec = valueAt(body, 'spec');
  const fields = kind === 'GitRepository' ? DECIDING : [...DECIDING, 'ignore'];
  return fieldsText(Object.fromEntries(fields.map((name) => [name, valueAt(spec, name)])), () => false);
}

/** Those that lie nearest to a declaration: one object may be declared for several clusters, in a folder for each. */
function nearest(declared: Manifest, all: readonly Manifest[]): readonly Manifest[] {
  const near = foldersOf(declared.source.file);
  const shared = (one: Manifest) =>
    foldersOf(one.source.file).filter((folder) => near.includes(folder)).length;
  const most = Math.max(...all.map(shared));
  return all.filter((one) => shared(one) === most);
}

/** The sources that a Kustomization names, as far as this state declares them. */
function sourcesOf({ body, namespace: own, ...declared }: Manifest, sources: readonly Manifest[]) {
  const { kind, name, namespace = own } = Object.fromEntries(stringsAt(body, 'spec', 'sourceRef'));
  const named = sources.filter(
    (one) => one.kind === (kind ?? 'GitRepository') && one.name === name && one.namespace === namespace,
  );
  return nearest({ ...declared, body, namespace: own }, named);
}

/**
 * Whether the artifact of a source has a file of the repository, as far as its `spec` tells; `.sourceignore` files aside.
 * Sources: source-controller internal/controller/gitrepository_controller.go (reconcileArtifact); go-git plumbing/format/index
 * (SkipUnless), which compares the beginnings of paths.
 */
function fetchedBy(source: Manifest): (path: string) => boolean {
  const folders = textsAt(source.body, 'spec', 'sparseCheckout').map((one) => one.replace(/^\.\//, ''));
  const ignore = stringsAt(source.body, 'spec').get('ignore') ?? '';
  const artifact = fluxArtifact([{ path: '.sourceignore', text: ignore }]);
  return (path) =>
    (folders.length === 0 || folders.some((folder) => path.startsWith(folder))) &&
    artifact(path)?.said === undefined;
}

/** @see finalizerShouldDeleteResources in kustomize-controller, internal/controller */
function unitOf(declared: Manifest, source: Manifest | undefined, urls: readonly string[]): DeclaredUnit {
  const { body, name, namespace } = declared;
  const prunes = valueAt(body, 'spec', 'prune') === true;
  const spec = stringsAt(body, 'spec');
  const policy = spec.get('deletionPolicy') ?? 'MirrorPrune';
  const folder = folderNamed(spec.get('path') ?? '');
  const isPacked = !['GitRepository', undefined].includes(stringsAt(body, 'spec', 'sourceRef').get('kind'));
  const owner =
    source === undefined ? 'ours' : ownerOf(stringsAt(source.body, 'spec').get('url') ?? '', urls);
  const isFetched = source === undefined || isPacked ? () => true : fetchedBy(source);
  return {
    engine: 'flux',
    id: `flux/${namespace}/${name}`,
    title: `Kustomization '${name}'`,
    declared,
    source: fieldsText(valueAt(body, 'spec')),
    from: source && { declared: source, content: contentText(source) },
    folders: [
      { folder, isDeep: true, picks: (path) => isFetched(folder === '.' ? path : `${folder}/${path}`) },
    ],
    cluster: stringsAt(body, 'spec', 'kubeConfig', 'secretRef').get('name'),
    prunes: prunes ? 'always' : 'never',
    deletes: policy === 'MirrorPrune' ? prunes : policy !== 'Orphan',
    isSuspended: valueAt(body, 'spec', 'suspend') === true,
    forces: valueAt(body, 'spec', 'force') === true ? 'force: true' : undefined,
    isElsewhere: isPacked || owner === 'another',
    ...(owner === 'perhaps' && { isOfAnotherName: true }),
    ...(isPacked && { isPacked }),
  };
}

/** A Kustomization, once for each object that may be its source. */
export function kustomizationUnits(
  declared: Manifest,
  sources: readonly Manifest[],
  urls: readonly string[],
): DeclaredUnit[] {
  const found = sourcesOf(declared, sources);
  return (found.length === 0 ? [undefined] : found).map((source) => unitOf(declared, source, urls));
}
