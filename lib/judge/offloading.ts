// A NamespaceOffloading as the rules see it: defaults filled in, malformed parts left to schema-invalid.
import { OFFLOADING_GROUP, OFFLOADING_KIND } from '../liqo/constants';
import {
  DEFAULT_MAPPING_STRATEGY,
  DEFAULT_POD_STRATEGY,
  MAPPING_STRATEGIES,
  POD_STRATEGIES,
  type NamespaceMappingStrategy,
  type PodOffloadingStrategy,
} from '../liqo/namespace-offloading';
import { groupOf, isObject, valueAt, type Json, type Manifest } from '../manifests/manifest';
import { onceEach } from '../manifests/once';
import type { UncheckedRequirement, UncheckedTerm } from '../selector/term';

export interface Offloading {
  readonly manifest: Manifest;
  readonly namespace: string;
  /** Undefined if the API server refuses the value in the manifest. */
  readonly mapping: NamespaceMappingStrategy | undefined;
  readonly pods: PodOffloadingStrategy | undefined;
  /** Empty if it is not set, as in the Go type. */
  readonly remoteNamespaceName: string;
  /** Undefined if there is no selector, or a malformed one: rules then cannot look at its terms. */
  readonly terms: readonly UncheckedTerm[] | undefined;
}

export function isOffloading({ apiVersion, kind }: Manifest): boolean {
  return kind === OFFLOADING_KIND && groupOf(apiVersion) === OFFLOADING_GROUP;
}

function oneOf<T extends string>(known: readonly T[], value: Json | undefined, otherwise: T): T | undefined {
  return value === undefined ? otherwise : known.find((one) => one === value);
}

function requirement(value: Json): UncheckedRequirement | undefined {
  const { key, operator } = isObject(value) ? value : {};
  const values = valueAt(value, 'values') ?? [];
  if (typeof key !== 'string' || typeof operator !== 'string' || !Array.isArray(values)) return undefined;
  const strings = values.filter((one: Json): one is string => typeof one === 'string');
  return strings.length === values.length ? { key, operator, values: strings } : undefined;
}

/** The elements of a list, or undefined if it is not a list or an element is malformed. */
function all<T>(value: Json | undefined, read: (one: Json) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const good = value.flatMap((one: Json) => read(one) ?? []);
  return good.length === value.length ? good : undefined;
}

function term(value: Json): UncheckedTerm | undefined {
  if (!isObject(value)) return undefined;
  const matchExpressions = all(valueAt(value, 'matchExpressions') ?? [], requirement);
  const matchFields = all(valueAt(value, 'matchFields') ?? [], requirement);
  return matchExpressions && matchFields && { matchExpressions, matchFields };
}

/** The same one for each who asks. */
export const toOffloading: (manifest: Manifest) => Offloading = onceEach((manifest) => {
  const spec = (field: string) => valueAt(manifest.body, 'spec', field);
  const name = spec('remoteNamespaceName');
  return {
    manifest,
    namespace: manifest.namespace,
    mapping: oneOf(MAPPING_STRATEGIES, spec('namespaceMappingStrategy'), DEFAULT_MAPPING_STRATEGY),
    pods: oneOf(POD_STRATEGIES, spec('podOffloadingStrategy'), DEFAULT_POD_STRATEGY),
    remoteNamespaceName: typeof name === 'string' ? name : '',
    terms: all(valueAt(manifest.body, 'spec', 'clusterSelector', 'nodeSelectorTerms'), term),
  };
});
