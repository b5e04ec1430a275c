// Where two forms of a pod spec, or of a claim, differ for the API server: after it has filled in its defaults. What may be
// one is no difference.
// Sources: kubernetes pkg/apis/{core,resource}/v1/defaults.go; apimachinery third_party/forked/golang/reflect (Semantic.DeepEqual).
import { compareQuantities } from './quantity';
import type { Json, JsonObject } from './pod';

/** Keys and indices; an element of a list that has a name goes by that. */
export type FieldPath = readonly (string | number)[];

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);

/** What the API server writes for an absent field, by the field's name. */
const DEFAULTS: Readonly<Record<string, Json>> = {
  dnsPolicy: 'ClusterFirst',
  restartPolicy: 'Always',
  schedulerName: 'default-scheduler',
  terminationGracePeriodSeconds: 30,
  enableServiceLinks: true,
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  protocol: 'TCP',
  scheme: 'HTTP',
  path: '/',
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
  defaultMode: 0o644,
  expirationSeconds: 3600,
  apiVersion: 'v1',
  volumeMode: 'Filesystem',
  procMount: 'Default',
  status: 'True',
  iscsiInterface: 'default',
  pool: 'rbd',
  user: 'admin',
  keyring: '/etc/ceph/keyring',
  allocationMode: 'ExactCount',
  count: 1,
  cachingMode: 'ReadWrite',
  storageMode: 'ThinProvisioned',
};
/** Fields of those names that have no such default: in whose place they stand. */
const WITHOUT: Readonly<Record<string, RegExp>> = {
  restartPolicy: /\/(initContainers|containers)\//,
  terminationGracePeriodSeconds: /Probe\//,
  path: /^(?!.*\/httpGet\/path$)/,
  apiVersion: /^(?!.*\/(fieldRef|resourceFieldRef|volumeClaimTemplates\/[^/]*)\/apiVersion$)/,
  status: /^(?!.*\/onPodConditions\/)/,
  pool: /^(?!.*\/rbd\/)/,
  user: /^(?!.*\/rbd\/)/,
  keyring: /^(?!.*\/rbd\/)/,
  count: /^(?!.*\/devices\/requests\/)/,
};

/** Go holds these by pointer: their zero is not the same as absent. */
const POINTERS: ReadonlySet<string> = new Set([
  ...['automountServiceAccountToken', 'allowPrivilegeEscalation', 'readOnlyRootFilesystem', 'runAsNonRoot'],
  ...['privileged', 'hostUsers', 'shareProcessNamespace', 'setHostnameAsFQDN', 'optional'],
  ...['enableServiceLinks', 'runAsUser', 'runAsGroup', 'fsGroup', 'terminationGracePeriodSeconds'],
  ...['activeDeadlineSeconds', 'tolerationSeconds', 'backoffLimitPerIndex', 'mode', 'defaultMode'],
  'storageClassName',
]);

function isZero(name: string, value: Json): boolean {
  if (isList(value)) return value.length === 0;
  if (isObject(value)) return Object.values(value).every((one) => one === undefined || one === null);
  return (value === '' || value === 0 || value === false) && !POINTERS.has(name);
}

/** The policy by which an image is pulled where none is said (parsers.ParseImageName). */
function pullPolicy(image: Json | undefined): string | undefined {
  if (typeof image !== 'string' || image.includes('${')) return undefined;
  const [named = '', digest] = image.split('@');
  const tag = /:([^:/]+)$/.exec(named)?.[1] ?? (digest === undefined ? 'latest' : '');
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

/** Maps whose keys are the user's own: none of them has a default. */
const MAPS: ReadonlySet<string> = new Set([
  ...['data', 'binaryData', 'labels', 'annotations', 'matchLabels', 'nodeSelector', 'parameters'],
]);

/** Whether a field may be left out to say the same. @param among the object that lacks it */
function isDefault(value: Json, at: FieldPath, among: JsonObject): boolean {
  const name = String(at.at(-1));
  if (MAPS.has(String(at.at(-2)))) return false;
  if (isZero(name, value)) return true;
  if (name === 'imagePullPolicy') return (pullPolicy(among['image']) ?? value) === value;
  if (name === 'hostPort') return among['containerPort'] === value;
  const place = `/${at.join('/')}`;
  return Object.hasOwn(DEFAULTS, name) && DEFAULTS[name] === value && WITHOUT[name]?.test(place) !== true;
}

const isQuantity = (at: FieldPath) =>
  ['limits', 'requests', 'capacity', 'overhead'].includes(String(at.at(-2))) ||
  ['sizeLimit', 'divisor'].includes(String(at.at(-1)));

function sameScalar(was: Json, is: Json, at: FieldPath): boolean {
  if (was === is) return true;
  // What stands for a variable, or is encrypted, may be what it was.
  if ([was, is].some((one) => typeof one === 'string' && (one.includes('${') || one.startsWith('ENC['))))
    return true;
  return isQuantity(at) && compareQuantities(was, is) === 0;
}

const nameOf = (value: Json | undefined) =>
  isObject(value) && typeof value['name'] === 'string' ? value['name'] : undefined;

export interface Comparison {
  /** The old form is what a cluster holds: what it has beside the new one may be of the API server's making. */
  readonly live?: boolean;
}

function betweenLists(
  was: readonly Json[],
  is: readonly Json[],
  at: FieldPath,
  how: Comparison,
): FieldPath[] {
  const named = [...was, ...is].every((one) => nameOf(one) !== undefined);
  if (how.live === true && named)
    return is.flatMap((one) => {
      const name = nameOf(one) ?? '';
      const old = was.find((other) => nameOf(other) === name);
      return old === undefined ? [[...at, name]] : differences(old, one, [...at, name], how);
    });
  if (was.length !== is.length) return how.live === true && was.length > is.length ? [] : [at];
  if (named && was.some((one, i) => nameOf(one) !== nameOf(is[i]))) return [at];
  return was.flatMap((one, i) => differences(one, is[i], [...at, nameOf(one) ?? i], how));
}

/** The fields in which two forms of a value differ, each by its path below `at`. */
export function differences(
  was: Json | undefined,
  is: Json | undefined,
  at: FieldPath = [],
  how: Comparison = {},
  [hadIt, hasIt]: readonly [JsonObject, JsonObject] = [{}, {}],
): FieldPath[] {
  const [old, now] = [was ?? undefined, is ?? undefined];
  if (old === undefined && now === undefined) return [];
  if (now === undefined || old === undefined) {
    if (now === undefined && how.live === true) return [];
    return isDefault(now ?? old ?? '', at, now === undefined ? hasIt : hadIt) ? [] : [at];
  }
  if (isList(old) && isList(now)) return betweenLists(old, now, at, how);
  if (isObject(old) && isObject(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return keys.flatMap((key) => differences(old[key], now[key], [...at, key], how, [old, now]));
  }
  const scalars = [old, now].every((one) => !isList(one) && !isObject(one));
  return scalars && sameScalar(old, now, at) ? [] : [at];
}
