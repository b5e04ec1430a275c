import { clusterSelectorAbsent as rule } from '../../../lib/judge/rules/cluster-selector-absent';
import { find, lineFor, offloading, state } from '../given';

test.each(['{}', '{ clusterSelector: null }', '{ podOffloadingStrategy: Local }'])('finds %s', (spec) => {
  const found = find(rule, state(offloading('shop', spec)));
  expect(found).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining('no clusterSelector') },
  ]);
  expect(found.map(lineFor)).toEqual([4]);
});

test('finds an object without spec', () => {
  expect(find(rule, state(offloading('shop').replace(/spec: .*\n/, '')))).toHaveLength(1);
});

test.each([
  '{ clusterSelector: { nodeSelectorTerms: [] } }',
  '{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: a, operator: Exists }] }] } }',
  '{ clusterSelector: {} }', // schema-invalid says what is wrong with it
])('passes over %s', (spec) => {
  expect(find(rule, state(offloading('shop', spec)))).toEqual([]);
});
