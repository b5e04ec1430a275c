import { unknownFields } from '../../manifests/schema';
import type { StateRule } from '../rule';

export const fieldUnknown: StateRule = {
  name: 'field-unknown',
  category: 'broken',
  about: 'state',
  summary: 'An object has a field that its kind does not have.',
  why: "The API server refuses the object: kubectl and Argo CD request strict validation, and a server-side apply such as Flux's is always strict. The rule knows the kinds of Liqo v1.0 to v1.2 and some of Kubernetes v1.35. If your cluster serves newer fields, lower the rule.",
  source: 'Kubernetes "Field validation" and "Server-Side Apply"; docs/apiserver.md',
  check: ({ manifests }) =>
    manifests.flatMap((manifest) =>
      unknownFields(manifest).map((field) => ({
        namespace: manifest.kind === 'Namespace' ? manifest.name : manifest.namespace || undefined,
        message: `A ${manifest.kind} has no field ${field.join('.')}: the API server refuses '${manifest.name}'.`,
        remedy: 'Correct the name or the indentation of the field, or remove it.',
        manifest,
        field,
      })),
    ),
};
