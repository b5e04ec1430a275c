// Annotations that Liqo reads, for the objects of a namespace's `constructs`: checked where they are written. Those of pods
// belong on the template of a workload; they are noted on the object, and moved there when the chart is compiled.
import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import {
  ACCESS_MODES,
  ANTI_AFFINITY_LABELS,
  ANTI_AFFINITY_PRESET,
  ANTI_AFFINITY_PRESETS,
  API_SERVER_SUPPORT,
  API_SERVERS,
  FORCE_REMOTE_NODE_PORT,
  REFLECTED_KINDS,
  REFLECTION,
  REMOTE_ACCESS_MODES,
  REMOTE_RUNTIME_CLASS,
  REMOTE_SERVICE_ACCOUNT,
  REMOTE_STORAGE_CLASS,
  USE_DIRECT_CONNECTIONS,
  type AccessMode,
  type AntiAffinityPreset,
  type ApiServer,
  type Reflection,
} from '../liqo/annotations';
import { WORKLOAD_KINDS } from '../liqo/workload-kinds';
import { dnsSubdomainProblem, labelKeyProblem } from '../selector/labels';
import { apiObjectOf, checkCompiled } from './compiled-app';

/** Before the key of an annotation that is meant for the pods of an object; no manifest is written with it. */
export const POD_ANNOTATION_NOTE = 'cdk8s-liqo/pod-annotation/';

const PODS: readonly string[] = WORKLOAD_KINDS.map(({ group, kind }) => `${group || 'core'}/${kind}`);
const CLAIM = ['core/PersistentVolumeClaim'];
const SERVICE = ['core/Service'];

const listed = (words: readonly string[]) => words.map((one) => `'${one}'`).join(', ');

function checkWord(word: string, known: readonly string[], what: string): void {
  if (!known.includes(word)) throw new Error(`'${word}' is not a valid ${what}: use one of ${listed(known)}`);
}

function checkName(name: string, what: string): void {
  const problem = typeof name === 'string' ? dnsSubdomainProblem(name) : 'is not a string';
  if (problem !== undefined) throw new Error(`the ${what} ${JSON.stringify(name)} ${problem}`);
}

/** The object at heart of a construct. @throws Error where the annotation is not read on its kind */
function objectOf(construct: IConstruct, kinds: readonly string[], caller: string): ApiObject {
  const object = apiObjectOf(construct);
  const { apiGroup, kind, name } = object;
  if (kinds.includes(`${apiGroup}/${kind}`)) return object;
  const names = kinds.map((one) => one.slice(one.indexOf('/') + 1)).join(', ');
  throw new Error(`${caller}() is for ${names}, but '${name}' is a ${kind} of ${apiGroup}`);
}

function annotate(object: ApiObject, annotations: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(annotations)) object.metadata.addAnnotation(key, value);
}

/** Notes annotations for the pods of an object. @throws Error for an object without pods, and where nobody compiles it */
function notePods(workload: IConstruct, annotations: Readonly<Record<string, string>>, caller: string): void {
  const object = objectOf(workload, PODS, caller);
  checkCompiled(object, caller);
  for (const [key, value] of Object.entries(annotations))
    object.metadata.addAnnotation(POD_ANNOTATION_NOTE + key, value);
}

function hasAnnotation(object: ApiObject, key: string): boolean {
  const { annotations } = object.metadata.toJson() as { annotations?: Readonly<Record<string, string>> };
  return annotations !== undefined && Object.hasOwn(annotations, key);
}

/**
 * Says whether an object is copied to the providers: `skip` keeps it off them where Liqo's reflection type for its kind is
 * DenyList (the default), `allow` sends it where the type is AllowList. Under the other type each says nothing, but for
 * EndpointSlices and the ConfigMap kube-root-ca.crt, which follow both.
 * @param object a Service, Ingress, ConfigMap, Secret or EndpointSlice
 * @returns the object
 * @throws Error for other kinds and words, and for both words on one object
 */
export function reflect<T extends IConstruct>(object: T, how: Reflection): T {
  checkWord(how, Object.keys(REFLECTION), 'reflection');
  const target = objectOf(object, REFLECTED_KINDS, 'reflect');
  if (hasAnnotation(target, REFLECTION[how === 'skip' ? 'allow' : 'skip']))
    throw new Error(`'${target.name}' cannot be both allowed and skipped`);
  annotate(target, { [REFLECTION[how]]: 'true' });
  return object;
}

export interface AntiAffinityOptions {
  /**
   * Keys of the pods' labels that make them alike; for `soft` and `hard`.
   * @default all labels of a pod, but for those that tell revisions and replicas apart
   */
  readonly labels?: readonly string[];
}

/**
 * Spreads pods that are alike over the nodes of a provider, which sees none of their own affinities: preferably (`soft`),
 * by all means (`hard`), or by the pod's own podAntiAffinity (`propagate`).
 * @param workload an object with pods
 * @returns the workload
 * @throws Error for an object without pods, and for labels that could not be meant; a key that the pods do not have is
 *   found when the chart is compiled
 */
