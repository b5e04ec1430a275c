import { remoteNameMayCollide as rule } from '../../../lib/judge/rules/remote-name-may-collide';
import { selecting, termsOf, VENICE } from '../inventories';
import { FACTS, find, offloading, state } from '../given';

const UNKNOWN = { ...FACTS, consumer: undefined };
const selected = (name: string, namespace = 'x', region = '') =>
  offloading(
    namespace,
    `{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: ${name}, clusterSelector: { nodeSelectorTerms: ${region === '' ? '[]' : termsOf([`region=${region}`])} } }`,
  );
const shop = offloading('shop');
const same = (namespace: string) => offloading(namespace, '{ namespaceMappingStrategy: EnforceSameName }');

test.each([
  ['a SelectedName', selected('shop-venice'), 'x', "'venice'"],
  ['an ID of several parts', selected('shop-eu-venice'), 'x', "'eu-venice'"],
  ['an EnforceSameName', same('shop-blue'), 'shop-blue', "'blue'"],
])('finds %s that an ID would make the same', (_, other, namespace, id) => {
  const found = find(rule, state(shop, other), state(), UNKNOWN);
  expect(found).toMatchObject([{ namespace, message: expect.stringContaining(id) }]);
});

test.each([
  ['names that no ID makes one', [shop, selected('other-venice')]],
  ['a name that only begins alike', [shop, selected('shopping-venice')]],
  ['what no ID can be', [shop, selected('shop-')]],
  ['the namespace itself', [selected('shop-venice', 'shop')]],
  ['two of DefaultName', [shop, offloading('shop-venice')]],
])('passes over %s', (_, texts) => {
  expect(find(rule, state(...texts), state(), UNKNOWN)).toEqual([]);
});

test('passes over selectors that cannot meet, and over everything once the ID is known', () => {
  const south = selecting(['region=south']).offloadings.map(({ manifest }) => manifest.source.text);
  const facts = { ...UNKNOWN, inventories: { after: VENICE } };
  expect(find(rule, state(...south, selected('shop-a', 'x', 'center')), state(), facts)).toEqual([]);
  expect(find(rule, state(...south, selected('shop-a', 'x', 'south')), state(), facts)).toHaveLength(1);
  expect(find(rule, state(shop, selected('shop-venice')), state(), FACTS)).toEqual([]);
});
