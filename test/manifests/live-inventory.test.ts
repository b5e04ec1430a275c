// From what kubectl prints to the inventory: each case with its near miss.
import fc from 'fast-check';
import { InputError } from '../../lib/input/error';
import { labelsOf, type Provider } from '../../lib/liqo/inventory';
import { inventoryText, parseInventory } from '../../lib/manifests/inventory';
import { liveProviders } from '../../lib/manifests/live-inventory';
import { readManifests } from '../../lib/manifests/read';
import { node, virtualNode } from './given';

const live = (...objects: string[]) => liveProviders(readManifests('live.yaml', objects.join('---\n')));
const BARE_NODE = { name: 'naples', labels: {}, createNode: true };
const BARE: Provider = { id: 'naples', virtualNodes: [BARE_NODE] };
const CONTROL_PLANE = 'apiVersion: v1\nkind: Node\nmetadata: { name: control-plane }\n';
const labelsOfFirst = (providers: readonly Provider[]) => providers[0]?.virtualNodes[0]?.labels;

test('the labels of the Node are what counts, but for those that every Node has', () => {
  expect(live(virtualNode('naples', { labels: 'region: spec' }), node('naples', 'region: south'))).toEqual({
    providers: [
      {
        id: 'naples',
        virtualNodes: [{ name: 'naples', createNode: true, labels: { region: 'south' } }],
      },
    ],
    notices: [],
    partial: false,
  });
});

test('a label that every Node has is written where its value is another', () => {
  const { providers, notices } = live(
    virtualNode('naples'),
    node('naples', 'kubernetes.io/hostname: other, kubernetes.io/os: windows, kubernetes.io/arch: arm64'),
  );
  expect(labelsOfFirst(providers)).toEqual({
    'kubernetes.io/arch': 'arm64',
    'kubernetes.io/hostname': 'other',
    'kubernetes.io/os': 'windows',
  });
  expect(notices).toEqual([]);
});

test('what is written of a Node gives back all the labels that Liqo sees', () => {
  const key = fc.constantFrom(
    'region',
    'kubernetes.io/os',
    'kubernetes.io/hostname',
    'type',
    'constructor',
    'a/b',
  );
  const value = fc.constantFrom('', 'yes', '012', '1e3', 'naples', 'linux', 'virtual-kubelet');
  fc.assert(
    fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (labels) => {
      const derived = labelsOf(BARE, { ...BARE_NODE, labels });
      const seen = JSON.stringify({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'naples', labels: derived },
      });
      const { providers, notices } = live(virtualNode('naples'), seen);
      const read = parseInventory('inventory.yaml', inventoryText({ complete: false, providers }));
      const [provider = BARE] = read?.providers ?? [];
      expect(labelsOf(provider, provider.virtualNodes[0] ?? BARE_NODE)).toEqual(derived);
      expect(notices).toEqual([]);
    }),
  );
});

test('a Node without a label that every inventory takes for granted is spoken of', () => {
  const bare =
    'apiVersion: v1\nkind: Node\nmetadata: { name: naples, labels: { liqo.io/remote-cluster-id: naples } }\n';
  const { notices } = live(virtualNode('naples'), bare);
  expect(notices).toEqual([
    expect.stringMatching(/^The Node 'naples' lacks kubernetes.io\/os=linux, .*judged wrongly/),
  ]);
});

