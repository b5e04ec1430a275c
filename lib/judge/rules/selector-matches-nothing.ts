import { REMOTE_CLUSTER_LABEL } from '../../liqo/constants';
import { isEmpty } from '../../selector/algebra';
import type { StateRule } from '../rule';

/** Every virtual node has the label with its cluster's ID; nothing else is certain (pkg/utils/virtualnode). */
const ON_EVERY_NODE = { key: REMOTE_CLUSTER_LABEL, operator: 'Exists', values: [] } as const;

export const selectorMatchesNothing: StateRule = {
  name: 'selector-matches-nothing',
  category: 'broken',
  about: 'state',
  summary: 'No virtual node whatsoever can match a clusterSelector.',
  why: 'The namespace is offloaded to no cluster. A term without requirements matches nothing, and so does one that contradicts itself (`a=1,a=2`). A term without requirements is worse still, since the pod webhook reads it as any virtual node.',
  source: 'NSO/clusterselector.go; pkg/webhooks/pod/mutations.go',
  check: ({ offloadings }) =>
    offloadings.flatMap(({ manifest, namespace, terms = [] }) => {
      if (terms.length === 0 || isEmpty(terms, { facts: [ON_EVERY_NODE] }).answer !== 'yes') return [];
      return [
        {
          namespace,
          message: `The clusterSelector of '${namespace}' matches no cluster whatever its labels are: the namespace is offloaded nowhere.`,
          remedy: "Correct the contradiction; 'nodeSelectorTerms: []' means every cluster.",
          manifest,
          field: ['spec', 'clusterSelector', 'nodeSelectorTerms'],
        },
      ];
    }),
};
