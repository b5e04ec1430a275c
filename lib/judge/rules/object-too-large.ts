import type { Source } from '../../manifests/manifest';
import type { StateRule } from '../rule';
import { argoSays } from '../../manifests/engines/signs';

/** Bytes of all annotations of an object together: apimachinery TotalAnnotationSizeLimitB. */
const ANNOTATIONS_LIMIT = 256 * 1024;

/** A file of so many characters holds no object that large: without aliases, JSON adds only quotes and braces to YAML. */
const HARMLESS = ANNOTATIONS_LIMIT / 8;

const mayBeLarge = ({ text }: Source) => text.length > HARMLESS || text.includes('*');

export const objectTooLarge: StateRule = {
  name: 'object-too-large',
  category: 'risky',
  about: 'state',
  summary: 'An object is too large for a client-side apply.',
  why: '`kubectl apply` and, by default, Argo CD store the whole object in one of its annotations, and the API server refuses an object with more than 256 KiB of annotations. Flux uses server-side apply and has no such limit: if it is known to be the only engine, there is no finding.',
  source:
    'apimachinery pkg/api/validation, TotalAnnotationSizeLimitB; Argo CD "Sync Options", Server-Side Apply',
  check: ({ manifests }, { engines }) =>
    manifests
      .filter(
        (one) =>
          (engines.length === 0 || engines.includes('argocd')) &&
          mayBeLarge(one.source) &&
          Buffer.byteLength(JSON.stringify(one.body)) > ANNOTATIONS_LIMIT &&
          argoSays(one, 'ServerSideApply=true') === undefined,
      )
      .map((manifest) => ({
        namespace: manifest.namespace || undefined,
        message: `${manifest.kind} '${manifest.name}' is larger than 256 KiB: kubectl apply and Argo CD store it in an annotation, which the API server refuses.`,
        remedy:
          'Split it; or apply it with --server-side, and for Argo CD add the annotation argocd.argoproj.io/sync-options: ServerSideApply=true.',
        manifest,
      })),
};
