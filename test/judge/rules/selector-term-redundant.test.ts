import { selectorTermRedundant as rule } from '../../../lib/judge/rules/selector-term-redundant';
import { FACTS, fieldFor, find, lineFor, offloading, state } from '../given';
import { selecting } from '../inventories';

const found = (...selectors: string[]) => find(rule, selecting(selectors), undefined, FACTS);

test.each([
  [['region', 'region=south'], 'region=south'],
  [['region=south', 'region'], 'region=south'],
  [['a=1', 'a=1'], 'a=1'],
  [['a', '!a', 'b'], 'b'],
  [['a', 'b,!b'], 'b,!b'],
  [['c', 'a=1,a=2,a=3'], 'a=1,a=2,a=3'],
  [['c', 'a<0'], 'a<0'],
  [['c', 'a>9223372036854775807'], 'a>9223372036854775807'],
  [['c', 'b,a>9223372036854775807'], 'b,a>9223372036854775807'],
  [['liqo.io/remote-cluster-id', 'region=south'], 'region=south'],
])('of %j finds %s', (selectors, term) => {
  const problems = found(...selectors);
  expect(problems).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining(`The term '${term}'`) },
  ]);
  expect(problems.map(lineFor)).toEqual([4]);
});

test('of equal terms finds the last', () => {
  const problems = found('a', 'b', 'a');
  expect(problems.map(fieldFor)).toEqual(['spec.clusterSelector.nodeSelectorTerms.2']);
});

test('finds terms with fields, and terms that terms with fields cover', () => {
  const name = (operator: string, value: string) =>
    `{ key: metadata.name, operator: ${operator}, values: [${value}] }`;
  const b = '{ matchExpressions: [{ key: b, operator: Exists }] }';
  const given = (...terms: string[]) =>
    find(
      rule,
      state(offloading('shop', `{ clusterSelector: { nodeSelectorTerms: [${terms.join(', ')}] } }`)),
    );
  expect(given(b, `{ matchFields: [${name('In', 'x')}, ${name('In', 'z')}] }`).map(fieldFor)).toEqual([
    'spec.clusterSelector.nodeSelectorTerms.1',
  ]);
  expect(
    given(`{ matchFields: [${name('In', 'x')}] }`, `{ matchFields: [${name('NotIn', 'x')}] }`, b).map(
      fieldFor,
    ),
  ).toEqual(['spec.clusterSelector.nodeSelectorTerms.2']);
});

test.each([[['region=south', 'region=center']], [['a', 'b']], [['a=1', 'b=1']], [['a']], [[]], [['b,!b']]])(
  'passes over %j',
  (selectors) => {
    expect(found(...selectors)).toEqual([]);
  },
);

test('passes over a selector in error', () => {
  const wrong = state(
    offloading(
      'shop',
      '{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: a, operator: Like }] }] } }',
    ),
  );
  expect(find(rule, wrong)).toEqual([]);
});
