// The guard of a project whose configs have what the rows are about.
import { guardObjects } from '../../../lib/compile/guard/guard';
import type { LoadedConfig } from '../../../lib/config/load';
import type { ClusterConfig, GuardConfig, PolicyConfig } from '../../../lib/config/types';
import type { JsonObject } from '../../../lib/manifests/manifest';
import { namespaceOf, ROWS } from './rows';

export const POLICIES: readonly PolicyConfig[] = [
  {
    name: 'eu',
    description: 'data stays in the EU',
    namespaces: 'policy=eu',
    clusters: 'residency in (eu,ch)',
  },
  { name: 'names', namespaces: 'policy=names', namespaceMappingStrategies: ['DefaultName'] },
  { name: 'pods', namespaces: 'policy=pods', podOffloadingStrategies: ['Local'] },
  { name: 'home', namespaces: 'place=home', pods: 'local' },
  { name: 'forbidden', namespaces: 'policy=forbidden', offloading: 'forbidden' },
  { name: 'required', namespaces: ['must'], offloading: 'required' },
  { name: 'few', namespaces: 'policy=few', maxClusters: 2 },
];

/** A config without files. */
export function configOf(
  guard: GuardConfig | undefined,
  names: readonly string[],
  policies = POLICIES,
  cluster: Partial<ClusterConfig> = {},
): LoadedConfig {
  return {
    cluster: { id: 'venice', ...cluster, guard },
    clusterFile: 'config/cluster.ts',
    policies,
    namespaces: names.map((name) => ({
      config: { name, offloading: { clusterSelector: ['topology.liqo.io/region=south,tier'] } },
      file: 'config/namespaces/all.ts',
      folder: '',
    })),
    decisive: [],
    run: (_file, _what, call) => call(),
  };
}

/** The namespaces of rows that dist has as offloaded ones. */
export const listedRows = (): string[] => ROWS.flatMap(({ listed }, i) => (listed ? [namespaceOf(i)] : []));

/** Everything denied; one group passes beside those that always do. */
export const GUARD: GuardConfig = { action: 'deny', exempt: { groups: ['breakglass'] } };

export const objectsFor = (
  guard: GuardConfig = GUARD,
  names: readonly string[] = listedRows(),
): JsonObject[] => guardObjects({ config: configOf(guard, names), virtualNodes: ['liqo-naples'] });
