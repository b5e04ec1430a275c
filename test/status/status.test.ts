import { InputError } from '../../lib/input/error';
import type { Inventory } from '../../lib/liqo/inventory';
import type { Json, JsonObject } from '../../lib/manifests/manifest';
import { readLive } from '../../lib/status/live';
import { observedOf } from '../../lib/status/observed';
import { status, type NamespaceStatus } from '../../lib/status/status';
import { manifests, namespace, offloading, state } from '../judge/given';
import {
  CREATING,
  liveManifests,
  liveNamespace,
  liveOffloading,
  LOOPING,
  NOT_SELECTED,
  offloadingStatus,
  READY,
  SELECTED,
  TERMINATING,
} from '../live';

const provider = (id: string, region: string) => ({
  id,
  virtualNodes: [{ name: id, labels: { 'topology.liqo.io/region': region }, createNode: true }],
});
const INVENTORY: Inventory = {
  complete: true,
  providers: [provider('naples', 'south'), provider('florence', 'center')],
};
const SHOP = namespace('shop') + '---\n' + offloading('shop');

const look = (dist: string, objects: readonly JsonObject[], inventory?: Inventory) =>
  status(state(dist), readLive(liveManifests(...objects)), { consumer: 'venice', inventory });

/** The status of the one namespace that is looked at. */
function shop(live: readonly JsonObject[], dist = SHOP, inventory?: Inventory): NamespaceStatus {
  const found = look(dist, live, inventory).namespaces.find((one) => one.namespace === 'shop');
  if (found === undefined) throw new Error('it is not there');
  return found;
}

const said = ({ state: of, problems }: NamespaceStatus) => [of, ...problems.map(({ message }) => message)];

/** The namespace with an offloading of that status. */
const withStatus = (phase: string, conditions: Readonly<Record<string, Json>>, spec: JsonObject = {}) => [
  liveNamespace('shop'),
  liveOffloading('shop', spec, { status: offloadingStatus(phase, 'shop-venice', conditions) }),
];

describe("Liqo's own words", () => {
  test.each([
    ['Ready', { naples: [SELECTED, READY] }, ['ready']],
    ['NoClusterSelected', { naples: [NOT_SELECTED] }, ['unselected', 'no cluster is selected']],
    [
      'InProgress',
      { florence: [SELECTED, CREATING], naples: [SELECTED] },
      [
        'creating',
        'twins are being created',
        'florence: Creating: The remote namespace is being created',
        'naples: its twin is being created',
      ],
    ],
    [
      'SomeFailed',
      { florence: [SELECTED, READY], naples: [SELECTED, LOOPING] },
      [
        'failed',
        'some twins cannot be created',
        'naples: CreationLoopBackOff: Some problems occurred during remote namespace creation',
      ],
    ],
    ['AllFailed', {}, ['failed', 'no twin can be created']],
    ['Terminating', {}, ['deleting', 'it is being unoffloaded']],
    ['Perfect', {}, ['unknown', 'offloadingPhase is Perfect, which is not a phase of Liqo']],
    ['toString', {}, ['unknown', 'offloadingPhase is toString, which is not a phase of Liqo']],
  ])('%s', (phase, conditions, expected) => {
    expect(said(shop(withStatus(phase, conditions)))).toEqual(expected);
  });

  test('a cluster that is no longer selected keeps its last Ready, which says nothing', () => {
    const found = shop(withStatus('Ready', { florence: [NOT_SELECTED, LOOPING], naples: [SELECTED, READY] }));
    expect(said(found)).toEqual(['ready']);
    expect(found.clusters).toMatchObject([
      { cluster: 'florence', state: 'unselected', reason: 'ClusterNotSelected' },
      { cluster: 'naples', state: 'ready', reason: 'NamespaceCreated' },
    ]);
  });

  test('a twin that is being deleted', () => {
    expect(shop(withStatus('InProgress', { naples: [SELECTED, TERMINATING] })).state).toBe('deleting');
  });

  test('the status of another generation says nothing of this one', () => {
    const [live, object] = withStatus('Ready', {});
    const metadata = { ...(object?.['metadata'] as JsonObject), generation: 2 };
    expect(said(shop([live ?? {}, { ...object, metadata }]))).toEqual([
      'unknown',
      'its status is for generation 1, but the object has 2',
    ]);
  });
});

