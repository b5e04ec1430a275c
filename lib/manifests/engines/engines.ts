// The GitOps engines: the prefixes of what they read on objects, and which of their units applies which file of dist.
import { dirname } from 'node:path/posix';

export const ENGINES = ['argocd', 'flux'] as const;
export type Engine = (typeof ENGINES)[number];

/** What begins the annotations and labels that Argo CD reads. */
export const ARGO_CD = 'argocd.argoproj.io';
/** Anywhere in a file, a comment too: Argo CD passes over all that is in it ("Directory", skipping files). */
export const SKIPPED = '+argocd:skip-file-rendering';
/** What begins the annotations and labels that Flux's kustomize-controller reads. */
export const FLUX = 'kustomize.toolkit.fluxcd.io';

const within = (folder: string, other: string) => folder === other || folder.startsWith(`${other}/`);

/** The folder of a file below dist, undefined for a file elsewhere. */
function folderOf(path: string, dist: string): string | undefined {
  const folder = dirname(path);
  return within(folder, dist) && folder !== dist ? folder.slice(dist.length + 1) : undefined;
}

/** An Application reads the files of one folder, and no deeper ("Directory", where `recurse` is left out). */
function argoUnit(folder: string): string {
  const [layer = '', ...inside] = folder.split('/');
  return [layer === 'workloads' ? 'namespaces' : layer, ...inside].join('/');
}

/**
 * Which unit of an engine applies each file: an Argo CD Application for each folder, its namespaces and workloads together;
 * a Flux Kustomization for each outermost folder with files of its own, since Flux applies all that lies below its path
 * (fluxcd/pkg kustomize, Generator.generateKustomization).
 * @param paths files of one state of dist; those elsewhere are in no unit
 * @param dist the folder, as the paths begin
 * @returns by path, the unit: a folder below dist (`namespaces/demo`)
 */
export function unitsByPath(
  engine: Engine,
  paths: Iterable<string>,
  dist = 'dist',
): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const path of paths) {
    const folder = folderOf(path, dist);
    if (folder !== undefined) folders.set(path, folder);
  }
  if (engine === 'argocd') return new Map([...folders].map(([path, folder]) => [path, argoUnit(folder)]));
  const all = new Set(folders.values());
  const outermost = (folder: string): string => {
    const parts = folder.split('/');
    return parts.map((_, i) => parts.slice(0, i + 1).join('/')).find((one) => all.has(one)) ?? folder;
  };
  return new Map([...folders].map(([path, folder]) => [path, outermost(folder)]));
}
