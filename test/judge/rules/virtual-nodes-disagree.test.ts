import { virtualNodesDisagree as rule } from '../../../lib/judge/rules/virtual-nodes-disagree';
import { FACTS, fieldFor, find, lineFor, offloading, state } from '../given';
import { resourceSlice, virtualNode } from '../peering';
import { node, of, provider, selecting, termsOf, VENICE, type Inventories } from '../inventories';

const ROME = of(
  false,
  provider('rome', node('rome', 'region: south', 'one'), node('rome', 'region: west', 'two')),
);
const found = (selectors: string[], after: Inventories['after'] = ROME) =>
  find(rule, selecting(selectors), undefined, { ...FACTS, inventories: { after } });

test.each([[['region=south']], [['region=west']], [['!edge,region!=south']]])('finds %j', (selectors) => {
  const problems = found(selectors);
  expect(problems).toMatchObject([
    {
      namespace: 'shop',
      clusters: ['rome'],
      message: expect.stringContaining('Liqo creates and deletes the twin namespace there in turn'),
    },
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

describe('of VirtualNodes that manifests declare', () => {
  const [south, west] = ['south', 'west'].map((region) =>
    virtualNode(`region: ${region}`, { name: region, id: 'rome' }),
  );
  const declared = (texts: readonly (string | undefined)[], after?: Inventories['after']) =>
    find(
      rule,
      state(
        offloading('shop', `{ clusterSelector: { nodeSelectorTerms: ${termsOf(['region=south'])} } }`),
        ...texts.map((one) => one ?? ''),
      ),
      undefined,
      { ...FACTS, inventories: { after } },
    ).map(({ clusters }) => clusters);

  test('finds two that disagree, and one beside those of the inventory', () => {
    expect(declared([south, west])).toEqual([['rome']]);
    const known = of(true, provider('rome', node('rome', 'region: south', 'one')));
    expect(declared([west], known)).toEqual([['rome']]);
  });

  test('passes over one alone, one of another provider, and one that the inventory lists', () => {
    expect(declared([south])).toEqual([]);
    expect(declared([south, virtualNode('region: west', { name: 'w', id: 'milan' })])).toEqual([]);
    const known = of(true, provider('rome', node('rome', 'region: south', 'west')));
    expect(declared([west], known)).toEqual([]);
    expect(declared([south, resourceSlice({ name: 'other', id: 'rome' })])).toEqual([]);
  });
});
