// Where the built-in kinds keep their pods: the spec, and the metadata beside it.
import { workloadKind } from '../liqo/workload-kinds';
import { groupOf, isObject, stringsAt, valueAt, type JsonObject, type Manifest } from './manifest';

/** An object that may have pods. */
type Workload = Pick<Manifest, 'apiVersion' | 'kind' | 'body'>;

const templatePath = ({ apiVersion, kind }: Workload) => workloadKind(groupOf(apiVersion), kind)?.template;

/** Where the pod spec of an object lies, undefined for one that creates no pods. */
export function podSpecPath(workload: Workload): readonly string[] | undefined {
  const template = templatePath(workload);
  return template && [...template, 'spec'];
}

/** The pod spec of an object that creates pods, undefined for every other one. */
export function podSpecOf(workload: Workload): JsonObject | undefined {
  const path = podSpecPath(workload);
  const spec = path && valueAt(workload.body, ...path);
  return isObject(spec) ? spec : undefined;
}

function replaced(body: JsonObject, [key, ...deeper]: readonly string[], value: JsonObject): JsonObject {
  if (key === undefined) return value;
  const inside = body[key];
  return { ...body, [key]: replaced(isObject(inside) ? inside : {}, deeper, value) };
}

/** The body of an object with another pod spec; all else is as it was. */
export function withPodSpec(workload: Workload, spec: JsonObject): JsonObject {
  const path = podSpecPath(workload);
  return path === undefined ? workload.body : replaced(workload.body, path, spec);
}

const stringsOfPods = (workload: Workload, map: 'labels' | 'annotations'): ReadonlyMap<string, string> => {
  const template = templatePath(workload);
  return template === undefined ? new Map() : stringsAt(workload.body, ...template, 'metadata', map);
};

/** The labels, or the annotations, that an object gives its pods. */
export const podLabelsOf = (workload: Workload) => stringsOfPods(workload, 'labels');
export const podAnnotationsOf = (workload: Workload) => stringsOfPods(workload, 'annotations');

/** The body of an object whose pods have these annotations as well; all else is as it was. */
export function withPodAnnotations(workload: Workload, added: Readonly<Record<string, string>>): JsonObject {
  const template = templatePath(workload);
  if (template === undefined || Object.keys(added).length === 0) return workload.body;
  const path = [...template, 'metadata', 'annotations'];
  const present = valueAt(workload.body, ...path);
  return replaced(workload.body, path, { ...(isObject(present) ? present : {}), ...added });
}

/** The runtimeClassName of an object's pods. */
export function runtimeClassOf(manifest: Manifest): string | undefined {
  const name = podSpecOf(manifest)?.['runtimeClassName'];
  return typeof name === 'string' ? name : undefined;
}
