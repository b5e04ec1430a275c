import { objectDropped as rule } from '../../../lib/judge/rules/object-dropped';
import { objectNotApplied } from '../../../lib/judge/rules/object-not-applied';
import type { Engine } from '../../../lib/manifests/engines/engines';
import { State } from '../../../lib/judge/state';
import { asDeclared, asLive } from '../../../lib/manifests/live-object';
import { FACTS, find, manifests, namespace, offloading, seen, state } from '../given';

const LOCAL = 'annotations: { config.kubernetes.io/local-config: "true" }';
const HOOK = 'annotations: { argocd.argoproj.io/hook: Sync }';
const plain = state(namespace('shop'), offloading('shop'));

test.each([
  [state(namespace('shop', LOCAL), offloading('shop')), 'The Namespace'],
  [state(namespace('shop'), offloading('shop', '{}', { metadata: HOOK })), 'The NamespaceOffloading'],
])('finds a deployed object that the engine drops (%#)', (after, what) => {
  expect(find(rule, after, plain)).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining(`${what} of 'shop' gains `) },
  ]);
});

test.each([
  [LOCAL, 'flux', 'argocd'],
  [HOOK, 'argocd', 'flux'],
  ['annotations: { helm.sh/hook: pre-install }', 'argocd', 'flux'],
] as const)('{ %s } is read by %s, and not by %s', (metadata, engine, other) => {
  const after = state(namespace('shop', metadata), offloading('shop'));
  const under = (...engines: Engine[]) =>
    find(rule, after, plain, { ...FACTS, ...seen({ known: engines }) }).length;
  expect([under(engine), under(other), under(engine, other), under()]).toEqual([1, 0, 1, 1]);
  const dropped = (...engines: Engine[]) =>
    find(objectNotApplied, after, state(), { ...FACTS, ...seen({ known: engines }) }).length;
  expect([dropped(engine), dropped(other), dropped(engine, other), dropped()]).toEqual([1, 0, 1, 1]);
});

test('what one engine passed over already the other can still drop', () => {
  const skipped = 'annotations: { argocd.argoproj.io/hook: Skip }';
  const both = 'annotations: { argocd.argoproj.io/hook: Skip, config.kubernetes.io/local-config: "true" }';
  expect(find(rule, state(namespace('shop', both)), state(namespace('shop', skipped)))).toHaveLength(1);
});

test('finds an object in a file that Argo CD passes over from now on', () => {
  const skipped = (comment: string) => state(`${namespace('shop')}# ${comment}\n`);
  const words = '+argocd:skip-file-rendering';
  expect(find(rule, skipped(words), plain)).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining(`gains ${words}`) },
  ]);
  expect(find(rule, skipped('argocd:skip-file-rendering'), plain)).toEqual([]);
  expect(find(rule, skipped(words), skipped(words))).toEqual([]);
  const kept = state(namespace('shop', 'annotations: { argocd.argoproj.io/sync-options: Prune=false }'));
  expect(find(rule, skipped(words), kept)).toEqual([]);
});

test('what a cluster prints holds those words for somebody else', () => {
  const words = '+argocd:skip-file-rendering';
  const items = ['shop', 'docs'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, uid: name, resourceVersion: '1', annotations: name === 'docs' ? { words } : {} },
  }));
  const [live] = asLive(manifests(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }), '<stdin>.json'));
  const after = state(`${namespace('shop')}# ${words}\n`);
  for (const was of live === undefined ? [] : [live, asDeclared(live, plain.manifests)])
    expect(find(rule, after, new State([was]))).toHaveLength(1);
  expect(live).toBeDefined();
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
