import { engineHandover as rule } from '../../../lib/judge/rules/engine-handover';
import { State } from '../../../lib/judge/state';
import type { Engine } from '../../../lib/manifests/engines/engines';
import { FACTS, find, manifests, namespace, offloading, seen } from '../given';
import { argocd, factsOf, flux, type Side } from '../units';

/** Namespaces by file below dist; each with its offloading. */
const at = (files: Readonly<Record<string, string>>, metadata = '') =>
  new State(
    Object.entries(files).flatMap(([path, name]) =>
      manifests(
        `${namespace(name, metadata)}---\n${offloading(name, undefined, { metadata })}`,
        `dist/namespaces/${path}.yaml`,
      ),
    ),
  );

const found = (after: State, before: State, was: Side, is: Side = was) =>
  find(rule, after, before, factsOf(before, after, was, is));

const ARGO = argocd();
const FLUX = flux();
const NONE: Side = {};

test.each([
  ['Kustomization', FLUX],
  ['Application', ARGO],
])('finds a namespace that leaves a %s which stays', (kind, side) => {
  const before = at({ 'a/shop': 'shop', 'a/other': 'other' });
  const after = at({ 'b/shop': 'shop', 'a/other': 'other' });
  expect(found(after, before, side)).toMatchObject([
    {
      namespace: 'shop',
      category: 'destructive',
      message: expect.stringContaining(
        `'shop' moves out of the ${kind} 'venice.namespaces.a', which prunes it if it syncs before`,
      ),
    },
  ]);
});

test('a unit that goes leaves its objects, unless it deletes them', () => {
  const [before, after] = [at({ 'a/shop': 'shop' }), at({ 'b/shop': 'shop' })];
  for (const side of [ARGO, FLUX]) expect(found(after, before, side)).toEqual([]);
  for (const side of [argocd({ deletionPolicy: 'Delete' }), flux({ deletionPolicy: 'Delete' })])
    expect(found(after, before, side)).toMatchObject([
      {
        namespace: 'shop',
        category: 'destructive',
        message: expect.stringContaining('its twin namespaces and everything in them are deleted'),
      },
    ]);
});

const DELETING = [
  ['argocd', argocd({ deletionPolicy: 'Delete' }), ARGO],
  ['flux', flux({ deletionPolicy: 'Delete' }), FLUX],
] as const;

test.each(DELETING)(
  '%s: the policy of the baseline says what goes with a unit',
  (engine, deleting, leaving) => {
    const one = at({ 'a/shop': 'shop', 'b/news': 'news' });
    const hit = (was: Side, is: Side, after = one) =>
      found(after, one, was, is).map(({ namespace }) => namespace);
    expect(hit(deleting, NONE)).toEqual(['shop', 'news']);
    expect(hit(deleting, { ...deleting, id: 'rome' })).toEqual(['shop', 'news']);
    expect(hit(deleting, { ...leaving, id: 'rome' })).toEqual(['shop', 'news']);
    expect(hit(deleting, leaving, at({ 'c/shop': 'shop', 'b/news': 'news' }))).toEqual(['shop']);
    expect(hit(deleting, engine === 'flux' ? ARGO : FLUX)).toEqual(['shop', 'news']);

    expect(hit(deleting, deleting)).toEqual([]);
    expect(hit(deleting, leaving)).toEqual([]);
    expect(hit(leaving, NONE)).toEqual([]);
    expect(hit(leaving, { ...leaving, id: 'rome' })).toEqual([]);
    expect(hit(leaving, deleting)).toEqual([]);
    expect(hit(NONE, deleting)).toEqual([]);
  },
);

