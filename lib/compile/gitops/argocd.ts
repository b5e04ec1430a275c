// Argo CD's Applications: one for each folder of dist, its namespaces and workloads together, so that waves order them.
// Fields: argo-cd manifests/crds/application-crd.yaml.
import type { ArgoCDConfig } from '../../config/types';
import type { JsonObject } from '../../manifests/manifest';
import { unitName } from './names';
import type { Unit } from './units';

const IN_CLUSTER = { server: 'https://kubernetes.default.svc' };
/** Deleting an Application with it deletes what it applied ("App Deletion"). */
const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** @param consumer the consumer's cluster ID */
export function application(config: ArgoCDConfig, consumer: string, { name, folders }: Unit): JsonObject {
  const { repoURL, targetRevision = 'HEAD', namespace = 'argocd', project = 'default' } = config;
  const { destination = IN_CLUSTER, automated = true, deletionPolicy = 'Orphan' } = config;
  const source = (path: string) => ({ repoURL, targetRevision, path, directory: { recurse: false } });
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: unitName(consumer, name),
      namespace,
      finalizers: deletionPolicy === 'Delete' ? [FINALIZER] : undefined,
    },
    spec: {
      project,
      destination: { ...destination },
      sources: folders.map(source),
      syncPolicy: automated ? { automated: { prune: true, selfHeal: true } } : undefined,
    },
  };
}
