import { objectDropped as rule } from '../../../lib/judge/rules/object-dropped';
import { find, namespace, offloading, state } from '../given';

const LOCAL = 'annotations: { config.kubernetes.io/local-config: "true" }';
const HOOK = 'annotations: { argocd.argoproj.io/hook: Sync }';
const plain = state(namespace('shop'), offloading('shop'));

test.each([
  [state(namespace('shop', LOCAL), offloading('shop')), 'The Namespace'],
  [state(namespace('shop'), offloading('shop', '{}', { metadata: HOOK })), 'The NamespaceOffloading'],
])('finds a deployed object that the engine drops (%#)', (after, what) => {
  expect(find(rule, after, plain)).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining(`${what} of 'shop' gets `) },
  ]);
});

test('passes over what is new, what was passed over before, and what is applied again', () => {
  const dropped = state(namespace('shop', LOCAL), offloading('shop', '{}', { metadata: HOOK }));
  expect(find(rule, dropped, state())).toEqual([]);
  expect(find(rule, dropped, dropped)).toEqual([]);
  expect(find(rule, plain, dropped)).toEqual([]);
  expect(find(rule, plain, plain)).toEqual([]);
});

test('passes over what is kept whatever leaves Git, unless it becomes a hook', () => {
  const kept = state(namespace('shop', 'annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }'));
  expect(find(rule, state(namespace('shop', LOCAL)), kept)).toEqual([]);
  const unpruned = state(namespace('shop', 'annotations: { argocd.argoproj.io/sync-options: Prune=false }'));
  expect(find(rule, state(namespace('shop', HOOK)), unpruned)).toHaveLength(1);
});

test('passes over what Argo CD skips, and neither prunes nor creates anew', () => {
  const says = (hook: string) =>
    state(
      namespace('shop', `annotations: { argocd.argoproj.io/hook: "${hook}", helm.sh/hook: pre-install }`),
    );
  expect(find(rule, says('Skip'), state(namespace('shop')))).toEqual([]);
  expect(find(rule, says('Skip,Sync'), state(namespace('shop')))).toHaveLength(1);
});
