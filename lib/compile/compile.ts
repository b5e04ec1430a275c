// Configs to the files of dist, in memory. What people's constructs add takes a cdk8s App and Chart a namespace: an App
// with all of them is quadratic.
import type { LoadedConfig } from '../config/load';
import { InputError, type InputProblem } from '../input/error';
import type { GuardDescription } from '../liqo/guard';
import { runtimeClassManifest } from '../liqo/runtime-class';
import { fluxArtifact } from '../manifests/engines/flux-artifact';
import type { KnownTexts } from '../manifests/known';
import type { IncludeRoots } from '../manifests/include';
import type { JsonObject, Manifest } from '../manifests/manifest';
import { manifestsIn } from '../manifests/read';
import { writeFile, type Written } from '../manifests/write';
import { objectOf } from './chart';
import { componentsOf } from './components';
import { gitopsOf } from './gitops/gitops';
import { describeGuard, guardObjects } from './guard/guard';
import { steered } from './gitops/steering';
import { namespaceObjects } from './namespace';
import { workloadsOf } from './workloads';

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
  /** The guard in words; undefined where the config asks for none. */
  readonly guard?: GuardDescription;
}

/** Where the project lies in its repository (empty or ending in `/`), and where texts are remembered. */
export interface CompileContext extends IncludeRoots {
  readonly prefix: string;
  /** The names of the virtual nodes that the inventory knows. */
  readonly virtualNodes?: readonly string[];
  readonly known: KnownTexts;
}

class Output {
  readonly files = new Map<string, string>();
  readonly manifests: Manifest[] = [];
  readonly configs = new Map<string, string>();
  readonly beside = new Map<string, string>();
  readonly units: Manifest[] = [];
  guard?: GuardDescription;

  constructor(private readonly context: CompileContext) {}

  add(path: string, config: string, objects: readonly Written[]): void {
    if (objects.length === 0) return;
    const { text, manifests } = this.written(path, config, objects);
    this.files.set(path, text);
    this.configs.set(path, config);
    for (const manifest of manifests) this.manifests.push(manifest);
  }

  addUnits(config: string, bodies: ReadonlyMap<string, JsonObject>): void {
    for (const [path, body] of bodies) {
      const { text, manifests } = this.written(path, config, [{ body }]);
      this.beside.set(path, text);
      for (const manifest of manifests) this.units.push(manifest);
    }
  }

  /** A text, whose objects are known without reading it again. */
  private written(path: string, config: string, objects: readonly Written[]) {
    const text = writeFile(path, config, objects);
    const file = this.context.prefix + path;
    const manifests = objects.flatMap(({ body }, document) =>
      manifestsIn(body, { file, text, document, path: [] }),
    );
    this.context.known.add(text, manifests);
    return { text, manifests };
  }

  addBeside(files: ReadonlyMap<string, string>): void {
    for (const [path, text] of files) this.beside.set(path, text);
  }
}

/**
 * Names that an engine reads as something else: kustomization.yaml makes both run kustomize on the folder, and Flux leaves
 * cloudbuild.yaml out of what it fetches (fluxcd/pkg sourceignore, ExcludeCI).
 */
const TAKEN: readonly string[] = ['kustomization', 'cloudbuild'];

const fileName = (name: string) => (TAKEN.includes(name) ? `${name}.namespace.yaml` : `${name}.yaml`);

/** @throws InputError where Flux, without a `.sourceignore` that replaces its lists, leaves a file out of what it fetches */
function refuseUnfetched({ files, configs }: Compiled, prefix: string): void {
  const fetches = fluxArtifact([]);
  const problems = [...files.keys()].flatMap((path) => {
    const unfetched = fetches(prefix + path);
    if (unfetched === undefined) return [];
    const message = `Flux would not apply ${path}: ${unfetched.why}`;
    return [{ message, file: configs.get(path), remedy: unfetched.remedy }];
  });
  if (problems.length > 0) throw new InputError(problems);
}

/**
 * Compiles a checked configuration. The same configuration gives the same bytes on every machine.
 * @throws InputError where a config's `constructs` throws, or what it includes cannot be read or placed
 */
export function compile(config: LoadedConfig, context: CompileContext): Compiled {
  const output = new Output(context);
  // cdk8s would leave keys in the order of the config's code.
  delete process.env['CDK8S_DISABLE_SORT'];
  const { runtimeClass, components = false, gitops } = config.cluster;
  if (runtimeClass?.managed === true) {
    const body = steered(objectOf(runtimeClassManifest(runtimeClass)), gitops, false);
    output.add('dist/cluster/runtime-class.yaml', config.clusterFile, [{ body }]);
  }
  output.add(
    'dist/cluster/guard.yaml',
    config.clusterFile,
    guardObjects({ config, virtualNodes: context.virtualNodes ?? [] }).map((body) => ({
      body: steered(body, gitops, false),
    })),
  );
  const problems: InputProblem[] = [];
  const workloads = { ...context, cluster: config.cluster, run: config.run };
  for (const namespace of config.namespaces) {
    const inside = `${namespace.folder === '' ? '' : `${namespace.folder}/`}${fileName(namespace.config.name)}`;
    try {
      const offloaded = namespace.config.offloading !== undefined;
      output.add(
        `dist/namespaces/${inside}`,
        namespace.file,
        namespaceObjects(namespace.config).map((body) => ({ body: steered(body, gitops, offloaded) })),
      );
      output.add(
        `dist/workloads/${inside}`,
        namespace.file,
        workloadsOf(namespace, workloads).map((one) => ({
          ...one,
          body: steered(one.body, gitops, offloaded),
        })),
      );
      if (components) output.addBeside(componentsOf(namespace, config.cluster));
    } catch (thrown) {
      if (!(thrown instanceof InputError)) throw thrown;
      problems.push(...thrown.problems.map((problem) => ({ file: namespace.file, ...problem })));
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  if (gitops?.flux !== undefined) refuseUnfetched(output, context.prefix);
  const placed = { prefix: context.prefix, paths: [...output.files.keys()] };
  output.addUnits(config.clusterFile, gitopsOf(config.cluster, placed));
  output.guard = describeGuard(config);
  return output;
}
