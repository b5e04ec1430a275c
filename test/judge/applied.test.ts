import { appliedOf } from '../../lib/judge/applied';
import { State } from '../../lib/judge/state';
import type { Engine } from '../../lib/manifests/engines/engines';
import { DeclaredUnits } from '../../lib/manifests/engines/declared-units';
import { labelsOf } from '../../lib/manifests/manifest';
import { manifests, namespace, offloading, seen, type Steering } from './given';

const at = (...files: string[]) => new State(files.flatMap((file) => manifests(namespace('shop'), file)));
const files = (after: Steering, given: State, known: readonly Engine[] = [], deployed?: State) => {
  const { manifests: all, beside } = appliedOf(given, seen({ known, after }).view.after, deployed);
  expect(all.length + beside.unlisted.length).toBeLessThanOrEqual(given.manifests.length);
  return all.map(({ source }) => source.file);
};
const BOTH = ['apps/a/x.yaml', 'apps/b/x.yaml'];
const two = at(...BOTH);

test('of copies, those count that a kustomization takes in', () => {
  const list = { 'apps/kustomization.yaml': '{resources: [b/x.yaml]}' };
  expect(files(list, two)).toEqual(['apps/b/x.yaml']);
});

test('what no kustomization lists is not deployed, and lies beside', () => {
  const none = { 'apps/kustomization.yaml': '{resources: []}' };
  expect(files(none, two)).toEqual([]);
  expect(appliedOf(two, seen({ after: none }).view.after).beside.unlisted).toHaveLength(2);
  expect(files({ 'apps/kustomization.yaml': '{resources: [a/x.yaml]}' }, at('apps/a/x.yaml'))).toHaveLength(
    1,
  );
});

test('what was deployed and is no longer listed is no draft', () => {
  const none = { 'apps/kustomization.yaml': '{resources: []}' };
  expect(files(none, two, [], two)).toEqual(BOTH);
  expect(files(none, two, [], new State([]))).toEqual([]);
});

test('what one engine may still apply is deployed', () => {
  const below = { 'apps/a/kustomization.yaml': '{resources: []}' };
  const one = at('apps/a/x.yaml');
  expect(files(below, one)).toHaveLength(1);
  expect(files(below, one, ['argocd', 'flux'])).toHaveLength(1);
  expect(files(below, one, ['flux'])).toEqual([]);
});

test('so is what a kustomization may take in in another way', () => {
  const one = at('apps/a/x.yaml');
  expect(files({ 'apps/kustomization.yaml': '{components: [a]}' }, one)).toHaveLength(1);
  expect(files({ 'apps/kustomization.yaml': '{' }, one)).toHaveLength(1);
});

test('of copies, those count that Flux fetches, where it may be the engine', () => {
  const ignore = { '.sourceignore': '/apps/a' };
  expect(files(ignore, two)).toEqual(['apps/b/x.yaml']);
  expect(files(ignore, two, ['flux'])).toEqual(['apps/b/x.yaml']);
  expect(files(ignore, two, ['argocd'])).toEqual(BOTH);
  expect(files({ '.sourceignore': '/apps' }, two, ['flux'])).toEqual(BOTH);
});

test('of copies, those count that say nothing against it', () => {
  const local = manifests(
    namespace('shop', 'annotations: { config.kubernetes.io/local-config: "true" }'),
    'apps/local.yaml',
  );
  expect(files({}, new State([...local, ...at('apps/a/x.yaml').manifests]))).toEqual(['apps/a/x.yaml']);
  expect(files({}, two)).toEqual(BOTH);
});

const fluxUnit = (more: string, name = 'a') =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: f }\nspec: { path: apps/a, prune: true${more} }\n`;
const application = (destination: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a, namespace: f }\nspec: { source: { path: apps/a, repoURL: . }, destination: { ${destination} } }\n`;
const OWN = offloading('other');
const UNNAMED = OWN.replace(', namespace: other', '');
const CLAIM = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data }\n';

/** The namespaces that objects of one file are judged in. */
function namespacesOf(text: string, ...units: string[]): string[] {
  const declared = units.flatMap((one, i) => manifests(one, `units/${i}.yaml`));
  const view = seen({ units: new DeclaredUnits(declared, { urls: ['.'] }) }).view.after;
  const given = new State(manifests(text, 'apps/a/x.yaml'));
  return appliedOf(given, view).manifests.map((one) => (one.kind === 'Namespace' ? one.name : one.namespace));
}

const TARGET = ', targetNamespace: shop';
test.each<[string, string, string[], string[]]>([
  ['Flux puts what names none', UNNAMED, [fluxUnit(TARGET)], ['shop']],
  ['Flux puts a claim', CLAIM, [fluxUnit(TARGET)], ['shop']],
  ['Flux puts what names another', OWN, [fluxUnit(TARGET)], ['shop']],
  ['Flux renames a Namespace', namespace('other'), [fluxUnit(TARGET)], ['shop']],
  ['Argo CD puts what names none', UNNAMED, [application('namespace: shop')], ['shop']],
  ['Argo CD leaves what names one', OWN, [application('namespace: shop')], ['other']],
  ['Argo CD leaves a Namespace', namespace('other'), [application('namespace: shop')], ['other']],
  ['Flux has yet to fill it in', UNNAMED, [fluxUnit(TARGET.replace('shop', '"${NS}"'))], ['']],
  ['a unit may say nothing', UNNAMED, [fluxUnit('')], ['']],
  ['nobody may apply it', UNNAMED, [fluxUnit(TARGET).replace('apps/a', 'apps/b')], ['']],
  ['units may differ', UNNAMED, [fluxUnit(TARGET), fluxUnit(TARGET.replace('shop', 'blog'), 'b')], ['']],
  ['units may agree', UNNAMED, [fluxUnit(TARGET), fluxUnit(TARGET, 'b')], ['shop']],
])('the namespace is that of the unit: %s', (_, text, units, expected) => {
  expect(namespacesOf(text, ...units)).toEqual(expected);
});

test.each<[string, string, Record<string, string>]>([
  [
    'Flux adds its own over the others',
    ', commonMetadata: { labels: { tier: gold } }',
    { tier: 'gold', a: 'b' },
  ],
  [
    'Flux adds annotations alone',
    ', commonMetadata: { annotations: { tier: gold } }',
    { tier: 'none', a: 'b' },
  ],
])('the labels are those of the unit: %s', (_, more, labels) => {
  const declared = manifests(fluxUnit(more), 'units/a.yaml');
  const view = seen({ units: new DeclaredUnits(declared) }).view.after;
  const given = (folder: string) =>
    new State(manifests(namespace('shop', 'labels: { tier: none, a: b }'), `apps/${folder}/x.yaml`));
  const labelsIn = (folder: string) =>
    appliedOf(given(folder), view).manifests.flatMap((one) => [...labelsOf(one)]);
  expect(labelsIn('a')).toEqual(expect.arrayContaining(Object.entries(labels)));
  expect(labelsIn('b')).toEqual(expect.arrayContaining([['tier', 'none']]));
});
