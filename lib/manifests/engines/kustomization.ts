// One kustomization file: what it takes in, and what else it does, as far as that can be told without running kustomize.
// Source: kustomize api/types/kustomization.go, konfig.RecognizedKustomizationFileNames, api/internal/git/repospec.go.
import { basename, dirname, join } from 'node:path/posix';
import { parse } from 'yaml';
import type { IgnoreFile } from './flux-artifact';
import { isObject, type Json } from '../manifest';

/** Paths are from the root of the repository. */
export interface Kustomization {
  readonly file: string;
  readonly folder: string;
  /** The files and folders that it takes in; undefined where nobody knows. */
  readonly entries: readonly string[] | undefined;
  /** All that may change an object that it takes in; empty where nothing does. */
  readonly rest: string;
  /** What `rest` names: patches, transformers, components. */
  readonly uses: readonly string[];
  /** Files that it reads and that are no objects of their own, among other texts. */
  readonly parts: readonly string[];
  /** Why nobody can tell what it gives: second halves of sentences. */
  readonly unclear: readonly string[];
}

const NAME = /^(kustomization\.ya?ml|Kustomization)$/;

export const isKustomization = (path: string): boolean => NAME.test(basename(path));

/** Fields that take objects in. */
const TAKING_IN = ['resources', 'bases', 'components'];

/** Fields that neither drop nor change a Namespace or a NamespaceOffloading. `components` do, and take in as well. */
const HARMLESS: ReadonlySet<string> = new Set([
  ...['apiVersion', 'kind', 'metadata', 'resources', 'bases', 'images', 'replicas', 'buildMetadata'],
  ...['sortOptions', 'configMapGenerator', 'secretGenerator', 'generatorOptions'],
]);

/** In characters; to read more takes long, and nobody writes it. */
const LARGEST = 256 * 1024;

/** What kustomize fetches from elsewhere; no path in a repository looks like it. */
const isRemote = (name: string) => /\/\/|^git(@|::)|^github\.com[/:]|\?ref=/.test(name);

const isText = (one: unknown): one is string => typeof one === 'string';
const textsAt = (value: Json | undefined): string[] => (Array.isArray(value) ? value.filter(isText) : []);

function textsIn(value: Json | undefined): string[] {
  if (isText(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const isEmpty = (value: Json | undefined) =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** Flux builds an empty one, and finds nothing in it. */
function readBody({ text }: IgnoreFile): Json | undefined {
  if (text.length > LARGEST) return undefined;
  try {
    return (parse(text, { version: '1.1', merge: true, logLevel: 'error' }) ?? {}) as Json;
  } catch {
    return undefined;
  }
}

/** Reads one; of what cannot be read, nobody knows what it takes in. */
export function kustomizationOf(source: IgnoreFile): Kustomization {
  const { path: file, text } = source;
  const folder = dirname(file);
  const body = readBody(source);
  if (body === undefined || !isObject(body)) {
    const unclear = ['it cannot be read as one YAML map of some size'];
    return { file, folder, entries: undefined, rest: text, uses: [], parts: [], unclear };
  }
  const paths = (names: readonly string[]) =>
    names.filter((name) => !isRemote(name)).map((name) => join(folder, name).replace(/(?<=.)\/$/, ''));
  const fields = Object.entries(body).filter(([, value]) => !isEmpty(value));
  const rest = fields.filter(([field]) => !HARMLESS.has(field)).sort(([a], [b]) => (a < b ? -1 : 1));
  const others = fields
    .filter(([field]) => !TAKING_IN.includes(field))
    .flatMap(([, value]) => textsIn(value));
  return {
    file,
    folder,
    entries: paths(TAKING_IN.flatMap((field) => textsAt(body[field]))),
    rest: rest.length === 0 ? '' : JSON.stringify(rest),
    uses: paths(rest.flatMap(([, value]) => textsIn(value)).filter((one) => !one.includes('\n'))),
    // Generators name a file as `key=file` too.
    parts: paths(others.filter((one) => !one.includes('\n')).map((one) => one.replace(/^[^=/]*=/, ''))),
    unclear: isEmpty(body['transformers']) ? [] : ['its transformers are not read'],
  };
}
