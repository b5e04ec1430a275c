// Argo CD's Applications: one for each folder of dist, its namespaces and workloads together, so that waves order them.
// Fields: argo-cd manifests/crds/application-crd.yaml.
import type { ArgoCDConfig } from '../../config/types';
import { OFFLOADING_API_VERSION, OFFLOADING_KIND } from '../../liqo/constants';
import { argoHealthScript, type HealthSettings } from '../../manifests/engines/health';
import type { JsonObject } from '../../manifests/manifest';
import { unitName } from './names';
import type { Unit } from './units';

const IN_CLUSTER = { server: 'https://kubernetes.default.svc' };
/** Deleting an Application with it deletes what it applied ("App Deletion"). */
const FINALIZER = 'resources-finalizer.argocd.argoproj.io';
/**
 * For about an hour, so that a provider can come back; Argo CD's own five tries are over in three minutes. Not for ever: before
 * it knew `refresh`, each try was of the commit that had failed, and a newer one that mends it had to wait for the last
 * (controller/appcontroller.go, processRequestedAppOperation).
 */
const RETRY = { limit: 10, refresh: true, backoff: { duration: '30s', factor: 2, maxDuration: '10m' } };

/**
 * A source that says nothing of folders is read one level deep. `directory: { recurse: false }` would say the same, but Argo CD
 * takes it off the live object (util/argo, NormalizeSource), and an Application that is itself applied by Argo CD would
 * never be in sync.
 * @param consumer the consumer's cluster ID
 */
export function application(config: ArgoCDConfig, consumer: string, { name, folders }: Unit): JsonObject {
  const { repoURL, targetRevision = 'HEAD', namespace = 'argocd', project = 'default' } = config;
  const { destination = IN_CLUSTER, automated = true, deletionPolicy = 'Orphan' } = config;
  const source = (path: string) => ({ repoURL, targetRevision, path });
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
