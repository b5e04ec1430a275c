// The pods that an object creates: where its kind keeps their spec and the metadata beside it, read and written.
import {
  PLACED_FIELDS,
  workloadKind,
  type PlacedField,
  type PodPath,
  type PodPlace,
} from '../liqo/workload-kinds';
import { groupOf, isObject, stringsAt, valueAt, type Json, type JsonObject, type Manifest } from './manifest';

/** An object that may have pods. */
type Workload = Pick<Manifest, 'apiVersion' | 'kind' | 'body' | 'pods'>;

/** Pods of one template of an object. */
export interface PodTemplate {
  /** Which of several templates: the keys and names that tell it from the others; empty for the only one. */
  readonly part: string;
  /** The pod spec, or those fields of one that the kind has; from wherever they lie. */
  readonly spec: JsonObject;
  /** Where the template lies. */
  readonly at: PodPath;
  readonly place: PodPlace;
}

/** A value below keys, which may be indices of lists. */
function at(body: Json | undefined, path: PodPath): Json | undefined {
  let value: Json | undefined = body;
  for (const key of path) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(key)];
    else value = valueAt(value, key);
  }
  return value ?? undefined;
}

function replaced(body: Json | undefined, [key, ...deeper]: PodPath, value: Json): Json {
  if (key === undefined) return value;
  if (Array.isArray(body))
    return (body as readonly Json[]).map((one, i) =>
      String(i) === key ? replaced(one, deeper, value) : one,
    );
  const inside = isObject(body) ? body : {};
  return { ...inside, [key]: replaced(inside[key], deeper, value) };
}

const withValue = (body: JsonObject, path: PodPath, value: Json): JsonObject => {
  const written = replaced(body, path, value);
  return isObject(written) ? written : body;
};

/** Every path that one with `*` stands for, with the keys and names in their places. */
function expanded(body: Json, [key, ...more]: PodPath): { path: PodPath; names: PodPath }[] {
  if (key === undefined) return [{ path: [], names: [] }];
  const under = (one: string, value: Json | undefined, name?: string) =>
    expanded(value ?? null, more).map(({ path, names }) => ({
      path: [one, ...path],
      names: name === undefined ? names : [name, ...names],
    }));
  if (key !== '*') return under(key, valueAt(body, key));
  if (Array.isArray(body))
    return (body as readonly Json[]).flatMap((one, i) => {
      const name = valueAt(one, 'name') ?? valueAt(one, 'groupName');
      return under(String(i), one, typeof name === 'string' ? name : String(i));
    });
  return Object.entries(isObject(body) ? body : {}).flatMap(([one, value]) => under(one, value, one));
}

/** The last key of a path that says which part of an object is meant: `spec.entityOperator.template.pod` gives entityOperator. */
const partOf = (path: PodPath) =>
  path.findLast((key) => !['spec', 'template', 'pod', '*', 'templates'].includes(key)) ?? '';

const ABOUT_NODES = ['nodeSelector', 'nodeName', ...PLACED_FIELDS] as const;

function templateIn(body: JsonObject, place: PodPlace, path: PodPath): JsonObject | undefined {
  const { spec = ['spec'], owner, over, fields = {} } = place;
  const found = at(body, [...path, ...spec]);
  const own = isObject(found) ? found : owner && at(body, owner) !== undefined ? {} : undefined;
  const elsewhere = PLACED_FIELDS.flatMap((field) => {
    const from = fields[field];
    const value = from ? at(body, from) : undefined;
    return value === undefined ? [] : [[field, value] as const];
  });
  if (own === undefined && elsewhere.length === 0) return undefined;
  const lacking = PLACED_FIELDS.filter((field) => fields[field] !== undefined);
  const kept = Object.entries(own ?? {}).filter(([key]) => !lacking.some((field) => field === key));
  const read: JsonObject = { ...Object.fromEntries(kept), ...Object.fromEntries(elsewhere) };
  if (over === undefined) return read;
  if (ABOUT_NODES.every((key) => read[key] === undefined)) return undefined;
  const general = at(body, over);
  const inherited = ABOUT_NODES.map((key) => [key, read[key] ?? valueAt(general, key)] as const);
  return { ...read, ...Object.fromEntries(inherited.filter(([, value]) => value !== undefined)) };
}

const placesOf = ({ apiVersion, kind, pods }: Workload): readonly PodPlace[] =>
  pods ?? workloadKind(groupOf(apiVersion), kind)?.pods ?? [];

