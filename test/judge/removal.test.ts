import { keeperFrom, keeperOf } from '../../lib/judge/removal';
import { State } from '../../lib/judge/state';
import { FACTS, manifests, namespace } from './given';
import { argocd, factsOf, flux, type Side } from './units';

const PRUNE = 'argocd.argoproj.io/sync-options: Prune=false';
const DISABLED = 'kustomize.toolkit.fluxcd.io/prune: disabled';
const BOTH: Side = { ...argocd(), ...flux() };

/** What keeps a namespace that leaves a folder of Git; whether another stays in it. */
function keeper(annotation: string, was: Side, is: Side, stays = true): string | undefined {
  const others = stays ? manifests(namespace('other'), 'dist/namespaces/a/other.yaml') : [];
  const gone = manifests(namespace('shop', `annotations: { ${annotation} }`), 'dist/namespaces/a/shop.yaml');
  const [deployed] = gone;
  const [before, after] = [new State([...gone, ...others]), new State(others)];
  return deployed && keeperOf(deployed, factsOf(before, after, was, is));
}

test.each([
  ['Argo CD', PRUNE, argocd(), PRUNE],
  ['Argo CD', DISABLED, argocd(), undefined],
  ['Argo CD by hand', 'a: b', argocd({ automated: false }), undefined],
  ['Flux', DISABLED, flux(), DISABLED],
  ['Flux', PRUNE, flux(), undefined],
  ['Flux', 'kustomize.toolkit.fluxcd.io/prune: Disabled', flux(), expect.stringContaining('Disabled')],
  ['Flux', 'kustomize.toolkit.fluxcd.io/prune: "false"', flux(), undefined],
  ['Flux', 'kustomize.toolkit.fluxcd.io/ssa: Ignore', flux(), undefined],
  ['Flux', `${DISABLED}, kustomize.toolkit.fluxcd.io/reconcile: disabled`, flux(), undefined],
  ['Flux', `${DISABLED}, kustomize.toolkit.fluxcd.io/ssa: IfNotPresent`, flux(), undefined],
  ['Flux', `${DISABLED}, kustomize.toolkit.fluxcd.io/ssa: Merge`, flux(), DISABLED],
  [
    'Flux without prune',
    'a: b',
    flux({ prune: false }),
    expect.stringContaining('prune: false of the Kustom'),
  ],
  ['either', PRUNE, BOTH, undefined],
  ['either, Flux without prune', PRUNE, { ...BOTH, ...flux({ prune: false }) }, PRUNE],
  ['nobody known', DISABLED, {}, DISABLED],
  ['nobody known', PRUNE, {}, PRUNE],
  ['nobody known', 'a: b', {}, undefined],
])('under %s { %s } keeps it, or does not: %#', (_, annotation, side, expected) => {
  expect(keeper(annotation, side, side)).toEqual(expected);
});

test('what Flux passes over keeps its object where the cluster shows that it is live', () => {
  const kept = (annotation: string) => {
    const [shop] = manifests(namespace('shop', `annotations: { kustomize.toolkit.fluxcd.io/${annotation} }`));
    return shop && keeperOf({ ...shop, live: true }, { ...FACTS, engines: ['flux'] });
  };
  expect(kept('ssa: Ignore')).toContain('ssa: Ignore');
  expect(kept('reconcile: disabled')).toContain('reconcile: disabled');
  expect(kept('ssa: IfNotPresent')).toBeUndefined();
});

test('a Kustomization keeps what it loses only where it prunes neither before nor after', () => {
  const [prunes, keeps] = [flux(), flux({ prune: false })];
  expect(keeper('a: b', prunes, keeps)).toBeUndefined();
  expect(keeper('a: b', keeps, prunes)).toBeUndefined();
});

test('what goes with its unit is kept by what that unit asks for', () => {
  const deletes = argocd({ deletionPolicy: 'Delete' });
  expect(keeper(PRUNE, deletes, deletes)).toBe(PRUNE);
  expect(keeper(PRUNE, deletes, deletes, false)).toBeUndefined();
  expect(keeper('argocd.argoproj.io/sync-options: Delete=false', deletes, deletes, false)).toBeUndefined();
  const both = 'argocd.argoproj.io/sync-options: "Prune=false,Delete=false"';
  expect(keeper(both, deletes, deletes, false)).toBe(PRUNE);
  expect(keeper(PRUNE, argocd(), argocd(), false)).toBe(PRUNE);

  const kept = flux({ prune: false, deletionPolicy: 'Delete' });
  expect(keeper('a: b', kept, kept, false)).toBeUndefined();
  expect(keeper('a: b', kept, kept)).toBeDefined();
  expect(keeper(DISABLED, kept, kept, false)).toBe(DISABLED);
  expect(keeper('a: b', flux({ prune: false }), flux({ prune: false }), false)).toBeDefined();
});

test('an engine is kept from an object by its own units alone', () => {
  const [deployed] = manifests(namespace('shop', `annotations: { ${PRUNE} }`), 'dist/namespaces/a/shop.yaml');
  const state = new State(deployed === undefined ? [] : [deployed]);
  const facts = factsOf(state, state, { ...BOTH, ...flux({ prune: true }) });
  expect(deployed && keeperFrom('argocd', deployed, facts)).toBe(PRUNE);
  expect(deployed && keeperFrom('flux', deployed, facts)).toBeUndefined();
  const [elsewhere] = manifests(namespace('shop', `annotations: { ${DISABLED} }`), 'elsewhere.yaml');
  expect(elsewhere && keeperFrom('flux', elsewhere, facts)).toBe(DISABLED);
});
