// What the API server refuses to update of an object that exists: the fields of each kind, after its defaults are filled in.
// Sources: kubernetes v1.35, pkg/apis/*/validation/validation.go, apiextensions-apiserver pkg/apis/apiextensions/validation;
// pkg/registry/batch/job/strategy.go (AllowMutableSchedulingDirectives), pkg/registry/core/service/storage/alloc.go
// (patchAllocatedValues); of Liqo's kinds the rules `self == oldSelf` of its CRDs.
import { differences, type Comparison, type FieldPath } from './api-defaults';
import type { Json, JsonObject } from './pod';
import { compareQuantities } from './quantity';

/** A field that an update may not change. */
export interface ImmutableChange {
  readonly field: FieldPath;
  /** Only what the cluster holds beside Git tells whether it is refused: a sentence about that. */
  readonly unless?: string;
}

interface Forms extends Comparison {
  readonly was: JsonObject;
  readonly is: JsonObject;
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);
const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);

function at(body: Json | undefined, path: FieldPath): Json | undefined {
  let value = body;
  for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value ?? undefined;
}

const refused = (fields: readonly FieldPath[]): ImmutableChange[] => fields.map((field) => ({ field }));

/** The parts that must stay, each with the default that it has as a whole. */
function fixed({ was, is, live }: Forms, ...parts: readonly (readonly [field: string, otherwise?: Json])[]) {
  return refused(
    parts.flatMap(([field, otherwise]) => {
      const path = field.split('.');
      const [old, now] = [at(was, path), at(is, path)];
      if (live === true && now === undefined) return [];
      return differences(old ?? otherwise, now ?? otherwise, path, { live: live === true });
    }),
  );
}

/** A kind of which nothing but whole fields must stay. */
const staying =
  (...parts: readonly (readonly [field: string, otherwise?: Json])[]) =>
  (forms: Forms) =>
    fixed(forms, ...parts);

/** The same of fields that CEL compares with `oldSelf`: which it does where both forms have them. */
const compared =
  (...fields: readonly string[]) =>
  (forms: Forms) =>
    fixed(
      forms,
      ...fields
        .filter((one) => [forms.was, forms.is].every((body) => at(body, one.split('.')) !== undefined))
        .map((one) => [one] as const),
    );

