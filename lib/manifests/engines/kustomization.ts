// One kustomization file, as far as it can be told without running kustomize what it gives: files and folders, as they lie
// there. Whatever else it says may drop or rename what it takes in, so of such a one nobody can tell.
// Source: kustomize api/types/kustomization.go, konfig.RecognizedKustomizationFileNames, api/internal/git/repospec.go.
import { dirname, join } from 'node:path/posix';
import { parse } from 'yaml';
import { isObject, stringsAt, valueAt, type Json, type JsonObject } from '../manifest';
import { ARGO_CD } from './engines';
import type { SteeringFile } from './steering-files';

/** What a kustomization takes in. */
export interface Entry {
  /** From the root of the repository. */
  readonly path: string;
  /** Where nothing lies there, kustomize fetches it from elsewhere. */
  readonly mayBeRemote: boolean;
}

export interface Kustomization {
  /** From the root of the repository, as is all below. */
  readonly file: string;
  readonly folder: string;
  /** Undefined if unknown. */
  readonly entries: readonly Entry[] | undefined;
  /** Files and folders that it does not read as resources. */
  readonly parts: readonly string[];
  /** The namespace that it puts every object in, and the name that it gives every Namespace. */
  readonly namespace?: string;
  /** What it puts on every object, whatever that has. */
  readonly labels: readonly (readonly [string, string])[];
  /** Why its output is unknown, as second halves of sentences. */
  readonly unclear: readonly string[];
  /** What of it decides about objects that others declare, as text, and the files that this reads. */
  readonly decisive: { readonly text: string; readonly files: readonly string[] };
  /** Whether it may give objects that no file declares which it takes in. */
  readonly isSource: boolean;
  /** The same of objects of some kinds, with all that decides about them but for the files that it names. */
  readonly unclearFor: (
    kinds: readonly string[],
    known?: KnownBeside,
  ) => { readonly why: string; readonly state: string } | undefined;
}

/** What is known of the files and folders that a kustomization names. */
export interface KnownBeside {
  readonly textOf: (path: string) => string | undefined;
  /** Whether a folder has a component that leaves alone what others take in, as far as it is of some kinds. */
  readonly isHarmless: (folder: string) => boolean;
}

const TAKING_IN = ['resources', 'bases'];
const COMPONENTS = 'components';

/** Fields that neither drop nor change a Namespace or a NamespaceOffloading. */
const HARMLESS: ReadonlySet<string> = new Set([
  ...['apiVersion', 'kind', 'metadata', ...TAKING_IN, 'images', 'replicas', 'buildMetadata'],
  ...['sortOptions', 'configMapGenerator', 'secretGenerator', 'generatorOptions'],
]);

/** Fields that put labels and annotations on everything: harmless but for those that Liqo or an engine reads. */
const METADATA = new Set(['labels', 'commonLabels', 'commonAnnotations']);
const READ = ['liqo.io', ARGO_CD, 'fluxcd.io', 'helm.sh', 'config.kubernetes.io'];

/** In characters; to read more takes long, and nobody writes it. */
const LARGEST = 256 * 1024;

const looksRemote = (name: string) => /\/\/|^git(@|::)|^github\.com[/:]|\?ref=/.test(name);

const isText = (one: unknown): one is string => typeof one === 'string';
const textsAt = (value: Json | undefined): string[] => (Array.isArray(value) ? value.filter(isText) : []);

/** The fields that name files for something else than `resources`: the value itself, or what these keys of it hold. */
const NAMING: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['patches', 'patchesJson6902', 'replacements', 'openapi'].map((one) => [one, ['path']]),
  ),
  configMapGenerator: ['files', 'envs', 'env'],
  secretGenerator: ['files', 'envs', 'env'],
  helmCharts: ['valuesFile', 'additionalValuesFiles'],
  helmChartInflationGenerator: ['values'],
  ...Object.fromEntries(
    [
      'patchesStrategicMerge',
      COMPONENTS,
      'transformers',
      'generators',
      'validators',
      'crds',
      'configurations',
    ].map((one) => [one, []]),
  ),
};

/** Fields that make objects, of whatever kind. */
const SOURCES = ['generators', 'helmCharts', 'helmChartInflationGenerator'];

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as Json[]) : [value];

/** Generators name a file as `key=file` too; what has several lines is the patch itself. */
const partsIn = (body: JsonObject): string[] =>
  Object.entries(NAMING)
    .flatMap(([field, keys]) =>
      listOf(body[field]).flatMap((one) =>
        keys.length === 0 ? [one] : keys.flatMap((key) => listOf(valueAt(one, key))),
      ),
    )
    .filter((one) => isText(one))
    .filter((one) => !one.includes('\n'))
    .map((one) => one.replace(/^[^=/]*=/, ''));

