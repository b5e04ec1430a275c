// The public API: what configs, main.ts and other cdk8s apps import from 'cdk8s-liqo', and the plugin that cdk8s.yaml names.
export * from './config/library';
export type { AntiAffinityOptions, ApiServerOptions } from './config/annotations';
export type { PlaceOptions } from './config/place';
export type {
  ArgoCDConfig,
  ArgoCDDestination,
  ClusterConfig,
  ClusterFacts,
  CommonOffloading,
  ComputedName,
  FluxConfig,
  FluxSource,
  GitOpsConfig,
  GitOpsHealth,
  GuardConfig,
  Guarded,
  GuardExempt,
  GuardSetting,
  IncludeConfig,
  NamespaceConfig,
  OffloadingConfig,
  PodTemplateConfig,
  PolicyConfig,
  RuntimeClassConfig,
  RuntimeClassToleration,
  SelectedName,
  SelectorRequirement,
  SelectorTerm,
  SeveritySetting,
  WorkloadPlacement,
} from './config/types';
export { LiqoRuntimeClass, type LiqoRuntimeClassProps } from './constructs/liqo-runtime-class';
export { NamespaceOffloading, type NamespaceOffloadingProps } from './constructs/namespace-offloading';
export { OffloadedNamespace, type OffloadedNamespaceProps } from './constructs/offloaded-namespace';
export { LiqoValidation, type LiqoValidationContext } from './plugin/validation';
export { synth, type SynthOptions } from './cli/synth';
export type { ExitStatus } from './cli/console';
export type { FormatName } from './report/formats';
