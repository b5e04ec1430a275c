// Terms of selectors in CEL: which of two is wider, as far as their text tells. A requirement on the left implies one on
// the right if every label set that has the left has the right; all that is not sure counts as not implied.
import { OFFLOADING_GROUP } from '../../liqo/constants';
import type { Requirement, Term } from '../../selector/term';
import { field, literal, literals } from './cel';
import type { Watched } from './part';

export const watchOffloadings = (...operations: Watched['operations']): readonly Watched[] => [
  { operations, apiGroup: OFFLOADING_GROUP, resources: ['namespaceoffloadings'] },
];

/** The terms of a NamespaceOffloading: none select every cluster. */
export const termsOf = (object: string): string =>
  field(object, ['spec', 'clusterSelector', 'nodeSelectorTerms'], '[]');

/** That the label must be there: by an operator that a missing one fails. */
const NEEDS = '["In", "Exists", "Gt", "Lt"]';
/** Of requirements with values: what is no number of this form is left alone. */
const NUMBER = literal('^[0-9]{1,18}$');

/** CEL: whether requirement q implies r. */
const IMPLIES = [
  'q == r',
  `r.operator == "Exists" && q.operator in ${NEEDS}`,
  'r.operator == "NotIn" && q.operator == "DoesNotExist"',
  [
    'has(q.values) && has(r.values) && size(q.values) > 0 && size(r.values) > 0 && (',
    [
      'r.operator == "In" && q.operator == "In" && q.values.all(v, v in r.values)',
      'r.operator == "NotIn" && q.operator == "NotIn" && r.values.all(v, v in q.values)',
      'r.operator == "NotIn" && q.operator == "In" && !q.values.exists(v, v in r.values)',
      ...[
        ['Gt', '>='],
        ['Lt', '<='],
      ].map(
        ([operator = '', than = '']) =>
          `r.operator == "${operator}" && q.operator == "${operator}" && q.values[0].matches(${NUMBER}) && r.values[0].matches(${NUMBER}) && int(q.values[0]) ${than} int(r.values[0])`,
      ),
    ].join(' || '),
    ')',
  ].join(''),
].join(' || ');

const EXPRESSIONS = (term: string) => `has(${term}.matchExpressions) && size(${term}.matchExpressions) > 0`;
const FIELDS = (term: string) => `has(${term}.matchFields) && size(${term}.matchFields) > 0`;

/** CEL: whether term n selects all that term o does. A term without requirements selects nothing. */
const WIDER = [
  `(${EXPRESSIONS('n')} || ${FIELDS('n')})`,
  `(!(${FIELDS('n')}) || ${FIELDS('o')} && n.matchFields == o.matchFields)`,
  `(!(${EXPRESSIONS('n')}) || ${EXPRESSIONS('o')} && n.matchExpressions.all(r, o.matchExpressions.exists(q, q.key == r.key && (${IMPLIES}))))`,
].join(' && ');

/** CEL: whether everything that a list of terms selects is selected by another one as well. */
export const keptBy = (older: string, newer: string): string =>
  `size(${newer}) == 0 || size(${older}) > 0 && ${older}.all(o, o in ${newer} || !(${EXPRESSIONS('o')}) && !(${FIELDS('o')}) || ${newer}.exists(n, ${WIDER}))`;

/** CEL: whether requirement q implies one that is known. */
function impliesKnown({ key, operator, values }: Requirement): string {
  const all = literals(values);
  const some = 'has(q.values) && size(q.values) > 0';
  const known: Record<Requirement['operator'], string> = {
    In: `q.operator == "In" && ${some} && q.values.all(v, v in ${all})`,
    NotIn: `q.operator == "DoesNotExist" || ${some} && (q.operator == "NotIn" && ${all}.all(v, v in q.values) || q.operator == "In" && !q.values.exists(v, v in ${all}))`,
    Exists: `q.operator in ${NEEDS}`,
    DoesNotExist: 'q.operator == "DoesNotExist"',
    Gt: `q.operator == "Gt" && ${some} && q.values[0].matches(${NUMBER}) && int(q.values[0]) >= ${values[0] ?? ''}`,
    Lt: `q.operator == "Lt" && ${some} && q.values[0].matches(${NUMBER}) && int(q.values[0]) <= ${values[0] ?? ''}`,
  };
  return `o.matchExpressions.exists(q, q.key == ${literal(key)} && (${known[operator]}))`;
}

/** CEL: whether each of a list of terms is a part of one that is known; no terms select every cluster, and are none. */
export function withinKnown(terms: string, allowed: readonly Term[]): string {
  const one = ({ matchExpressions }: Term) => `(${matchExpressions.map(impliesKnown).join(' && ')})`;
  return `size(${terms}) > 0 && ${terms}.all(o, ${EXPRESSIONS('o')} && (${allowed.map(one).join(' || ')}))`;
}
