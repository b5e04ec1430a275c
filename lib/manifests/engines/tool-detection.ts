// What Flux and Argo CD apply of a folder once a file in it tells them to run a tool instead of applying all that lies there.
// Sources: fluxcd/pkg kustomize/kustomize_generator.go (scanManifests); Argo CD "Tool Detection" (util/app/discovery), which
// walks by name and lets the last decide, "Parameter Overrides", reposerver/repository (Jsonnet).
import { basename, dirname, join } from 'node:path/posix';
import type { Engine } from './engines';
import type { FluxArtifact, IgnoreFile } from './flux-artifact';
import { isKustomization } from './kustomization';
import { isBelow, KustomizeBuild, type Unclear } from './kustomize-build';

const isChart = (path: string) => path.endsWith('Chart.yaml');
/** What changes what Argo CD makes of a folder, in a way that is not judged. */
const OVERRIDE = /^\.argocd-source|\.jsonnet$/;

export const isToolFile = (path: string): boolean =>
  isKustomization(path) || isChart(path) || OVERRIDE.test(basename(path));

/** Takes paths from the root of the repository, with `/`. */
export interface ToolDetection {
  /** Whether a file lies in the folder that an engine is pointed at. */
  readonly covers: (path: string) => boolean;
  /** The file by which an engine does not apply a manifest of the folder at all, undefined where none is. */
  readonly leftOutBy: (engine: Engine, path: string) => string | undefined;
  /** Whether a kustomization decides for an engine what becomes of a file. */
  readonly isBuilt: (engine: Engine, path: string) => boolean;
  /** Where nobody can tell what a tool gives. */
  readonly unclear: (engine: Engine) => readonly Unclear[];
}

/** What only those who ask for it wait for, or fail on. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * @param root what an engine is pointed at, from the root of the repository; empty for that itself
 * @param files the tools' files in it
 * @param artifact what Flux fetches of them
 */
export function toolDetection(
  root: string,
  files: readonly IgnoreFile[],
  artifact: FluxArtifact = () => undefined,
): ToolDetection {
  const top = join(root, '.').replace(/(?<=.)\/$/, '');
  const inside = files.filter(({ path }) => isBelow(path, top));
  const byFlux = once(() => {
    // A `Kustomization` does not end in .yaml, and counts.
    const fetched = inside.filter(({ path }) => artifact(path)?.said === undefined);
    return new KustomizeBuild(top, fetched, true);
  });
  const byArgoCD = once(() => new KustomizeBuild(top, inside, false));

  const detected = inside
    .map(({ path }) => path)
    .filter((path) => dirname(path) === top && (isChart(path) || isKustomization(path)))
    .sort()
    .at(-1);
  const isHelm = detected !== undefined && isChart(detected);
  const overrides = inside
    .filter(({ path }) => OVERRIDE.test(basename(path)))
    .map(({ path }) => ({ file: path, why: 'it changes what Argo CD makes of the folder' }));

  return {
    covers: (path) => isBelow(path, top),
    leftOutBy: (engine, path) => {
      if (!isBelow(path, top) || (engine === 'argocd' && isHelm)) return undefined;
      return (engine === 'flux' ? byFlux() : byArgoCD()).leftOutBy(path);
    },
    isBuilt: (engine, path) =>
      isBelow(path, top) && (engine === 'flux' ? byFlux() : byArgoCD()).isBuilt(path),
    unclear: (engine) => {
      if (engine === 'flux') return byFlux().unclear;
      const own = isHelm ? [{ file: detected, why: 'Helm renders the folder' }] : byArgoCD().unclear;
      return [...own, ...overrides];
    },
  };
}
