import type { StateRule } from '../rule';

export const remoteNameRequired: StateRule = {
  name: 'remote-name-required',
  category: 'refused',
  about: 'state',
  summary: 'SelectedName without a remoteNamespaceName.',
  why: 'The webhook refuses to create such an object: the twin namespace would have no name.',
  source: 'pkg/webhooks/namespaceoffloading',
  check: ({ offloadings }) =>
    offloadings
      .filter(({ mapping, remoteNamespaceName }) => mapping === 'SelectedName' && remoteNamespaceName === '')
      .map(({ manifest, namespace }) => ({
        namespace,
        message:
          'Liqo refuses the NamespaceOffloading: SelectedName needs a remoteNamespaceName, and there is none.',
        remedy: "Set remoteNamespaceName to the twin's name on the providers.",
        manifest,
        field: ['spec', 'namespaceMappingStrategy'],
      })),
};
