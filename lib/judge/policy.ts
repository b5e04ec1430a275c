// The rules of an organisation for namespaces, no matter what their configs say.
import type { NamespaceMappingStrategy, PodOffloadingStrategy } from '../liqo/namespace-offloading';
import type { NodeSelector, Requirement } from '../selector/term';

/** A policy, checked and parsed. */
export interface Policy {
  readonly name: string;
  readonly description?: string;
  /** Requirements on the labels, or names; undefined for every namespace. */
  readonly namespaces?: { readonly labels: readonly Requirement[] } | { readonly names: readonly string[] };
  /** The virtual nodes that may be selected. */
  readonly clusters?: NodeSelector;
  readonly namespaceMappingStrategies?: readonly NamespaceMappingStrategy[];
  readonly podOffloadingStrategies?: readonly PodOffloadingStrategy[];
  /** The pods must stay off virtual nodes. */
  readonly pods?: 'local';
  readonly offloading?: 'forbidden' | 'required';
  readonly maxClusters?: number;
}