const without = (object: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

/** `serviceAccount` is another name of `serviceAccountName`. */
function podSpec(value: Json | undefined): JsonObject {
  const spec = objectOf(value);
  const { serviceAccount, serviceAccountName = serviceAccount } = spec;
  return { ...without(spec, 'serviceAccount'), serviceAccountName };
}

const SCHEDULING = ['nodeSelector', 'tolerations', 'schedulingGates'];

/** A template without what may change while a Job is suspended and was never started. */
function unscheduled(template: JsonObject): JsonObject {
  const spec = objectOf(template['spec']);
  const affinity = without(objectOf(spec['affinity']), 'nodeAffinity');
  const bare = (list: Json | undefined) => listOf(list).map((one) => without(objectOf(one), 'resources'));
  return {
    ...without(template, 'metadata'),
    spec: {
      ...without(spec, ...SCHEDULING),
      affinity,
      containers: bare(spec['containers']),
      initContainers: bare(spec['initContainers']),
    },
  };
}

function templateOf(body: JsonObject): JsonObject {
  const template = objectOf(at(body, ['spec', 'template']));
  return { ...template, spec: podSpec(template['spec']) };
}

/** Of an Indexed Job they may change with the parallelism; else they must stay. */
function completions({ was, is, live }: Forms): ImmutableChange[] {
  const path = ['spec', 'completions'];
  const [old, now] = [was, is].map((body) => {
    const written = at(body, path);
    const alone = at(body, ['spec', 'parallelism']) === undefined;
    return { written, effective: written ?? (alone ? 1 : undefined) };
  });
  if (old?.written === undefined && now?.written === undefined) return [];
  if (old?.effective === now?.effective || (live === true && now?.written === undefined)) return [];
  const indexed = at(is, ['spec', 'completionMode']) === 'Indexed';
  const parallelism = at(is, ['spec', 'parallelism']) ?? 1;
  return indexed && now?.effective === parallelism ? [] : [{ field: path }];
}

const TTL =
  'Kubernetes has already deleted the finished Job (ttlSecondsAfterFinished), so that the engine creates a new one';

function job(forms: Forms): ImmutableChange[] {
  const { was, is, live } = forms;
  const waits =
    at(was, ['spec', 'suspend']) === true &&
    !(live === true && at(was, ['status', 'startTime']) !== undefined);
  const [old, now] = [was, is].map((body) => (waits ? unscheduled(templateOf(body)) : templateOf(body)));
  const found = [
    ...fixed(
      forms,
      ['spec.selector'],
      ['spec.completionMode', 'NonIndexed'],
      ['spec.podFailurePolicy'],
      ['spec.backoffLimitPerIndex'],
      ['spec.managedBy'],
      ['spec.successPolicy'],
    ),
    ...completions(forms),
    ...refused(differences(old, now, ['spec', 'template'], { live: live === true })),
  ];
  const gone = live !== true && at(was, ['spec', 'ttlSecondsAfterFinished']) !== undefined;
  return gone ? found.map((one) => ({ ...one, unless: TTL })) : found;
}

/** What a claim says of its volume; a source may be said in two fields. */
function claimSpec(body: JsonObject): JsonObject {
  const said = objectOf(body['spec']);
  const source = said['dataSource'] ?? said['dataSourceRef'];
  return { ...said, dataSource: source, dataSourceRef: said['dataSourceRef'] ?? source };
}

/** A claim in a template: its type and status are not the user's to say. */
const claimTemplate = (value: Json): Json =>
  isObject(value) ? without(value, 'status', 'apiVersion', 'kind') : value;

function statefulSet(forms: Forms): ImmutableChange[] {
  const path = ['spec', 'volumeClaimTemplates'];
  const [old, now] = [forms.was, forms.is].map((body) => listOf(at(body, path)).map(claimTemplate));
  const named = (claims: readonly Json[] = []) =>
    claims.map((one) => ({ ...objectOf(one), name: objectOf(objectOf(one)['metadata'])['name'] }));
  return [
    ...fixed(forms, ['spec.serviceName'], ['spec.selector'], ['spec.podManagementPolicy', 'OrderedReady']),
    ...refused(differences(named(old), named(now), path, { live: forms.live === true })),
  ];
}

/** A container without its image, which may change; what it does not request it requests by its limits. */
function container(value: Json): Json {
  const { imagePullPolicy, ...rest } = objectOf(value);
  const resources = objectOf(rest['resources']);
  const requests = { ...objectOf(resources['limits']), ...objectOf(resources['requests']) };
  const named = imagePullPolicy === undefined ? {} : { imagePullPolicy };
  return { ...rest, ...named, image: null, resources: { ...resources, requests } };
}

const EXCEPTIONS = [
  'containers',
  'initContainers',
  'tolerations',
  'activeDeadlineSeconds',
  'schedulingGates',
];

/** Tolerations may be added, and end at another time. */
function tolerations({ was, is }: Forms): ImmutableChange[] {
  const [old, now] = [was, is].map((body) =>
    listOf(at(body, ['spec', 'tolerations'])).map((one) => without(objectOf(one), 'tolerationSeconds')),
  );
  const kept = (old ?? []).every((one) => now?.some((other) => differences(one, other).length === 0));
  return kept ? [] : [{ field: ['spec', 'tolerations'] }];
}

/** It may be set, and become less. */
function deadline({ was, is }: Forms): ImmutableChange[] {
  const field = ['spec', 'activeDeadlineSeconds'];
  const [old, now] = [at(was, field), at(is, field)];
  if (typeof old !== 'number') return [];
  return typeof now === 'number' && now <= old ? [] : [{ field }];
}

function pod(forms: Forms): ImmutableChange[] {
  const { was, is, live } = forms;
  const gated = listOf(at(was, ['spec', 'schedulingGates'])).length > 0;
  const free = gated ? [...EXCEPTIONS, 'nodeSelector', 'affinity'] : EXCEPTIONS;
  const [old, now] = [was, is].map(({ spec: value }) => without(podSpec(value), ...free));
  const how = { live: live === true };
  const inLists = ['containers', 'initContainers'].flatMap((key) => {
    const [before, after] = [was, is].map((body) => listOf(at(body, ['spec', key])).map(container));
    return differences(before, after, ['spec', key], how);
  });
  return [
    ...refused([...inLists, ...differences(old, now, ['spec'], how)]),
    ...(how.live ? [] : [...tolerations(forms), ...deadline(forms)]),
  ];
}

/** Bound claims may grow, and take another VolumeAttributesClass. */
const OF_CLAIMS = ['resources', 'volumeAttributesClassName'];
const SHRUNK = 'the claim is still growing to a size that its provider never reached';

function claim(forms: Forms): ImmutableChange[] {
  const { was, is, live } = forms;
  const [before, after] = [was, is].map((body) => without(claimSpec(body), ...OF_CLAIMS));
  // Kubernetes writes the default class into a claim that names none, and the volume into one that is bound.
  const filled = ['storageClassName', 'volumeName'].filter((key) => objectOf(before)[key] === undefined);
  const [old, now] = [before, after].map((one) => without(objectOf(one), ...filled));
  const size = ['spec', 'resources', 'requests', 'storage'];
  const shrinks = (compareQuantities(at(is, size), at(was, size)) ?? 0) < 0;
  return [
    ...refused(differences(old, now, ['spec'], { live: live === true })),
    ...(shrinks ? [{ field: size, unless: SHRUNK }] : []),
  ];
}

const OF_VOLUMES = [
  ...['accessModes', 'capacity', 'claimRef', 'mountOptions', 'persistentVolumeReclaimPolicy'],
  ...['storageClassName', 'nodeAffinity', 'volumeAttributesClassName'],
];

/** Of a volume what lies behind it must stay. */
function volume({ was, is, live }: Forms): ImmutableChange[] {
  const [old, now] = [was, is].map((body) => {
    const { csi, ...source } = without(objectOf(body['spec']), ...OF_VOLUMES);
    return {
      ...source,
      ...(csi !== undefined && { csi: without(objectOf(csi), 'controllerExpandSecretRef') }),
    };
  });
  return refused(differences(old, now, ['spec'], { live: live === true }));
}

function service({ was, is }: Forms): ImmutableChange[] {
  const type = (body: JsonObject) => at(body, ['spec', 'type']) ?? 'ClusterIP';
  if (type(was) === 'ExternalName' || type(is) === 'ExternalName') return [];
  const address = ['spec', 'clusterIP'];
  const ofClass = ['spec', 'loadBalancerClass'];
  const balanced = type(was) === 'LoadBalancer' && type(is) === 'LoadBalancer';
  const [old, now] = [was, is].map((body) => {
    const written = at(body, address);
    return written === '' ? undefined : written;
  });
  // The API server keeps the address where none is written; which it gave where none was, only the cluster tells.
  const moved = now !== undefined && old !== now && (old !== undefined || now === 'None');
  const otherClass = balanced && at(was, ofClass) !== at(is, ofClass);
  return refused([...(moved ? [address] : []), ...(otherClass ? [ofClass] : [])]);
}

const isImmutable = (body: JsonObject) => body['immutable'] === true;

function configMap(forms: Forms): ImmutableChange[] {
  if (!isImmutable(forms.was)) return [];
  const freed = isImmutable(forms.is) ? [] : [{ field: ['immutable'] }];
  return [...freed, ...fixed(forms, ['data'], ['binaryData'])];
}

/** What a Secret holds: `stringData` is written over `data`. */
function secretData(body: JsonObject): JsonObject {
  const plain = Object.entries(objectOf(body['stringData'])).map(([key, value]) => [
    key,
    typeof value === 'string' && !value.startsWith('ENC[') ? Buffer.from(value).toString('base64') : value,
  ]);
  return { ...objectOf(body['data']), ...(Object.fromEntries(plain) as JsonObject) };
}

function secret(forms: Forms): ImmutableChange[] {
  const ofType = fixed(forms, ['type', 'Opaque']);
  // What SOPS encrypts has another form each time.
  if (!isImmutable(forms.was) || forms.was['sops'] !== undefined || forms.is['sops'] !== undefined)
    return ofType;
  const [old, now] = [forms.was, forms.is].map(secretData);
  return [
    ...ofType,
    ...(isImmutable(forms.is) ? [] : [{ field: ['immutable'] }]),
    ...refused(differences(old, now, ['data'], { live: forms.live === true })),
  ];
}

/** Of a quota what it is for: a set. */
function quota({ was, is }: Forms): ImmutableChange[] {
  const field = ['spec', 'scopes'];
  const [old, now] = [was, is].map((body) => [...new Set(listOf(at(body, field)))].sort());
  return refused(differences(old, now, field));
}

/** A second family of addresses may be added to the first. */
function serviceCidr({ was, is }: Forms): ImmutableChange[] {
  const field = ['spec', 'cidrs'];
  const [old = [], now = []] = [was, is].map((body) => listOf(at(body, field)));
  const grows = old.length === 1 && now.length === 2;
  return refused(differences(old, grows ? now.slice(0, 1) : now, field));
}

/** Versions of these kinds have other fields for the same. */
const ofOneVersion = (ask: (forms: Forms) => ImmutableChange[]) => (forms: Forms) =>
  forms.was['apiVersion'] === forms.is['apiVersion'] ? ask(forms) : [];

const SELECTOR = staying(['spec.selector']);
const ROLE = staying(['roleRef.apiGroup', 'rbac.authorization.k8s.io'], ['roleRef.kind'], ['roleRef.name']);
const DEVICES = ofOneVersion(staying(['spec']));

const KINDS: Readonly<Record<string, (forms: Forms) => ImmutableChange[]>> = {
  'batch/Job': job,
  'apps/StatefulSet': statefulSet,
  'apps/Deployment': SELECTOR,
  'apps/ReplicaSet': SELECTOR,
  'apps/DaemonSet': SELECTOR,
  '/Pod': pod,
  '/PersistentVolumeClaim': claim,
  '/PersistentVolume': volume,
  '/Service': service,
  '/ConfigMap': configMap,
  '/Secret': secret,
  '/ResourceQuota': quota,
  'storage.k8s.io/StorageClass': staying(
    ['parameters'],
    ['provisioner'],
    ['reclaimPolicy', 'Delete'],
    ['volumeBindingMode', 'Immediate'],
  ),
  'storage.k8s.io/CSIDriver': staying(
    ['spec.attachRequired', true],
    ['spec.volumeLifecycleModes', ['Persistent']],
  ),
  'storage.k8s.io/VolumeAttributesClass': staying(['driverName'], ['parameters']),
  'rbac.authorization.k8s.io/RoleBinding': ROLE,
  'rbac.authorization.k8s.io/ClusterRoleBinding': ROLE,
  'scheduling.k8s.io/PriorityClass': staying(['value', 0], ['preemptionPolicy', 'PreemptLowerPriority']),
  'apiextensions.k8s.io/CustomResourceDefinition': staying(
    ['spec.scope'],
    ['spec.group'],
    ['spec.names.kind'],
    ['spec.names.plural'],
  ),
  'discovery.k8s.io/EndpointSlice': staying(['addressType']),
  'networking.k8s.io/IngressClass': staying(['spec.controller']),
  'networking.k8s.io/IPAddress': staying(['spec.parentRef']),
  'networking.k8s.io/ServiceCIDR': serviceCidr,
  'resource.k8s.io/ResourceClaim': DEVICES,
  'resource.k8s.io/ResourceClaimTemplate': DEVICES,
  'certificates.k8s.io/ClusterTrustBundle': staying(['spec.signerName']),
  'authentication.liqo.io/Tenant': compared('spec.clusterID'),
  'core.liqo.io/ForeignCluster': compared('spec.clusterID'),
  'ipam.liqo.io/Network': compared('spec.cidr', 'spec.preAllocated'),
  'ipam.liqo.io/IP': compared('spec.ip'),
};

/** Whether there are fields of the kind that an update may not change. */
export const hasImmutableFields = (group: string, kind: string) => Object.hasOwn(KINDS, `${group}/${kind}`);

/** What the API server refuses of an update; empty where it takes it, and for kinds that are not known here. */
export function immutableChanges(
  group: string,
  kind: string,
  was: JsonObject,
  is: JsonObject,
  how: Comparison = {},
): readonly ImmutableChange[] {
  const key = `${group}/${kind}`;
  return Object.hasOwn(KINDS, key) ? (KINDS[key]?.({ was, is, ...how }) ?? []) : [];
}
