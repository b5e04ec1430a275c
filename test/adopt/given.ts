// Objects as kubectl and liqoctl print them, from a few words.
import { stringify as print } from 'yaml';
import { asLive } from '../../lib/manifests/live-object';
import { readManifests } from '../../lib/manifests/read';
import type { Manifest } from '../../lib/manifests/manifest';

/** As Go prints it: `y` in quotes. */
const stringify = (value: object) => print(value, { version: '1.1' });

type Fields = Readonly<Record<string, unknown>>;

/** What the API server adds to the metadata of whatever it holds. */
const live = (name: string) => ({
  uid: `8f1e7a52-0000-4000-8000-${name}`,
  resourceVersion: '20241',
  creationTimestamp: '2025-11-03T09:12:44Z',
  generation: 2,
  managedFields: [
    {
      manager: 'kubectl-client-side-apply',
      operation: 'Update',
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:metadata': { 'f:labels': { '.': {} } } },
    },
  ],
});
const APPLIED = {
  'kubectl.kubernetes.io/last-applied-configuration': '{"apiVersion":"v1","kind":"Namespace"}\n',
};

/** A Namespace of a cluster. */
export const liveNamespace = (name: string, labels: Fields = {}, annotations: Fields = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    ...live(name),
    name,
    labels: { 'kubernetes.io/metadata.name': name, ...labels },
    annotations: { ...APPLIED, ...annotations },
  },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
});

/** A NamespaceOffloading of a cluster, which Liqo has carried out. */
export const liveOffloading = (namespace: string, spec: Fields = {}, metadata: Fields = {}) => ({
  apiVersion: 'offloading.liqo.io/v1beta1',
  kind: 'NamespaceOffloading',
  metadata: {
    ...live(namespace),
    name: 'offloading',
    namespace,
    finalizers: ['namespaceoffloading-controller.liqo.io/finalizer'],
    ...metadata,
  },
  spec: {
    clusterSelector: { nodeSelectorTerms: [] },
    namespaceMappingStrategy: 'DefaultName',
    podOffloadingStrategy: 'LocalAndRemote',
    ...spec,
  },
  status: {
    observedGeneration: 2,
    offloadingPhase: 'Ready',
    remoteNamespaceName: `${namespace}-venice`,
    remoteNamespacesConditions: { naples: [{ type: 'Ready', status: 'True' }] },
  },
});

export const ENABLED = { 'liqo.io/scheduling-enabled': 'true' };
export const term = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
});

/** What `kubectl get … -o yaml` prints. */
export const list = (...items: object[]) => stringify({ apiVersion: 'v1', kind: 'List', items });

/** What `liqoctl offload namespace … --output yaml` prints of one namespace (pkg/liqoctl/offload/handler.go). */
export const liqoctl = (namespace: string, spec: Fields = {}) =>
  stringify({
    apiVersion: 'offloading.liqo.io/v1beta1',
    kind: 'NamespaceOffloading',
    metadata: { creationTimestamp: null, name: 'offloading', namespace },
    spec: {
      clusterSelector: { nodeSelectorTerms: [] },
      namespaceMappingStrategy: 'DefaultName',
      podOffloadingStrategy: 'LocalAndRemote',
      ...spec,
    },
    status: {},
  }) + '---\n';

export const read = (...objects: object[]): Manifest[] =>
  asLive(readManifests('live.yaml', list(...objects)));