test.each([
  [argocd({ deletionPolicy: 'Delete' }), 'argocd.argoproj.io/sync-options: Delete=confirm', undefined],
  [argocd({ deletionPolicy: 'Delete' }), 'argocd.argoproj.io/sync-options: Delete=false', 'kept'],
  [argocd({ deletionPolicy: 'Delete' }), 'argocd.argoproj.io/sync-options: Prune=false', 'destructive'],
  [flux({ deletionPolicy: 'Delete' }), 'argocd.argoproj.io/sync-options: Delete=false', 'destructive'],
  [flux({ deletionPolicy: 'Delete' }), 'kustomize.toolkit.fluxcd.io/prune: disabled', 'kept'],
])('what goes with %j and { %s }: %s', (side, annotation, category) => {
  const one = at({ 'a/shop': 'shop' }, `annotations: { ${annotation} }`);
  const [problem, ...others] = found(one, one, side, NONE);
  expect(others).toEqual([]);
  expect(problem === undefined ? 'kept' : problem.category).toBe(category);
});

test('a Kustomization that goes while its folder stays can prune first what left the folder', () => {
  const before = at({ 'a/shop': 'shop', 'a/b/other': 'other' });
  const after = at({ 'c/shop': 'shop', 'a/b/other': 'other' });
  expect(found(after, before, FLUX)).toMatchObject([{ namespace: 'shop' }]);
  expect(found(after, before, ARGO)).toEqual([]);
  expect(found(at({ 'c/shop': 'shop', 'ab/other': 'other' }), before, FLUX)).toEqual([]);
});

test('so can one whose successor has another name', () => {
  const before = at({ 'a/shop': 'shop', 'a/other': 'other' });
  const after = at({ 'b/shop': 'shop', 'a/other': 'other' });
  for (const side of [ARGO, FLUX])
    expect(found(after, before, side, { ...side, id: 'rome' })).toMatchObject([{ namespace: 'shop' }]);
});

test('a file in a folder above draws a namespace into another Kustomization, and not into another Application', () => {
  const before = at({ 'a/b/shop': 'shop' });
  const after = at({ 'a/b/shop': 'shop', 'a/new': 'new' });
  expect(found(after, before, FLUX)).toEqual([]);
  expect(found(after, before, flux({ deletionPolicy: 'Delete' }))).toHaveLength(1);
  expect(found(after, before, argocd({ deletionPolicy: 'Delete' }))).toEqual([]);
});

const MOVE = [
  { 'a/shop': 'shop', 'a/other': 'other' },
  { 'b/shop': 'shop', 'a/other': 'other' },
] as const;

test.each([
  ['annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }', ['kept', 'destructive']],
  ['annotations: { kustomize.toolkit.fluxcd.io/reconcile: disabled }', ['destructive', 'destructive']],
  ['annotations: { kustomize.toolkit.fluxcd.io/ssa: Ignore }', ['destructive', 'destructive']],
  ['annotations: { kustomize.toolkit.fluxcd.io/ssa: IfNotPresent }', ['destructive', 'destructive']],
  ['annotations: { argocd.argoproj.io/sync-options: Prune=confirm }', ['destructive', 'asked']],
  ['annotations: { argocd.argoproj.io/sync-options: Prune=false }', ['destructive', 'kept']],
  ['labels: { a: b }', ['destructive', 'destructive']],
])('a move with { %s } under Flux and Argo CD: %j', (metadata, expected) => {
  const [before, after] = [at(MOVE[0], metadata), at(MOVE[1], metadata)];
  const fates = [FLUX, ARGO].map((side) => {
    const [problem] = found(after, before, side);
    return problem === undefined ? 'kept' : (problem.category ?? 'asked');
  });
  expect(fates).toEqual(expected);
});

test.each([
  [flux({ prune: false }), flux({ prune: false }), 'kept'],
  [flux({ prune: true }), flux({ prune: false }), 'destructive'],
  [flux({ prune: false }), flux({ prune: true }), 'destructive'],
  [argocd({ automated: false }), argocd({ automated: false }), 'asked'],
  [argocd({ automated: true }), argocd({ automated: false }), 'destructive'],
  [argocd({ automated: false }), argocd({ automated: true }), 'destructive'],
])('a move from %j to %j: %s', (was, is, expected) => {
  const [problem] = found(at(MOVE[1]), at(MOVE[0]), was, is);
  expect(problem === undefined ? 'kept' : (problem.category ?? 'asked')).toBe(expected);
});

