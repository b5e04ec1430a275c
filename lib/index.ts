// The public API: what configs and main.ts import from 'cdk8s-liqo'.
export { defineCluster, defineNamespace, definePolicies } from './config/define';
export type {
  ClusterConfig,
  CommonOffloading,
  ComputedName,
  NamespaceConfig,
  OffloadingConfig,
  PolicyConfig,
  RuntimeClassConfig,
  SelectedName,
  SelectorRequirement,
  SelectorTerm,
  SeveritySetting,
} from './config/types';
export { synth, type SynthOptions } from './cli/synth';
export type { ExitStatus } from './cli/console';
export type { FormatName } from './report/formats';
