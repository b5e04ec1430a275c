// PersistentVolumeClaims: their class, what happens to their volume, and which of them Liqo recreates on providers.
// Source: Liqo, docs/usage/stateful-applications.md, pkg/virtualKubelet/reflection/storage (shouldProvision) and
// deployments/liqo/templates/liqo-storage-class.yaml; Kubernetes, "Persistent Volumes: Reclaiming".
import {
  annotationsOf,
  groupOf,
  identityOf,
  valueAt,
  type Json,
  type JsonObject,
  type Manifest,
} from '../manifests/manifest';
import type { State } from './state';

/** The class of Liqo's chart (`storage.virtualStorageClassName`), and its provisioner. */
const LIQO_CLASS = 'liqo';
const LIQO_PROVISIONER = 'liqo.io/storage';
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

export const isClaim = ({ apiVersion, kind }: Manifest): boolean =>
  kind === 'PersistentVolumeClaim' && groupOf(apiVersion) === '';

const known = new WeakMap<State, readonly Manifest[]>();

function storageClasses(state: State): readonly Manifest[] {
  const present =
    known.get(state) ??
    state.manifests.filter(
      ({ apiVersion, kind }) => kind === 'StorageClass' && groupOf(apiVersion) === 'storage.k8s.io',
    );
  known.set(state, present);
  return present;
}

/** The claim with a name, if the manifests have it. */
export const claimIn = ({ byIdentity }: State, namespace: string, name: string): Manifest | undefined =>
  byIdentity.get(identityOf({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name }))?.[0];

const isOfLiqo = ({ body }: Manifest) => valueAt(body, 'provisioner') === LIQO_PROVISIONER;

/** The class of a claim, or of a claim template; undefined for the cluster's default. */
export function classOf(claim: Json): string | undefined {
  const name = valueAt(claim, 'spec', 'storageClassName');
  return typeof name === 'string' ? name : undefined;
}

/** Whether a class is Liqo's, by its manifest or by the name in Liqo's chart. The default class counts if manifests show it. */
export function isLiqoClass(name: string | undefined, state: State): boolean {
  const classes = storageClasses(state);
  if (name === undefined)
    return classes.some((one) => annotationsOf(one).get(DEFAULT_CLASS) === 'true' && isOfLiqo(one));
  const declared = classes.find((one) => one.name === name);
  return declared === undefined ? name === LIQO_CLASS : isOfLiqo(declared);
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** The usual names of storage classes and provisioners that every node of a cluster can reach. */
const NETWORK =
  /nfs|ceph|rbd|smb|\befs\b|ebs\.csi|azure(file|disk)|(file|disk|pd)\.csi|filestore|cinder|gluster|longhorn|linstor|portworx/i;

/** Whether every local node can reach the volume of a claim, by its modes, its class or its volume. */
export function isOfAnyNode(claim: JsonObject, state: State): boolean {
  const modes = listOf(valueAt(claim, 'spec', 'accessModes'));
  if (modes.some((one) => one === 'ReadWriteMany' || one === 'ReadOnlyMany')) return true;
  const name = classOf(claim);
  const declared = storageClasses(state).find((one) => one.name === name);
  const volume = valueAt(claim, 'spec', 'volumeName');
  const bound = state.manifests.find((one) => one.kind === 'PersistentVolume' && one.name === volume);
  const source = valueAt(bound?.body, 'spec');
  const driver = valueAt(source, 'csi', 'driver');
  const said = [name, declared?.body['provisioner'], driver, ...Object.keys(source ?? {})];
  return said.some((one) => typeof one === 'string' && NETWORK.test(one));
}

/** Whether manifests show that a volume outlives its claim. A volume of Liqo's class never does. */
export function isRetained(claim: Manifest, state: State): boolean {
  const name = classOf(claim.body);
  if (isLiqoClass(name, state)) return false;
  const volume = valueAt(claim.body, 'spec', 'volumeName');
  const bound = state.manifests.find((one) => one.kind === 'PersistentVolume' && one.name === volume);
  if (bound !== undefined)
    return (valueAt(bound.body, 'spec', 'persistentVolumeReclaimPolicy') ?? 'Retain') === 'Retain';
  const declared = storageClasses(state).find((one) => one.name === name);
  return declared !== undefined && valueAt(declared.body, 'reclaimPolicy') === 'Retain';
}
