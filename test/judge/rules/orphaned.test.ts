import { orphaned as rule } from '../../../lib/judge/rules/orphaned';
import { FACTS, find, namespace, offloading, state } from '../given';

const kept = 'annotations: { argocd.argoproj.io/sync-options: Prune=false }';

test('finds a Namespace and a NamespaceOffloading that leave Git and stay in the cluster', () => {
  const before = state(namespace('shop', kept), offloading('shop', '{}', { metadata: kept }));
  expect(find(rule, state(), before)).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining("The Namespace of 'shop' leaves Git and stays") },
    { namespace: 'shop', message: expect.stringContaining("The NamespaceOffloading of 'shop' leaves Git") },
  ]);
});

test.each([
  [
    'annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }',
    'kustomize.toolkit.fluxcd.io/prune: disabled',
  ],
  ['labels: { kustomize.toolkit.fluxcd.io/prune: disabled }', 'kustomize.toolkit.fluxcd.io/prune: disabled'],
  [kept, 'argocd.argoproj.io/sync-options: Prune=false'],
])('says that %s keeps it', (metadata, keeper) => {
  expect(find(rule, state(), state(namespace('shop', metadata)))).toMatchObject([
    { message: expect.stringContaining(`kept by '${keeper}'`) },
  ]);
});

test('passes over what is deleted, and over what stays', () => {
  expect(find(rule, state(), state(namespace('shop'), offloading('shop')))).toEqual([]);
  const both = state(namespace('shop', kept), offloading('shop', '{}', { metadata: kept }));
  expect(find(rule, both, both)).toEqual([]);
});

test('passes over what one of two engines deletes', () => {
  const engines = (['argocd', 'flux'] as const).map((engine) => ({ engine, orphans: true }));
  const before = state(namespace('shop', 'annotations: { argocd.argoproj.io/sync-options: Prune=false }'));
  expect(find(rule, state(), before, { ...FACTS, engines })).toEqual([]);
  expect(find(rule, state(), before, { ...FACTS, engines: engines.slice(0, 1) })).toHaveLength(1);
});
