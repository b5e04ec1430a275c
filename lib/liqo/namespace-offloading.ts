// The NamespaceOffloading object: its values, the defaults that the CRD fills in, and what its strategies do.
// Source: apis/offloading/v1beta1/namespaceoffloading_types.go.

export const MAPPING_STRATEGIES = ['DefaultName', 'EnforceSameName', 'SelectedName'] as const;
/** How the twin namespace on a provider is named. */
export type NamespaceMappingStrategy = (typeof MAPPING_STRATEGIES)[number];
export const DEFAULT_MAPPING_STRATEGY: NamespaceMappingStrategy = 'DefaultName';

export const POD_STRATEGIES = ['LocalAndRemote', 'Remote', 'Local'] as const;
/** Where the pods of the namespace may run. */
export type PodOffloadingStrategy = (typeof POD_STRATEGIES)[number];
export const DEFAULT_POD_STRATEGY: PodOffloadingStrategy = 'LocalAndRemote';

/**
 * Whether Liqo's controller keeps the scheduling label on the namespace: it adds it for LocalAndRemote and Remote,
 * and removes it for Local (namespaceoffloading-controller, lifecycle.go).
 */
export function holdsSchedulingLabel(strategy: PodOffloadingStrategy): boolean {
  return strategy !== 'Local';
}
