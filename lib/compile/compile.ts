// Configs to the files of dist, in memory. One cdk8s App and Chart a namespace: an App with all of them is quadratic.
import { types } from 'node:util';
import { ApiObject, App, Chart } from 'cdk8s';
import type { LoadedConfig, LoadedNamespace } from '../config/load';
import { InputError, type InputProblem } from '../input/error';
import { RUNTIME_CLASS } from '../liqo/constants';
import { runtimeClassManifest } from '../liqo/runtime-class';
import type { KnownTexts } from '../manifests/known';
import { isClusterScoped, type JsonObject, type Manifest } from '../manifests/manifest';
import { manifestsIn } from '../manifests/read';
import { writeFile } from '../manifests/write';
import { addNamespace } from './namespace';

export interface Compiled {
  /** Text by path; paths begin with `dist/`. */
  readonly files: ReadonlyMap<string, string>;
  readonly manifests: readonly Manifest[];
  /** The config file that each path comes from. */
  readonly configs: ReadonlyMap<string, string>;
}

/** Where the project lies in its repository (empty or ending in `/`), and where texts are remembered. */
export interface CompileContext {
  readonly prefix: string;
  readonly known: KnownTexts;
}

class Output {
  readonly files = new Map<string, string>();
  readonly manifests: Manifest[] = [];
  readonly configs = new Map<string, string>();

  constructor(private readonly context: CompileContext) {}

  add(path: string, config: string, bodies: readonly JsonObject[]): void {
    if (bodies.length === 0) return;
    const text = writeFile(path, config, bodies);
    const file = this.context.prefix + path;
    const manifests = bodies.flatMap((body, document) =>
      manifestsIn(body, { file, text, document, path: [] }),
    );
    this.files.set(path, text);
    this.configs.set(path, config);
    for (const manifest of manifests) this.manifests.push(manifest);
    this.context.known.add(text, manifests);
  }
}

/** JSON would turn these into something else without a word. */
function refuseUnwritable(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new InputError({ message: `'${key}' is ${value}, which no manifest can hold` });
  if (typeof value === 'string' && /\p{Surrogate}/u.test(key + value))
    throw new InputError({
      message: `the text of '${key}' holds half of a surrogate pair, which is no character`,
    });
  return value;
}

/** What a chart holds, as plain JSON: what the judge sees is what is written. */
function objectsOf(chart: Chart): JsonObject[] {
  const objects = chart.toJson() as unknown[];
  return objects.map((object) => JSON.parse(JSON.stringify(object, refuseUnwritable)) as JsonObject);
}

/** A chart stamps its namespace on everything; what lives outside namespaces must not have one. */
function withoutStrayNamespace(body: JsonObject): JsonObject {
  const { apiVersion, kind, metadata } = body;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !isClusterScoped(apiVersion, kind))
    return body;
  return { ...body, metadata: { ...(metadata as JsonObject), namespace: undefined } };
}

function workloadsOf({ config, file }: LoadedNamespace, run: LoadedConfig['run']): JsonObject[] {
  const { constructs, name } = config;
  if (constructs === undefined) return [];
  return run(file, `constructs of namespace '${name}'`, () => {
    const chart = new Chart(new App(), name, { namespace: name });
    const call: (chart: Chart) => unknown = constructs;
    const returned = call(chart);
    if (types.isPromise(returned)) {
      returned.catch(() => undefined); // nobody waits for it, so nobody else would catch what it throws
      throw new Error('it returns a promise; charts are compiled in one go');
    }
    return objectsOf(chart).map(withoutStrayNamespace);
  });
}

/** A file called kustomization.yaml would make Argo CD and Flux run kustomize on the folder. */
const fileName = (name: string) =>
  name === 'kustomization' ? 'kustomization.namespace.yaml' : `${name}.yaml`;

/**
 * Compiles a checked configuration. The same configuration gives the same bytes on every machine.
 * @throws InputError where a config's `constructs` throws
 */
export function compile(config: LoadedConfig, context: CompileContext): Compiled {
  const output = new Output(context);
  // cdk8s would leave keys in the order of the config's code.
  delete process.env['CDK8S_DISABLE_SORT'];
  const { name = RUNTIME_CLASS, managed = false } = config.cluster.runtimeClass ?? {};
  if (managed) {
    const chart = new Chart(new App(), 'cluster');
    new ApiObject(chart, 'runtime-class', runtimeClassManifest(name));
    output.add('dist/cluster/runtime-class.yaml', config.clusterFile, objectsOf(chart));
  }
  const problems: InputProblem[] = [];
  for (const namespace of config.namespaces) {
    const inside = `${namespace.folder === '' ? '' : `${namespace.folder}/`}${fileName(namespace.config.name)}`;
    try {
      const chart = new Chart(new App(), namespace.config.name);
      addNamespace(chart, namespace.config);
      output.add(`dist/namespaces/${inside}`, namespace.file, objectsOf(chart));
      output.add(`dist/workloads/${inside}`, namespace.file, workloadsOf(namespace, config.run));
    } catch (thrown) {
      if (!(thrown instanceof InputError)) throw thrown;
      problems.push(...thrown.problems.map((problem) => ({ file: namespace.file, ...problem })));
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return output;
}
