// Configs to the files of dist, in memory. What people's constructs add takes a cdk8s App and Chart a namespace: an App
// with all of them is quadratic.
import type { LoadedConfig } from '../config/load';
import { InputError, type InputProblem } from '../input/error';
import type { GuardDescription } from '../liqo/guard';
import { runtimeClassManifest } from '../liqo/runtime-class';
import { fluxArtifact } from '../manifests/engines/flux-artifact';
import type { IncludeRoots } from '../manifests/include';
import type { JsonObject } from '../manifests/manifest';
import { writeFile, type Written } from '../manifests/write';
import { objectOf } from './chart';
import {
  withManifests,
  type Compiled,
  type CompiledFile,
  type CompiledFiles,
  type ManifestContext,
} from './compiled';
import { componentsOf } from './components';
import { gitopsOf } from './gitops/gitops';
import { describeGuard, guardObjects } from './guard/guard';
import { steered } from './gitops/steering';
import { namespaceObjects } from './namespace';
import { workloadsOf } from './workloads';

/** Where the project lies, and its includes. */
export interface CompileContext extends IncludeRoots, Pick<ManifestContext, 'prefix'> {
  /** The names of the virtual nodes that the inventory knows. */
  readonly virtualNodes?: readonly string[];
}

class Output implements CompiledFiles {
  readonly files: CompiledFile[] = [];
  readonly units: CompiledFile[] = [];
  readonly beside = new Map<string, string>();
  guard?: GuardDescription;

  add(path: string, config: string, objects: readonly Written[]): void {
    if (objects.length > 0) this.files.push(compiledFile(path, config, objects));
  }

  addUnits(config: string, bodies: ReadonlyMap<string, JsonObject>): void {
    for (const [path, body] of bodies) this.units.push(compiledFile(path, config, [{ body }]));
  }

  addBeside(files: ReadonlyMap<string, string>): void {
    for (const [path, text] of files) this.beside.set(path, text);
  }
}

const compiledFile = (path: string, config: string, objects: readonly Written[]): CompiledFile => ({
  path,
  config,
  text: writeFile(path, config, objects),
  bodies: objects.map(({ body }) => body),
});

/**
 * Names that an engine reads as something else: kustomization.yaml makes both run kustomize on the folder, and Flux leaves
 * cloudbuild.yaml out of what it fetches (fluxcd/pkg sourceignore, ExcludeCI).
 */
const TAKEN: readonly string[] = ['kustomization', 'cloudbuild'];

const fileName = (name: string) => (TAKEN.includes(name) ? `${name}.namespace.yaml` : `${name}.yaml`);

/** @throws InputError where Flux, without a `.sourceignore` that replaces its lists, leaves a file out of what it fetches */
function refuseUnfetched({ files }: CompiledFiles, prefix: string): void {
  const fetches = fluxArtifact([]);
  const problems = files.flatMap(({ path, config }) => {
    const unfetched = fetches(prefix + path);
    if (unfetched === undefined) return [];
    const message = `Flux would not apply ${path}: ${unfetched.why}`;
    return [{ message, file: config, remedy: unfetched.remedy }];
  });
  if (problems.length > 0) throw new InputError(problems);
}

/**
 * Compiles a checked configuration. The same configuration gives the same bytes on every machine.
 * @throws InputError where a config's `constructs` throws, or what it includes cannot be read or placed
 */
export function compileFiles(config: LoadedConfig, context: CompileContext): CompiledFiles {
  const output = new Output();
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
  const placed = { prefix: context.prefix, paths: output.files.map(({ path }) => path) };
  output.addUnits(config.clusterFile, gitopsOf(config.cluster, placed));
  output.guard = describeGuard(config);
  return output;
}

/** @see compileFiles, withManifests */
export const compile = (config: LoadedConfig, context: CompileContext & ManifestContext): Compiled =>
  withManifests(compileFiles(config, context), context);
