// What drifted between two inventories, and who loses or gains clusters by it.
import { consequences, inventoryDrift } from '../../lib/judge/drift';
import type { Inventory } from '../../lib/liqo/inventory';
import { offloading, state } from './given';
import { FLORENCE, NAPLES, node, of, provider, termsOf, VENICE } from './inventories';

/** Naples, labelled otherwise than in VENICE, and florence as it is there. */
const south = (labels: string, more = '') =>
  of(true, provider('naples', `{ name: liqo-naples, labels: { ${labels} }${more} }`), FLORENCE);

describe('the inventories', () => {
  test('that tell of the same have not drifted: order, derived labels, complete and strategies aside', () => {
    const naples = `- id: naples
  acceptedMappingStrategies: [DefaultName]
  virtualNodes: [{ name: liqo-naples, labels: { liqo.io/type: virtual-node, kubernetes.io/hostname: liqo-naples, region: south } }]`;
    expect(inventoryDrift(VENICE, of(false, FLORENCE, naples))).toEqual([]);
    expect(inventoryDrift(VENICE, VENICE)).toEqual([]);
  });

  test('tell of labels that changed, came and went, by key', () => {
    expect(inventoryDrift(south('region: south, tier: gold'), south('region: west, a: ""'))).toEqual([
      {
        provider: 'naples',
        change: 'changed',
        virtualNodes: [
          {
            name: 'liqo-naples',
            change: 'changed',
            labels: [
              { key: 'a', is: '' },
              { key: 'region', was: 'south', is: 'west' },
              { key: 'tier', was: 'gold' },
            ],
          },
        ],
      },
    ]);
  });

  test.each([
    ['gone', '', ', createNode: false'],
    ['come', ', createNode: false', ''],
  ])('tell of a Node that has %s, without each label that goes with it', (how, before, after) => {
    expect(inventoryDrift(south('region: south', before), south('region: south', after))).toEqual([
      {
        provider: 'naples',
        change: 'changed',
        virtualNodes: [{ name: 'liqo-naples', change: 'changed', node: how, labels: [] }],
      },
    ]);
  });

  test('tell of a label that only Nodes have where the Node stayed', () => {
    const drift = inventoryDrift(south('region: south'), south('region: south, kubernetes.io/os: windows'));
    expect(drift[0]?.virtualNodes[0]?.labels).toEqual([
      { key: 'kubernetes.io/os', was: 'linux', is: 'windows' },
    ]);
  });

  test('tell of providers and of virtual nodes that came and went', () => {
    expect(inventoryDrift(of(true, NAPLES), of(true, FLORENCE))).toEqual([
      {
        provider: 'florence',
        change: 'added',
        virtualNodes: [{ name: 'liqo-florence', change: 'added', labels: [] }],
      },
      {
        provider: 'naples',
        change: 'removed',
        virtualNodes: [{ name: 'liqo-naples', change: 'removed', labels: [] }],
      },
    ]);
    const two = of(
      true,
      provider('naples', node('naples', 'region: south', 'naples'), node('', '', 'second')),
    );
    expect(
      inventoryDrift(of(true, provider('naples', node('naples', 'region: south', 'naples'))), two),
    ).toEqual([
      {
        provider: 'naples',
        change: 'changed',
        virtualNodes: [{ name: 'second', change: 'added', labels: [] }],
      },
    ]);
  });

  test('hold virtual nodes of one name against each other by their labels', () => {
    const twin = (region: string) => `{ name: x, labels: { region: ${region} }, createNode: false }`;
    const both = of(true, provider('naples', twin('a'), twin('b')));
    expect(inventoryDrift(both, of(true, provider('naples', twin('b'), twin('a'))))).toEqual([]);
    expect(inventoryDrift(both, of(true, provider('naples', twin('a'))))[0]?.virtualNodes).toEqual([
      { name: 'x', change: 'removed', labels: [] },
    ]);
  });
});

describe('a namespace', () => {
  const selecting = (namespace: string, ...texts: string[]) =>
    offloading(namespace, `{ clusterSelector: { nodeSelectorTerms: ${termsOf(texts)} } }`);
  const of2 = (texts: readonly string[], was: Inventory, is: Inventory) =>
    consequences(state(selecting('shop', ...texts)).offloadings, was, is);
  const shift = (lost: string[], gained: string[]) => ({
    namespaces: [{ namespace: 'shop', lost, gained }],
    unreadable: [],
  });
  const NOTHING = { namespaces: [], unreadable: [] };
  const pair = (first: string, second: string) =>
    of(true, provider('naples', node('a', `region: ${first}`, 'a'), node('b', `region: ${second}`, 'b')));

  test.each<[string, string[], Inventory, Inventory, object]>([
    [
      'loses a cluster that is relabelled',
      ['region=south'],
      VENICE,
      south('region: west'),
      shift(['naples'], []),
    ],
    ['gains it by the way back', ['region=south'], south('region: west'), VENICE, shift([], ['naples'])],
    [
      'loses nothing by a label it does not ask for',
      ['region=south'],
      VENICE,
      south('region: south, a: b'),
      NOTHING,
    ],
    [
      'loses one that forbids a label',
      ['region=south,!a'],
      VENICE,
      south('region: south, a: b'),
      shift(['naples'], []),
    ],
    [
      'loses one whose Node is gone, where it asks for a label of Nodes',
      ['region=south,liqo.io/type=virtual-node'],
      VENICE,
      south('region: south', ', createNode: false'),
      shift(['naples'], []),
    ],
    [
      'keeps one whose Node is gone, where it asks for its cluster ID',
      ['liqo.io/remote-cluster-id=naples'],
      VENICE,
      south('region: south', ', createNode: false'),
      NOTHING,
    ],
    [
      'of every cluster loses what went, gains what came',
      [],
      of(true, NAPLES),
      of(true, FLORENCE),
      shift(['naples'], ['florence']),
    ],
    ['of one region does not gain one of another', ['region=south'], of(true, NAPLES), VENICE, NOTHING],
    [
      'loses one that all virtual nodes had, and now some',
      ['region=south'],
      pair('south', 'south'),
      pair('south', 'west'),
      shift(['naples'], []),
    ],
    [
      'loses one that some had, and now none',
      ['region=south'],
      pair('south', 'west'),
      pair('west', 'west'),
      shift(['naples'], []),
    ],
    [
      'gains one that some had, and now all',
      ['region=south'],
      pair('south', 'west'),
      pair('south', 'south'),
      shift([], ['naples']),
    ],
    [
      'keeps one where virtual nodes change places',
      ['region=south'],
      pair('south', 'west'),
      pair('west', 'south'),
      NOTHING,
    ],
  ])('%s', (_, texts, was, is, expected) => {
    expect(of2(texts, was, is)).toEqual(expected);
  });

  test('whose selector is in error is told apart', () => {
    const broken = offloading(
      'shop',
      '{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: a, operator: Near }] }] } }',
    );
    expect(consequences(state(broken).offloadings, VENICE, of(true, NAPLES))).toEqual({
      namespaces: [],
      unreadable: ['shop'],
    });
  });

  test('that is offloaded twice is one, with what either loses; namespaces come by name', () => {
    const texts = [
      selecting('b', 'region=south'),
      selecting('a', 'region=south'),
      selecting('b', 'region=center'),
    ];
    const { namespaces } = consequences(
      state(...texts).offloadings,
      VENICE,
      of(true, provider('rome', node('rome', ''))),
    );
    expect(namespaces).toEqual([
      { namespace: 'a', lost: ['naples'], gained: [] },
      { namespace: 'b', lost: ['florence', 'naples'], gained: [] },
    ]);
  });
});
