import { namespaceRemoved } from '../../../lib/judge/rules/namespace-removed';
import { orphaned as rule } from '../../../lib/judge/rules/orphaned';
import { unoffload } from '../../../lib/judge/rules/unoffload';
import { FACTS, find, namespace, offloading, state } from '../given';

const kept = 'annotations: { argocd.argoproj.io/sync-options: Prune=false }';

test('finds a Namespace and a NamespaceOffloading that leave Git and stay in the cluster', () => {
  const before = state(namespace('shop', kept), offloading('shop', '{}', { metadata: kept }));
  expect(find(rule, state(), before)).toMatchObject([
    {
      namespace: 'shop',
      message: expect.stringContaining(
        "The Namespace of 'shop' is removed from Git but stays in the cluster",
      ),
    },
    {
      namespace: 'shop',
      message: expect.stringContaining(
        "The NamespaceOffloading of 'shop' is removed from Git but stays in the cluster",
      ),
    },
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

test.each([
  ['annotations: { argocd.argoproj.io/sync-options: Prune=false }', 'argocd', 'flux'] as const,
  ['annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }', 'flux', 'argocd'] as const,
])('%s keeps what %s applies, and nothing that %s does', (metadata, its, other) => {
  const before = state(namespace('shop', metadata), offloading('shop', '{}', { metadata }));
  const found = (...engines: ('argocd' | 'flux')[]) => {
    const facts = { ...FACTS, engines };
    return [rule, namespaceRemoved, unoffload].map((one) => find(one, state(), before, facts).length);
  };
  expect(found(its)).toEqual([2, 0, 0]);
  expect(found(its, other)).toEqual([0, 1, 1]);
  expect(found(other)).toEqual([0, 1, 1]);
});