test.each([
  ['createNode: false', 'false', []],
  ['createNode: true', 'true', [expect.stringMatching(/liqo-tenant-naples\/naples' has no Node \(yet\)/)]],
])('without a Node the labels of the spec count, with %s', (_, createNode, notices) => {
  expect(live(virtualNode('naples', { createNode, labels: 'region: south' }), CONTROL_PLANE)).toEqual({
    providers: [
      {
        id: 'naples',
        virtualNodes: [
          {
            name: 'naples',
            createNode: false,
            labels: { region: 'south', 'storage.liqo.io/available': 'true' },
          },
        ],
      },
    ],
    notices,
    partial: false,
  });
});

test.each([
  ['none', '', 'true'],
  ['an empty list', 'storageClasses: []', 'true'],
  ['one', 'storageClasses: [{ storageClassName: liqo }]', 'false'],
  ['one, whatever the spec is labelled', 'storageClasses: [{}]', 'false'],
])('without a Node the label for volumes is inverted: %s', (_, more, value) => {
  const given = virtualNode('naples', { createNode: 'false', labels: 'storage.liqo.io/available: x', more });
  expect(labelsOfFirst(live(given).providers)).toEqual({ 'storage.liqo.io/available': value });
});

test('without a Node the cluster ID is that of the spec, whatever its labels say', () => {
  const given = virtualNode('naples', { createNode: 'false', labels: 'liqo.io/remote-cluster-id: rome' });
  expect(labelsOfFirst(live(given).providers)).toEqual({ 'storage.liqo.io/available': 'true' });
});

test('createNode: false with its Node still there is matched by the Node, and said', () => {
  const { providers, notices } = live(
    virtualNode('naples', { createNode: 'false', labels: 'region: spec' }),
    node('naples', 'region: south'),
  );
  expect(providers[0]?.virtualNodes).toEqual([
    { name: 'naples', createNode: true, labels: { region: 'south' } },
  ]);
  expect(notices).toEqual([expect.stringContaining('false, but its Node still exists')]);
});

test.each([
  [
    'another cluster',
    'liqo.io/remote-cluster-id: rome',
    "The Node 'naples' has liqo.io/remote-cluster-id=rome",
  ],
  ['no cluster', 'liqo.io/remote-cluster-id: null', 'has no liqo.io/remote-cluster-id'],
])('a Node of %s is not taken for the one of its name', (_, label, said) => {
  const { providers, notices } = live(
    virtualNode('naples', { labels: 'region: spec' }),
    node('naples', `region: south, ${label}`),
  );
  expect(providers[0]?.virtualNodes).toEqual([
    { name: 'naples', createNode: false, labels: { region: 'spec', 'storage.liqo.io/available': 'true' } },
  ]);
  expect(notices).toEqual([expect.stringContaining(said)]);
});

test('Nodes that are no virtual ones are passed over, a virtual one without a VirtualNode is spoken of', () => {
  const ordinary =
    'apiVersion: v1\nkind: Node\nmetadata: { name: worker, labels: { "a b": "not a label" } }\n';
  const { providers, notices } = live(virtualNode('naples'), node('naples'), ordinary, node('ghost'));
  expect(providers.map(({ id }) => id)).toEqual(['naples']);
  expect(notices).toEqual([expect.stringMatching(/^The Node 'ghost' .*no VirtualNode has that name/)]);
});

test('a VirtualNode without a cluster ID is left out, and said', () => {
  const { providers, notices } = live(
    virtualNode('naples'),
    node('naples'),
    virtualNode('lost', { clusterID: '""', createNode: 'false' }),
  );
  expect(providers.map(({ id }) => id)).toEqual(['naples']);
  expect(notices).toEqual([
    expect.stringMatching(/liqo-tenant-lost\/lost' has no clusterID and is left out/),
  ]);
});

test('what is being deleted counts until it is gone, and is spoken of', () => {
  const deleted = (text: string) =>
    text.replace('metadata: {', 'metadata: { deletionTimestamp: "2026-01-01T00:00:00Z",');
  const { providers, notices } = live(
    deleted(virtualNode('naples')),
    deleted(node('naples', 'region: south')),
  );
  expect(providers[0]?.virtualNodes[0]).toMatchObject({ createNode: true, labels: { region: 'south' } });
  expect(notices).toEqual([
    expect.stringMatching(/^The VirtualNode 'liqo-tenant-naples\/naples' is being deleted/),
    expect.stringMatching(/^The Node 'naples' is being deleted/),
  ]);
});

describe('two VirtualNodes of one name', () => {
  test('of two clusters are one of each, and only the one whose cluster the Node names has it', () => {
    const { providers } = live(
      virtualNode('shared', { clusterID: 'naples' }),
      virtualNode('shared', { clusterID: 'rome', namespace: 'liqo-tenant-rome', createNode: 'false' }),
      node('shared', 'liqo.io/remote-cluster-id: naples'),
    );
    expect(providers).toMatchObject([
      { id: 'naples', virtualNodes: [{ name: 'shared', createNode: true }] },
      { id: 'rome', virtualNodes: [{ name: 'shared', createNode: false }] },
    ]);
  });

  const second = (labels: string) =>
    virtualNode('shared', { clusterID: 'naples', namespace: 'other', createNode: 'false', labels });
  const first = virtualNode('shared', { clusterID: 'naples', createNode: 'false', labels: 'a: x' });

  test('of one cluster are one where Liqo cannot tell them apart, two where their labels differ', () => {
    expect(live(first, second('a: x')).providers[0]?.virtualNodes).toHaveLength(1);
    expect(live(first, second('a: z')).providers[0]?.virtualNodes).toMatchObject([
      { name: 'shared', labels: { a: 'x' } },
      { name: 'shared', labels: { a: 'z' } },
    ]);
    const withNode = node('shared', 'liqo.io/remote-cluster-id: naples');
    expect(live(first, second('a: z'), withNode).providers[0]?.virtualNodes).toHaveLength(1);
  });
});

test('the same object twice is one; in two forms it is an error', () => {
  expect(live(virtualNode('naples'), virtualNode('naples'), node('naples')).providers).toHaveLength(1);
  expect(() => live(virtualNode('naples'), node('naples'), node('naples', 'a: b'))).toThrow(
    /the Node 'naples' is in the input twice/,
  );
});

test('providers, virtual nodes and labels are sorted', () => {
  const { providers } = live(
    virtualNode('b', { clusterID: 'z', createNode: 'false' }),
    virtualNode('c', { clusterID: 'a', createNode: 'false', labels: 'z: x, a: x' }),
    virtualNode('a', { clusterID: 'a', createNode: 'false' }),
  );
  expect(providers.map(({ id, virtualNodes }) => [id, virtualNodes.map(({ name }) => name)])).toEqual([
    ['a', ['a', 'c']],
    ['z', ['b']],
  ]);
  expect(Object.keys(providers[0]?.virtualNodes[1]?.labels ?? {})).toEqual([
    'a',
    'storage.liqo.io/available',
    'z',
  ]);
});

test('any version of the group will do, another group will not', () => {
  const of = (apiVersion: string) =>
    virtualNode('naples', { createNode: 'false' }).replace(/offloading.*/, apiVersion);
  expect(live(of('offloading.liqo.io/v2')).providers).toHaveLength(1);
  expect(() => live(of('example.com/v1'))).toThrow('no VirtualNode');
});

test.each<[string, string[], RegExp, number | undefined]>([
  ['nothing', [], /contains no VirtualNode,/, undefined],
  ['Nodes alone', [node('naples')], /contains no VirtualNode,/, undefined],
  [
    'only one without a cluster ID',
    [virtualNode('naples', { clusterID: 'null' })],
    /no VirtualNode with a clusterID/,
    undefined,
  ],
  ['VirtualNodes alone', [virtualNode('naples')], /VirtualNodes but no Nodes/, undefined],
  [
    'a cluster ID that is none',
    [virtualNode('naples', { clusterID: 'A' })],
    /"A", is not a DNS-1123 label/,
    4,
  ],
  ['a cluster ID that is a number', [virtualNode('naples', { clusterID: '7' })], /7, is not a string/, 4],
  [
    'createNode that is a word',
    [virtualNode('naples', { createNode: 'maybe' })],
    /neither true nor false/,
    4,
  ],
  ['labels that are a list', [virtualNode('naples', { more: 'labels: [a]' })], /is not a map/, 4],
  [
    'a label that is none',
    [virtualNode('naples'), node('naples', '"a b": x')],
    /the label "a b": "x" of the Node 'naples' must consist/,
    8,
  ],
  [
    'a label that is a boolean',
    [virtualNode('naples', { createNode: 'false', labels: 'a: yes' })],
    /the label "a": true .* is not a string/,
    4,
  ],
  [
    'storage classes that are a word',
    [virtualNode('naples', { more: 'storageClasses: x' })],
    /is not a list/,
    4,
  ],
])('refuses %s', (_, objects, message, line) => {
  expect(() => live(...objects)).toThrow(InputError);
  expect(() => live(...objects)).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({
          message: expect.stringMatching(message),
          ...(line !== undefined && { line }),
        }),
      ],
    }),
  );
});

test('everything that is wrong is said at once', () => {
  try {
    live(virtualNode('a', { clusterID: 'A' }), virtualNode('b', { createNode: 'maybe' }));
    throw new Error('it was not refused');
  } catch (thrown) {
    expect(thrown).toMatchObject({ problems: [{}, {}] });
  }
});
