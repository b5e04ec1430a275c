import { isOffloading } from '../offloading';
import type { StateRule } from '../rule';

export const namespaceAbsent: StateRule = {
  name: 'namespace-absent',
  category: 'broken',
  about: 'state',
  fixed: true,
  summary: 'A NamespaceOffloading without metadata.namespace.',
  why: 'Flux refuses its whole folder, unless `targetNamespace` or a kustomization names one; kubectl takes the namespace of the kubeconfig, Argo CD that of its destination. So the manifest does not say which namespace it offloads, and nothing else that is judged here is judged of it. It is never taken for one of `default`. If every Application and every Kustomization of Flux that applies it is known, and they name one namespace, it is judged in that.',
  source: 'Flux: "namespace not specified"; Argo CD, Application spec.destination.namespace; kubectl apply',
  check: ({ manifests }) =>
    manifests
      .filter((one) => isOffloading(one) && one.namespace === '')
      .map((manifest) => ({
        message: `The NamespaceOffloading '${manifest.name}' names no namespace, so whatever applies it decides where it goes: it was not judged.`,
        remedy: 'Set metadata.namespace to the namespace that it offloads.',
        manifest,
        field: ['metadata'],
      })),
};
