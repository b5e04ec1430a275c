import { OFFLOADING_NAME } from '../../liqo/constants';
import type { StateRule } from '../rule';

export const offloadingName: StateRule = {
  name: 'offloading-name',
  category: 'refused',
  about: 'state',
  summary: 'A NamespaceOffloading is not named `offloading`.',
  why: "Liqo's admission webhook refuses any other name, so that each namespace has at most one.",
  source: 'pkg/webhooks/namespaceoffloading',
  check: ({ offloadings }) =>
    offloadings
      .filter(({ manifest }) => manifest.name !== OFFLOADING_NAME && manifest.name !== '')
      .map(({ manifest, namespace }) => ({
        namespace,
        message: `Liqo refuses the NamespaceOffloading '${manifest.name}': its name must be '${OFFLOADING_NAME}'.`,
        remedy: `Name it '${OFFLOADING_NAME}'.`,
        manifest,
        field: ['metadata', 'name'],
      })),
};