export function antiAffinity<T extends IConstruct>(
  workload: T,
  preset: AntiAffinityPreset,
  { labels }: AntiAffinityOptions = {},
): T {
  checkWord(preset, ANTI_AFFINITY_PRESETS, 'anti-affinity preset');
  if (labels !== undefined) checkAntiAffinityLabels(labels, preset);
  notePods(
    workload,
    { [ANTI_AFFINITY_PRESET]: preset, ...(labels && { [ANTI_AFFINITY_LABELS]: labels.join(',') }) },
    'antiAffinity',
  );
  return workload;
}

function checkAntiAffinityLabels(labels: readonly string[], preset: AntiAffinityPreset): void {
  if (preset === 'propagate')
    throw new Error("'propagate' uses the pod's own podAntiAffinity and takes no labels");
  if (labels.length === 0) throw new Error('the list of labels is empty: leave it out to use all labels');
  for (const key of labels) {
    const problem = labelKeyProblem(key);
    if (problem !== undefined) throw new Error(`the label key '${key}' ${problem}`);
  }
}

/**
 * The RuntimeClass that pods have on the provider, where it must exist. Without it they have the one that they name, unless
 * that is literally `liqo`, and else that of the virtual node's offloadingPatch.
 * @param workload an object with pods
 * @returns the workload
 * @throws Error for an object without pods, and for what is no name
 */
export function remoteRuntimeClass<T extends IConstruct>(workload: T, name: string): T {
  checkName(name, 'RuntimeClass');
  notePods(workload, { [REMOTE_RUNTIME_CLASS]: name }, 'remoteRuntimeClass');
  return workload;
}

export interface ApiServerOptions {
  /**
   * The ServiceAccount of the provider that pods run as; for `remote`.
   * @default the name of the pod's own
   */
  readonly serviceAccount?: string;
}

/**
 * Which API server pods reach from a provider, against the virtual kubelet's default: that of the provider (`remote`) or none
 * (`disabled`).
 * @param workload an object with pods
 * @returns the workload
 * @throws Error for an object without pods, and for an account with `disabled`
 */
export function apiServerSupport<T extends IConstruct>(
  workload: T,
  which: ApiServer,
  { serviceAccount }: ApiServerOptions = {},
): T {
  checkWord(which, API_SERVERS, 'API server support');
  if (serviceAccount !== undefined) {
    if (which !== 'remote') throw new Error(`a ServiceAccount works only with 'remote', not with '${which}'`);
    checkName(serviceAccount, 'ServiceAccount');
  }
  notePods(
    workload,
    {
      [API_SERVER_SUPPORT]: which,
      ...(serviceAccount !== undefined && { [REMOTE_SERVICE_ACCOUNT]: serviceAccount }),
    },
    'apiServerSupport',
  );
  return workload;
}

/**
 * Keeps the node ports of a Service the same on every provider.
 * @returns the service
 * @throws Error for other kinds
 */
export function sameNodePorts<T extends IConstruct>(service: T): T {
  annotate(objectOf(service, SERVICE, 'sameNodePorts'), { [FORCE_REMOTE_NODE_PORT]: 'true' });
  return service;
}

/**
 * Lets the pods of two providers talk past the consumer, where those are connected. Liqo reads it since v1.2.0.
 * @returns the service
 * @throws Error for other kinds
 */
export function directConnections<T extends IConstruct>(service: T): T {
  annotate(objectOf(service, SERVICE, 'directConnections'), { [USE_DIRECT_CONNECTIONS]: 'true' });
  return service;
}

/**
 * The StorageClass of a claim of Liqo's storage class on the provider. Liqo reads it since v1.2.0, when the volume is made.
 * @param claim a PersistentVolumeClaim
 * @returns the claim
 * @throws Error for other kinds, and for what is no name
 */
export function remoteStorageClass<T extends IConstruct>(claim: T, name: string): T {
  checkName(name, 'StorageClass');
  annotate(objectOf(claim, CLAIM, 'remoteStorageClass'), { [REMOTE_STORAGE_CLASS]: name });
  return claim;
}

/**
 * The access modes of a claim of Liqo's storage class on the provider. Liqo reads them since v1.2.0, when the volume is made.
 * @param claim a PersistentVolumeClaim
 * @returns the claim
 * @throws Error for other kinds, for no modes, and for those that the API server would refuse together
 */
export function remoteAccessModes<T extends IConstruct>(claim: T, modes: readonly AccessMode[]): T {
  if (modes.length === 0)
    throw new Error('the list of access modes is empty: leave it out to keep those of the claim');
  for (const mode of modes) checkWord(mode, ACCESS_MODES, 'access mode');
  if (new Set(modes).size < modes.length) throw new Error('an access mode is listed twice');
  if (modes.includes('ReadWriteOncePod') && modes.length > 1)
    throw new Error("the API server refuses 'ReadWriteOncePod' together with other access modes");
  annotate(objectOf(claim, CLAIM, 'remoteAccessModes'), { [REMOTE_ACCESS_MODES]: modes.join(',') });
  return claim;
}
