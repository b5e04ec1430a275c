// The functions that a config calls. They return what they get: types are checked by the editor, values by the loader.
import type { ClusterConfig, NamespaceConfig, PolicyConfig } from './types';

/** Declares the consumer cluster; the default export of `config/cluster.ts`. */
export function defineCluster(config: ClusterConfig): ClusterConfig {
  return config;
}

/** Declares one namespace; the default export, or an element of it, of a file below `config/namespaces`. */
export function defineNamespace(config: NamespaceConfig): NamespaceConfig {
  return config;
}

/** Declares what every namespace must obey; the default export of `config/policies.ts`. */
export function definePolicies(policies: readonly PolicyConfig[]): readonly PolicyConfig[] {
  return policies;
}
