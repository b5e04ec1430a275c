import { unknownFields } from '../../manifests/schema';
import type { StateRule } from '../rule';

export const fieldUnknown: StateRule = {
  name: 'field-unknown',
  category: 'broken',
  about: 'state',
  summary: 'An object of a kind that we know has a field that the kind does not have.',
  why: "The API server refuses the object: kubectl and Argo CD ask it to be strict, and a server-side apply such as Flux's always is. The fields are those of Liqo v1.0 to v1.2 and of Kubernetes v1.35; where a cluster knows more, lower the rule.",
  source: 'Kubernetes "Field validation" and "Server-Side Apply"; docs/apiserver.md',
  check: ({ manifests }) =>
    manifests.flatMap((manifest) =>
      unknownFields(manifest).map((field) => ({
        namespace: manifest.kind === 'Namespace' ? manifest.name : manifest.namespace || undefined,
        message: `A ${manifest.kind} has no field ${field.join('.')}: the API server refuses '${manifest.name}'.`,
        remedy: 'Correct its name or its indentation, or remove it.',
        manifest,
        field,
      })),
    ),
};
