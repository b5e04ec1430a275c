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

/** The pod spec of an object that creates pods, undefined for every other one. */
export function podSpecOf({ apiVersion, kind, body }: Manifest): JsonObject | undefined {
  const key = `${groupOf(apiVersion)}/${kind}`;
  const path = Object.hasOwn(POD_SPEC, key) ? POD_SPEC[key] : undefined;
  const spec = path && valueAt(body, ...path);
  return isObject(spec) ? spec : undefined;
}

/** The runtimeClassName of an object's pods. */
export function runtimeClassOf(manifest: Manifest): string | undefined {
  const name = podSpecOf(manifest)?.['runtimeClassName'];
  return typeof name === 'string' ? name : undefined;
}