test('the worse of what two engines do is said', () => {
  const both = (protection: 'confirm' | 'none') => ({ ...argocd({ protection }), ...FLUX });
  const confirmed = 'annotations: { argocd.argoproj.io/sync-options: Prune=confirm }';
  expect(found(at(MOVE[1], confirmed), at(MOVE[0], confirmed), both('confirm'))).toMatchObject([
    { category: 'destructive', message: expect.stringContaining('the Kustomization') },
  ]);
});

test('where nobody says which engine, another folder is worth a look, and another file is not', () => {
  const before = at({ 'a/shop': 'shop' });
  const after = at({ 'b/shop': 'shop' });
  expect(found(after, before, NONE)).toMatchObject([
    {
      namespace: 'shop',
      message: expect.stringContaining('from the folder dist/namespaces/a to dist/namespaces/b'),
      remedy: expect.stringContaining('set `gitops` in config/cluster.ts'),
    },
  ]);
  expect(found(after, before, NONE)[0]).not.toHaveProperty('category');
  expect(found(after, before, NONE, FLUX)).toMatchObject([
    { remedy: expect.stringContaining('The baseline does not show what applies it now') },
  ]);
  expect(found(at({ 'a/renamed': 'shop' }), before, NONE)).toEqual([]);
  const elsewhere = new State(manifests(namespace('shop'), '<stdin>'));
  expect(found(before, elsewhere, NONE)).toEqual([]);
  expect(found(elsewhere, before, NONE)).toEqual([]);
});

test('Flux applies what lies below a folder with the rest of it, whichever unit of it that is', () => {
  const [before, below] = [at({ 'a/shop': 'shop' }), at({ 'a/b/shop': 'shop' })];
  const other = argocd({ repoURL: 'https://example.com/other.git' });
  const told = (after: State, known: readonly Engine[], units = factsOf(at({}), at({}), NONE).units) =>
    find(rule, after, before, { ...FACTS, units, ...seen({ folder: 'dist', known }) }).length;
  expect(told(below, ['flux'])).toBe(0);
  expect(told(at({ b: 'shop' }), ['flux'])).toBe(1);
  expect(told(at({ 'ab/shop': 'shop' }), ['flux'])).toBe(1);
  expect(told(below, [])).toBe(1);
  expect(told(below, ['argocd'])).toBe(1);
  expect(told(below, ['flux'], factsOf(at({ 'z/y': 'y' }), at({}), other).units)).toBe(1);
});

test('says nothing of a namespace whose name is no text: no cluster has it', () => {
  const nameless = (path: string) => new State(manifests(namespace('2024'), `dist/namespaces/${path}.yaml`));
  expect(found(nameless('b/x'), nameless('a/x'), NONE)).toEqual([]);
});

test('goes by the file that a live object was applied from', () => {
  const others = at({ 'a/other': 'other' }).manifests;
  const before = (appliedFrom: string) =>
    new State([
      ...others,
      ...manifests(namespace('shop'), 'live.json').map((one) => ({
        ...one,
        live: true as const,
        appliedFrom,
      })),
    ]);
  const after = at({ 'b/shop': 'shop', 'a/other': 'other' });
  for (const side of [NONE, FLUX, ARGO]) {
    expect(found(after, before('dist/namespaces/a/shop.yaml'), side)).toMatchObject([
      { namespace: 'shop', message: expect.stringContaining('namespaces') },
    ]);
    expect(found(after, before('dist/namespaces/b/old.yaml'), side)).toEqual([]);
  }
});

test('a copy of dist may be laid out in another way', () => {
  const copied = at({ 'a/shop': 'shop' }).manifests.map((one) => ({
    ...one,
    source: { ...one.source, file: 'old/a/shop.yaml' },
    appliedFrom: 'dist/a/shop.yaml',
  }));
  expect(found(at({ 'a/shop': 'shop' }), new State(copied), NONE)).toEqual([]);
});

test('passes over what comes, goes, and stays', () => {
  const before = at({ 'a/shop': 'shop' });
  expect(found(at({}), before, FLUX)).toEqual([]);
  expect(found(before, at({}), FLUX)).toEqual([]);
  expect(found(before, before, FLUX)).toEqual([]);
});
