import { inventoryContradicted as rule } from '../../../lib/judge/rules/inventory-contradicted';
import { node, of, provider } from '../inventories';
import { FACTS, find, state } from '../given';
import { resourceSlice, virtualNode } from '../peering';

const listing = (labels: string, complete = true) =>
  of(complete, provider('naples', node('naples', labels, 'naples')));
const found = (manifest: string, after = listing('region: south')) =>
  find(rule, state(manifest), state(), { ...FACTS, inventories: { after } });

test.each([
  ['another value', virtualNode('region: west'), 'region=south, not west'],
  ['a label that is not there', virtualNode('region: south, tier: a'), 'lacks tier=a'],
  ['another provider', virtualNode('', { name: 'naples', id: 'rome' }), "it belongs to 'naples'"],
  ['a provider that is not there', virtualNode('', { name: 'rome', id: 'rome' }), "no provider 'rome'"],
  ['a ResourceSlice for one', resourceSlice({ name: 'rome', id: 'rome' }), "no provider 'rome'"],
  ['no Node', virtualNode('region: south', {}, 'createNode: false'), 'it has a Node'],
])('finds %s', (_, manifest, words) => {
  expect(found(manifest)).toMatchObject([{ message: expect.stringContaining(words) }]);
});

test.each([
  ['the same labels', virtualNode('region: south'), listing('region: south')],
  ['labels beside them', virtualNode('region: south'), listing('region: south, zone: a')],
  [
    'storage, of which nobody writes',
    virtualNode('region: south', {}, 'storageClasses: []'),
    listing('region: south'),
  ],
  ['another virtual node', virtualNode('a: b', { name: 'two' }), listing('')],
  [
    'a provider that an incomplete list lacks',
    virtualNode('', { name: 'rome', id: 'rome' }),
    listing('', false),
  ],
  ['a ResourceSlice, of which the provider decides', resourceSlice(), listing('region: south')],
])('passes over %s', (_, manifest, after) => {
  expect(found(manifest, after)).toEqual([]);
});

test('has nothing to say without an inventory', () => {
  expect(find(rule, state(virtualNode('region: west')))).toEqual([]);
});
