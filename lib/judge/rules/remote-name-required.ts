import type { StateRule } from '../rule';

export const remoteNameRequired: StateRule = {
  name: 'remote-name-required',
  category: 'refused',
  about: 'state',
  summary: 'A NamespaceOffloading with SelectedName has no remoteNamespaceName.',
  why: "Liqo's webhook refuses to create such an object: the twin namespace would have no name.",
  source: 'pkg/webhooks/namespaceoffloading',
  check: ({ offloadings }) =>
    offloadings
      .filter(({ mapping, remoteNamespaceName }) => mapping === 'SelectedName' && remoteNamespaceName === '')
      .map(({ manifest, namespace }) => ({
        namespace,
        message: 'Liqo refuses the NamespaceOffloading: it has SelectedName but no remoteNamespaceName.',
        remedy: 'Set remoteNamespaceName to the name that the twin namespace should have on the providers.',
        manifest,
        field: ['spec', 'namespaceMappingStrategy'],
      })),
};
