// What configs were compiled to, as the judge takes it.
import type { GuardDescription } from '../liqo/guard';
import type { KnownTexts } from '../manifests/known';
import type { JsonObject, Manifest } from '../manifests/manifest';
import { manifestsIn } from '../manifests/read';

/** A file of objects. */
export interface CompiledFile {
  readonly path: string;
  /** The config that it comes from. */
  readonly config: string;
  readonly text: string;
  /** Its documents. */
  readonly bodies: readonly JsonObject[];
}

/** What configs give, as plain data that crosses from one thread to another. */
export interface CompiledFiles {
  readonly files: readonly CompiledFile[];
  /** The engines' own objects. */
  readonly units: readonly CompiledFile[];
  /** What else lies beside dist, text by path. */
  readonly beside: ReadonlyMap<string, string>;
  /** The guard in words; undefined where the config asks for none. */
  readonly guard?: GuardDescription;
}

export interface Compiled {
  /** Text by path; paths begin with `dist/`. */
  readonly files: ReadonlyMap<string, string>;
  readonly manifests: readonly Manifest[];
  /** The config file that each path comes from. */
  readonly configs: ReadonlyMap<string, string>;
  /** Kustomize Components and the engines' own objects, text by path; they lie beside dist, and nobody judges them. */
  readonly beside: ReadonlyMap<string, string>;
  /** The engines' Applications and Kustomizations among them. */
  readonly units: readonly Manifest[];
  readonly guard?: GuardDescription;
}

/** Where the project lies in its repository (empty or ending in `/`), and where texts are remembered. */
export interface ManifestContext {
  readonly prefix: string;
  readonly known: KnownTexts;
}

/** Compiled files with their manifests, which are known without reading the texts again. */
export function withManifests(
  { files, units, beside, guard }: CompiledFiles,
  { prefix, known }: ManifestContext,
): Compiled {
  const manifestsOf = ({ path, text, bodies }: CompiledFile) => {
    const file = prefix + path;
    const found = bodies.flatMap((body, document) => manifestsIn(body, { file, text, document, path: [] }));
    known.add(text, found);
    return found;
  };
  return {
    files: new Map(files.map(({ path, text }) => [path, text])),
    manifests: files.flatMap(manifestsOf),
    configs: new Map(files.map(({ path, config }) => [path, config])),
    beside: new Map([...beside, ...units.map(({ path, text }) => [path, text] as const)]),
    units: units.flatMap(manifestsOf),
    ...(guard !== undefined && { guard }),
  };
}
