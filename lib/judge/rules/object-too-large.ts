import type { Source } from '../../manifests/manifest';
import type { StateRule } from '../rule';
import { argoSays } from '../../manifests/engines/signs';

/** Bytes of all annotations of an object together: apimachinery TotalAnnotationSizeLimitB. */
const ANNOTATIONS_LIMIT = 256 * 1024;

/** Characters of a file in which no object can be that large: without aliases, JSON at most quotes and braces what YAML says. */
const HARMLESS = ANNOTATIONS_LIMIT / 8;

const mayBeLarge = ({ text }: Source) => text.length > HARMLESS || text.includes('*');

export const objectTooLarge: StateRule = {
  name: 'object-too-large',
  category: 'risky',
  about: 'state',
  summary: 'An object is too large for a client-side apply.',
  why: "`kubectl apply` and, by default, Argo CD keep the whole object in an annotation of it, and all annotations together hold 256 KiB. The API server refuses the object. Flux applies on the server's side and does not mind: where it is known to be the only engine, this says nothing.",
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
        message: `${manifest.kind} '${manifest.name}' has more than 256 KiB: kubectl apply and Argo CD cannot keep it in its annotation, and the API server refuses it.`,
        remedy:
          'Give it the annotation argocd.argoproj.io/sync-options: ServerSideApply=true and apply it with --server-side, or part it.',
        manifest,
      })),
};