/** In the order in which kustomize puts them on: the last of a key stays. */
const labelsIn = (body: JsonObject) => [
  ...listOf(body['labels']).flatMap((one) => [...stringsAt(one, 'pairs')]),
  ...stringsAt(body, 'commonLabels'),
];

const isEmpty = (value: Json | undefined) =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);

const isHarmless = (field: string, value: Json | undefined) =>
  HARMLESS.has(field) ||
  isEmpty(value) ||
  (field === 'namespace' && isText(value)) ||
  (METADATA.has(field) && !READ.some((one) => JSON.stringify(value).includes(one)));

const UNREADABLE = 'the file is too large, or is not a single YAML map';

const harmfulOf = (fields: readonly string[]) =>
  `its ${[...fields].sort().join(', ')} may change or drop objects`;

/**
 * The kind of object that a patch is for, as far as it says so itself; undefined where it may be any. What a target picks, the
 * patch is for, whatever kind that names.
 */
function kindOf(patch: Json, textAt: (name: string) => string | undefined): string | undefined {
  if (valueAt(patch, 'options') !== undefined) return undefined; // it may change the kind
  const { patch: inline, path = '' } = Object.fromEntries(stringsAt(patch));
  const given = isText(patch) ? patch : (inline ?? path);
  const text = given.includes('\n') ? given : (textAt(given) ?? given);
  const kinds =
    valueAt(patch, 'target') === undefined
      ? [...text.matchAll(/^kind: *(\S+) *$/gm)].map(([, kind]) => kind)
      : [stringsAt(patch, 'target').get('kind')];
  const [kind, other] = kinds;
  return kind !== undefined && other === undefined && /^\w+$/.test(kind) ? kind : undefined;
}

const PATCHES = new Set(['patches', 'patchesStrategicMerge', 'patchesJson6902']);

/** What of a field may change or drop objects of some kinds. */
function leftFor(
  kinds: readonly string[],
  [field, value]: readonly [string, Json],
  at: (name: string) => string,
  known?: KnownBeside,
): Json {
  const textAt = (name: string) => known?.textOf(at(name));
  if (PATCHES.has(field))
    return listOf(value).filter((one) => kinds.includes(kindOf(one, textAt) ?? kinds[0] ?? ''));
  if (field === COMPONENTS && known !== undefined)
    return listOf(value).filter((one) => !(isText(one) && known.isHarmless(at(one))));
  return value;
}

/** What one says, undefined where that cannot be read. Flux builds an empty one, and finds nothing in it. */
export function bodyOf({ text }: SteeringFile): JsonObject | undefined {
  if (text.length > LARGEST) return undefined;
  try {
    const body = (parse(text, { version: '1.1', merge: true, logLevel: 'error' }) ?? {}) as Json;
    return isObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

export function kustomizationOf(source: SteeringFile): Kustomization {
  const file = source.path;
  const folder = dirname(file);
  const body = bodyOf(source);
  if (body === undefined)
    return {
      ...{ file, folder, entries: undefined, parts: [], labels: [], unclear: [UNREADABLE] },
      ...{ decisive: { text: source.text, files: [] }, isSource: true },
      unclearFor: () => ({ why: UNREADABLE, state: source.text }),
    };
  const at = (name: string) => join(folder, name).replace(/(?<=.)\/$/, '');
  const fields = Object.entries(body);
  const harmful = fields.filter(([field, value]) => !isHarmless(field, value));
  const decisive = Object.fromEntries(harmful);
  return {
    file,
    folder,
    entries: [...TAKING_IN, COMPONENTS].flatMap((field) =>
      // What a component is, is not asked.
      textsAt(body[field]).map((name) => ({
        path: at(name),
        mayBeRemote: field === COMPONENTS || looksRemote(name),
      })),
    ),
    ...(isText(body['namespace']) && body['namespace'] !== '' && { namespace: body['namespace'] }),
    parts: partsIn(body).map(at),
    labels: labelsIn(body),
    decisive: { text: JSON.stringify(decisive), files: partsIn(decisive).map(at) },
    isSource: SOURCES.some((field) => Object.hasOwn(decisive, field)),
    unclear: harmful.length === 0 ? [] : [harmfulOf(harmful.map(([field]) => field))],
    unclearFor(kinds, known) {
      const left = harmful
        .map(([field, value]) => [field, leftFor(kinds, [field, value ?? null], at, known)] as const)
        .filter(([, value]) => !isEmpty(value));
      if (left.length === 0) return undefined;
      return { why: harmfulOf(left.map(([field]) => field)), state: JSON.stringify(left) };
    },
  };
}
