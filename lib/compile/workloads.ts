// What a namespace's `constructs` add and its `include` takes in: with its namespace, and where the pods run.
import { types } from 'node:util';
import type { Chart } from 'cdk8s';
import { compiledChart } from '../config/compiled-app';
import type { LoadedConfig, LoadedNamespace } from '../config/load';
import { declaredPods, type DeclaredPods } from '../config/pod-templates';
import type { ClusterConfig, IncludeConfig } from '../config/types';
import { InputError, type InputProblem } from '../input/error';
import { readIncluded, type IncludeRoots } from '../manifests/include';
import { groupOf, isClusterScoped, valueAt, type JsonObject, type Manifest } from '../manifests/manifest';
import { createsPods, unknownPodSpec, withDeclaredPods } from '../manifests/pod-template';
import { notPlaced } from '../manifests/not-placed';
import { lineOf, readManifests } from '../manifests/read';
import type { Written } from '../manifests/write';
import { objectsOf } from './chart';
import { annotatedPods, hasNotes, notesOn, withMetadata, without, withoutNotes, type Notes } from './notes';
import { placed, type Placeable, type PlacedObject, type Surroundings } from './placement';

/** What is known of the project around a namespace. */
export interface WorkloadContext extends IncludeRoots {
  readonly cluster: ClusterConfig;
  readonly run: LoadedConfig['run'];
}

const textAt = (body: JsonObject, ...keys: readonly string[]) => {
  const value = valueAt(body, ...keys);
  return typeof value === 'string' ? value : '';
};

const placeable = (body: JsonObject): Placeable => ({
  apiVersion: textAt(body, 'apiVersion'),
  kind: textAt(body, 'kind'),
  name: textAt(body, 'metadata', 'name'),
  body,
});

function withPods(object: Placeable, declared: DeclaredPods): Placeable {
  const pods = declared.get(`${groupOf(object.apiVersion)}/${object.kind}`);
  return pods === undefined ? object : { ...object, pods };
}

const titleOf = ({ kind, name }: Pick<Placeable, 'kind' | 'name'>) => `${kind} '${name}'`;

function problemsOf(object: Placeable, result: PlacedObject, where: Partial<InputProblem>): InputProblem[] {
  if ('body' in result) return [];
  return result.problems.map((problem) => ({ ...where, message: `${titleOf(object)} ${problem}` }));
}

/** A chart stamps its namespace on everything; what lives outside namespaces must not have one. */
function withoutStrayNamespace(body: JsonObject): JsonObject {
  const { apiVersion, kind } = placeable(body);
  return isClusterScoped(apiVersion, kind) ? inNamespace(body, undefined) : body;
}

function inNamespace(body: JsonObject, namespace: string | undefined): JsonObject {
  return withMetadata(body, (metadata) => {
    const others = without(metadata, (key) => key === 'namespace');
    return namespace === undefined ? others : { ...others, namespace };
  });
}

/** An object with the annotations and the placement that were noted on it. */
function withNotes(object: Placeable, notes: Notes, surroundings: Surroundings): PlacedObject {
  const annotated = annotatedPods(object, notes.podAnnotations);
  return 'body' in annotated
    ? placed({ ...object, body: annotated.body }, surroundings, notes.placement, notes.means)
    : annotated;
}

function fromConstructs(
  { config, file }: LoadedNamespace,
  { cluster, run }: WorkloadContext,
  problems: InputProblem[],
): Written[] {
  const { constructs, name } = config;
  if (constructs === undefined) return [];
  const bodies = run(file, `constructs of namespace '${name}'`, () => {
    const chart = compiledChart(name);
    const call: (chart: Chart) => unknown = constructs;
    const returned = call(chart);
    if (types.isPromise(returned)) {
      returned.catch(() => undefined); // nobody waits for it, so nobody else would catch what it throws
      throw new Error('it returns a promise: charts are compiled synchronously');
    }
    return objectsOf(chart).map(withoutStrayNamespace);
  });
  const pods = declaredPods(cluster.podTemplates);
  return bodies.map((body) => {
    if (!hasNotes(body)) return { body };
    const object = withPods(placeable(withoutNotes(body)), pods);
    const notes = notesOn(body);
    const elsewhere = textAt(body, 'metadata', 'namespace') !== name;
    const result =
      typeof notes === 'string'
        ? { problems: [notes] }
        : elsewhere && notes.placement !== 'inherit'
          ? { problems: [`is placed by the offloading of '${name}' but names another namespace`] }
          : withNotes(object, notes, { cluster, namespace: config });
    problems.push(...problemsOf(object, result, { path: '/constructs' }));
    return 'body' in result ? result : { body };
  });
}

