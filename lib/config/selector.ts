// The clusterSelector of a config as the algebra takes it.
import { canonicalSelector } from '../selector/canonical';
import { parseSelector } from '../selector/parse';
import type { NodeSelector, Term } from '../selector/term';
import type { OffloadingConfig } from './types';

/** Alternatives as canonical terms. The config has been checked. */
export function selectorTerms(selector: NonNullable<OffloadingConfig['clusterSelector']>): NodeSelector {
  const terms = selector.map((one): Term => {
    if (typeof one === 'string') return { matchExpressions: parseSelector(one), matchFields: [] };
    const matchExpressions = one.matchExpressions.map(({ values = [], ...rest }) => ({ ...rest, values }));
    return { matchExpressions, matchFields: [] };
  });
  return canonicalSelector(terms);
}