/** Manifests, with where their pods lie for the kinds that a config says it of: by `group/kind`. */
export function withDeclaredPods(
  manifests: readonly Manifest[],
  declared: ReadonlyMap<string, readonly PodPlace[]>,
): readonly Manifest[] {
  if (declared.size === 0) return manifests;
  return manifests.map((one) => {
    const pods = declared.get(`${groupOf(one.apiVersion)}/${one.kind}`);
    return pods === undefined ? one : { ...one, pods };
  });
}

/** Whether the kind of an object creates pods. */
export const createsPods = (workload: Workload): boolean => placesOf(workload).length > 0;

/** The templates of the pods that an object creates, in the order of its kind's table. */
export function podTemplatesOf(workload: Workload): readonly PodTemplate[] {
  const places = placesOf(workload);
  return places.flatMap((place) =>
    expanded(workload.body, place.template).flatMap(({ path, names }) => {
      const spec = templateIn(workload.body, place, path);
      if (spec === undefined) return [];
      const alone = places.length === 1 ? '' : partOf(place.template);
      return [{ part: names.length > 0 ? names.join('/') : alone, spec, at: path, place }];
    }),
  );
}

/** The pod spec of an object that creates pods, undefined for every other one; of several, the first. */
export const podSpecOf = (workload: Workload): JsonObject | undefined => podTemplatesOf(workload)[0]?.spec;

/** The fields of a pod spec that a kind does not have. */
export const lackedFields = ({
  place: { fields = {} },
}: Pick<PodTemplate, 'place'>): readonly PlacedField[] =>
  PLACED_FIELDS.filter((field) => fields[field] === null);

/** The body of an object with another spec in one of its templates; all else is as it was. */
export function withPodSpec(workload: Workload, template: PodTemplate, spec: JsonObject): JsonObject {
  const { place, at: path, spec: was } = template;
  const { fields = {}, spec: inside = ['spec'] } = place;
  return Object.entries(spec).reduce((body, [key, value]) => {
    if (value === undefined || value === was[key]) return body;
    const elsewhere = PLACED_FIELDS.find((field) => field === key && fields[field] !== undefined);
    const target = elsewhere === undefined ? [...path, ...inside, key] : fields[elsewhere];
    return target ? withValue(body, target, value) : body;
  }, workload.body);
}

function stringsOfPods(workload: Workload, map: 'labels' | 'annotations'): ReadonlyMap<string, string> {
  const [template] = podTemplatesOf(workload);
  const metadata = template && at(workload.body, [...template.at, 'metadata']);
  return metadata === undefined ? new Map() : stringsAt(metadata, map);
}

/** The labels, or the annotations, that an object gives its pods; of several templates, the first. */
export const podLabelsOf = (workload: Workload) => stringsOfPods(workload, 'labels');
export const podAnnotationsOf = (workload: Workload) => stringsOfPods(workload, 'annotations');

/** The body of an object whose pods have these annotations as well; all else is as it was. */
export function withPodAnnotations(workload: Workload, added: Readonly<Record<string, string>>): JsonObject {
  if (Object.keys(added).length === 0) return workload.body;
  return podTemplatesOf(workload).reduce((body, { at: path }) => {
    const map = [...path, 'metadata', 'annotations'];
    const present = at(body, map);
    return withValue(body, map, { ...(isObject(present) ? present : {}), ...added });
  }, workload.body);
}

/** The runtimeClassNames of an object's pods. */
export function runtimeClassesOf(manifest: Manifest): readonly string[] {
  const names = podTemplatesOf(manifest).map(({ spec }) => spec['runtimeClassName']);
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

const CONTAINERS = 'containers';

/** Whether a value is a list of containers. */
const areContainers = (value: Json | undefined): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one: Json) => typeof valueAt(one, 'name') === 'string' && valueAt(one, 'image') !== undefined);

/** Where a pod spec lies in an object of a kind that nobody knows: containers with names, below a `spec`. */
export function unknownPodSpec(value: Json | undefined, key?: string): PodPath | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (key === 'spec' && isObject(value) && areContainers(value[CONTAINERS])) return [];
  for (const [inner, inside] of Object.entries(value)) {
    if (inner === CONTAINERS || inner === 'status') continue;
    const found = unknownPodSpec(inside, inner);
    if (found !== undefined) return [inner, ...found];
  }
  return undefined;
}
