import { schemaProblems } from '../../manifests/schema';
import type { StateRule } from '../rule';

export const schemaInvalid: StateRule = {
  name: 'schema-invalid',
  category: 'refused',
  about: 'state',
  summary: 'An object of a kind that we know does not fit its schema.',
  why: 'The API server refuses the object, and a GitOps engine usually stops the whole sync with it. Namespace, RuntimeClass and NamespaceOffloading are checked against the schemas of Kubernetes and of the CRD, names and labels included.',
  source: "Kubernetes API conventions; Liqo's CRD namespaceoffloadings.offloading.liqo.io",
  check: ({ manifests }) =>
    manifests.flatMap((manifest) =>
      schemaProblems(manifest).map(({ field, message }) => ({
        namespace: manifest.kind === 'Namespace' ? manifest.name : manifest.namespace || undefined,
        message: `The API server refuses ${manifest.kind} '${manifest.name}': ${field.join('.') || 'the object'} ${message}.`,
        remedy: 'Correct the field; quote text that YAML 1.1 reads as a number or boolean (yes, on, 012).',
        manifest,
        field,
      })),
    ),
};
