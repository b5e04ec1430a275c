import { isSought } from '../../lib/manifests/history';
import type { Baseline } from '../../lib/manifests/baseline';
import { identityOf, type Manifest } from '../../lib/manifests/manifest';
import { liveState, liveText, type LiveState } from '../../lib/manifests/live-state';
import { manifests, namespace } from '../judge/given';
import { argo, joined, liveManifests, liveNamespace, type Metadata } from '../live';

const git = (texts: readonly string[], past?: Baseline['past']): Baseline => ({
  kind: 'git',
  manifests: texts.flatMap((text) => manifests(text)),

  description: 'origin/main',
  past,
});

const named = ({ manifests: all }: LiveState) => all.map(({ name }) => name).sort();
const byArgo = (name: string, application = 'apps') => argo(application, `/Namespace:/${name}`);
const instance = (name: string): Metadata => ({ labels: { 'app.kubernetes.io/instance': name } });
const live = (...objects: readonly (readonly [string, Metadata?])[]) =>
  liveManifests(...objects.map(([name, metadata]) => liveNamespace(name, metadata)));
const wanted = manifests(namespace('shop'));

test('what Git declares is taken as it is live, tracked or not', () => {
  const state = liveState(live(['shop', { labels: { team: 'x' } }]), wanted, git([]));
  expect(state).toMatchObject({ live: 1, removable: 0, assumed: 0 });
  expect(named(state)).toEqual(['shop']);
});

test('what the main branch declares as well was applied from its file', () => {
  const fromOf = (main: Baseline) =>
    liveState(live(['shop']), wanted, main).manifests.map(({ appliedFrom }) => appliedFrom);
  const main = { ...git([]), manifests: manifests(namespace('shop'), 'dist/namespaces/a/shop.yaml') };
  expect(fromOf(main)).toEqual(['dist/namespaces/a/shop.yaml']);
  expect(fromOf(git([]))).toEqual([undefined]);
});

test('what is not given is as Git has it, what is given as it stands there', () => {
  const state = liveState(
    [...live(['shop']), ...manifests(namespace('plain'))],
    wanted,
    git([namespace('blog'), namespace('plain')]),
  );
  expect(named(state)).toEqual(['blog', 'plain', 'shop']);
  expect(state.assumed).toBe(1);
});

describe('of what Git never declared, only what it once held and our unit tracks can be removed', () => {
  const history =
    (held: readonly string[], complete: boolean): Baseline['past'] =>
    (keys) => ({
      complete,
      steps: new Map(
        (isSought(keys) ? [] : keys)
          .filter(({ name }) => held.includes(name))
          .map((key) => [
            identityOf(key),
            [
              { commit: 'c', age: 1, manifests: [] },
              { commit: 'b', age: 2, manifests: manifests(namespace(key.name)) },
            ],
          ]),
      ),
    });
  const objects = live(
    ['shop', byArgo('shop')],
    ['old', byArgo('old')],
    ['other', byArgo('other')],
    ['theirs', byArgo('theirs', 'x')],
  );

  test.each([
    ['a whole history', git([], history(['old'], true)), ['old', 'shop']],
    ['a history that is cut off', git([], history(['old'], false)), ['old', 'other', 'shop']],
    ['no history', git([]), ['old', 'other', 'shop']],
  ])('by %s', (_, main, expected) => {
    expect(named(liveState(objects, wanted, main))).toEqual(expected);
  });
});

test.each([
  ['its value is not that of Git', namespace('shop'), instance('apps'), ['old', 'shop']],
  [
    'Git sets it',
    namespace('shop', 'labels: { app.kubernetes.io/instance: apps }'),
    instance('apps'),
    ['shop'],
  ],
  [
    'Helm installed the object',
    namespace('shop'),
    joined(instance('apps'), { annotations: { 'meta.helm.sh/release-name': 'apps' } }),
    ['shop'],
  ],
  [
    'a chart made the object',
    namespace('shop'),
    joined(instance('apps'), { labels: { 'app.kubernetes.io/managed-by': 'Helm' } }),
    ['shop'],
  ],
])('the instance label proves a unit unless told otherwise: %s', (_, form, metadata, expected) => {
  const objects = live(['shop', metadata], ['old', instance('apps')]);
  expect(named(liveState(objects, manifests(form), git([])))).toEqual(expected);
});

