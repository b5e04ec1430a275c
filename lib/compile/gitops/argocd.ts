// Argo CD's Applications: one for each folder of dist, its namespaces and workloads together, so that waves order them.
// Fields: argo-cd manifests/crds/application-crd.yaml.
import type { ArgoCDConfig } from '../../config/types';
import { OFFLOADING_API_VERSION, OFFLOADING_KIND } from '../../liqo/constants';
import { argoHealthScript, type HealthSettings } from '../../liqo/health';
import type { JsonObject } from '../../manifests/manifest';
import { unitName } from './names';
import type { Unit } from './units';

const IN_CLUSTER = { server: 'https://kubernetes.default.svc' };
/** Deleting an Application with it deletes what it applied ("App Deletion"). */
const FINALIZER = 'resources-finalizer.argocd.argoproj.io';
/** Without it Argo CD tries a revision five times, and then waits for the next commit: too few for a provider to come back. */
const RETRY = { limit: -1, backoff: { duration: '30s', factor: 2, maxDuration: '10m' } };

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
      syncPolicy: automated ? { automated: { prune: true, selfHeal: true }, retry: RETRY } : undefined,
    },
  };
}

/**
 * A patch for the ConfigMap argocd-cm: Argo CD's health check of a NamespaceOffloading. The whole ConfigMap is somebody
 * else's, so this is not for `kubectl apply`.
 */
export function healthPatch(health: HealthSettings | undefined): JsonObject {
  const [group = ''] = OFFLOADING_API_VERSION.split('/');
  const key = `resource.customizations.health.${group}_${OFFLOADING_KIND}`;
  return { data: { [key]: argoHealthScript(health) } };
}
