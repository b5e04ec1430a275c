// The public API: what configs and main.ts import from 'cdk8s-liqo'.
export { defineCluster, defineNamespace, definePolicies } from './config/define';
export { place, type PlaceOptions } from './config/place';
export {
  antiAffinity,
  apiServerSupport,
  directConnections,
  reflect,
  remoteAccessModes,
  remoteRuntimeClass,
  remoteStorageClass,
  sameNodePorts,
  type AntiAffinityOptions,
  type ApiServerOptions,
} from './config/annotations';
export type {
  ClusterConfig,
  CommonOffloading,
  ComputedName,
  IncludeConfig,
  NamespaceConfig,
  OffloadingConfig,
  PolicyConfig,
  RuntimeClassConfig,
  RuntimeClassToleration,
  SelectedName,
  SelectorRequirement,
  SelectorTerm,
  SeveritySetting,
  WorkloadPlacement,
} from './config/types';
export { synth, type SynthOptions } from './cli/synth';
export type { ExitStatus } from './cli/console';
export type { FormatName } from './report/formats';
