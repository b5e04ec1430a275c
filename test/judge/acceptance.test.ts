// What a cluster holds after a history of manifests.
import { acceptsCreate, acceptsUpdate, lastAccepted, namespaceWasGone } from '../../lib/judge/acceptance';
import type { Step } from '../../lib/manifests/history';
import type { Manifest } from '../../lib/manifests/manifest';
import { manifests, offloading, runtimeClass } from './given';

const SELECTOR = 'clusterSelector: { nodeSelectorTerms: [] }';
const one = (text: string) => {
  const [first] = manifests(text);
  if (first === undefined) throw new Error('no manifest');
  return first;
};
const made = (strategy: string, metadata = '') =>
  one(offloading('shop', `{ namespaceMappingStrategy: ${strategy}, ${SELECTOR} }`, { metadata }));
const [DEFAULT, SAME] = [made('DefaultName'), made('EnforceSameName')] as const;
const SELECTED = made('SelectedName, remoteNamespaceName: x');
const SKIP = 'labels: { liqo.io/webhook-skip: "true" }';

test.each<[string, Manifest, boolean]>([
  ['what we write', DEFAULT, true],
  ['SelectedName with a name', SELECTED, true],
  ['SelectedName without one', made('SelectedName'), false],
  ['SelectedName without one that skips the webhook', made('SelectedName', SKIP), true],
  ['another name', one(offloading('shop', `{ ${SELECTOR} }`, { name: 'mine' })), false],
  ['an unknown strategy', made('Other'), false],
  ['a RuntimeClass', one(runtimeClass('liqo')), true],
])('creates %s: %#', (_, manifest, expected) => {
  expect(acceptsCreate(manifest)).toBe(expected);
});

test.each<[string, Manifest, Manifest, boolean]>([
  ['the same', DEFAULT, DEFAULT, true],
  ['an absent strategy to the default', one(offloading('shop')), DEFAULT, true],
  ['another strategy', DEFAULT, SAME, false],
  ['another remote name', SELECTED, made('SelectedName, remoteNamespaceName: y'), false],
  ['another pod strategy', DEFAULT, made('DefaultName, podOffloadingStrategy: Local'), true],
  [
    'a strategy that both sides skip the webhook for',
    made('DefaultName', SKIP),
    made('EnforceSameName', SKIP),
    true,
  ],
  ['a strategy that only the new side skips it for', DEFAULT, made('EnforceSameName', SKIP), false],
  ['a strategy that only the old side skips it for', made('DefaultName', SKIP), SAME, false],
  ['a schema that does not fit', DEFAULT, made('DefaultName, podOffloadingStrategy: Often'), false],
  ['a handler', one(runtimeClass('liqo', 'liqo')), one(runtimeClass('liqo', 'kata')), false],
  ['a RuntimeClass with its handler', one(runtimeClass('liqo')), one(runtimeClass('liqo')), true],
])('updates %s: %#', (_, was, is, expected) => {
  expect(acceptsUpdate(was, is)).toBe(expected);
});

/** Steps from the oldest, with commits a, b, c and so on; the newest comes first, as in a history. */
const steps = (...forms: readonly (readonly Manifest[])[]): Step[] =>
  forms.map((all, i) => ({ commit: 'abcdef'[i] ?? '', age: forms.length - 1 - i, manifests: all })).reverse();

const after = (...forms: readonly (readonly Manifest[])[]) => lastAccepted(steps(...forms), []);

const KEPT = made('DefaultName', "annotations: { argocd.argoproj.io/sync-options: 'Prune=false' }");
const FORCED = made('EnforceSameName', 'annotations: { kustomize.toolkit.fluxcd.io/force: enabled }');

test('a refused update leaves what was there, and the first one is named', () => {
  expect(after([DEFAULT], [SAME], [SELECTED])).toEqual({ manifest: DEFAULT, commit: 'a', refused: 'b' });
});

test('an accepted update after a refused one settles it', () => {
  const local = made('DefaultName, podOffloadingStrategy: Local');
  expect(after([DEFAULT], [SAME], [local])).toEqual({ manifest: local, commit: 'c', refused: undefined });
});

test('what is removed can be created in another form', () => {
  expect(after([DEFAULT], [], [SAME])).toEqual({ manifest: SAME, commit: 'c', refused: undefined });
});

test('what was never accepted is not there', () => {
  expect(after([made('SelectedName')])).toEqual({ manifest: undefined, commit: undefined, refused: 'a' });
});

test('what is kept from pruning is still there after it left Git', () => {
  expect(after([KEPT], [], [SAME])).toMatchObject({ manifest: KEPT, refused: 'c' });
});

const annotated = (annotation: string) => made('EnforceSameName', `annotations: { ${annotation} }`);

test.each([
  ['two forms are declared', [[DEFAULT, SAME], [SAME]]],
  ['a form is forced', [[DEFAULT], [FORCED]]],
  ['a form is not applied', [[DEFAULT], [annotated('kustomize.toolkit.fluxcd.io/reconcile: Disabled')]]],
  ['one is applied only once', [[DEFAULT], [annotated('kustomize.toolkit.fluxcd.io/ssa: IfNotPresent')]]],
  ['one is a hook', [[DEFAULT], [annotated('argocd.argoproj.io/hook: Skip')]]],
  [
    'somebody has to confirm the removal',
    [[annotated('argocd.argoproj.io/sync-options: Prune=confirm')], [], [DEFAULT]],
  ],
])('nobody knows where %s', (_, forms) => {
  expect(after(...forms)).toBeUndefined();
});

test('who must confirm a removal changes nothing about updates', () => {
  const guarded = annotated("argocd.argoproj.io/sync-options: 'Prune=confirm,Delete=confirm'");
  expect(after([guarded], [DEFAULT])).toEqual({ manifest: guarded, commit: 'a', refused: 'b' });
});

test('nobody knows where a merge brought several forms', () => {
  const [newest, oldest] = steps([DEFAULT], [SAME]);
  if (newest === undefined || oldest === undefined) throw new Error('no steps');
  expect(lastAccepted([{ ...newest, doubtful: true }, oldest], [])).toBeUndefined();
});

test('two equal declarations are one', () => {
  expect(after([DEFAULT, DEFAULT], [SAME])).toMatchObject({ manifest: DEFAULT });
});

test('the live form decides whether it is pruned, not one that was refused', () => {
  const refused = annotated("argocd.argoproj.io/sync-options: 'Prune=false'");
  expect(after([DEFAULT], [refused], [], [SAME])).toMatchObject({ manifest: SAME, refused: undefined });
});

describe('a Namespace that was gone', () => {
  const at = (age: number, present: boolean): Step => ({
    commit: 'a',
    age,
    manifests: present ? [DEFAULT] : [],
  });

  test('takes what was declared in it along', () => {
    expect(namespaceWasGone([at(1, true), at(2, false), at(5, true)], [at(0, true), at(5, true)])).toBe(true);
  });

  test('is no matter where its object was gone as well, or it had never been there', () => {
    expect(
      namespaceWasGone([at(1, true), at(2, false), at(5, true)], [at(1, true), at(2, false), at(5, true)]),
    ).toBe(false);
    expect(namespaceWasGone([at(1, true)], [at(0, true), at(5, true)])).toBe(false);
    expect(namespaceWasGone([at(1, true), at(3, false)], [at(0, true)])).toBe(false);
    expect(namespaceWasGone([], [at(0, true)])).toBe(false);
  });
});
