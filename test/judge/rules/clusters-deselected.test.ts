import { clustersDeselected as rule } from '../../../lib/judge/rules/clusters-deselected';
import { FACTS, fieldFor, find, lineFor, offloading, state } from '../given';
import { State } from '../../../lib/judge/state';
import { resourceSlice, virtualNode, virtualNodeNode } from '../peering';
import { NAPLES, node, of, PARTIAL, provider, selecting, VENICE, type Inventories } from '../inventories';

const PARTIAL_NAPLES = of(false, NAPLES);
const lost = (was: readonly string[], is: readonly string[], inventories: Inventories = {}) =>
  find(rule, selecting(is), selecting(was), { ...FACTS, inventories });
describe('without an inventory', () => {
  test.each<[string, string[], string[], Record<string, string>, string]>([
    [
      'a value goes',
      ['region in (center,south)'],
      ['region=south'],
      { region: 'center' },
      'labelled region=center',
    ],
    [
      'a term goes',
      ['region=south', 'region=center'],
      ['region=south'],
      { region: 'center' },
      'region=center',
    ],
    [
      'a requirement comes',
      ['region=south'],
      ['region=south,!maintenance'],
      { region: 'south', maintenance: '' },
      'labelled maintenance="",region=south',
    ],
    ['a bound rises', ['tier>1'], ['tier>2'], { tier: '2' }, 'tier=2'],
    ['a value of 0 goes', ['tier<1'], ['region'], { tier: '0' }, 'labelled tier=0'],
    [
      'an ID goes',
      ['liqo.io/remote-cluster-id=naples'],
      ['region'],
      { 'liqo.io/remote-cluster-id': 'naples' },
      'labelled liqo.io/remote-cluster-id=naples.',
    ],
    ['every cluster to some', [], ['region=south'], {}, 'a cluster that has no label but its ID'],
    [
      'every cluster to one',
      [],
      ['liqo.io/remote-cluster-id=naples'],
      { 'liqo.io/remote-cluster-id': '0' },
      'a cluster that has no label but its ID',
    ],
    ['some to others', ['region=south'], ['region=center'], { region: 'south' }, 'region=south'],
    ['some to nothing', ['region=south'], ['a,!a'], { region: 'south' }, 'region=south'],
  ])('finds that %s', (_, was, is, labels, said) => {
    const found = lost(was, is);
    expect(found).toMatchObject([
      { namespace: 'shop', witness: { labels }, message: expect.stringContaining(said) },
    ]);
    expect(found.map(lineFor)).toEqual([4]);
    expect(found.map(fieldFor)).toEqual(['spec.clusterSelector.nodeSelectorTerms']);
  });

  test.each<[string, string[], string[]]>([
    ['the same in other words', ['region in (south)'], ['region=south']],
    ['the same in another order', ['a=1,b=2', 'c'], ['c', 'b=2,a=1']],
    ['a redundant term', ['region', 'region=south'], ['region']],
    ['what every virtual node has anyway', ['region=south,liqo.io/remote-cluster-id'], ['region=south']],
    ['what nothing could match', ['a,!a', 'region=south'], ['region=south']],
    ['more than before', ['region=south'], ['region in (south,center)']],
    ['everything', ['region=south'], []],
  ])('passes over %s', (_, was, is) => {
    expect(lost(was, is)).toEqual([]);
  });
});

test('an absent selector is every cluster, and so is an empty one', () => {
  const absent = state(offloading('shop', '{}'));
  expect(find(rule, selecting([]), absent)).toEqual([]);
  expect(find(rule, absent, selecting([]))).toEqual([]);
  expect(find(rule, selecting(['region=south']), absent)).toHaveLength(1);
});

test('shows the name of a virtual node that a selector asks for', () => {
  const named = (expressions: string) =>
    state(
      offloading(
        'shop',
        `{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [${expressions}], matchFields: [{ key: metadata.name, operator: In, values: [liqo-naples] }] }] } }`,
      ),
    );
  expect(find(rule, selecting(['region']), named(''))).toMatchObject([
    { message: expect.stringContaining('on a cluster whose virtual node is named liqo-naples.') },
  ]);
  expect(find(rule, selecting(['region']), named('{ key: a, operator: Exists }'))).toMatchObject([
    {
      message: expect.stringContaining(
        'on a cluster labelled a="" and whose virtual node is named liqo-naples.',
      ),
    },
  ]);
});