describe('what dist wants beside what is live', () => {
  const ready = { naples: [SELECTED, READY] };

  test('nothing is there', () => {
    expect(said(shop([liveNamespace('default')]))).toEqual([
      'missing',
      'there is no Namespace and no NamespaceOffloading',
    ]);
    expect(said(shop([liveNamespace('shop')]))).toEqual(['missing', 'there is no NamespaceOffloading']);
  });

  test('nobody knows of Namespaces where kubectl was not asked for them', () => {
    expect(shop(withStatus('Ready', ready).slice(1)).state).toBe('ready');
  });

  test.each([
    [
      'an immutable field',
      { namespaceMappingStrategy: 'EnforceSameName' },
      'namespaceMappingStrategy is EnforceSameName, but dist has DefaultName',
      /changing-a-strategy/,
    ],
    [
      'a field',
      { podOffloadingStrategy: 'Local' },
      'podOffloadingStrategy is Local, but dist has LocalAndRemote',
      /by hand/,
    ],
    [
      'the selector',
      { clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }] } },
      'clusterSelector is a, but dist has every cluster',
      /by hand/,
    ],
  ])('%s differs', (_, spec, message, remedy) => {
    const found = shop(withStatus('Ready', ready, spec));
    expect(said(found)).toEqual(['different', message]);
    expect(found.problems[0]?.remedy).toMatch(remedy);
  });

  test('defaults are no difference', () => {
    expect(
      said(shop(withStatus('Ready', ready), namespace('shop') + '---\n' + offloading('shop', '{}'))),
    ).toEqual(['ready']);
  });

  test('twins whose name follows from another strategy are told by the strategy alone', () => {
    const live = liveOffloading(
      'shop',
      { namespaceMappingStrategy: 'EnforceSameName' },
      { status: offloadingStatus('Ready', 'shop', ready) },
    );
    expect(said(shop([liveNamespace('shop'), live]))).toEqual([
      'different',
      'namespaceMappingStrategy is EnforceSameName, but dist has DefaultName',
    ]);
  });

  test('twins of another name than by the ID of this cluster', () => {
    const live = liveOffloading('shop', {}, { status: offloadingStatus('Ready', 'shop-rome', ready) });
    expect(said(shop([liveNamespace('shop'), live]))).toEqual([
      'different',
      'its twins are named shop-rome, but dist expects shop-venice',
    ]);
  });

  test('it is being deleted, or its Namespace is', () => {
    const dying = { deletionTimestamp: '2026-06-03T10:00:00Z' };
    const offloadingDies = liveOffloading('shop', {}, { metadata: dying });
    expect(said(shop([liveNamespace('shop'), offloadingDies]))).toEqual([
      'deleting',
      'it has been in deletion since 2026-06-03T10:00:00Z',
    ]);
    expect(said(shop([liveNamespace('shop', dying), ...withStatus('Ready', ready).slice(1)]))).toEqual([
      'deleting',
      'the Namespace is being deleted',
    ]);
  });

  test('what dist does not declare is no trouble of dist, and what it does not offload is', () => {
    const live = [liveNamespace('shop'), liveOffloading('shop')];
    expect(said(shop(live, namespace('other')))).toEqual(['undeclared', 'dist does not declare it']);
    expect(look('', live).asWanted).toBe(true);
    expect(said(shop(live, namespace('shop')))).toEqual(['different', 'it is offloaded, but not in dist']);
    expect(look(namespace('shop'), live).asWanted).toBe(false);
  });

  test('a namespace that is not offloaded is ready once it is there', () => {
    expect(said(shop([liveNamespace('shop')], namespace('shop')))).toEqual(['ready']);
  });
});

