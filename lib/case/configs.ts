// Runs a project's configs: see config-thread for a thread of their own.
import { compileFiles } from '../compile/compile';
import type { CompiledFiles } from '../compile/compiled';
import { loadConfig, type LoadedNamespace, type Settings } from '../config/load';
import type { Configs, ConfigsRequest } from './configs-request';

const NOTHING: CompiledFiles = { files: [], units: [], beside: new Map() };

const withoutCode = ({ config, ...rest }: LoadedNamespace): LoadedNamespace => ({
  ...rest,
  config: { ...config, constructs: undefined },
});

/**
 * Runs the configs in this thread.
 * @param settled is told the settings before any namespace's config has run
 * @throws InputError where anything cannot be read for certain
 */
export function runConfigs(
  { root, home, boundary, prefix, what }: ConfigsRequest,
  settled?: (settings: Settings) => void,
): Configs {
  const config = loadConfig(root, what, home, settled);
  const { cluster, clusterFile, policies, decisive, namespaces } = config;
  return {
    ...{ cluster, clusterFile, policies, decisive },
    namespaces: namespaces.map(withoutCode),
    compiled: what !== 'everything' ? NOTHING : compileFiles(config, { root, boundary, prefix }),
  };
}
