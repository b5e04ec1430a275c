import { isEmpty } from '../../selector/algebra';
import { EVERY_VIRTUAL_NODE, perSelector, plainKeys } from '../cluster-impact';
import type { StateRule } from '../rule';

export const selectorMatchesNothing: StateRule = {
  name: 'selector-matches-nothing',
  category: 'broken',
  about: 'state',
  summary: 'No virtual node whatsoever can match a clusterSelector.',
  why: 'The namespace is offloaded to no cluster. A term without requirements matches nothing, and so does one that contradicts itself (`a=1,a=2`). A term without requirements is worse still, since the pod webhook reads it as any virtual node.',
  source: 'NSO/clusterselector.go; pkg/webhooks/pod/mutations.go',
  covers: ['selector-matches-inventory', 'selector-term-redundant', 'system-namespace-offloaded'],
  check: ({ offloadings }) => {
    const isDead = perSelector(
      (terms) =>
        terms.length > 0 &&
        !terms.some((term) => plainKeys(term) !== undefined) && // spares the algebra almost every question
        isEmpty(terms, { facts: EVERY_VIRTUAL_NODE }).answer === 'yes',
    );
    return offloadings.filter(isDead).map(({ manifest, namespace }) => ({
      namespace,
      message: `The clusterSelector of '${namespace}' matches no cluster whatever its labels are: the namespace is offloaded nowhere.`,
      remedy: "Correct the contradiction; 'nodeSelectorTerms: []' means every cluster.",
      manifest,
      field: ['spec', 'clusterSelector', 'nodeSelectorTerms'],
    }));
  },
};
