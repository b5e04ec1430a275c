// What installs Liqo's chart, where, and with which values, as far as manifests show.
// Sources: argo-cd, Application spec.source.helm (parameters before valuesObject before values); helm-controller, api/v2
// (GetReleaseName, GetStorageNamespace) and fluxcd/pkg chartutil (spec.values over what valuesFrom names, later over earlier);
// k3s-io/helm-controller, HelmChart and HelmChartConfig; deployments/liqo of Liqo.
import { dirname } from 'node:path/posix';
import { InputError } from '../input/error';
import { madeBy, RepositoryFiles } from '../manifests/engines/application-set';
import { groupBy } from '../manifests/group';
import {
  groupOf,
  identityOf,
  isObject,
  stringsAt,
  valueAt,
  type Json,
  type JsonObject,
  type Manifest,
} from '../manifests/manifest';
import { documentValue, parseDocuments } from '../manifests/read';
import type { Change, State } from './state';

/** One installation of Liqo that manifests declare. */
export interface Installation {
  readonly manifest: Manifest;
  readonly by: 'Argo CD' | 'Flux' | 'k3s';
  /** The name of the Application, or of the object itself. */
  readonly name: string;
  /** Where Liqo runs; empty if unknown. */
  readonly namespace: string;
  /** Values of the chart, highest precedence first. */
  readonly values: readonly Json[];
  /** What identifies the Helm release. */
  readonly release: readonly string[];
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const isKind = ({ apiVersion, kind }: Manifest, group: string, name: string) =>
  kind === name && groupOf(apiVersion) === group;

/** Whether a chart, its folder or its address is Liqo's. */
const isLiqoChart = (chart: string) => /^(.*\/)?liqo(-v?\d[^/]*\.tgz)?\/?$/.test(chart);

/** Values in a text; none if it cannot be read. */
function parsed(text: Json | undefined): Json[] {
  if (typeof text !== 'string') return [];
  try {
    const [document] = parseDocuments('values', text);
    return document === undefined ? [] : [documentValue('values', document)];
  } catch (thrown) {
    if (thrown instanceof InputError) return [];
    throw thrown;
  }
}

/** The value that a path such as `discovery.config.clusterID` names. */
const nested = (path: string, value: Json): Json =>
  path.split('.').reduceRight<Json>((inside, key) => ({ [key]: inside }), value);

/** The sources of an Application, and those of them that are Liqo's chart, from a Helm repository or from Git. */
export const sourcesOf = (spec: Json | undefined): JsonObject[] =>
  [valueAt(spec, 'source') ?? null, ...listOf(valueAt(spec, 'sources'))].filter(isObject);

function isLiqoSource(source: JsonObject): boolean {
  const text = stringsAt(source);
  const fromGit = /[/:]liqotech\/liqo(\.git)?$/.test(text.get('repoURL') ?? '');
  return (
    isLiqoChart(text.get('chart') ?? '') ||
    (fromGit && /(^|\/)deployments\/liqo\/?$/.test(text.get('path') ?? ''))
  );
}

function valuesOfSource(source: JsonObject): Json[] {
  const parameters = listOf(valueAt(source, 'helm', 'parameters')).map((one) => stringsAt(one));
  return [
    ...parameters.toReversed().map((one) => nested(one.get('name') ?? '', one.get('value') ?? null)),
    ...[valueAt(source, 'helm', 'valuesObject') ?? []].flat(),
    ...parsed(valueAt(source, 'helm', 'values')),
  ];
}

/** Files that a generator finds are not read: a template that installs Liqo is used as written. */
const NO_FILES = {
  urls: [],
  files: new RepositoryFiles(
    () => [],
    () => [],
  ),
};

function templatesOf(body: JsonObject): Json[] {
  const made = madeBy(body, NO_FILES).map(({ template }) => template);
  return made.length > 0 ? made : [valueAt(body, 'spec', 'template') ?? null];
}

function applications(manifest: Manifest): Installation[] {
  const templates = isKind(manifest, 'argoproj.io', 'Application')
    ? [manifest.body]
    : isKind(manifest, 'argoproj.io', 'ApplicationSet')
      ? templatesOf(manifest.body)
      : [];
  return templates.flatMap((template): Installation[] => {
    const spec = valueAt(template, 'spec');
    const sources = sourcesOf(spec).filter(isLiqoSource);
    if (sources.length === 0) return [];
    const name = stringsAt(template, 'metadata').get('name') ?? manifest.name;
    const namespace = stringsAt(spec ?? {}, 'destination').get('namespace') ?? '';
    return [
      { manifest, by: 'Argo CD', name, namespace, values: sources.flatMap(valuesOfSource), release: [] },
    ];
  });
}

/** An object that another one names; if there are several, the one beside it. */
function namedBy(
  by: Manifest,
  state: State,
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string,
) {
  const all = state.byIdentity.get(identityOf({ apiVersion, kind, name, namespace })) ?? [];
  const beside = all.find(({ source }) => dirname(source.file) === dirname(by.source.file));
  return beside ?? (all.length === 1 ? all[0] : undefined);
}

/** The chart that a HelmRelease names, directly or through its source; undefined if unknown. */
export function chartOf(release: Manifest, state: State): string | undefined {
  const chart = stringsAt(release.body, 'spec', 'chart', 'spec').get('chart');
  const {
    kind,
    name,
    namespace = release.namespace,
  } = Object.fromEntries(stringsAt(release.body, 'spec', 'chartRef'));
  if (chart !== undefined || kind === undefined || name === undefined) return chart;
  const source = namedBy(release, state, 'source.toolkit.fluxcd.io/v1', kind, name, namespace);
  const said = source && stringsAt(source.body, 'spec').get(kind === 'HelmChart' ? 'chart' : 'url');
  return said ?? (name === 'liqo' ? name : undefined);
}

/** The values in ConfigMaps of `valuesFrom` that Git holds; Secrets are not read. */
function valuesFrom(release: Manifest, state: State): Json[] {
  return listOf(valueAt(release.body, 'spec', 'valuesFrom'))
    .toReversed()
    .flatMap((reference) => {
      const said = stringsAt(reference);
      const { kind = '', name = '', targetPath, valuesKey = 'values.yaml' } = Object.fromEntries(said);
      if (kind !== 'ConfigMap') return [];
      const map = namedBy(release, state, 'v1', kind, name, release.namespace);
      const text = map && stringsAt(map.body, 'data').get(valuesKey);
      return targetPath === undefined || text === undefined ? parsed(text) : [nested(targetPath, text)];
    });
}

function helmRelease(manifest: Manifest, state: State): Installation[] {
  if (!isKind(manifest, 'helm.toolkit.fluxcd.io', 'HelmRelease')) return [];
  if (!isLiqoChart(chartOf(manifest, state) ?? '')) return [];
  const spec = stringsAt(manifest.body, 'spec');
  const { name } = manifest;
  const target = spec.get('targetNamespace');
  const namespace = target ?? manifest.namespace;
  const called = spec.get('releaseName') ?? (target === undefined ? name : `${target}-${name}`);
  const release = [called, namespace, spec.get('storageNamespace') ?? manifest.namespace];
  const own = [valueAt(manifest.body, 'spec', 'values') ?? []].flat();
  return [
    { manifest, by: 'Flux', name, namespace, values: [...own, ...valuesFrom(manifest, state)], release },
  ];
}

function valuesOfK3s({ body }: Manifest): Json[] {
  const set = [...stringsAt(body, 'spec', 'set')].map(([path, value]) => nested(path, value));
  return [
    ...set,
    ...[valueAt(body, 'spec', 'values') ?? []].flat(),
    ...parsed(valueAt(body, 'spec', 'valuesContent')),
  ];
}

function helmChart(manifest: Manifest, state: State): Installation[] {
  const spec = stringsAt(manifest.body, 'spec');
  if (!isKind(manifest, 'helm.cattle.io', 'HelmChart') || !isLiqoChart(spec.get('chart') ?? '')) return [];
  const { name, namespace } = manifest;
  const more = namedBy(manifest, state, 'helm.cattle.io/v1', 'HelmChartConfig', name, namespace);
  const values = [...(more === undefined ? [] : valuesOfK3s(more)), ...valuesOfK3s(manifest)];
  const target = spec.get('targetNamespace') ?? namespace;
  return [{ manifest, by: 'k3s', name, namespace: target, values, release: [] }];
}

const known = new WeakMap<State, readonly Installation[]>();

/** Everything of a state that installs Liqo. */
export function installations(state: State): readonly Installation[] {
  const found =
    known.get(state) ??
    state.manifests.flatMap((one) => [
      ...applications(one),
      ...helmRelease(one, state),
      ...helmChart(one, state),
    ]);
  known.set(state, found);
  return found;
}

const keyOf = ({ manifest, name }: Installation) => `${identityOf(manifest)}|${name}`;

/** The installations of the old side, each with its new form. Clusters may share a name, each with a file of its own. */
export function installedBefore({
  before,
  after,
}: Change): { was: Installation; is: Installation | undefined }[] {
  const now = groupBy(installations(after), keyOf);
  return [...groupBy(installations(before), keyOf)].flatMap(([key, old]) => {
    const left = now.get(key) ?? [];
    return old.flatMap((was) => {
      const same = left.find(({ manifest }) => manifest.source.file === was.manifest.source.file);
      const is = same ?? (old.length === 1 && left.length === 1 ? left[0] : undefined);
      return is === undefined && left.length > 0 ? [] : [{ was, is }];
    });
  });
}

/** The value that an installation gives the chart at a path; undefined if unknown. */
export const valueIn = ({ values }: Installation, ...path: readonly string[]): Json | undefined =>
  values.map((one) => valueAt(one, ...path)).find((one) => one !== undefined && one !== '');

/** The same if it is a string without Flux variables. */
export function chartValue(one: Installation, ...path: readonly string[]): string | undefined {
  const found = valueIn(one, ...path);
  return typeof found === 'string' && !found.includes('${') ? found : undefined;
}
