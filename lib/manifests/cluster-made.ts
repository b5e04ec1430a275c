// What a live object says that nobody declared: fields of the API server, bookkeeping of controllers, and the labels and
// annotations by which engines know their own.
import {
  isObject,
  sameJson,
  stringsAt,
  valueAt,
  type Json,
  type JsonObject,
  type Manifest,
} from './manifest';
import { isLive } from './live-object';
import { INSTANCE_LABEL } from './engines/tracking';

/** Who writes a label or annotation into an object that is applied. */
export type Writer = 'Kubernetes' | 'kubectl' | 'Argo CD' | 'Flux' | 'Helm';

/**
 * Labels that are never declared. Sources: Kubernetes, "Well-Known Labels"; Argo CD, common/common.go and "Resource Tracking"
 * (`argocd.argoproj.io/instance` is the label that it recommends in place of its default); fluxcd/pkg, ssa/manager.go
 * (SetOwnerLabels), and kustomize-controller (labels of earlier versions that it removes).
 */
const LABELS: ReadonlyMap<string, Writer> = new Map([
  ['kubernetes.io/metadata.name', 'Kubernetes'],
  ['argocd.argoproj.io/instance', 'Argo CD'],
  ['applications.argoproj.io/app-name', 'Argo CD'],
  ['kustomize.toolkit.fluxcd.io/name', 'Flux'],
  ['kustomize.toolkit.fluxcd.io/namespace', 'Flux'],
  ['kustomize.toolkit.fluxcd.io/checksum', 'Flux'],
  ['helm.toolkit.fluxcd.io/name', 'Flux'],
  ['helm.toolkit.fluxcd.io/namespace', 'Flux'],
  ['fluxcd.io/sync-gc-mark', 'Flux'],
]);

/** Annotations that are never declared. Sources: as above; Helm, pkg/action/validate.go (setMetadataVisitor). */
const ANNOTATIONS: ReadonlyMap<string, Writer> = new Map([
  ['kubectl.kubernetes.io/last-applied-configuration', 'kubectl'],
  ['argocd.argoproj.io/tracking-id', 'Argo CD'],
  ['argocd.argoproj.io/installation-id', 'Argo CD'],
  ['kustomize.toolkit.fluxcd.io/checksum', 'Flux'],
  ['fluxcd.io/sync-checksum', 'Flux'],
  ['meta.helm.sh/release-name', 'Helm'],
  ['meta.helm.sh/release-namespace', 'Helm'],
]);

const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/** Fields of metadata that the API server and its controllers keep. */
const FIELDS: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'managedFields',
  'selfLink',
]);

/** A label or annotation that was left out. */
export interface Dropped {
  readonly key: string;
  readonly writer: Writer;
}

export interface Declared {
  /** The object as a manifest would have it. */
  readonly body: JsonObject;
  readonly dropped: readonly Dropped[];
}

/**
 * Who wrote a label whose key others use as well: Argo CD where its tracking ID names the same Application (cut to what a
 * label can hold: TruncateLabel), Helm where its release is named too.
 */
function writerByEvidence({ body }: Manifest, key: string, value: Json | undefined): Writer | undefined {
  const annotations = stringsAt(body, 'metadata', 'annotations');
  const [application] = annotations.get('argocd.argoproj.io/tracking-id')?.split(':') ?? [];
  if (
    key === INSTANCE_LABEL &&
    value === application?.slice(0, 63).replace(/(?<![^A-Za-z0-9])[^A-Za-z0-9]+$/, '')
  )
    return 'Argo CD';
  const isHelms =
    key === MANAGED_BY_LABEL && value === 'Helm' && annotations.has('meta.helm.sh/release-name');
  return isHelms ? 'Helm' : undefined;
}

const only = (object: JsonObject, keep: (key: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => keep(key)));

/** The labels or annotations that nobody is known to write, undefined where there are none; the others are noted. */
function unwritten(
  strings: Json | undefined,
  writerOf: (key: string, value: Json | undefined) => Writer | undefined,
  dropped: Dropped[],
): Json | undefined {
  if (!isObject(strings)) return strings;
  for (const [key, value] of Object.entries(strings)) {
    const writer = writerOf(key, value);
    if (writer !== undefined) dropped.push({ key, writer });
  }
  const noted = new Set(dropped.map(({ key }) => key));
  const own = only(strings, (key) => !noted.has(key));
  return Object.keys(own).length > 0 ? own : undefined;
}

/** The spec without the finalizer that every Namespace has in it. */
function ownSpec(spec: Json | undefined): Json | undefined {
  return isObject(spec) && sameJson(spec['finalizers'], ['kubernetes'])
    ? only(spec, (key) => key !== 'finalizers')
    : spec;
}

/**
 * An object without what a cluster adds to it: its status, what the API server keeps in metadata, finalizers (of a live one,
 * since its controllers set them; the one that every Namespace has in its spec, in any), and {@link LABELS} and
 * {@link ANNOTATIONS}, in manifests too, since no manifest can make them true.
 */
export function declared(manifest: Manifest): Declared {
  const { body } = manifest;
  const metadata = valueAt(body, 'metadata');
  const { labels, annotations, ...fields } = isObject(metadata) ? metadata : {};
  const [ofLabels, ofAnnotations]: [Dropped[], Dropped[]] = [[], []];
  const labelWriter = (key: string, value: Json | undefined) =>
    LABELS.get(key) ?? writerByEvidence(manifest, key, value);
  return {
    body: {
      ...only(body, (key) => key !== 'status'),
      metadata: {
        ...only(fields, (key) => !FIELDS.has(key) && !(key === 'finalizers' && isLive(manifest))),
        labels: unwritten(labels, labelWriter, ofLabels),
        annotations: unwritten(annotations, (key) => ANNOTATIONS.get(key), ofAnnotations),
      },
      spec: ownSpec(body['spec']),
    },
    dropped: [...ofLabels, ...ofAnnotations],
  };
}
