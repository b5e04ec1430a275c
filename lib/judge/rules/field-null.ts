import { nullFields, schemaProblems } from '../../manifests/schema';
import type { StateRule } from '../rule';

export const fieldNull: StateRule = {
  name: 'field-null',
  category: 'risky',
  about: 'state',
  summary: 'A field of a NamespaceOffloading is null.',
  why: "A server-side apply, such as Flux's, keeps the null, and the CRD refuses the object. With `kubectl apply` and, by default, Argo CD, the null is dropped. In YAML a key without a value is null.",
  source: 'seen on an API server: docs/apiserver.md',
  check: ({ offloadings }) =>
    offloadings
      .filter(({ manifest }) => schemaProblems(manifest).length === 0)
      .flatMap(({ manifest, namespace }) =>
        nullFields(manifest).map((field) => ({
          namespace,
          message: `${field.join('.')} of the NamespaceOffloading is null: the API server refuses a server-side apply of it, such as Flux's.`,
          remedy: 'Give it a value, or remove the key.',
          manifest,
          field,
        })),
      ),
};
