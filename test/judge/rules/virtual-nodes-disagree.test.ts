import { virtualNodesDisagree as rule } from '../../../lib/judge/rules/virtual-nodes-disagree';
import { FACTS, fieldFor, find, lineFor, offloading, state } from '../given';
import { node, of, provider, selecting, VENICE, type Inventories } from '../inventories';

const ROME = of(
  false,
  provider('rome', node('rome', 'region: south', 'one'), node('rome', 'region: west', 'two')),
);
const found = (selectors: string[], after: Inventories['after'] = ROME) =>
  find(rule, selecting(selectors), undefined, { ...FACTS, inventories: { after } });

test.each([[['region=south']], [['region=west']], [['!edge,region!=south']]])('finds %j', (selectors) => {
  const problems = found(selectors);
  expect(problems).toMatchObject([
    { namespace: 'shop', clusters: ['rome'], message: expect.stringContaining('of rome and not others') },
  ]);
  expect(problems.map(lineFor)).toEqual([4]);
  expect(problems.map(fieldFor)).toEqual(['spec.clusterSelector.nodeSelectorTerms']);
});

test.each([
  [['region']],
  [['region=south', 'region=west']],
  [['edge']],
  [[]],
  [['liqo.io/remote-cluster-id=rome']],
])('passes over %j, on which they agree', (selectors) => {
  expect(found(selectors)).toEqual([]);
});

test('passes over clusters of one virtual node, and no inventory', () => {
  expect(found(['region=south'], VENICE)).toEqual([]);
  expect(find(rule, selecting(['region=south']))).toEqual([]);
});

test('passes over a selector in error', () => {
  const wrong = state(
    offloading(
      'shop',
      '{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: a, operator: Like }] }] } }',
    ),
  );
  expect(find(rule, wrong, undefined, { ...FACTS, inventories: { after: ROME } })).toEqual([]);
});
