// Kustomize Components that place the workloads of other repositories: for each kind with pods, the fields that place() adds.
//
// kubectl has no patch that adds to a list where there is one and makes it where there is none. A strategic merge replaces
// tolerations and nodeSelectorTerms, which the API marks as atomic (k8s.io/api, core/v1/types.go), without a word. So a
// patch here first asks, by a JSON 6902 `test` for null, that what it sets is absent: json-patch takes a missing value for
// null (evanphx/json-patch v4, `test`), and anything else fails the build. The maps above a field come from a strategic
// merge before it, which keeps what they hold. A placement that is a contradiction for a kind fails the build as well.
import type { LoadedNamespace } from '../config/load';
import type { ClusterConfig } from '../config/types';
import { REMOTE_RUNTIME_CLASS } from '../liqo/annotations';
import type { Placement } from '../liqo/placement';
import { REQUIRED } from '../liqo/pod';
import { WORKLOAD_KINDS, type WorkloadKind } from '../liqo/workload-kinds';
import { isObject, valueAt, type Json, type JsonObject } from '../manifests/manifest';
import { COMPONENTS } from '../manifests/dist';
import { writeFile, writeManifest } from '../manifests/write';
import { placed, placementsIn, type Surroundings } from './placement';

/** The fields of a pod template that a placement sets, and those whose presence contradicts one: none may be there yet. */
const SETTABLE: readonly (readonly string[])[] = [
  ['metadata', 'annotations', REMOTE_RUNTIME_CLASS],
  ['spec', 'runtimeClassName'],
  ['spec', 'tolerations'],
  ['spec', 'affinity', 'nodeAffinity', REQUIRED],
];
const CONTRADICTING: readonly (readonly string[])[] = [
  ['spec', 'nodeName'],
  ['spec', 'runtimeClassName'],
];

const pointer = (path: readonly string[]) =>
  path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const nested = (path: readonly string[]): JsonObject =>
  path.reduceRight<JsonObject>((inner, key) => ({ [key]: inner }), {});

function merged(a: JsonObject, b: JsonObject): JsonObject {
  const common = Object.entries(b).map(([key, fresh]): [string, Json | undefined] => {
    const old = a[key];
    return [key, isObject(old) && isObject(fresh) ? merged(old, fresh) : fresh];
  });
  return { ...a, ...Object.fromEntries(common) };
}

/** A patch of all objects of a kind. kustomize cannot ask for the core group, only for its version. */
const patchOf = ({ group, kind, apiVersion }: WorkloadKind, patch: JsonObject | readonly Json[]) => ({
  target: group === '' ? { kind, version: apiVersion } : { group, kind },
  patch: writeManifest(patch),
});

/** An object of a kind that has these maps; a name must be there, and beside a target it says nothing. */
const objectWith = ({ apiVersion, kind }: WorkloadKind, maps: readonly (readonly string[])[]): JsonObject =>
  maps.map(nested).reduce(merged, { apiVersion, kind, metadata: { name: 'any' } });

/** A patch that no object passes; kustomize shows the path, and with it the reason. */
const refusal = (kind: WorkloadKind, problems: readonly string[]) =>
  patchOf(kind, [
    { op: 'test', path: pointer([`a ${kind.kind} ${problems.join(' ')}`]), value: 'not possible' },
  ]);

/** Where Kubernetes' own kinds have the one template of their pods. */
export const templateOf = ({ pods }: WorkloadKind) => pods[0]?.template ?? [];

/** What a placement sets in the template of a kind's pods; its problems where it cannot. */
type Setting = { readonly fields: readonly SetField[] } | { readonly problems: readonly string[] };
interface SetField {
  /** Inside the template. */
  readonly path: readonly string[];
  readonly value: Json;
}

function setIn(kind: WorkloadKind, surroundings: Surroundings, placement: Placement): Setting {
  const body = objectWith(kind, [[...templateOf(kind), 'spec']]);
  const bare = { apiVersion: kind.apiVersion, kind: kind.kind, name: 'any', body };
  const result = placed(bare, surroundings, placement, 'runtimeClass');
  if ('problems' in result) return result;
  const fields = SETTABLE.flatMap((path) => {
    const value = valueAt(result.body, ...templateOf(kind), ...path);
    return value === undefined ? [] : [{ path, value }];
  });
  return { fields };
}

function patchesFor(kind: WorkloadKind, set: Setting): JsonObject[] {
  if ('problems' in set) return [refusal(kind, set.problems)];
  const inside = (path: readonly string[]) => [...templateOf(kind), ...path];
  const at = (path: readonly string[]) => pointer(inside(path));
  const maps = set.fields.map(({ path }) => path.slice(0, -1)).filter((parent) => parent.length > 1);
  const asked = [...CONTRADICTING.map(at), ...set.fields.map(({ path }) => at(path))];
  return [
    ...(maps.length === 0 ? [] : [patchOf(kind, objectWith(kind, maps.map(inside)))]),
    patchOf(kind, [
      ...[...new Set(asked)].map((path) => ({ op: 'test', path, value: null })),
      ...set.fields.map(({ path, value }) => ({ op: 'add', path: at(path), value })),
    ]),
  ];
}

/** Only DaemonSets, and what makes its pods once, are placed otherwise than the rest. */
const manner = ({ kind, once }: WorkloadKind) =>
  kind === 'DaemonSet' ? kind : once === true ? 'once' : 'always';

/** The patches of a placement. */
function patches(surroundings: Surroundings, placement: Placement): JsonObject[] {
  const sets = new Map<string, Setting>();
  return WORKLOAD_KINDS.flatMap((kind) => {
    const set = sets.get(manner(kind)) ?? setIn(kind, surroundings, placement);
    sets.set(manner(kind), set);
    return patchesFor(kind, set);
  });
}

const notes = (namespace: string, placement: Placement) => [
  `Places every workload of a kustomization ${placement}, for the namespace '${namespace}': add this folder to its components.`,
  'The build fails if a workload already sets a field that is set here; see docs/components.md.',
];

/** The files of a namespace's components, by path; none where it is not offloaded. */
export function componentsOf(
  { config, file }: LoadedNamespace,
  cluster: ClusterConfig,
): ReadonlyMap<string, string> {
  if (config.offloading === undefined) return new Map();
  const surroundings = { cluster, namespace: config };
  return new Map(
    placementsIn(surroundings).map((placement) => {
      const path = `${COMPONENTS}/${config.name}-${placement}/kustomization.yaml`;
      const component = {
        apiVersion: 'kustomize.config.k8s.io/v1alpha1',
        kind: 'Component',
        patches: patches(surroundings, placement),
      };
      return [path, writeFile(path, file, [{ body: component }], notes(config.name, placement))];
    }),
  );
}
