import { selectorMatchesInventory as rule } from '../../../lib/judge/rules/selector-matches-inventory';
import { FACTS, fieldFor, find, lineFor } from '../given';
import { selecting, VENICE, type Inventories } from '../inventories';

const found = (selectors: string[], after: Inventories['after'] = VENICE) =>
  find(rule, selecting(selectors), undefined, { ...FACTS, inventories: { after } });

test('finds a selector that selects none of them', () => {
  const problems = found(['regoin=south']);
  expect(problems).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining('none of the 2 providers') },
  ]);
  expect(problems.map(lineFor)).toEqual([4]);
  expect(problems.map(fieldFor)).toEqual(['spec.clusterSelector.nodeSelectorTerms']);
});

test.each([[['region=south']], [['edge', 'region=center']], [[]], [['!edge']]])(
  'passes over %j',
  (selectors) => {
    expect(found(selectors)).toEqual([]);
  },
);

test('passes over an empty inventory, and none', () => {
  expect(found(['a'], { complete: true, providers: [] })).toEqual([]);
  expect(find(rule, selecting(['a']))).toEqual([]);
});

test.each([
  ['region=soutj', /^Did you mean 'south' for 'soutj'\? Correct the label/],
  ['regoin=south', /^Did you mean 'region' for 'regoin'\?/],
  ['liqo.io/remote-cluster-id=florense', /^Did you mean 'florence' for 'florense'\?/],
  ['region=antarctica', /^Correct the label/],
])('%s: the label that was probably meant', (selector, remedy) => {
  expect(found([selector]).map((one) => one.remedy)).toEqual([expect.stringMatching(remedy)]);
});
