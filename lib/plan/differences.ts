// In which fields two forms of an object differ, in the words of the CRD.
import { isOffloading, toOffloading, type Offloading } from '../judge/offloading';
import { readableSelection, selectionOf } from '../judge/cluster-impact';
import {
  groupOf,
  isObject,
  sameJson,
  valueAt,
  type Json,
  type JsonObject,
  type Manifest,
} from '../manifests/manifest';
import { EVERYTHING } from '../selector/algebra';
import { canonicalSelector } from '../selector/canonical';
import { printTerm } from '../selector/print';

export interface FieldChange {
  /** The path, such as `spec.podOffloadingStrategy` or `metadata.labels.team`. */
  readonly field: string;
  /** Undefined where the field comes, or goes. */
  readonly old?: Json;
  readonly new?: Json;
  /** The field is immutable: only a new object can have another value. */
  readonly replaces?: true;
}

/** What an offloading selects, in label-selector syntax: alternatives joined by `or`. */
export function selectorText(offloading: Offloading): string {
  const selection = selectionOf(offloading);
  if (selection === EVERYTHING) return 'every cluster';
  const terms = readableSelection(selection);
  const written = valueAt(offloading.manifest.body, 'spec', 'clusterSelector', 'nodeSelectorTerms');
  if (terms === undefined) return JSON.stringify(written);
  return canonicalSelector(terms)
    .map((term) => printTerm(term) || 'no cluster')
    .join(' or ');
}

/** The object with the CRD's defaults filled in, and its selector as text: what is equal to Liqo is equal here. */
function inWords(manifest: Manifest): JsonObject {
  if (!isOffloading(manifest)) return manifest.body;
  const offloading = toOffloading(manifest);
  const spec = valueAt(manifest.body, 'spec');
  return {
    ...manifest.body,
    spec: {
      ...(isObject(spec) && spec),
      ...(offloading.mapping !== undefined && { namespaceMappingStrategy: offloading.mapping }),
      ...(offloading.pods !== undefined && { podOffloadingStrategy: offloading.pods }),
      clusterSelector: selectorText(offloading),
    },
  };
}

/** Fields that no update changes (pkg/webhooks/namespaceoffloading; Kubernetes, RuntimeClass). */
function isImmutable(manifest: Manifest, field: string): boolean {
  if (isOffloading(manifest))
    return field === 'spec.namespaceMappingStrategy' || field === 'spec.remoteNamespaceName';
  return (
    manifest.kind === 'RuntimeClass' && groupOf(manifest.apiVersion) === 'node.k8s.io' && field === 'handler'
  );
}

function differing(was: Json | undefined, is: Json | undefined, path: readonly string[]): FieldChange[] {
  if (sameJson(was, is)) return [];
  const comesOrGoes = (a: Json | undefined, b: Json | undefined) => isObject(a) && b === undefined;
  if (comesOrGoes(was, is)) return differing(was, {}, path);
  if (comesOrGoes(is, was)) return differing({}, is, path);
  if (isObject(was) && isObject(is)) {
    const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return keys.flatMap((key) => differing(valueAt(was, key), valueAt(is, key), [...path, key]));
  }
  if (Array.isArray(was) && Array.isArray(is) && was.length === is.length)
    return was.flatMap((one: Json, i) => differing(one, is[i] as Json, [...path, String(i)]));
  return [
    {
      field: path.join('.'),
      ...(was !== undefined && { old: was }),
      ...(is !== undefined && { new: is }),
    },
  ];
}

/** The fields that differ; for a NamespaceOffloading with defaults filled in, and the selector as one. */
export function differences(was: Manifest, is: Manifest): FieldChange[] {
  return differing(inWords(was), inWords(is), []).map((change) =>
    isImmutable(is, change.field) ? { ...change, replaces: true } : change,
  );
}

/** What a new object says, as far as a reader wants to know it: labels and annotations, and all of an offloading's spec. */
export function contents(manifest: Manifest): FieldChange[] {
  const { apiVersion, kind, body } = manifest;
  const metadata = (key: string) => valueAt(body, 'metadata', key) ?? {};
  const shown: JsonObject = {
    ...(apiVersion === 'v1' &&
      kind === 'Namespace' && {
        metadata: { labels: metadata('labels'), annotations: metadata('annotations') },
      }),
    ...(isOffloading(manifest) && { spec: inWords(manifest)['spec'] ?? {} }),
  };
  const empty: JsonObject = { metadata: { labels: {}, annotations: {} }, spec: {} };
  return Object.entries(shown).flatMap(([key, value]) => differing(empty[key], value, [key]));
}
