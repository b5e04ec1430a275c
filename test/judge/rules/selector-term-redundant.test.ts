import { selectorTermRedundant as rule } from '../../../lib/judge/rules/selector-term-redundant';
import { FACTS, find, lineFor } from '../given';
import { selecting } from '../inventories';

const found = (...selectors: string[]) => find(rule, selecting(selectors), undefined, FACTS);

test.each([
  [['region', 'region=south'], 'region=south'],
  [['region=south', 'region'], 'region=south'],
  [['a=1', 'a=1'], 'a=1'],
  [['a', '!a', 'b'], 'b'],
  [['a', 'b,!b'], 'b,!b'],
  [['liqo.io/remote-cluster-id', 'region=south'], 'region=south'],
])('of %j finds %s', (selectors, term) => {
  const problems = found(...selectors);
  expect(problems).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining(`The term '${term}'`) },
  ]);
  expect(problems.map(lineFor)).toEqual([4]);
});

test.each([[['region=south', 'region=center']], [['a', 'b']], [['a=1', 'b=1']], [['a']], [[]], [['b,!b']]])(
  'passes over %j',
  (selectors) => {
    expect(found(...selectors)).toEqual([]);
  },
);
