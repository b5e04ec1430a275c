// One kustomization file, as far as it can be told without running kustomize what it gives: files and folders, as they lie
// there. Whatever else it says may drop or rename what it takes in, so of such a one nobody can tell.
// Source: kustomize api/types/kustomization.go, konfig.RecognizedKustomizationFileNames, api/internal/git/repospec.go.
import { basename, dirname, join } from 'node:path/posix';
import { parse } from 'yaml';
import { isObject, type Json, type JsonObject } from '../manifest';
import { ARGO_CD } from './engines';
import type { IgnoreFile } from './flux-artifact';

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
  /** Undefined where nobody knows. */
  readonly entries: readonly Entry[] | undefined;
  /** Among other texts, files that it reads for something else. */
  readonly parts: readonly string[];
  /** Why nobody can tell what it gives: second halves of sentences. */
  readonly unclear: readonly string[];
}

const NAME = /^(kustomization\.ya?ml|Kustomization)$/;

export const isKustomization = (path: string): boolean => NAME.test(basename(path));

const TAKING_IN = ['resources', 'bases'];

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

function textsIn(value: Json | undefined): string[] {
  if (isText(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const isEmpty = (value: Json | undefined) =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);

const isHarmless = (field: string, value: Json | undefined) =>
  HARMLESS.has(field) ||
  isEmpty(value) ||
  (METADATA.has(field) && !READ.some((one) => JSON.stringify(value).includes(one)));

/** What one says, undefined where that cannot be read. Flux builds an empty one, and finds nothing in it. */
export function bodyOf({ text }: IgnoreFile): JsonObject | undefined {
  if (text.length > LARGEST) return undefined;
  try {
    const body = (parse(text, { version: '1.1', merge: true, logLevel: 'error' }) ?? {}) as Json;
    return isObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

const entriesIn = (body: JsonObject): string[] => TAKING_IN.flatMap((field) => textsAt(body[field]));

export function kustomizationOf(source: IgnoreFile): Kustomization {
  const file = source.path;
  const folder = dirname(file);
  const body = bodyOf(source);
  if (body === undefined)
    return {
      ...{ file, folder, entries: undefined, parts: [] },
      unclear: ['it cannot be read as one YAML map of some size'],
    };
  const at = (name: string) => join(folder, name).replace(/(?<=.)\/$/, '');
  const fields = Object.entries(body);
  const others = fields
    .filter(([field]) => !TAKING_IN.includes(field))
    .flatMap(([, value]) => textsIn(value));
  const harmful = fields.filter(([field, value]) => !isHarmless(field, value)).map(([field]) => field);
  return {
    file,
    folder,
    entries: entriesIn(body).map((name) => ({ path: at(name), mayBeRemote: looksRemote(name) })),
    // Generators name a file as `key=file` too.
    parts: others.filter((one) => !one.includes('\n')).map((one) => at(one.replace(/^[^=/]*=/, ''))),
    unclear:
      harmful.length === 0 ? [] : [`its ${harmful.sort().join(', ')} may change or drop what it takes in`],
  };
}
