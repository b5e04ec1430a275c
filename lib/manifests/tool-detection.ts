// What Flux and Argo CD apply of a folder once a file in it tells them to run a tool instead of applying all that lies there.
// Sources: kustomize konfig.RecognizedKustomizationFileNames; fluxcd/pkg kustomize/kustomize_generator.go (scanManifests);
// Argo CD "Tool Detection" (util/app/discovery/discovery.go), "Parameter Overrides", reposerver/repository (Jsonnet).
import { basename, dirname, join } from 'node:path/posix';
import { parse } from 'yaml';
import type { Engine } from './engines';
import type { IgnoreFile } from './flux-artifact';
import { isObject, type Json } from './manifest';

const KUSTOMIZATION = /^(kustomization\.ya?ml|Kustomization)$/;
const CHART = /Chart\.yaml$/;
/** What changes what Argo CD makes of a folder, in a way that is not judged. */
const OVERRIDE = /^\.argocd-source|\.jsonnet$/;

export const isToolFile = (path: string): boolean =>
  [KUSTOMIZATION, CHART, OVERRIDE].some((name) => name.test(basename(path)));

/** What becomes of a manifest of the folder. */
export interface Treatment {
  /** The file by which it is not applied at all. */
  readonly leftOutBy?: string;
  /** By file, from the folder: what it makes of the manifest, which is not judged. */
  readonly changedBy: ReadonlyMap<string, string>;
}

/** Takes paths from the root of the repository, with `/`. */
export interface ToolDetection {
  /** Whether a file lies in the folder that an engine is pointed at. */
  readonly covers: (path: string) => boolean;
  readonly treatmentOf: (engine: Engine, path: string) => Treatment;
  /** What kustomizations in the folder take from beside it, and so nobody judges; what they fetch from elsewhere is not listed. */
  readonly outside: readonly { readonly file: string; readonly paths: readonly string[] }[];
  /** A key of `changedBy`, from the root of the repository. */
  readonly fileAt: (key: string) => string;
}

const APPLIED: Treatment = { changedBy: new Map() };

/** Paths are from the root of the repository. */
interface Kustomization {
  readonly file: string;
  /** The files and folders that it takes in. */
  readonly entries: readonly string[];
  /** All that may change an object of another entry. */
  readonly rest: string;
  /** What that names, as far as these are paths. */
  readonly uses: readonly string[];
}

/** Fields that neither drop nor change a Namespace or a NamespaceOffloading. */
const HARMLESS = new Set([
  ...[
    'apiVersion',
    'kind',
    'metadata',
    'resources',
    'bases',
    'images',
    'replicas',
    'buildMetadata',
    'sortOptions',
  ],
  ...['configMapGenerator', 'secretGenerator', 'generatorOptions'],
]);

/** Of a kustomization that cannot be read: nobody knows what it lists. */
const ALL = '*';

/** What kustomize fetches from elsewhere; no path in a repository looks like it. Source: kustomize api/internal/git/repospec.go. */
const isRemote = (name: string) => /:\/\/|^git@|^github\.com[/:]|\?ref=|\n/.test(name);

const stringsIn = (value: Json | undefined): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : [];

const strings = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];

function readKustomization({ path, text }: IgnoreFile): Kustomization | undefined {
  const body = parse(text, { version: '1.1', merge: true, logLevel: 'error' }) as Json;
  if (!isObject(body)) return undefined;
  const { resources, bases, components } = body;
  const rest = Object.entries(body).filter(([field, value]) => !HARMLESS.has(field) && value !== null);
  const paths = (names: readonly string[]) =>
    names.filter((name) => !isRemote(name)).map((name) => join(dirname(path), name));
  return {
    file: path,
    entries: paths([resources, bases, components].flatMap(strings)),
    rest: rest.length === 0 ? '' : JSON.stringify(rest),
    uses: paths(rest.flatMap(([, value]) => stringsIn(value))),
  };
}

function kustomizationOf(file: IgnoreFile): Kustomization {
  const unread = { file: file.path, entries: [ALL], rest: file.text, uses: [] };
  try {
    return readKustomization(file) ?? unread;
  } catch {
    return unread; // kustomize fails as well, and nothing is pruned
  }
}

const isBelow = (path: string, folder: string) => folder === '.' || path.startsWith(`${folder}/`);

const kustomizationsIn = (files: readonly IgnoreFile[]): Kustomization[] =>
  files.filter(({ path }) => KUSTOMIZATION.test(basename(path))).map(kustomizationOf);

