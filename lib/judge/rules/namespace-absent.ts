import { isOffloading } from '../offloading';
import type { StateRule } from '../rule';

export const namespaceAbsent: StateRule = {
  name: 'namespace-absent',
  category: 'broken',
  about: 'state',
  fixed: true,
  summary: 'A NamespaceOffloading has no metadata.namespace.',
  why: 'Flux refuses the whole folder unless `targetNamespace` or a kustomization sets the namespace. kubectl uses the namespace of the kubeconfig, Argo CD that of its destination. The manifest does not show which namespace it offloads, so no other rule judges it; it is never assumed to be `default`. If all Applications and Flux Kustomizations that apply it are known and set the same namespace, it is judged in that namespace.',
  source: 'Flux: "namespace not specified"; Argo CD, Application spec.destination.namespace; kubectl apply',
  check: ({ manifests }) =>
    manifests
      .filter((one) => isOffloading(one) && one.namespace === '')
      .map((manifest) => ({
        message: `The NamespaceOffloading '${manifest.name}' names no namespace, so its namespace depends on the tool that applies it: it was not judged.`,
        remedy: 'Set metadata.namespace to the namespace that it offloads.',
        manifest,
        field: ['metadata'],
      })),
};
