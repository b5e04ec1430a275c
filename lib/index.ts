// The public API: what configs and main.ts import from 'cdk8s-liqo'.
export * from './config/library';
export type { AntiAffinityOptions, ApiServerOptions } from './config/annotations';
export type { PlaceOptions } from './config/place';
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
