import { isEmpty } from '../../selector/algebra';
import { EVERY_VIRTUAL_NODE, perSelector, plainKeys } from '../cluster-impact';
import type { StateRule } from '../rule';

export const selectorMatchesNothing: StateRule = {
  name: 'selector-matches-nothing',
  category: 'broken',
  about: 'state',
  summary: 'A clusterSelector can never match a virtual node.',
  why: 'The namespace is not offloaded to any cluster. A term that contradicts itself (`a=1,a=2`) matches nothing, and neither does a term without requirements. The latter is worse, because the pod webhook reads it as any virtual node.',
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
      message: `The clusterSelector of '${namespace}' can never match a cluster, with any labels: the namespace is not offloaded.`,
      remedy: "Correct the selector. To select every cluster, write 'nodeSelectorTerms: []'.",
      manifest,
      field: ['spec', 'clusterSelector', 'nodeSelectorTerms'],
    }));
  },
};
