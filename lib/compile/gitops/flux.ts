// Flux's Kustomizations: one for each outermost folder of a layer of dist.
// Fields: kustomize-controller config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml.
import type { FluxConfig } from '../../config/types';
import { fluxHealthChecks, type HealthSettings } from '../../manifests/engines/health';
import type { JsonObject } from '../../manifests/manifest';
import { unitName } from './names';
import type { Unit } from './units';

/** Units that must be ready before: what workloads stand on is applied, healthy and so offloaded. */
function before(unit: string, all: readonly Unit[]): string[] {
  const [layer, ...inside] = unit.split('/');
  if (layer === 'cluster') return [];
  const namespaces = all.filter(({ name }) => {
    const [other, ...folder] = name.split('/');
    const shorter = Math.min(folder.length, inside.length);
    return (
      other === 'namespaces' && folder.slice(0, shorter).join('/') === inside.slice(0, shorter).join('/')
    );
  });
  const cluster = all.filter(({ name }) => name === 'cluster');
  return [...cluster, ...(layer === 'workloads' ? namespaces : [])].map(({ name }) => name);
}

/** What Kustomizations have in common. */
interface Common {
  readonly consumer: string;
  readonly health: HealthSettings | undefined;
  /** Every unit; one folder each. */
  readonly all: readonly Unit[];
}

export function kustomization(config: FluxConfig, { name, folders }: Unit, common: Common): JsonObject {
  const { consumer, health, all } = common;
  const { sourceRef, namespace = 'flux-system', interval = '10m', retryInterval = '1m' } = config;
  const { timeout = '5m', prune = true, wait = true, deletionPolicy = 'Orphan' } = config;
  const dependsOn = before(name, all).map((one) => ({ name: unitName(consumer, one) }));
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: unitName(consumer, name), namespace },
    spec: {
      dependsOn: dependsOn.length > 0 ? dependsOn : undefined,
      interval,
      retryInterval,
      timeout,
      sourceRef: { kind: 'GitRepository', name: 'flux-system', ...sourceRef },
      path: `./${folders[0] ?? ''}`,
      prune,
      wait,
      // They are asked only of a Kustomization that waits.
      healthCheckExprs: wait && name.startsWith('namespaces') ? [{ ...fluxHealthChecks(health) }] : undefined,
      deletionPolicy,
    },
  };
}
