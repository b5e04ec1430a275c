// Where the built-in kinds keep the spec of their pods.
import { groupOf, isObject, valueAt, type JsonObject, type Manifest } from './manifest';

const TEMPLATE = ['spec', 'template', 'spec'] as const;
const POD_SPEC: Readonly<Record<string, readonly string[]>> = {
  '/Pod': ['spec'],
  '/ReplicationController': TEMPLATE,
  'apps/Deployment': TEMPLATE,
  'apps/ReplicaSet': TEMPLATE,
  'apps/StatefulSet': TEMPLATE,
  'apps/DaemonSet': TEMPLATE,
  'batch/Job': TEMPLATE,
  'batch/CronJob': ['spec', 'jobTemplate', ...TEMPLATE],
};

/** An object that may have pods. */
type Workload = Pick<Manifest, 'apiVersion' | 'kind' | 'body'>;

/** Where the pod spec of an object lies, undefined for one that creates no pods. */
export function podSpecPath({ apiVersion, kind }: Workload): readonly string[] | undefined {
  const key = `${groupOf(apiVersion)}/${kind}`;
  return Object.hasOwn(POD_SPEC, key) ? POD_SPEC[key] : undefined;
}

/** The pod spec of an object that creates pods, undefined for every other one. */
export function podSpecOf(workload: Workload): JsonObject | undefined {
  const path = podSpecPath(workload);
  const spec = path && valueAt(workload.body, ...path);
  return isObject(spec) ? spec : undefined;
}

function replaced(body: JsonObject, [key, ...deeper]: readonly string[], spec: JsonObject): JsonObject {
  if (key === undefined) return spec;
  const inside = body[key];
  return { ...body, [key]: replaced(isObject(inside) ? inside : {}, deeper, spec) };
}

/** The body of an object with another pod spec; all else is as it was. */
export function withPodSpec(workload: Workload, spec: JsonObject): JsonObject {
  const path = podSpecPath(workload);
  return path === undefined ? workload.body : replaced(workload.body, path, spec);
}

/** The runtimeClassName of an object's pods. */
export function runtimeClassOf(manifest: Manifest): string | undefined {
  const name = podSpecOf(manifest)?.['runtimeClassName'];
  return typeof name === 'string' ? name : undefined;
}
