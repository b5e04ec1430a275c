import { EngineView } from '../../../lib/manifests/engines/engine-view';
import { readFolder, templatesIn } from '../../../lib/manifests/engines/read-folder';
import { DeclaredUnits } from '../../../lib/manifests/engines/declared-units';
import type { Engine } from '../../../lib/manifests/engines/engines';
import { KnownTexts } from '../../../lib/manifests/known';
import { labelsOf, type Manifest } from '../../../lib/manifests/manifest';
import { InputError } from '../../../lib/input/error';
import { manifests, namespace, offloading } from '../../judge/given';
import { kustomization } from '../../judge/hand-written-units';

type Files = Readonly<Record<string, string>>;
const filesOf = (files: Files) =>
  Object.entries(files).map(([path, text]) => ({ path: `apps/${path}`, text }));
const read = (files: Files, steering: Files = {}) =>
  readFolder(
    filesOf(files),
    new EngineView({ folder: 'apps', steering: filesOf(steering) }),
    new KnownTexts(),
  );

const unread = (files: Files, steering: Files = {}) => read(files, steering).unread?.map(({ path }) => path);

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
  expect(unread({ 'b.yaml': BROKEN }, steering)).toEqual(['apps/b.yaml']);
});

test('a file that nothing applies need not be', () => {
  expect(read({ 'a.yaml': namespace('shop'), 'b.yaml': BROKEN }, LISTS).manifests).toHaveLength(1);
  const template = '{{ if .Values.a }}\nkind: X\n{{ end }}\n';
  const chart = { 'x/Chart.yaml': 'name: x' };
  expect(read({ 'x/templates/a.yaml': template }, chart)).toMatchObject({ manifests: [], strays: [] });
  expect(unread({ 'templates/a.yaml': template }, chart)).toEqual(['apps/templates/a.yaml']);
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

describe('what cannot be read', () => {
  const applied = new DeclaredUnits(manifests(kustomization('path: apps/x'), 'units.yaml'));
  const templates = (
    files: Files,
    units?: DeclaredUnits,
    other: readonly Manifest[] = [],
    known: readonly Engine[] = ['flux'],
  ) =>
    templatesIn(
      read(files).unread ?? [],
      new EngineView({ folder: 'apps', ...(units && { units }), known }),
      other,
    ).map(({ file, render }) => `${file}: ${render ?? ''}`);

  test.each(['a: [', 'text\n', '{'])('%j matters where an engine reads it', (text) => {
    for (const file of ['x/a.yaml', 'x/y/a.yaml'])
      expect(() => templates({ [file]: text }, applied)).toThrow(InputError);
    expect(() => templates({ 'y/a.yaml': text })).toThrow(InputError);
    expect(templates({ 'y/a.yaml': text, 'a.yml': text }, applied)).toEqual([]);
    const other = manifests(namespace('shop'), 'apps/y/a.yaml');
    expect(() => templates({ 'y/a.yaml': text }, applied, other)).toThrow(InputError);
    expect(() => templates({ 'y/a.yaml': text }, applied, [], [])).toThrow(InputError);
  });

  test.each([
    ['{{ if .Values.a }}\nkind: X\n{{ end }}\n', 'helm template'],
    ['metadata:\n  name: {{ .Values.name }}\n', 'helm template'],
    ['metadata: { name: {{ cookiecutter.name }}-x }\n', 'cookiecutter'],
    ['{% for x in y %}\na: b\n{% endfor %}\n', 'jinja2'],
  ])('%j is a template', (text, render) => {
    expect(templates({ 'x/a.yaml': text }, applied)).toEqual([`apps/x/a.yaml: ${render}`]);
    expect(templates({ 'y/a.yaml': text }, applied)).toEqual([]);
  });

  test('what says braces in text is read as it is', () => {
    expect(unread({ 'x/a.yaml': 'kind: X\na: "{{ .x }}"\nb: {c: {d: e}}\n' })).toEqual([]);
  });
});
