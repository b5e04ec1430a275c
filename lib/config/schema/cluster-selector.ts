// A list of selectors: text as kubectl writes it, or terms.
import { closed, type Violation } from '../../input/schema';
import { parseSelector, SelectorSyntaxError } from '../../selector/parse';
import { checkTerm, OPERATORS, type UncheckedRequirement } from '../../selector/term';
import { fieldsOf, isFields, type Fields } from './fields';

const requirement = closed(['key', 'operator'], {
  key: { type: 'string' },
  operator: { enum: OPERATORS },
  values: { type: 'array', items: { type: 'string' } },
});

export const selectorList = {
  type: ['array', 'string'], // selectorViolations has a better word for a text
  items: {
    type: ['string', 'object'],
    additionalProperties: false,
    properties: { matchExpressions: { type: 'array', items: requirement }, matchFields: {} },
  },
};

export function selectorViolations(selector: unknown, path = '/offloading/clusterSelector'): Violation[] {
  const remedy = `to select every cluster, leave ${path.slice(path.lastIndexOf('/') + 1)} out`;
  if (typeof selector === 'string')
    return [{ path, message: 'selectors must be in a list', remedy: `write ['${selector}']` }];
  if (!Array.isArray(selector)) return [];
  if (selector.length === 0) {
    return [
      {
        path,
        message: 'an empty list of selectors is ambiguous: it could mean every cluster or none',
        remedy,
      },
    ];
  }
  return selector.flatMap((one: unknown, i) =>
    oneViolations(one, remedy).map((violation) => ({ ...violation, path: `${path}/${i}${violation.path}` })),
  );
}

function oneViolations(one: unknown, remedy: string): Violation[] {
  if (typeof one === 'string') return textViolations(one, remedy);
  return isFields(one) ? termViolations(one, remedy) : [];
}

export function textViolations(text: string, remedy: string): Violation[] {
  try {
    if (parseSelector(text).length > 0) return [];
    return [
      { path: '', message: 'an empty selector is ambiguous: it could mean every cluster or none', remedy },
    ];
  } catch (thrown) {
    if (!(thrown instanceof SelectorSyntaxError)) throw thrown;
    return [{ path: '', message: thrown.message, excerpt: thrown.drawing() }];
  }
}

const isRequirement = (value: unknown): value is UncheckedRequirement => {
  const { key, operator, values } = fieldsOf(value);
  const known = OPERATORS.some((one) => one === operator);
  return typeof key === 'string' && known && (values === undefined || isStrings(values));
};
const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function termViolations({ matchExpressions, matchFields }: Fields, remedy: string): Violation[] {
  if (matchFields !== undefined) {
    return [
      {
        path: '/matchFields',
        message: "Liqo's pod webhook drops matchFields, so pods could run on clusters that are not selected",
        remedy: 'use a label instead: liqo.io/remote-cluster-id identifies one cluster',
      },
    ];
  }
  if (matchExpressions === undefined || (Array.isArray(matchExpressions) && matchExpressions.length === 0)) {
    return [{ path: '', message: 'a term without requirements matches no cluster', remedy }];
  }
  // What has the wrong type is ajv's to say; what has the right one must also mean something.
  if (!Array.isArray(matchExpressions)) return [];
  return matchExpressions.flatMap((one: unknown, i) => {
    const checked = isRequirement(one) ? checkTerm({ matchExpressions: [one] }) : undefined;
    const problems = checked === undefined || checked.ok ? [] : checked.problems;
    return problems.map((message) => ({ path: `/matchExpressions/${i}`, message }));
  });
}
