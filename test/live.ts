// Objects as kubectl prints them from a cluster: what was applied, with all that the API server, Liqo's controllers and an
// engine add to it. Sources: Liqo, NSO/status.go and docs/examples/offloading-with-policies.md; Kubernetes, object metadata.
import { asLive } from '../lib/manifests/live-object';
import { readManifests } from '../lib/manifests/read';
import type { Json, JsonObject, Manifest } from '../lib/manifests/manifest';

export type Metadata = Readonly<Record<string, Json>>;

/** The signs of an Argo CD Application on the object of a tracking ID's end, `<group>/<kind>:<namespace>/<name>`. */
export const argo = (application: string, object: string): Metadata => ({
  annotations: { 'argocd.argoproj.io/tracking-id': `${application}:${object}` },
});

/** The signs of a Flux Kustomization. */
export const flux = (name: string, namespace = 'flux-system'): Metadata => ({
  labels: {
    'kustomize.toolkit.fluxcd.io/name': name,
    'kustomize.toolkit.fluxcd.io/namespace': namespace,
  },
});

/** Metadata one upon the other, labels and annotations joined. */
export function joined(...all: readonly Metadata[]): Metadata {
  const merged = (key: string) => Object.assign({}, ...all.map((one) => one[key] ?? {})) as JsonObject;
  return {
    ...(Object.assign({}, ...all) as Metadata),
    labels: merged('labels'),
    annotations: merged('annotations'),
  };
}

const UID = '6f6c1f0e-2f0b-4a52-9c5e-0c1d5a3f7b11';

const given = (name: string): Metadata => ({
  name,
  uid: UID,
  resourceVersion: '48213',
  creationTimestamp: '2026-06-02T08:11:04Z',
  managedFields: [
    {
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:metadata': { 'f:labels': { '.': {} } } },
      manager: 'argocd-controller',
      operation: 'Apply',
      time: '2026-06-02T08:11:04Z',
    },
  ],
});

export function liveNamespace(name: string, metadata: Metadata = {}): JsonObject {
  const label = { labels: { 'kubernetes.io/metadata.name': name } };
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: joined(given(name), label, metadata),
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

export const SELECTED = {
  type: 'OffloadingRequired',
  status: 'True',
  reason: 'ClusterSelected',
  message: 'The remote cluster has been selected through the ClusterSelector field',
  lastTransitionTime: '2026-06-02T08:11:09Z',
};
export const NOT_SELECTED = {
  ...SELECTED,
  status: 'False',
  reason: 'ClusterNotSelected',
  message: 'The remote cluster has not been selected through the ClusterSelector field',
};
export const READY = {
  type: 'Ready',
  status: 'True',
  reason: 'NamespaceCreated',
  message: 'Namespace correctly offloaded to the remote cluster',
  lastTransitionTime: '2026-06-02T08:11:10Z',
};
export const LOOPING = {
  ...READY,
  status: 'False',
  reason: 'CreationLoopBackOff',
  message: 'Some problems occurred during remote namespace creation',
};
export const CREATING = {
  ...READY,
  status: 'False',
  reason: 'Creating',
  message: 'The remote namespace is being created',
};
export const TERMINATING = {
  ...READY,
  status: 'False',
  reason: 'Terminating',
  message: 'The remote namespace is being deleted',
};

/** A status as Liqo's controller writes it, of generation 1. */
export function offloadingStatus(
  phase: string,
  remoteNamespaceName: string,
  conditions: Readonly<Record<string, Json>>,
): JsonObject {
  return {
    observedGeneration: 1,
    offloadingPhase: phase,
    remoteNamespaceName,
    remoteNamespacesConditions: conditions,
  };
}

/** What stands in `spec` goes over the defaults that the API server fills in. */
export function liveOffloading(
  namespace: string,
  spec: JsonObject = {},
  { metadata = {}, status }: { readonly metadata?: Metadata; readonly status?: Json } = {},
): JsonObject {
  const own = {
    namespace,
    generation: 1,
    finalizers: ['namespaceoffloading-controller.liqo.io/finalizer'],
  };
  return {
    apiVersion: 'offloading.liqo.io/v1beta1',
    kind: 'NamespaceOffloading',
    metadata: joined(given('offloading'), own, metadata),
    spec: {
      clusterSelector: { nodeSelectorTerms: [] },
      namespaceMappingStrategy: 'DefaultName',
      podOffloadingStrategy: 'LocalAndRemote',
      ...spec,
    },
    status: status ?? offloadingStatus('Ready', `${namespace}-venice`, { naples: [SELECTED, READY] }),
  };
}

/** As `kubectl get … -o json` prints several objects. */
export function kubectl(...items: readonly JsonObject[]): string {
  return JSON.stringify(
    { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } },
    null,
    4,
  );
}

export const liveManifests = (...items: readonly JsonObject[]): Manifest[] =>
  asLive(readManifests('<stdin>.json', kubectl(...items)));
