import { engineSourceChanged as rule } from '../../../lib/judge/rules/engine-source-changed';
import { State } from '../../../lib/judge/state';
import { DeclaredUnits } from '../../../lib/manifests/engines/declared-units';
import { readManifests } from '../../../lib/manifests/read';
import { FACTS, find, manifests, namespace } from '../given';
import { kustomization, unitFacts } from '../hand-written-units';
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
    "The Application 'venice.namespaces.a' and 1 more may apply other manifests: repoURL: https://example.com/platform.git, targetRevision: HEAD, server: https://kubernetes.default.svc becomes repoURL: https://example.com/platform.git, targetRevision: v1, server: https://kubernetes.default.svc. The result was not judged, and the engine prunes objects that it lacks.",
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
    { message: expect.stringContaining('nothing becomes patches') },
  ]);
  expect(given(patched, patched)).toEqual([]);
  expect(given(unit('{ path: dist, validation: client }'), plain)).toEqual([]); // how carefully, in v1beta1
});

/** A source of Flux for a Kustomization, with a spec in flow YAML. */
const source = (spec: string, kind = 'GitRepository', name = 'flux-system') =>
  `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { ${spec} }\n`;
const GIT = 'interval: 1m, url: "https://git.example.org/org/platform.git", ref: { branch: main }';
const from = (kind: string, path = 'dist') => kustomization(`path: ${path}`).replace('GitRepository', kind);
const told = (was: string, is: string, unit = kustomization('path: dist')) =>
  find(rule, state, state, unitFacts(unit + was, unit + is)).map(({ message }) => message);

test.each([
  ['ref', GIT, GIT.replace('branch: main', 'tag: v1')],
  ['url', GIT, GIT.replace('platform', 'other')],
  ['include', GIT, `${GIT}, include: [{ repository: { name: x } }]`],
  ['submodules', GIT, `${GIT}, recurseSubmodules: true`],
])('finds another %s of the source', (_, was, is) => {
  expect(told(source(was), source(is))).toHaveLength(1);
  expect(told(source(is), source(was))).toHaveLength(1);
});

test.each([
  [
    'OCIRepository',
    'url: "oci://x.example.org/y", ref: { tag: v1 }',
    'url: "oci://x.example.org/y", ref: { tag: v2 }',
  ],
  ['OCIRepository', 'url: "oci://x.example.org/y"', 'url: "oci://x.example.org/y", ignore: "/a"'],
  ['Bucket', 'bucketName: a, endpoint: x', 'bucketName: b, endpoint: x'],
  ['Bucket', 'bucketName: a, endpoint: x', 'bucketName: a, endpoint: x, prefix: c'],
  ['ExternalArtifact', 'sourceRef: { kind: X, name: a }', 'sourceRef: { kind: X, name: b }'],
])('finds what changes of an %s whose path holds namespaces here: %s', (kind, was, is) => {
  expect(told(source(was, kind), source(is, kind), from(kind))).toHaveLength(1);
  // What a stranger's artifact has at its root, or at a path that is none of ours, is not ours.
  for (const path of ['./', 'deploy'])
    expect(told(source(was, kind), source(is, kind), from(kind, path))).toEqual([]);
});

test('passes over how a source is fetched, one that comes into Git or leaves it, and those of others', () => {
  const other = `${GIT.replace('1m', '5m')}, timeout: 20s, secretRef: { name: x }, suspend: true, verify: { mode: HEAD }`;
  expect(told(source(GIT), source(other))).toEqual([]);
  expect(told('', source(GIT))).toEqual([]);
  expect(told(source(GIT), '')).toEqual([]);
  const changed = GIT.replace('main', 'next');
  expect(told(source(GIT, 'GitRepository', 'a'), source(changed, 'GitRepository', 'a'))).toEqual([]);
  expect(told(source(GIT, 'Bucket'), source(changed, 'Bucket'))).toEqual([]);
  expect(told(source(GIT), source(`${GIT}, ignore: "/docs", sparseCheckout: [dist]`))).toEqual([]);
});
