// The shortest way to say the same, for people: redundant terms and requirements are dropped.
import { isSubset, type AlgebraOptions } from './algebra';
import { canonicalSelector } from './canonical';
import type { NodeSelector, Term } from './term';

const proven = (a: NodeSelector, b: NodeSelector, options: AlgebraOptions) =>
  isSubset(a, b, options).answer === 'yes';

/** Every way to leave one requirement out of a term; never the last one, since a term without any matches nothing. */
function shortened({ matchExpressions, matchFields }: Term): Term[] {
  if (matchExpressions.length + matchFields.length < 2) return [];
  return [
    ...matchExpressions.map((_, i) => ({ matchExpressions: matchExpressions.toSpliced(i, 1), matchFields })),
    ...matchFields.map((_, i) => ({ matchExpressions, matchFields: matchFields.toSpliced(i, 1) })),
  ];
}

/**
 * The same meaning with fewer terms and requirements, in canonical order. What cannot be decided stays.
 * A selector that matches nothing becomes empty: whoever prints it must know that no terms match everything to Liqo.
 */
export function simplify(selector: NodeSelector, options: AlgebraOptions = {}): NodeSelector {
  let terms = [...canonicalSelector(selector)];
  for (let i = 0; i < terms.length;) {
    const term = terms[i];
    if (term === undefined) break;
    const shorter = shortened(term).find((one) => proven([one], terms, options));
    if (shorter !== undefined) terms = terms.with(i, shorter);
    else i += 1;
  }
  for (let i = 0; i < terms.length;) {
    const others = terms.toSpliced(i, 1);
    if (proven(terms.slice(i, i + 1), others, options)) terms = others;
    else i += 1;
  }
  return canonicalSelector(terms);
}