test('the strategy Local has twins as well', () => {
  const local = ', podOffloadingStrategy: Local';
  expect(find(rule, selecting(['a=1'], local), selecting(['a'], local))).toHaveLength(1);
});

test('a selector that cannot be read clears nothing', () => {
  const wrong = state(
    offloading(
      'shop',
      '{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: a, operator: Like, values: [x] }] }] } }',
    ),
  );
  const malformed = state(offloading('shop', '{ clusterSelector: { nodeSelectorTerms: x } }'));
  for (const one of [wrong, malformed]) {
    const facts = { ...FACTS, inventories: { after: VENICE } };
    const problem = { message: expect.stringMatching(/cannot be named \("\w+" is not an operator/) };
    expect(find(rule, one, selecting(['region']), facts)).toMatchObject([problem]);
    expect(find(rule, selecting(['region']), one, facts)).toMatchObject([problem]);
  }
});

test('passes over a new object and one that goes', () => {
  expect(find(rule, selecting(['a']), state())).toEqual([]);
  expect(find(rule, state(), selecting(['a']))).toEqual([]);
});

describe('with an inventory', () => {
  test('names the clusters', () => {
    expect(
      lost(['region in (center,south)'], ['region=south'], { before: VENICE, after: VENICE }),
    ).toMatchObject([
      {
        clusters: ['florence'],
        message: expect.stringContaining('on florence.'),
        remedy: expect.stringContaining(
          '{ namespace: shop, rule: clusters-deselected, clusters: [florence], reason',
        ),
      },
    ]);
    expect(lost([], ['nobody'], { after: VENICE })).toMatchObject([{ clusters: ['florence', 'naples'] }]);
  });

  test('that is not complete, the clusters that it names may not be all', () => {
    for (const inventories of [
      { before: PARTIAL, after: PARTIAL },
      { before: VENICE, after: PARTIAL },
    ])
      expect(lost(['region in (center,south)'], ['region=south'], inventories)).toMatchObject([
        {
          clusters: ['florence'],
          message: expect.stringContaining(
            'on florence, and perhaps on clusters that the inventory does not name.',
          ),
        },
      ]);
  });

  test('that is complete, a narrowing that hits nobody is cleared', () => {
    expect(lost(['region=south'], ['region=south,!maintenance'], { before: VENICE, after: VENICE })).toEqual(
      [],
    );
    expect(lost(['region=south'], ['region=south,!maintenance'], { after: VENICE })).toEqual([]);
  });

  test.each<[string, Inventories]>([
    ['is not complete', { before: PARTIAL, after: PARTIAL }],
    ['was not complete', { before: PARTIAL, after: VENICE }],
    ['is no longer complete', { before: VENICE, after: PARTIAL }],
  ])('that %s, the witness speaks', (_, inventories) => {
    expect(lost(['region=south'], ['region=south,!maintenance'], inventories)).toMatchObject([
      { clusters: undefined, witness: { labels: { region: 'south', maintenance: '' } } },
    ]);
  });

  test('a cluster that leaves the inventory in the same change is still hit', () => {
    const without = of(true, NAPLES);
    expect(
      lost(['region in (center,south)'], ['region=south'], { before: VENICE, after: without }),
    ).toMatchObject([{ clusters: ['florence'] }]);
  });

  test('a label that changes in the same change hides nothing', () => {
    const moved = of(true, NAPLES, provider('florence', node('florence', 'region: south')));
    expect(
      lost(['region in (center,south)'], ['region=south'], { before: VENICE, after: moved }),
    ).toMatchObject([{ clusters: ['florence'] }]);
  });

  test('virtual nodes that disagree: perhaps is less than yes, and no less than perhaps', () => {
    const two = of(
      true,
      provider('rome', node('rome', 'region: south', 'a'), node('rome', 'region: west', 'b')),
    );
    const inventories = { after: two };
    expect(lost(['region'], ['region=south'], inventories)).toMatchObject([{ clusters: ['rome'] }]);
    expect(lost(['region=south'], ['region=north'], inventories)).toMatchObject([{ clusters: ['rome'] }]);
    expect(lost(['region=south'], ['region=west'], inventories)).toEqual([]); // perhaps before, perhaps after
    expect(lost(['region=north'], ['region=south'], inventories)).toEqual([]);
  });

  test('labels that every Node has are known, but not where there is no Node', () => {
    const node = (createNode: boolean) =>
      of(true, `- { id: rome, virtualNodes: [{ name: liqo-rome, createNode: ${createNode} }] }`);
    const was = ['liqo.io/remote-cluster-id=rome'];
    for (const is of ['liqo.io/type=virtual-node', 'kubernetes.io/hostname=liqo-rome']) {
      expect(lost(was, [is], { after: node(true) })).toEqual([]);
      expect(lost(was, [is], { after: node(false) })).toMatchObject([{ clusters: ['rome'] }]);
    }
  });
});

describe('with virtual nodes that manifests declare', () => {
  const both = (was: readonly string[], is: readonly string[], nodes: readonly string[], more = {}) =>
    find(
      rule,
      new State([...selecting(is).manifests, ...state(...nodes).manifests]),
      new State([...selecting(was).manifests, ...state(...nodes).manifests]),
      { ...FACTS, ...more },
    );
  const FLORENCE_NODE = virtualNode('region: center', { name: 'florence', id: 'florence' });
  const SOUTH = [['region in (center,south)'], ['region=south']] as const;

  test('names their clusters, and never all there are', () => {
    expect(both(...SOUTH, [FLORENCE_NODE])).toMatchObject([
      { clusters: ['florence'], others: true, message: expect.stringContaining('on florence, and perhaps') },
    ]);
    expect(
      both(['region=south'], ['region=south,!maintenance'], [virtualNode('region: south')]),
    ).toMatchObject([{ clusters: undefined, witness: { labels: { region: 'south', maintenance: '' } } }]);
  });

  test('names the provider of a ResourceSlice, and of a bare Node', () => {
    const was = ['liqo.io/remote-cluster-id in (naples,rome)'];
    for (const maker of [resourceSlice(), virtualNodeNode('region: south')])
      expect(both(was, ['liqo.io/remote-cluster-id=rome'], [maker])).toMatchObject([
        { clusters: ['naples'] },
      ]);
    expect(both(['region=south'], ['region=center'], [resourceSlice()])).toMatchObject([
      { clusters: undefined, witness: { labels: { region: 'south' } } },
    ]);
  });

  test('what a complete inventory lacks makes it incomplete', () => {
    const inventories = { before: VENICE, after: VENICE };
    const rome = virtualNode('tier: gold', { name: 'rome', id: 'rome' });
    expect(both(['tier=gold'], ['tier=silver'], [rome], { inventories })).toMatchObject([
      { clusters: ['rome'], others: true },
    ]);
    expect(both(['tier=silver'], ['tier=x'], [rome], { inventories })).toMatchObject([
      { message: expect.stringContaining('if one exists besides the 2 that the inventory names') },
    ]);
  });

  test('what it lists of them, under other labels, does not clear them', () => {
    const inventories = { before: VENICE, after: VENICE };
    const naples = virtualNode('region: west', { name: 'liqo-naples' });
    expect(both(['region=west'], ['region=east'], [naples], { inventories })).toMatchObject([
      { clusters: ['naples'], others: undefined },
    ]);
  });

  test('one that it lists alike leaves it complete', () => {
    const inventories = { before: VENICE, after: VENICE };
    const naples = virtualNode('region: south', { name: 'liqo-naples' });
    expect(both(['region=south'], ['region=south,!maintenance'], [naples], { inventories })).toEqual([]);
  });

  test('one that comes with the change had no twin to lose', () => {
    const florence = [...selecting(['region=south']).manifests, ...state(FLORENCE_NODE).manifests];
    expect(
      find(rule, new State(florence), selecting(['region in (center,south)']), {
        ...FACTS,
        inventories: { before: PARTIAL_NAPLES, after: PARTIAL_NAPLES },
      }),
    ).toMatchObject([{ clusters: undefined }]);
  });
});
