import { engineHandover as rule } from '../../../lib/judge/rules/engine-handover';
import type { Facts } from '../../../lib/judge/rule';
import { State } from '../../../lib/judge/state';
import { FACTS, find, manifests, namespace, offloading } from '../given';

const facts = (...engines: Facts['engines']): Facts => ({ ...FACTS, engines });
const FLUX = facts({ engine: 'flux', orphans: true });
const ARGO = facts({ engine: 'argocd', orphans: true });

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

test.each([
  ['Kustomization', FLUX],
  ['Application', ARGO],
])('finds a namespace that leaves a %s which stays', (kind, given) => {
  const before = at({ 'a/shop': 'shop', 'a/other': 'other' });
  const after = at({ 'b/shop': 'shop', 'a/other': 'other' });
  expect(find(rule, after, before, given)).toMatchObject([
    {
      namespace: 'shop',
      category: 'destructive',
      message: expect.stringContaining(`'shop' leaves the ${kind} of namespaces/a`),
    },
  ]);
});

test('a unit that goes leaves its objects, unless it deletes them', () => {
  const [before, after] = [at({ 'a/shop': 'shop' }), at({ 'b/shop': 'shop' })];
  expect(find(rule, after, before, FLUX)).toEqual([]);
  expect(find(rule, after, before, facts({ engine: 'flux', orphans: false }))).toHaveLength(1);
});

test('a Kustomization that goes while its folder stays can prune first what left the folder', () => {
  const before = at({ 'a/shop': 'shop', 'a/b/other': 'other' });
  const after = at({ 'c/shop': 'shop', 'a/b/other': 'other' });
  expect(find(rule, after, before, FLUX)).toMatchObject([{ namespace: 'shop' }]);
  expect(find(rule, after, before, ARGO)).toEqual([]);
  expect(find(rule, at({ 'c/shop': 'shop', 'ab/other': 'other' }), before, FLUX)).toEqual([]);
});

test('a file in a folder above draws a namespace into another Kustomization, and not into another Application', () => {
  const before = at({ 'a/b/shop': 'shop' });
  const after = at({ 'a/b/shop': 'shop', 'a/new': 'new' });
  expect(find(rule, after, before, FLUX)).toEqual([]);
  expect(find(rule, after, before, facts({ engine: 'flux', orphans: false }))).toHaveLength(1);
  expect(find(rule, after, before, facts({ engine: 'argocd', orphans: false }))).toEqual([]);
});

test.each([
  ['annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }', 0, 1],
  ['annotations: { argocd.argoproj.io/sync-options: Prune=confirm }', 1, 0],
  ['annotations: { argocd.argoproj.io/sync-options: Prune=false }', 1, 0],
  ['labels: { a: b }', 1, 1],
])('with { %s }, Flux %i and Argo CD %i', (metadata, flux, argocd) => {
  const before = at({ 'a/shop': 'shop', 'a/other': 'other' }, metadata);
  const after = at({ 'b/shop': 'shop', 'a/other': 'other' });
  expect(find(rule, after, before, FLUX)).toHaveLength(flux);
  expect(find(rule, after, before, ARGO)).toHaveLength(argocd);
});

test('where nobody says which engine, another folder is worth a look, and another file is not', () => {
  const before = at({ 'a/shop': 'shop' });
  expect(find(rule, at({ 'b/shop': 'shop' }), before)).toMatchObject([
    {
      namespace: 'shop',
      message: expect.stringContaining('from the folder dist/namespaces/a to dist/namespaces/b'),
    },
  ]);
  expect(find(rule, at({ 'b/shop': 'shop' }), before)[0]).not.toHaveProperty('category');
  expect(find(rule, at({ 'a/renamed': 'shop' }), before)).toEqual([]);
  const elsewhere = new State(manifests(namespace('shop'), '<stdin>'));
  expect(find(rule, before, elsewhere)).toEqual([]);
  expect(find(rule, elsewhere, before)).toEqual([]);
});

test('goes by the file that a live object was applied from', () => {
  const others = at({ 'a/other': 'other' }).manifests;
  const before = (appliedFrom: string) =>
    new State([
      ...others,
      ...manifests(namespace('shop'), 'live.json').map((live) => ({ ...live, appliedFrom })),
    ]);
  const after = at({ 'b/shop': 'shop', 'a/other': 'other' });
  for (const given of [FACTS, FLUX, ARGO]) {
    expect(find(rule, after, before('dist/namespaces/a/shop.yaml'), given)).toMatchObject([
      { namespace: 'shop', message: expect.stringContaining('namespaces/a') },
    ]);
    expect(find(rule, after, before('dist/namespaces/b/old.yaml'), given)).toEqual([]);
  }
});

test('passes over what comes, goes, and stays', () => {
  const before = at({ 'a/shop': 'shop' });
  expect(find(rule, at({}), before, FLUX)).toEqual([]);
  expect(find(rule, before, at({}), FLUX)).toEqual([]);
  expect(find(rule, before, before, FLUX)).toEqual([]);
});
