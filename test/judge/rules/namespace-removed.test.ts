import { namespaceRemoved as rule } from '../../../lib/judge/rules/namespace-removed';
import { FACTS, find, lineFor, namespace, offloading, state } from '../given';
import { VENICE } from '../inventories';

test('finds a Namespace that leaves, and says that twins go with it', () => {
  const found = find(rule, state(), state(`# comment\n${namespace('shop')}`, offloading('shop')));
  expect(found).toMatchObject([{ namespace: 'shop', message: expect.stringContaining('twin namespaces') }]);
  expect(found.map(lineFor)).toEqual([2]);
});

test('names the clusters that the inventory knows', () => {
  const inventories = { before: VENICE, after: VENICE };
  const before = state(namespace('shop'), offloading('shop'));
  const [found] = find(rule, state(), before, { ...FACTS, inventories });
  expect(found?.message).toMatch(/everything in them on florence and naples\.$/);
  const [unknown] = find(rule, state(), before);
  expect(unknown?.message).toMatch(/everything in them on every provider\.$/);
});

test('speaks of no twins where the namespace was not offloaded', () => {
  const [found] = find(rule, state(), state(namespace('shop')));
  expect(found?.message).toMatch(/is removed from Git: pruning deletes it and everything in it\.$/);
  expect(found?.remedy).toContain('{ namespace: shop, rule: namespace-removed, reason');
});

test('finds it where the NamespaceOffloading stays: manageNamespace was turned off', () => {
  const found = find(rule, state(offloading('shop')), state(namespace('shop'), offloading('shop')));
  expect(found).toMatchObject([{ namespace: 'shop' }]);
});

test('finds a renamed one', () => {
  expect(find(rule, state(namespace('shop-2')), state(namespace('shop')))).toMatchObject([
    { namespace: 'shop' },
  ]);
});

test.each([
  ['a Namespace that moved to another file', namespace('shop'), state('', namespace('shop'))],
  [
    'one on which Flux prunes nothing',
    namespace('shop', 'annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }'),
    state(),
  ],
  [
    'one on which Flux prunes nothing, by a label',
    namespace('shop', 'labels: { kustomize.toolkit.fluxcd.io/prune: disabled }'),
    state(),
  ],
  [
    'one on which Argo CD prunes nothing',
    namespace('shop', 'annotations: { argocd.argoproj.io/sync-options: "Validate=false, Prune=false" }'),
    state(),
  ],
  ['an offloading without Namespace', offloading('shop'), state()],
  ['another kind', namespace('shop').replace('kind: Namespace', 'kind: ConfigMap'), state()],
  ['a kind of the same name in another group', namespace('shop').replace('v1', 'example.com/v1'), state()],
])('passes over %s', (_, was, after) => {
  expect(find(rule, after, state(was))).toEqual([]);
});

test('protection that is only on the new side protects nothing', () => {
  const kept = namespace('other', 'annotations: { argocd.argoproj.io/sync-options: Prune=false }');
  expect(find(rule, state(kept), state(namespace('shop')))).toHaveLength(1);
});
