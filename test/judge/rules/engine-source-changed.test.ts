import { engineSourceChanged as rule } from '../../../lib/judge/rules/engine-source-changed';
import { State } from '../../../lib/judge/state';
import { DeclaredUnits } from '../../../lib/manifests/engines/declared-units';
import { readManifests } from '../../../lib/manifests/read';
import { FACTS, find, manifests, namespace } from '../given';
import { argocd, factsOf, flux, type Side } from '../units';

const state = new State(
  ['a/shop', 'a/blog', 'b/news'].flatMap((path) =>
    manifests(namespace(path.slice(2)), `dist/namespaces/${path}.yaml`),
  ),
);
const found = (was: Side, is: Side) =>
  find(rule, state, state, factsOf(state, state, was, is)).map(({ message }) => message);

test('finds another revision, once for all units', () => {
  expect(found(argocd(), argocd({ targetRevision: 'v1' }))).toEqual([
    "What the Application 'venice.namespaces.a' and 1 more applies changes beside the judged files: repoURL: https://example.com/platform.git, targetRevision: HEAD, server: https://kubernetes.default.svc becomes repoURL: https://example.com/platform.git, targetRevision: v1, server: https://kubernetes.default.svc. What that gives was not judged, and what it lacks is pruned.",
  ]);
});

test.each([
  [argocd(), argocd({ repoURL: 'https://example.com/other.git' })],
  [argocd(), argocd({ destination: { name: 'rome' } })],
  [flux(), flux({ sourceRef: { name: 'other' } })],
  [flux(), flux({ sourceRef: { name: 'flux-system', kind: 'Bucket' } })],
])('finds another source or destination: %#', (was, is) => {
  expect(found(was, is)).toHaveLength(1);
});

test('passes over what stays, comes and goes, and over other settings', () => {
  expect(found(argocd(), argocd({ automated: false }))).toEqual([]);
  expect(found(flux(), flux({ interval: '1h', prune: false }))).toEqual([]);
  expect(found(flux(), argocd())).toEqual([]);
  expect(found(flux(), { ...flux({ sourceRef: { name: 'other' } }), id: 'rome' })).toEqual([]);
});

test('finds what a unit newly does to what it applies', () => {
  const unit = (spec: string) =>
    new DeclaredUnits(
      readManifests(
        'gitops/flux/a.yaml',
        `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a, namespace: b }\nspec: ${spec}\n`,
      ),
    );
  const [plain, patched] = [unit('{ path: dist }'), unit('{ path: dist, patches: [{ patch: x }] }')];
  const given = (before: DeclaredUnits, after: DeclaredUnits) =>
    find(rule, state, state, { ...FACTS, units: { before, after } });
  expect(given(plain, patched)).toMatchObject([
    { message: expect.stringContaining('files: nothing becomes patches: [') },
  ]);
  expect(given(patched, patched)).toEqual([]);
});
