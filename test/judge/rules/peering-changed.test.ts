import { peeringChanged as rule } from '../../../lib/judge/rules/peering-changed';
import { node, of, provider, termsOf } from '../inventories';
import { FACTS, find, offloading, state } from '../given';
import { namespaceMap, resourceSlice, virtualNode, virtualNodeNode } from '../peering';

const selecting = (...alternatives: readonly string[]) =>
  offloading('shop', `{ clusterSelector: { nodeSelectorTerms: ${termsOf(alternatives)} } }`);
const SOUTH = selecting('region=south');
/** The same object for another cluster: a webhook refuses that of control planes alone. */
const moved = (slice: string) => slice.replace(/(remote-cluster-id|providerClusterID): naples/g, '$1: rome');
const changed = (stays: string, was: readonly string[], is: readonly string[], facts = FACTS) =>
  find(rule, state(stays, ...is), state(stays, ...was), facts);

test.each<[string, string, string[], string[]]>([
  ['another value', SOUTH, [virtualNode('region: south')], [virtualNode('region: west')]],
  ['a label that goes', SOUTH, [virtualNode('region: south')], [virtualNode('')]],
  ['a label that a selector rules out', selecting('!gpu'), [virtualNode('')], [virtualNode('gpu: a')]],
  [
    'part of what is asked for',
    selecting('region=south,tier=a'),
    [virtualNode('region: south')],
    [virtualNode('')],
  ],
  [
    'another cluster',
    offloading('shop'),
    [virtualNode()],
    [virtualNode().replace('clusterID: naples', 'clusterID: rome')],
  ],
  ['a ResourceSlice for another cluster', offloading('shop'), [resourceSlice()], [moved(resourceSlice())]],
  [
    'a ResourceSlice that is known by its VirtualNode too',
    offloading('shop'),
    [resourceSlice(), virtualNode()],
    [moved(resourceSlice()), virtualNode().replace('clusterID: naples', 'clusterID: rome')],
  ],
  [
    'a Node that goes with its labels',
    SOUTH,
    [virtualNode(), virtualNodeNode('region: south')],
    [virtualNode()],
  ],
  ['a Node alone that goes', SOUTH, [virtualNodeNode('region: south')], []],
  ['the label of a Node', SOUTH, [virtualNodeNode('region: south')], [virtualNodeNode('region: west')]],
  [
    'no Node any more for a selector that needs one',
    selecting('liqo.io/type=virtual-node'),
    [virtualNode()],
    [virtualNode('', {}, 'createNode: false')],
  ],
  [
    'one of two that no longer matches',
    SOUTH,
    [virtualNode('region: south'), virtualNode('region: south', { name: 'two' })],
    [virtualNode('region: west'), virtualNode('region: south', { name: 'two' })],
  ],
  [
    'an entry of a NamespaceMap',
    offloading('shop'),
    [namespaceMap('shop: a, blog: b')],
    [namespaceMap('blog: b')],
  ],
])('finds %s', (_, stays, was, is) => {
  expect(changed(stays, was, is)).toMatchObject([
    {
      provider: 'naples',
      clusters: ['naples'],
      message: expect.stringContaining("'naples' no longer serves 'shop'"),
      remedy: expect.stringContaining('{ provider: naples, rule: peering-changed, reason'),
    },
  ]);
});

test.each<[string, string, string[], string[]]>([
  [
    'a label that no selector asks for',
    SOUTH,
    [virtualNode('region: south')],
    [virtualNode('region: south, a: b')],
  ],
  [
    'a value that matches as well',
    selecting('region in (south,west)'),
    [virtualNode('region: south')],
    [virtualNode('region: west')],
  ],
  [
    'a second virtual node that matches, and one that may',
    SOUTH,
    [virtualNode('region: south')],
    [
      virtualNode('region: south'),
      virtualNode('region: south', { name: 'two' }),
      resourceSlice({ name: 'three' }),
    ],
  ],
  ['a selector that asks for nothing', offloading('shop'), [virtualNode('region: south')], [virtualNode('')]],
  ['one that never matched', SOUTH, [virtualNode('region: west')], [virtualNode('region: north')]],
  ['one that matches from now on', SOUTH, [virtualNode('region: west')], [virtualNode('region: south')]],
  [
    'another alternative that it still meets',
    selecting('region=south', 'tier=a'),
    [virtualNode('region: south, tier: a')],
    [virtualNode('tier: a')],
  ],
  [
    'fields that no selector sees',
    SOUTH,
    [virtualNode('region: south')],
    [virtualNode('region: south', {}, 'images: []')],
  ],
  ['an entry more in a NamespaceMap', SOUTH, [namespaceMap('shop: a')], [namespaceMap('shop: a, blog: b')]],
  [
    'a Node that is none of Liqo',
    SOUTH,
    ['apiVersion: v1\nkind: Node\nmetadata: { name: a, labels: { region: south } }\n'],
    [],
  ],
  [
    'the Node of one whose VirtualNode has the labels too',
    SOUTH,
    [virtualNode('region: south'), virtualNodeNode('zone: a')],
    [virtualNode('region: south')],
  ],
])('passes over %s', (_, stays, was, is) => {
  expect(changed(stays, was, is)).toEqual([]);
});

test('knows from the inventory what no manifest says', () => {
  const facts = (labels: string) => ({
    ...FACTS,
    inventories: { before: of(true, provider('naples', node('naples', labels, 'naples'))) },
  });
  const [was, is] = [[virtualNode('region: south')], [virtualNode('')]];
  const both = selecting('region=south,tier=a');
  expect(changed(both, was, is, facts('region: south, tier: a'))).toHaveLength(1);
  expect(changed(both, was, is, facts('region: south, tier: b'))).toEqual([]);
  // Declared for the first time, with other labels than the cluster shows.
  expect(changed(SOUTH, [], [virtualNode('region: west')], facts('region: south'))).toHaveLength(1);
  expect(changed(SOUTH, [], [virtualNode('region: south')], facts('region: south'))).toEqual([]);
});

test('says what is left of the twins of a cluster that a ResourceSlice leaves, whoever has them', () => {
  const [found] = changed(offloading('shop'), [resourceSlice()], [moved(resourceSlice())]);
  expect(found?.message).toBe(
    "'naples' no longer serves 'shop', because the ResourceSlice 'liqo-tenant-naples/naples' now belongs to 'rome': the twin namespaces there and everything in them are out of reach, because no virtual node is left.",
  );
  expect(find(rule, state(moved(resourceSlice())), state(resourceSlice()))).toMatchObject([
    { message: expect.stringContaining('no longer serves the namespaces that are offloaded there') },
  ]);
});

test.each([
  [
    'stays by another virtual node',
    [resourceSlice(), virtualNode('', { name: 'two' })],
    [moved(resourceSlice()), virtualNode('', { name: 'two' })],
  ],
  [
    'is only named otherwise in one place',
    [resourceSlice()],
    [resourceSlice().replace('providerClusterID: naples', 'providerClusterID: rome')],
  ],
  ['makes no virtual node', [resourceSlice({}, '"false"')], [moved(resourceSlice({}, '"false"'))]],
])('passes over a cluster that %s', (_, was, is) => {
  expect(changed(offloading('shop'), was, is)).toEqual([]);
});
