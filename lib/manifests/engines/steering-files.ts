// The files that decide by their names what engines apply of a folder, or make of it: `.sourceignore` files and those of tools.
// Sources: kustomize konfig.RecognizedKustomizationFileNames; Flux "Artifact", excluding files; Argo CD "Parameter Overrides",
// util/app/discovery (any name that ends like that of a chart) and reposerver/repository (Jsonnet).
import { basename } from 'node:path/posix';
import { join } from 'node:path';
import { listFiles, readFile } from '../folder';
import { decode } from '../read';

/** One such file, by its path from the root of the repository. */
export interface SteeringFile {
  readonly path: string;
  readonly text: string;
}

const SOURCE_IGNORE = '.sourceignore';

export const isIgnoreFile = (path: string): boolean => basename(path) === SOURCE_IGNORE;
export const isKustomization = (path: string): boolean =>
  /^(kustomization\.ya?ml|Kustomization)$/.test(basename(path));
/** What Argo CD takes for one; Helm itself reads none but `Chart.yaml`. */
export const isChart = (path: string): boolean => path.endsWith('Chart.yaml');
/** What changes what Argo CD makes of a folder, in a way that is not judged. */
export const isOverride = (path: string): boolean =>
  basename(path).startsWith('.argocd-source') || isJsonnet(path);
export const isJsonnet = (path: string): boolean => path.endsWith('.jsonnet');

export const isSteering = (path: string): boolean =>
  [isIgnoreFile, isKustomization, isChart, isOverride].some((is) => is(path));

/** Of links to nowhere in a folder of manifests: one in the place of a file that steers is no less than a change of that. */
export const isLinkPassedOver = (path: string): boolean => !isSteering(path);

/** Where a `.sourceignore` can lie on the way from the root of the repository to a folder, and in that; nowhere for one outside it. */
export function ignoreFilesFor(folder: string): string[] {
  if (/^\.\.(\/|$)/.test(folder)) return [];
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.');
  return [[], ...parts.map((_, i) => parts.slice(0, i + 1))].map((above) =>
    [...above, SOURCE_IGNORE].join('/'),
  );
}

/**
 * @param folder absolute path
 * @param at the path from the root of the repository by which an engine finds a file of the folder
 * @param shown the path by which people do
 * @throws InputError for a file that is no text, or a link
 */
export function steeringIn(
  folder: string,
  at: (file: string) => string,
  shown: (file: string) => string = at,
): SteeringFile[] {
  return listFiles(folder, isSteering).map((file) => ({
    path: at(file),
    text: decode(shown(file), readFile(join(folder, file))),
  }));
}
