import { clustersSelected as rule } from '../../../lib/judge/rules/clusters-selected';
import { FACTS, fieldFor, find } from '../given';
import { selecting, VENICE, type Inventories } from '../inventories';

const gained = (was: readonly string[], is: readonly string[], inventories: Inventories = {}) =>
  find(rule, selecting(is), selecting(was), { ...FACTS, inventories });

test('names who gains the namespace, by today’s inventory', () => {
  expect(gained(['region=south'], ['region in (south,center)'], { after: VENICE })).toMatchObject([
    { clusters: ['florence'], message: expect.stringContaining('on florence.') },
  ]);
  const problems = gained(['region=south'], [], { after: VENICE });
  expect(problems).toMatchObject([{ clusters: ['florence'] }]);
  expect(problems.map(fieldFor)).toEqual(['spec.clusterSelector.nodeSelectorTerms']);
});

test('shows a witness where no inventory names anybody', () => {
  expect(gained(['region=south'], ['region=south', 'edge'])).toMatchObject([
    { witness: { labels: { edge: '' } }, message: expect.stringContaining('labelled edge=""') },
  ]);
});

test.each<[string, string[], string[], Inventories]>([
  ['a rewrite', ['a in (1)'], ['a=1'], {}],
  ['less than before', ['a in (1,2)'], ['a=1'], {}],
  [
    'more, of which a complete inventory has none',
    ['region=south'],
    ['region in (south,west)'],
    { after: VENICE },
  ],
])('passes over %s', (_, was, is, inventories) => {
  expect(gained(was, is, inventories)).toEqual([]);
});
