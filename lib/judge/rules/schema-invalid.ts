import { schemaProblems } from '../../manifests/schema';
import type { StateRule } from '../rule';

export const schemaInvalid: StateRule = {
  name: 'schema-invalid',
  category: 'refused',
  about: 'state',
  summary: 'An object does not match the schema of its kind.',
  why: 'The API server refuses the object, which usually makes a GitOps engine stop the whole sync. The rule checks Namespace, RuntimeClass and NamespaceOffloading against the schemas of Kubernetes and of the CRD, including names and labels.',
  source: "Kubernetes API conventions; Liqo's CRD namespaceoffloadings.offloading.liqo.io",
  check: ({ manifests }) =>
    manifests.flatMap((manifest) =>
      schemaProblems(manifest).map(({ field, message }) => ({
        namespace: manifest.kind === 'Namespace' ? manifest.name : manifest.namespace || undefined,
        message: `The API server refuses ${manifest.kind} '${manifest.name}': ${field.join('.') || 'the object'} ${message}.`,
        remedy:
          'Correct the field. Quote strings that YAML 1.1 reads as a number or a boolean (yes, on, 012).',
        manifest,
        field,
      })),
    ),
};
