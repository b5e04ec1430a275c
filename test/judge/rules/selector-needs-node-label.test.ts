import { selectorNeedsNodeLabel as rule } from '../../../lib/judge/rules/selector-needs-node-label';
import { FACTS, fieldFor, find, lineFor, offloading, state } from '../given';
import { selecting } from '../inventories';

const found = (...selectors: string[]) => find(rule, selecting(selectors), undefined, FACTS);

test.each([
  ['liqo.io/type=virtual-node', 'liqo.io/type'],
  ['kubernetes.io/hostname in (a,b)', 'kubernetes.io/hostname'],
  ['kubernetes.io/arch', 'kubernetes.io/arch'],
  ['region=south,type=virtual-kubelet,kubernetes.io/os', 'kubernetes.io/os, type'],
])('finds %s', (selector, keys) => {
  const problems = found('region=center', selector);
  expect(problems).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining(`needs ${keys}, which`) },
  ]);
  expect(problems.map(lineFor)).toEqual([4]);
  expect(problems.map(fieldFor)).toEqual(['spec.clusterSelector.nodeSelectorTerms']);
});

test.each([
  'region=south',
  'liqo.io/remote-cluster-id=naples',
  'liqo.io/type!=x',
  '!kubernetes.io/arch',
  'topology.liqo.io/type=provider',
])('passes over %s', (selector) => {
  expect(found(selector)).toEqual([]);
});

test('passes over a selector in error', () => {
  const wrong = state(
    offloading(
      'shop',
      '{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: a, operator: Like }] }] } }',
    ),
  );
  expect(find(rule, wrong)).toEqual([]);
});