describe('what the inventory selects', () => {
  test.each([
    ['does not list it', { naples: [SELECTED, READY] }],
    ['does not select it', { naples: [SELECTED, READY], florence: [NOT_SELECTED] }],
  ])('Liqo %s', (what, conditions) => {
    expect(said(shop(withStatus('Ready', conditions), SHOP, INVENTORY))).toEqual([
      'unselected',
      `florence: selected by the inventory, but Liqo ${what}`,
    ]);
  });

  test('says nothing of an offloading that is being deleted', () => {
    const dying = liveOffloading('shop', {}, { metadata: { deletionTimestamp: 'then' }, status: {} });
    expect(said(shop([liveNamespace('shop'), dying], SHOP, INVENTORY))).toEqual([
      'deleting',
      'it has been in deletion since then',
    ]);
  });

  test('is asked by the live selector', () => {
    const south = {
      nodeSelectorTerms: [
        { matchExpressions: [{ key: 'topology.liqo.io/region', operator: 'In', values: ['south'] }] },
      ],
    };
    const live = withStatus('Ready', { naples: [SELECTED, READY] }, { clusterSelector: south });
    const dist =
      namespace('shop') + '---\n' + offloading('shop', `{ clusterSelector: ${JSON.stringify(south)} }`);
    expect(said(shop(live, dist, INVENTORY))).toEqual(['ready']);
  });
});

test('trouble comes first, and is counted', () => {
  const live = [
    ...['a', 'b', 'c'].map((name) => liveNamespace(name)),
    liveOffloading('a'),
    liveOffloading('b', {}, { status: offloadingStatus('AllFailed', 'b-venice', {}) }),
  ];
  const dist = ['a', 'b', 'c'].map((name) => `${namespace(name)}---\n${offloading(name)}`).join('---\n');
  const { namespaces, summary, asWanted } = look(dist, live);
  expect(namespaces.map((one) => one.namespace)).toEqual(['c', 'b', 'a']);
  expect(summary).toMatchObject({ missing: 1, failed: 1, ready: 1, different: 0 });
  expect(asWanted).toBe(false);
});

test.each([
  ['no status', undefined],
  ['a status that is text', 'Ready'],
  ['a list', []],
  ['fields of other types', { offloadingPhase: 7, observedGeneration: 'x', remoteNamespaceName: {} }],
  ['conditions that are a list', { remoteNamespacesConditions: ['x'] }],
])('%s is no answer', (_, given) => {
  const object: JsonObject = { ...liveOffloading('shop'), status: given };
  expect(shop([liveNamespace('shop'), object]).state).toBe('unknown');
});

test.each([
  ['no list', 'x'],
  ['a null', null],
  ['elements that are no conditions', [1, null, 'x', []]],
  ['another status', [{ type: 'OffloadingRequired', status: 'Maybe' }]],
  ['another reason', [SELECTED, { type: 'Ready', status: 'False', reason: 'Bored' }]],
])('conditions of a cluster that are %s are unknown', (_, conditions) => {
  const [object] = liveManifests(
    liveOffloading('shop', {}, { status: offloadingStatus('Ready', 'x', { naples: conditions }) }),
  );
  expect(object && observedOf(object).clusters.map(({ state: of }) => of)).toEqual(['unknown']);
});

test('a message of any length is cut', () => {
  const long = { ...LOOPING, message: 'x'.repeat(100_000) };
  const [, , message = ''] = said(shop(withStatus('AllFailed', { naples: [SELECTED, long] })));
  expect(message).toMatch(/^naples: CreationLoopBackOff: x+$/);
  expect(message.length).toBeLessThan(400);
});

test.each([
  [
    'objects of other kinds',
    liveManifests({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } }),
    /neither/,
  ],
  ['nothing', [], /neither a Namespace nor a NamespaceOffloading/],
  ['manifests', manifests(SHOP), /the Namespace 'shop' has no UID, so it comes from a manifest/],
  [
    'one object in two forms',
    liveManifests(liveNamespace('shop'), liveNamespace('shop', { generation: 2 })),
    /is in the input twice/,
  ],
])('refuses %s', (_, objects, message) => {
  expect(() => readLive(objects)).toThrow(InputError);
  expect(() => readLive(objects)).toThrow(message);
});