/** Files that may decide, by what kustomizations say, what becomes of the objects of others; not all of them are there. */
export const usedFiles = (files: readonly IgnoreFile[]): string[] =>
  kustomizationsIn(files).flatMap(({ uses }) => uses);

/**
 * @param root what an engine is pointed at, from the root of the repository; empty for that itself
 * @param files the tools' files in it
 */
export function toolDetection(root: string, files: readonly IgnoreFile[]): ToolDetection {
  const top = join(root, '.');
  const inside = files.filter(({ path }) => isBelow(path, top));
  const named = (name: RegExp) => inside.filter(({ path }) => name.test(basename(path)));
  const kustomizations = new Map(kustomizationsIn(inside).map((one) => [dirname(one.file), one]));
  const texts = new Map(inside.map(({ path, text }) => [path, text]));
  const shown = (path: string) => (top === '.' ? path : path.slice(top.length + 1));

  /** Argo CD walks by name, and what it meets last decides. */
  const detected = [...named(CHART), ...named(KUSTOMIZATION)]
    .filter(({ path }) => dirname(path) === top)
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .at(-1);
  const chart = detected?.path.endsWith('Chart.yaml') === true ? detected : undefined;
  const overrides = named(OVERRIDE).map((file) => [shown(file.path), file.text] as const);

  /** All that one may change objects by, with the files and the folders that it names. */
  function changing({ rest, uses }: Kustomization, seen = new Set<string>()): string {
    const used = uses.filter((path) => !seen.has(path));
    for (const path of used) seen.add(path);
    const more = used.map((path) => {
      const component = kustomizations.get(path);
      return component === undefined ? (texts.get(path) ?? '') : changing(component, seen);
    });
    return [rest, ...more].join('\0');
  }
  const changes = new Map([...kustomizations].map(([folder, one]) => [folder, changing(one)]));

  /** Flux without a kustomization of its own in a folder: it takes each folder below that has one as a whole. */
  function generated(folder: string, path: string): Treatment {
    const inFolder = folder === '.' ? path : path.slice(folder.length + 1);
    const folders = dirname(inFolder)
      .split('/')
      .map((_, i, names) => join(folder, ...names.slice(0, i + 1)));
    const first = folders.find((one) => kustomizations.has(one));
    return first === undefined ? APPLIED : built(first, path);
  }

  /** @param above the folders that led there; @param seen those that were looked at, so that no web of them takes for ever */
  function built(
    folder: string,
    path: string,
    above: readonly string[] = [],
    seen = new Set<string>(),
  ): Treatment {
    const own = kustomizations.get(folder);
    if (own === undefined || above.includes(folder)) return APPLIED; // kustomize fails, and nothing is pruned
    seen.add(folder);
    const trail = [...above, folder];
    const ways = own.entries.flatMap((entry): Treatment[] => {
      if (entry === path || entry === ALL) return [APPLIED];
      const leadsOn = isBelow(path, entry) && (!seen.has(entry) || trail.includes(entry));
      return leadsOn ? [built(entry, path, trail, seen)] : [];
    });
    const way = ways.find(({ leftOutBy }) => leftOutBy === undefined);
    if (way === undefined) return { ...APPLIED, leftOutBy: ways[0]?.leftOutBy ?? own.file };
    if (own.rest === '') return way;
    return { changedBy: new Map([...way.changedBy, [shown(own.file), changes.get(folder) ?? own.rest]]) };
  }

  /** Helm renders what lies in `templates`, and takes no other manifest. */
  function rendered({ path: file }: IgnoreFile, path: string): Treatment {
    return isBelow(path, join(top, 'templates'))
      ? { changedBy: new Map([[shown(file), '']]) }
      : { ...APPLIED, leftOutBy: file };
  }

  function byArgoCd(path: string): Treatment {
    const plain = kustomizations.has(top) ? built(top, path) : APPLIED;
    const way = chart === undefined ? plain : rendered(chart, path);
    return { ...way, changedBy: new Map([...way.changedBy, ...overrides]) };
  }

  return {
    outside: [...kustomizations.values()].flatMap(({ file, entries, uses }) => {
      const paths = [...entries, ...uses].filter(
        (path) => path !== ALL && path !== top && !isBelow(path, top),
      );
      return paths.length === 0 ? [] : [{ file, paths: [...new Set(paths)] }];
    }),
    covers: (path) => isBelow(path, top),
    fileAt: (key) => join(top, key),
    treatmentOf: (engine, path) => {
      if (!isBelow(path, top)) return APPLIED;
      if (engine === 'argocd') return byArgoCd(path);
      return kustomizations.has(top) ? built(top, path) : generated(top, path);
    },
  };
}
