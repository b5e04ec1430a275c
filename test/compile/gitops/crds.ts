// What the CRDs of Argo CD and Flux say of the fields that we write, read off argo-cd v3 manifests/crds/application-crd.yaml
// and kustomize-controller v1 config/crd/bases: types, what is required, enums and patterns. Closed, so that a misspelt field
// is found.
const closed = (required: string[], properties: object) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const string = { type: 'string' };
const boolean = { type: 'boolean' };
const duration = { type: 'string', pattern: '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$' };
const metadata = closed(['name', 'namespace'], {
  name: { type: 'string', maxLength: 253, pattern: '^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$' },
  namespace: { type: 'string', maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' },
  finalizers: { type: 'array', items: string },
});

const source = closed(['repoURL'], {
  repoURL: string,
  targetRevision: string,
  path: { type: 'string', pattern: '^[^/]' },
});

export const APPLICATION = closed(['apiVersion', 'kind', 'metadata', 'spec'], {
  apiVersion: { const: 'argoproj.io/v1alpha1' },
  kind: { const: 'Application' },
  metadata,
  spec: closed(['destination', 'project'], {
    project: string,
    destination: closed([], { name: string, namespace: string, server: string }),
    source,
    sources: { type: 'array', minItems: 1, items: source },
    syncPolicy: closed([], {
      automated: closed([], { prune: boolean, selfHeal: boolean }),
      retry: closed([], {
        limit: { type: 'integer' },
        refresh: boolean,
        backoff: closed([], { duration: string, factor: { type: 'integer' }, maxDuration: string }),
      }),
    }),
  }),
});

export const KUSTOMIZATION = closed(['apiVersion', 'kind', 'metadata', 'spec'], {
  apiVersion: { const: 'kustomize.toolkit.fluxcd.io/v1' },
  kind: { const: 'Kustomization' },
  metadata,
  spec: closed(['interval', 'prune', 'sourceRef'], {
    dependsOn: {
      type: 'array',
      minItems: 1,
      items: closed(['name'], { name: string, namespace: string, readyExpr: string }),
    },
    interval: duration,
    retryInterval: duration,
    timeout: duration,
    sourceRef: closed(['kind', 'name'], {
      kind: { enum: ['OCIRepository', 'GitRepository', 'Bucket', 'ExternalArtifact'] },
      name: string,
      namespace: string,
    }),
    path: { type: 'string', pattern: '^\\./' },
    prune: boolean,
    wait: boolean,
    deletionPolicy: { enum: ['MirrorPrune', 'Delete', 'WaitForTermination', 'Orphan'] },
    healthCheckExprs: {
      type: 'array',
      items: closed(['apiVersion', 'current'], {
        apiVersion: string,
        kind: string,
        current: string,
        inProgress: string,
        failed: string,
      }),
    },
  }),
});
