import { peeringRemoved as rule } from '../../../lib/judge/rules/peering-removed';
import { selecting, of, node, provider, termsOf } from '../inventories';
import { FACTS, find, lineFor, offloading, state } from '../given';
import { namespaceMap, resourceSlice, tenantNamespace, virtualNode, virtualNodeNode } from '../peering';

const EVERY = offloading('shop');
const region = (value: string, namespace = 'shop') =>
  offloading(namespace, `{ clusterSelector: { nodeSelectorTerms: ${termsOf([`region=${value}`])} } }`);
const KEEP = 'annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }';

/** Offloadings that stay while the others go. */
const gone = (stays: readonly string[], was: readonly string[], is: readonly string[] = [], facts = FACTS) =>
  find(rule, state(...stays, ...is), state(...stays, ...was), facts);

test.each([
  ['a VirtualNode', [virtualNode()], []],
  ['a ResourceSlice that makes one', [resourceSlice()], []],
  [
    'a ResourceSlice, though its VirtualNode is declared too',
    [resourceSlice(), virtualNode()],
    [virtualNode()],
  ],
  ['a VirtualNode whose ResourceSlice stays', [resourceSlice(), virtualNode()], [resourceSlice()]],
  ['the last of two', [virtualNode(), virtualNode('', { name: 'other' })], []],
  ['a tenant namespace, whatever lies in it', [tenantNamespace('naples')], []],
  [
    'a tenant namespace around a VirtualNode that stays',
    [tenantNamespace('naples'), virtualNode()],
    [virtualNode()],
  ],
  ['a NamespaceMap', [namespaceMap('shop: shop-venice')], []],
])('finds %s', (_, was, is) => {
  const found = gone([EVERY], was, is);
  expect(found).toMatchObject([
    { provider: 'naples', clusters: ['naples'], message: expect.stringContaining("of 'shop' on 'naples'") },
  ]);
  expect(found[0]?.remedy).toContain('{ provider: naples, rule: peering-removed, reason');
  expect(found.map(lineFor)).toEqual([1]);
});

test('says nothing of the Namespace once more', () => {
  const [found] = gone([EVERY], [tenantNamespace('naples'), virtualNode()]);
  expect(found).toMatchObject({
    namespace: 'liqo-tenant-naples',
    message: expect.stringMatching(/^The Namespace 'liqo-tenant-naples' is removed from Git/),
  });
  expect(rule.covers).toContain('namespace-removed');
});

test.each([
  [
    'one of two that stays',
    [virtualNode(), virtualNode('', { name: 'other' })],
    [virtualNode('', { name: 'other' })],
  ],
  ['a ResourceSlice without a VirtualNode', [resourceSlice({}, '"false"')], []],
  ['a ResourceSlice that stops asking for one', [resourceSlice()], [resourceSlice({}, '"false"')]],
  [
    'one that was replicated from elsewhere',
    [resourceSlice({ metadata: ', liqo.io/replicated: "true"' })],
    [],
  ],
  ['a VirtualNode without a cluster', [virtualNode().replace('clusterID: naples, ', '')], []],
  ['what pruning leaves', [virtualNode('', { metadata: KEEP })], []],
  [
    'one that takes other resources',
    [resourceSlice()],
    [resourceSlice({}, undefined, 'resources: { cpu: 4 }')],
  ],
  ['the kind of another group', [virtualNode().replace('offloading.liqo.io', 'acme.io')], []],
])('passes over %s', (_, was, is) => {
  expect(gone([EVERY], was, is)).toEqual([]);
});

test('names a provider each, and only namespaces that select it', () => {
  const was = [
    virtualNode('region: south'),
    virtualNode('region: center', { name: 'florence', id: 'florence' }),
  ];
  const found = gone([region('south', 'a'), region('center', 'b'), offloading('c')], was);
  expect(found.map(({ message }) => message)).toEqual([
    expect.stringContaining("of 'b' and 'c' on 'florence'"),
    expect.stringContaining("of 'a' and 'c' on 'naples'"),
  ]);
});

test.each([
  ['a label that the VirtualNode settles otherwise', virtualNode('region: north'), 0],
  ['a label that it has', virtualNode('region: south'), 1],
  ['a label that somebody may have put on the Node by hand', virtualNode('zone: a'), 1],
  ['a label that a VirtualNode without a Node lacks', virtualNode('zone: a', {}, 'createNode: false'), 0],
  ['labels that a provider decides', resourceSlice(), 1],
])('asks for %s', (_, was, count) => {
  expect(gone([region('south')], [was])).toHaveLength(count);
});

test.each([
  ['labels that no manifest has', of(true, provider('naples', node('naples', 'region: south', 'naples'))), 1],
  ['that it has others', of(true, provider('naples', node('naples', 'region: north', 'naples'))), 0],
  [
    'another virtual node that matches as well',
    of(
      false,
      provider('naples', node('naples', 'region: south', 'naples'), node('naples', 'region: south', 'two')),
    ),
    0,
  ],
  [
    'another virtual node that does not match',
    of(
      false,
      provider('naples', node('naples', 'region: south', 'naples'), node('naples', 'region: north', 'two')),
    ),
    1,
  ],
])('takes from the inventory %s', (_, before, count) => {
  expect(gone([region('south')], [virtualNode()], [], { ...FACTS, inventories: { before } })).toHaveLength(
    count,
  );
});

test('says so where no offloading tells of which namespaces, and nothing where all go by their own name', () => {
  const [found] = gone([], [virtualNode()]);
  expect(found?.message).toContain("every twin namespace on 'naples'");
  expect(find(rule, state(), state(EVERY, virtualNode()))).toEqual([]);
});

test('leaves a namespace to its own finding where its selector lets go of the provider', () => {
  const was = [virtualNode('region: south'), virtualNodeNode('region: south')];
  const narrowed = selecting(['region=north']).manifests.map(({ source }) => source.text);
  expect(find(rule, state(...narrowed), state(EVERY, ...was))).toEqual([]);
});

test('names no more than a few of many', () => {
  const many = Array.from({ length: 9 }, (_, i) => offloading(`ns-${i}`));
  const [found] = gone(many, [virtualNode()]);
  expect(found?.message).toContain("'ns-0', 'ns-1', 'ns-2', 'ns-3', 'ns-4' and 4 more on");
});
