import { isSubset } from '../../selector/algebra';
import { printTerm } from '../../selector/print';
import { needsLabel, type NodeSelector, type Term } from '../../selector/term';
import { EVERY_VIRTUAL_NODE, perSelector, plainKeys } from '../cluster-impact';
import type { StateRule } from '../rule';

/** A cheap no: a term that needs another label does not match a node that a plain term matches. */
function isPlainlyNeeded(term: Term, others: NodeSelector): boolean {
  const keys = plainKeys(term);
  return (
    keys !== undefined &&
    others.every((other) =>
      other.matchExpressions.some(({ key, operator }) => needsLabel(operator) && !keys.has(key)),
    )
  );
}

/** The terms that add no cluster to those before them and to the later ones that stay. */
function redundant(terms: NodeSelector): { term: NodeSelector[number]; index: number }[] {
  let left = terms.map((term, index) => ({ term, index }));
  for (const one of [...left].reverse()) {
    const rest = left.filter((other) => other !== one);
    const others = rest.map(({ term }) => term);
    if (others.length === 0 || isPlainlyNeeded(one.term, others)) continue;
    if (isSubset([one.term], others, { facts: EVERY_VIRTUAL_NODE }).answer === 'yes') left = rest;
  }
  return terms
    .map((term, index) => ({ term, index }))
    .filter(({ index }) => left.every((one) => one.index !== index));
}

export const selectorTermRedundant: StateRule = {
  name: 'selector-term-redundant',
  category: 'risky',
  about: 'state',
  summary: 'A term of a clusterSelector selects no additional cluster.',
  why: 'Terms are ORed, so a narrower term beside a wider one has no effect: `region=south` beside `region` was meant to restrict the selector, but does not.',
  source: 'Kubernetes core/v1 NodeSelector: terms are ORed',
  check: ({ offloadings }) => {
    const found = perSelector(redundant);
    return offloadings.flatMap((offloading) => {
      const { manifest, namespace } = offloading;
      return (found(offloading) ?? []).map(({ term, index }) => ({
        namespace,
        message: `The term '${printTerm(term)}' of the clusterSelector of '${namespace}' selects no cluster that the other terms do not already select.`,
        remedy: 'Remove it. To restrict the selector, put both requirements into one term.',
        manifest,
        field: ['spec', 'clusterSelector', 'nodeSelectorTerms', index],
      }));
    });
  },
};
