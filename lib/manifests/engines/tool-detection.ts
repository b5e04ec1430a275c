// What Flux and Argo CD apply of a folder once a file in it tells them to run a tool instead of applying all that lies there.
// Sources: fluxcd/pkg kustomize/kustomize_generator.go (scanManifests); Argo CD "Tool Detection" (util/app/discovery), which
// walks by name and lets the last decide, "Parameter Overrides", reposerver/repository (Jsonnet).
import { basename, dirname, join } from 'node:path/posix';
import type { Engine } from './engines';
import type { FluxArtifact, IgnoreFile } from './flux-artifact';
import { isKustomization, kustomizationOf } from './kustomization';
import { isBelow, KustomizeBuild, type Changes } from './kustomize-build';

const isChart = (path: string) => path.endsWith('Chart.yaml');
/** What changes what Argo CD makes of a folder, in a way that is not judged. */
const OVERRIDE = /^\.argocd-source|\.jsonnet$/;

export const isToolFile = (path: string): boolean =>
  isKustomization(path) || isChart(path) || OVERRIDE.test(basename(path));

/** Files that may decide, by what kustomizations say, what becomes of the objects of others; not all of them are there. */
export const usedFiles = (files: readonly IgnoreFile[]): string[] =>
  files.filter(({ path }) => isKustomization(path)).flatMap((one) => kustomizationOf(one).uses);

/** What becomes of a manifest of the folder. */
export interface Treatment {
  /** The file by which it is not applied at all. */
  readonly leftOutBy?: string;
  /** By file or folder, from the judged one: what it makes of the manifest, which is not judged. */
  readonly changedBy: Changes;
}

/** Takes paths from the root of the repository, with `/`. */
export interface ToolDetection {
  /** Whether a kustomization decides for an engine what becomes of a file. */
  readonly isBuilt: (engine: Engine, path: string) => boolean;
  /** Whether a file lies in the folder that an engine is pointed at. */
  readonly covers: (path: string) => boolean;
  readonly treatmentOf: (engine: Engine, path: string) => Treatment;
  /** The file that a key of `changedBy` is about. */
  readonly fileAt: (key: string) => string;
  /** Why nobody can tell what a tool gives, by the file that names it. */
  readonly unclear: (engine: Engine) => readonly { readonly file: string; readonly why: string }[];
}

const APPLIED: Treatment = { changedBy: new Map() };

/** What only those who ask for it wait for, or fail on. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * @param root what an engine is pointed at, from the root of the repository; empty for that itself
 * @param files the tools' files in it, and what they use
 * @param artifact what Flux fetches of them
 * @returns throws InputError, once it is asked, for what could take for ever to judge
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
  const byKustomize = once(() => new KustomizeBuild(top, inside, false));

  const detected = inside
    .map(({ path }) => path)
    .filter((path) => dirname(path) === top && (isChart(path) || isKustomization(path)))
    .sort()
    .at(-1);
  const chart = detected !== undefined && isChart(detected) ? detected : undefined;
  const shown = (path: string) => (top === '.' ? path : path.slice(top.length + 1));
  const overrides = inside
    .filter(({ path }) => OVERRIDE.test(basename(path)))
    .map(({ path, text }) => [shown(path), text] as const);

  /** Helm renders what lies in `templates`, and takes no other manifest. */
  function byHelm(file: string, path: string): Treatment {
    return isBelow(path, join(top, 'templates'))
      ? { changedBy: new Map([[shown(file), '']]) }
      : { ...APPLIED, leftOutBy: file };
  }

  function byArgoCD(path: string): Treatment {
    const way: Treatment = chart === undefined ? byKustomize().treatmentOf(path) : byHelm(chart, path);
    return { ...way, changedBy: new Map([...way.changedBy, ...overrides]) };
  }

  return {
    isBuilt: (engine, path) =>
      isBelow(path, top) && (engine === 'flux' ? byFlux() : byKustomize()).isBuilt(path),
    covers: (path) => isBelow(path, top),
    treatmentOf: (engine, path) => {
      if (!isBelow(path, top)) return APPLIED;
      return engine === 'argocd' ? byArgoCD(path) : byFlux().treatmentOf(path);
    },
    fileAt: (key) => {
      const path = join(top, key);
      return byKustomize().fileIn(path) ?? path;
    },
    unclear: (engine) => {
      if (engine === 'flux') return byFlux().unclear();
      return chart === undefined
        ? byKustomize().unclear()
        : [{ file: chart, why: 'Helm renders the folder' }];
    },
  };
}