/** Kinds outside namespaces that the manifests themselves define. */
function clusterScopedKinds(manifests: readonly Manifest[]): ReadonlySet<string> {
  const crds = manifests.filter(
    ({ kind, body }) => kind === 'CustomResourceDefinition' && textAt(body, 'spec', 'scope') === 'Cluster',
  );
  return new Set(
    crds.map(({ body }) => `${textAt(body, 'spec', 'group')}/${textAt(body, 'spec', 'names', 'kind')}`),
  );
}

const isKustomization = ({ apiVersion }: Manifest) => groupOf(apiVersion) === 'kustomize.config.k8s.io';

/** Reads what an include names. @throws InputError, also for a kustomization: it is no manifest */
function included({ path }: IncludeConfig, roots: IncludeRoots): Manifest[] {
  const manifests = readIncluded(path, roots).flatMap(({ file, text }) =>
    readManifests(file, text, { strict: true }),
  );
  if (manifests.length === 0)
    throw new InputError({
      message: `the include '${path}' contains no object`,
      remedy: 'remove the include if this is intended: objects that it contained before would be deleted',
    });
  const kustomizations = manifests.filter(isKustomization);
  if (kustomizations.length > 0)
    throw new InputError(
      kustomizations.map(({ source: { file } }) => ({
        message: `the include '${path}' contains a kustomization, which is not a manifest`,
        file,
        remedy: 'include the output of `kubectl kustomize`, or only the manifests',
      })),
    );
  return manifests;
}

/** Overrides that name nothing are misspelt, and would leave a workload where it must not be. */
function unknownOverrides(
  { overrides = {}, path }: IncludeConfig,
  manifests: readonly Manifest[],
  at: string,
) {
  const known = new Set(manifests.map(({ kind, name }) => `${kind}/${name}`));
  return Object.keys(overrides)
    .filter((key) => !known.has(key))
    .map((key): InputProblem => {
      const names = manifests.filter((one) => createsPods(one));
      return {
        path: `${at}/overrides/${key}`,
        message: `there is no '${key}' in the include '${path}'`,
        remedy: `it contains ${names.map(({ kind, name }) => `${kind}/${name}`).join(', ') || 'nothing with pods'}`,
      };
    });
}

/** An include with what it takes in, and its path in the config. */
interface Taken {
  readonly include: IncludeConfig;
  readonly at: string;
  readonly manifests: readonly Manifest[];
}

function fromInclude(
  { include, at, manifests }: Taken,
  outside: ReadonlySet<string>,
  surroundings: Surroundings,
  problems: InputProblem[],
): Written[] {
  const { placement = 'inherit', means = 'runtimeClass', overrides = {} } = include;
  problems.push(...unknownOverrides(include, manifests, at));
  return manifests.map((manifest) => {
    const { apiVersion, kind, name } = manifest;
    const clusterScoped = isClusterScoped(apiVersion, kind) || outside.has(`${groupOf(apiVersion)}/${kind}`);
    const body = inNamespace(manifest.body, clusterScoped ? undefined : surroundings.namespace.name);
    const key = `${kind}/${name}`;
    const own = Object.hasOwn(overrides, key) ? overrides[key] : undefined;
    const hasPods = createsPods(manifest);
    const result = placed(
      { ...manifest, body },
      surroundings,
      own ?? (hasPods ? placement : 'inherit'),
      means,
    );
    const where = { file: manifest.source.file, line: lineOf(manifest) };
    problems.push(...problemsOf(manifest, result, where));
    if (!('body' in result)) return { body };
    const isLeft = own === undefined && !hasPods && unknownPodSpec(body) !== undefined;
    return isLeft && placement !== 'inherit' ? { ...result, note: notPlaced(placement) } : result;
  });
}

/**
 * The objects of a namespace's `constructs` and `include`, in this order.
 * @throws InputError where `constructs` throws, a file cannot be read, or a workload cannot be placed
 */
export function workloadsOf(namespace: LoadedNamespace, context: WorkloadContext): Written[] {
  const problems: InputProblem[] = [];
  const surroundings = { cluster: context.cluster, namespace: namespace.config };
  const own = fromConstructs(namespace, context, problems);
  const pods = declaredPods(context.cluster.podTemplates);
  const includes = (namespace.config.include ?? []).map((include, i) => ({
    include,
    at: `/include/${i}`,
    manifests: withDeclaredPods(included(include, context), pods),
  }));
  const outside = clusterScopedKinds(includes.flatMap(({ manifests }) => manifests));
  const taken = includes.flatMap((one) => fromInclude(one, outside, surroundings, problems));
  if (problems.length > 0) throw new InputError(problems);
  return [...own, ...taken];
}
