// Runs a project's configs: see config-thread for a thread of their own.
import { compileFiles } from '../compile/compile';
import type { CompiledFiles } from '../compile/compiled';
import { loadConfig, type LoadedConfig, type LoadedNamespace, type Settings } from '../config/load';
import { coded } from '../input/error';
import type { Inventory } from '../liqo/inventory';
import type { Configs, ConfigsRequest } from './configs-request';
import { readInventory } from './facts';

const NOTHING: CompiledFiles = { files: [], units: [], beside: new Map() };

const virtualNodesOf = (inventory: Inventory | undefined): string[] =>
  (inventory?.providers ?? []).flatMap(({ virtualNodes }) => virtualNodes.map(({ name }) => name));

const withoutCode = ({ config, ...rest }: LoadedNamespace): LoadedNamespace => ({
  ...rest,
  config: { ...config, constructs: undefined },
});

/** What the namespaces give that are wanted. */
function compiled(
  config: LoadedConfig,
  { root, boundary, prefix, what, only }: ConfigsRequest,
): CompiledFiles {
  if (what !== 'everything') return NOTHING;
  const isGuarded = config.cluster.guard !== undefined;
  const virtualNodes = isGuarded ? virtualNodesOf(readInventory(root, prefix)) : [];
  const namespaces = config.namespaces.filter((one) => only?.includes(one.config.name) ?? true);
  return coded('config-invalid', () =>
    compileFiles({ ...config, namespaces }, { root, boundary, prefix, virtualNodes }),
  );
}

/**
 * Runs the configs in this thread.
 * @param settled is told the settings before any namespace's config has run
 * @throws InputError where anything cannot be read for certain
 */
export function runConfigs(request: ConfigsRequest, settled?: (settings: Settings) => void): Configs {
  const { root, home, what } = request;
  const config = loadConfig(root, what, home, settled);
  const { cluster, clusterFile, policies, decisive, namespaces } = config;
  return {
    ...{ cluster, clusterFile, policies, decisive },
    namespaces: namespaces.map(withoutCode),
    compiled: compiled(config, request),
  };
}
