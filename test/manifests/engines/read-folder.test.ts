import { EngineView } from '../../../lib/manifests/engines/engine-view';
import { readFolder } from '../../../lib/manifests/engines/read-folder';
import { KnownTexts } from '../../../lib/manifests/known';
import { labelsOf } from '../../../lib/manifests/manifest';
import { namespace, offloading } from '../../judge/given';

type Files = Readonly<Record<string, string>>;
const filesOf = (files: Files) =>
  Object.entries(files).map(([path, text]) => ({ path: `apps/${path}`, text }));
const read = (files: Files, steering: Files = {}) =>
  readFolder(
    filesOf(files),
    new EngineView({ folder: 'apps', steering: filesOf(steering) }),
    new KnownTexts(),
  );

const BROKEN = 'a: [';
const LISTS = { 'kustomization.yaml': 'resources: [a.yaml]' };

test('reads what is there', () => {
  const { manifests, strays } = read({ 'a.yaml': namespace('shop'), 'values.yaml': 'a: 1' });
  expect(manifests.map(({ name }) => name)).toEqual(['shop']);
  expect(strays).toMatchObject([{ file: 'apps/values.yaml', document: 0, lacks: 'kind' }]);
});

test.each<[string, Files]>([
  ['in a plain folder', {}],
  ['that resources name', { 'kustomization.yaml': 'resources: [b.yaml]' }],
  [
    'that resources name, and an annotation too',
    { 'kustomization.yaml': '{resources: [b.yaml], commonAnnotations: {a: b.yaml}}' },
  ],
  [
    'that resources name, and a patch too',
    { 'kustomization.yaml': '{resources: [b.yaml], patches: [{path: b.yaml}]}' },
  ],
  ['beside a kustomization that cannot be read', { 'kustomization.yaml': '{' }],
  ['beside one below', { 'x/kustomization.yaml': 'resources: []' }],
])('a file %s must be readable', (_, steering) => {
  expect(() => read({ 'b.yaml': BROKEN }, steering)).toThrow('broken YAML');
});

test('a file that nothing applies need not be', () => {
  expect(read({ 'a.yaml': namespace('shop'), 'b.yaml': BROKEN }, LISTS).manifests).toHaveLength(1);
  const template = '{{ if .Values.a }}\nkind: X\n{{ end }}\n';
  const chart = { 'x/Chart.yaml': 'name: x' };
  expect(read({ 'x/templates/a.yaml': template }, chart)).toMatchObject({ manifests: [], strays: [] });
  expect(() => read({ 'templates/a.yaml': template }, chart)).toThrow('broken YAML');
});

test('a Namespace has the labels that kustomize gives it, and keeps its text', () => {
  const files = {
    'a.yaml': `${namespace('shop', 'labels: { a: b, data: public }')}---\n${offloading('shop')}`,
  };
  const steering = { 'kustomization.yaml': '{resources: [a.yaml], labels: [{pairs: {data: personal}}]}' };
  const [shop, its] = read(files, steering).manifests;
  expect(shop && Object.fromEntries(labelsOf(shop))).toEqual({ a: 'b', data: 'personal' });
  expect(shop?.source.text).toBe(files['a.yaml']);
  expect(its && labelsOf(its).size).toBe(0);
  const unlisted = read({ 'b.yaml': namespace('shop') }, steering).manifests[0];
  expect(unlisted && labelsOf(unlisted).size).toBe(0);
});

test('a Namespace has the name that kustomize gives it, from the outermost kustomization', () => {
  const files = { 'b/a.yaml': `${namespace('_')}---\n${offloading('shop')}`, 'c/a.yaml': namespace('_') };
  const inner = { 'b/kustomization.yaml': '{resources: [a.yaml], namespace: blog}' };
  const outer = (more: string) => ({ 'kustomization.yaml': `{resources: [b, c/a.yaml]${more}}`, ...inner });
  const names = (steering: Files) =>
    read(files, steering).manifests.map(({ kind, name }) => `${kind} ${name}`);
  const its = 'NamespaceOffloading offloading';
  expect(names(inner)).toEqual(['Namespace blog', its, 'Namespace _']);
  expect(names(outer(''))).toEqual(['Namespace blog', its, 'Namespace _']);
  expect(names(outer(', namespace: shop'))).toEqual(['Namespace shop', its, 'Namespace shop']);
  expect(names({})).toEqual(['Namespace _', its, 'Namespace _']);
  expect(read(files, inner).manifests[0]?.body['metadata']).toEqual({ name: 'blog' });
});

test('what stands for the folder is judged in the place of it', () => {
  const view = new EngineView({ folder: 'apps', steering: filesOf(LISTS) });
  const at = (name: string) => ({ path: `old/${name}`, appliedFrom: `apps/${name}` });
  const files = [
    { ...at('a.yaml'), text: namespace('shop') },
    { ...at('b.yaml'), text: BROKEN },
  ];
  expect(readFolder(files, view, new KnownTexts()).manifests).toMatchObject([
    { name: 'shop', appliedFrom: 'apps/a.yaml', source: { file: 'old/a.yaml' } },
  ]);
});
