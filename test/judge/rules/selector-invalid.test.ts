import { selectorInvalid as rule } from '../../../lib/judge/rules/selector-invalid';
import { find, lineFor, offloading, state } from '../given';

const spec = (...terms: string[]) =>
  `\n  clusterSelector:\n    nodeSelectorTerms:\n    - ${terms.join('\n    - ')}`;
const expression = (requirement: string) => `{ matchExpressions: [{ ${requirement} }] }`;

test.each([
  ['an unknown operator', expression('key: a, operator: Equals, values: [b]'), /"Equals" is not an operator/],
  ['a small letter', expression('key: a, operator: in, values: [b]'), /"in" is not an operator/],
  ['In without values', expression('key: a, operator: In'), /at least one value/],
  ['In with an empty list', expression('key: a, operator: In, values: []'), /at least one value/],
  ['Exists with values', expression('key: a, operator: Exists, values: [b]'), /takes no values/],
  ['Gt with a word', expression('key: a, operator: Gt, values: [b]'), /integer/],
  ['Gt with two values', expression('key: a, operator: Gt, values: ["1", "2"]'), /exactly one/],
  ['Lt with a negative number', expression('key: a, operator: Lt, values: ["-1"]'), /must consist of/],
  ['a key with a blank', expression('key: "a b", operator: Exists'), /the key "a b"/],
  ['an empty key', expression('key: "", operator: Exists'), /is empty/],
  ['a value that is no label value', expression('key: a, operator: In, values: ["b c"]'), /"b c"/],
  [
    'matchFields with Exists',
    '{ matchFields: [{ key: metadata.name, operator: Exists }] }',
    /only In and NotIn/,
  ],
])('finds %s, on its line', (_, term, problem) => {
  const good = expression('key: good, operator: Exists');
  const found = find(rule, state(offloading('shop', spec(good, term))));
  expect(found).toMatchObject([{ namespace: 'shop', message: expect.stringMatching(problem) }]);
  expect(found.map(lineFor)).toEqual([8]);
});

test.each([
  ['every operator', expression('key: a, operator: NotIn, values: [b, ""]')],
  ['Gt with leading zeros', expression('key: a.b/c, operator: Gt, values: ["007"]')],
  ['DoesNotExist', expression('key: a, operator: DoesNotExist')],
  ['values: null', expression('key: a, operator: Exists, values: null')],
  ['matchFields', '{ matchFields: [{ key: metadata.name, operator: In, values: [x] }] }'],
  ['a term without requirements, which selector-matches-nothing looks at', '{}'],
  ['what schema-invalid refuses', '{ matchExpressions: [{ key: 1, operator: Equals }] }'],
])('passes over %s', (_, term) => {
  expect(find(rule, state(offloading('shop', spec(term))))).toEqual([]);
});

test('passes over no selector, and over one for every cluster', () => {
  expect(find(rule, state(offloading('shop', '{}'), offloading('blog')))).toEqual([]);
});
