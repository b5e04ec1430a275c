// A Kubernetes object as it stands in a manifest, its identity, and the place it was read from.
import { isLiqoGroup, liqoKind } from '../liqo/kinds';
import type { PodPlace } from '../liqo/workload-kinds';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The document that an object was read from; positions inside are looked up only when a finding needs one. */
export interface Source {
  /** As findings show it: relative to the root of the repository, or `<stdin>`. */
  readonly file: string;
  readonly text: string;
  /** Which document of the file, from 0, and where in it the object lies (inside a List). */
  readonly document: number;
  readonly path: readonly (string | number)[];
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  /**
   * Empty for cluster-scoped kinds that we know; `default` where a manifest names none, as kubectl reads it. Of Liqo's kinds
   * it is then empty: what applies them decides where they go, and their deeds are of a namespace.
   */
  readonly namespace: string;
  /** Empty where the manifest has none. */
  readonly name: string;
  readonly body: JsonObject;
  readonly source: Source;
  /** A cluster holds it: it was read from what a cluster shows. */
  readonly live?: true;
  /** Of an object that a cluster holds: its deletion has begun, and nothing takes that back. */
  readonly terminating?: true;
  /** Of a NamespaceOffloading that a cluster holds: what its twins are called, as its status has it. */
  readonly twin?: string;
  /** Where its pods lie, of a kind that a config says this of. */
  readonly pods?: readonly PodPlace[];
  /** Where it is not read in its place: the file that an engine applies it from, as far as that is known. */
  readonly appliedFrom?: string;
}

/** The file that an engine applies: what a cluster shows does not lie in one. */
export const fileOf = ({ appliedFrom, source }: Manifest): string => appliedFrom ?? source.file;

/** What says which object is meant. */
export type ObjectKey = Pick<Manifest, 'apiVersion' | 'kind' | 'namespace' | 'name'>;

const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'CustomResourceDefinition',
  'DeviceClass',
  'FlowSchema',
  'IPAddress',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'ServiceCIDR',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
]);

const BUILT_IN_GROUP = /^(v1|(apps|batch|autoscaling|policy)\/.*|([a-z0-9.-]+\.)?k8s\.io\/.*)$/;

/** Whether Kubernetes itself defines the kind and keeps it outside namespaces. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  return CLUSTER_SCOPED.has(kind) && BUILT_IN_GROUP.test(apiVersion);
}

/** The group of an apiVersion: empty for the core group `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Equal for manifests of one object: group (in any version), kind, namespace and name; never the file. */
export function identityOf({ apiVersion, kind, namespace, name }: ObjectKey): string {
  return `${groupOf(apiVersion)}|${kind}|${namespace}|${name}`;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value under a chain of keys, undefined where the chain breaks; null counts as absent, as for the API server. */
export function valueAt(body: Json | undefined, ...keys: readonly string[]): Json | undefined {
  let value = body;
  for (const key of keys) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value ?? undefined;
}

/** The elements of a list, none where there is no list. */
export function listAt(body: Json | undefined, ...keys: readonly string[]): readonly Json[] {
  const value = valueAt(body, ...keys);
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Those of them that are strings. */
export const textsAt = (body: Json | undefined, ...keys: readonly string[]): string[] =>
  listAt(body, ...keys).filter((one) => typeof one === 'string');

/** The strings of a map such as metadata.labels; what is no string is left to the schema. */
export function stringsAt(body: Json, ...keys: readonly string[]): ReadonlyMap<string, string> {
  const value = valueAt(body, ...keys);
  if (!isObject(value)) return NO_STRINGS;
  const strings = new Map<string, string>();
  for (const [key, one] of Object.entries(value)) if (typeof one === 'string') strings.set(key, one);
  return strings;
}

const NO_STRINGS: ReadonlyMap<string, string> = new Map();

export const labelsOf = ({ body }: Manifest) => stringsAt(body, 'metadata', 'labels');
export const annotationsOf = ({ body }: Manifest) => stringsAt(body, 'metadata', 'annotations');

/** Equality of JSON values as the API server sees them: the order of keys does not count, null equals absent. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  const [left, right] = [a ?? undefined, b ?? undefined];
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((one: Json, i) => sameJson(one, right[i] as Json));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => sameJson(valueAt(left, key), valueAt(right, key)));
}

/** The namespace of an object whose manifest names none. */
const unnamedNamespace = (apiVersion: string) => (isLiqoGroup(groupOf(apiVersion)) ? '' : 'default');

const isOutsideNamespaces = (apiVersion: string, kind: string) =>
  isClusterScoped(apiVersion, kind) || liqoKind(groupOf(apiVersion), kind)?.clusterScoped === true;

/** A manifest from a JSON value, or undefined where the value is no Kubernetes object (no apiVersion or kind). */
export function toManifest(body: JsonObject, source: Source): Manifest | undefined {
  const { apiVersion, kind } = body;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const name = valueAt(body, 'metadata', 'name');
  const namespace = valueAt(body, 'metadata', 'namespace');
  return {
    apiVersion,
    kind,
    name: typeof name === 'string' ? name : '',
    namespace: isOutsideNamespaces(apiVersion, kind)
      ? ''
      : typeof namespace === 'string' && namespace !== ''
        ? namespace
        : unnamedNamespace(apiVersion),
    body,
    source,
  };
}