test('of what the main branch declares, the instance label counts unless Helm made the object', () => {
  const helm = { annotations: { 'meta.helm.sh/release-name': 'apps' } };
  const main = git([namespace('old', 'labels: { app.kubernetes.io/instance: apps }'), namespace('chart')]);
  const objects = live(['old', instance('apps')], ['chart', joined(instance('apps'), helm)]);
  expect(named(liveState(objects, wanted, main))).toEqual(['old']);
});

test("Helm's label that Git says itself is no sign of Helm", () => {
  const label = { labels: { 'app.kubernetes.io/managed-by': 'Helm' } };
  const objects = live(['shop', byArgo('shop')], ['old', joined(instance('apps'), label)]);
  const main = (more: string) => git([namespace('old', `labels: { a: b${more} }`)]);
  expect(named(liveState(objects, wanted, main(', app.kubernetes.io/managed-by: Helm')))).toEqual([
    'old',
    'shop',
  ]);
  expect(named(liveState(objects, wanted, main('')))).toEqual(['shop']);
});

test('what is removed was applied from where the main branch has it', () => {
  const main = { ...git([]), manifests: manifests(namespace('old'), 'dist/namespaces/a/old.yaml') };
  const { manifests: all } = liveState(live(['shop'], ['old', byArgo('old')]), wanted, main);
  expect(all.find(({ name }) => name === 'old')?.appliedFrom).toBe('dist/namespaces/a/old.yaml');
});

test('what is being deleted already is not deleted by a change', () => {
  const dying = { deletionTimestamp: '2026-06-03T10:00:00Z' };
  const objects = live(['shop', byArgo('shop')], ['old', joined(byArgo('old'), dying)]);
  expect(named(liveState(objects, wanted, git([namespace('old')])))).toEqual(['shop']);
});

test('what the change drops and nothing tracks is taken to stay, which is said', () => {
  const objects = live(['shop', byArgo('shop')], ...['a', 'b', 'c', 'd'].map((one) => [one] as const), [
    'other',
  ]);
  const state = liveState(objects, wanted, git(['a', 'b', 'c', 'd'].map((one) => namespace(one))));
  expect(named(state)).toEqual(['shop']);
  expect(liveText(state, 'standard input', 'origin/main')).toBe(
    "the live objects of standard input (6, of which 1 can be removed; Namespace 'a', Namespace 'b', Namespace 'c' and 1 more, which the change drops, tracked by nothing, and so taken to stay)",
  );
  expect(liveState(objects, wanted, git([namespace('shop')])).untracked).toEqual([]);
});

test('names the units that track other objects, the first three of them', () => {
  const objects = live(
    ['shop', byArgo('shop')],
    ...['d', 'c', 'b', 'a'].map((one) => [one, byArgo(one, one)] as const),
    ['e', instance('e')],
  );
  const state = liveState(objects, wanted, git([namespace('blog')]));
  expect(state.others.objects).toBe(4);
  expect(liveText(state, 'standard input', 'origin/main')).toBe(
    "the live objects of standard input (6, of which 1 can be removed; 4 tracked by Application 'a', Application 'b', Application 'c' and 1 more, not known to apply this folder), and origin/main for 1 that are not among them",
  );
});

test('a cluster of nothing but its own namespaces is said in few words', () => {
  const state = liveState(live(['kube-system']), [], git([]));
  expect(named(state)).toEqual([] satisfies Manifest['name'][]);
  expect(liveText(state, 'standard input', 'origin/main')).toBe(
    'the live objects of standard input (1, of which 0 can be removed)',
  );
});
