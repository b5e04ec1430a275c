import { notAnObject as rule } from '../../../lib/judge/rules/not-an-object';
import { State } from '../../../lib/judge/state';
import { readFolder } from '../../../lib/manifests/engines/read-folder';
import type { Engine } from '../../../lib/manifests/engines/engines';
import { KnownTexts } from '../../../lib/manifests/known';
import { FACTS, find, namespace, seen, state, type Steering } from '../given';
import { argocd, unitsFor } from '../units';

interface Given {
  readonly known?: readonly Engine[];
  readonly steering?: Steering;
  readonly file?: string;
}

const found = (text: string, { known = [], steering = {}, file = 'apps/values.yaml' }: Given = {}) => {
  const facts = seen({ known, after: steering });
  const { manifests, strays } = readFolder([{ path: file, text }], facts.view.after, new KnownTexts());
  const after = new State(manifests, { unlisted: [], strays });
  return find(rule, after, state(), { ...FACTS, ...facts }).map(({ message }) => message);
};

const VALUES = 'replicas: 2\n';
const FLUX = [
  "'apps/values.yaml' holds a document without kind, so it is not a Kubernetes object: Flux applies nothing in its folder.",
];
const ARGO = FLUX.map((one) => one.replace('Flux', 'Argo CD'));

test.each<[readonly Engine[], string[]]>([
  [[], FLUX],
  [['flux'], FLUX],
  [['argocd', 'flux'], FLUX],
  [['argocd'], []],
])('with the engines %j, finds the values of a chart: %j', (known, messages) => {
  expect(found(VALUES, { known })).toEqual(messages);
});

test.each([
  ['after an object', `${namespace('shop')}---\n${VALUES}`],
  ['that looks like one', '# kind: a, metadata: b\napiVersion: v1\n'],
])('Argo CD stops at a document %s', (_, text) => {
  expect(found(text, { known: ['argocd'] })).toEqual(ARGO);
});

test('what has a kind alone is passed over by Flux, and fails in Argo CD', () => {
  const text = 'kind: Namespace\nmetadata: { name: shop }\n';
  expect(found(text)).toEqual([expect.stringContaining('Flux silently ignores it')]);
  const looks = found(`${text}# apiVersion: v1\n`, { known: ['argocd'] });
  expect(looks).toEqual([expect.stringContaining('Argo CD cannot sync the folder')]);
});

test.each([
  '',
  '---\n---\n# nothing\n',
  '{}',
  'null',
  namespace('shop'),
  'apiVersion: v1\nkind: List\nitems: []\n',
])('passes over %j', (text) => {
  expect(found(text)).toEqual([]);
});

test.each<[string, Given]>([
  [
    'another kustomization lists the rest',
    { steering: { 'apps/kustomization.yaml': 'resources: [a.yaml]' } },
  ],
  ['Flux does not fetch it', { known: ['flux'], steering: { '.sourceignore': 'values.yaml' } }],
  ['a chart has it', { steering: { 'apps/x/Chart.yaml': '' }, file: 'apps/x/values.yaml' }],
  ['it is no YAML, and nobody knows of an Application', { file: 'apps/package.json' }],
])('passes over it where %s', (_, given) => {
  expect(found(given.file?.endsWith('.json') === true ? '{"a": 1}' : VALUES, given)).toEqual([]);
});

test('finds it where a kustomization lists it', () => {
  const steering = { 'apps/kustomization.yaml': 'resources: [values.yaml]' };
  expect(found(VALUES, { steering })).toEqual(FLUX);
});

test('a kustomization may leave out its own kind', () => {
  expect(found('resources: []', { file: 'apps/kustomization.yaml' })).toEqual([]);
});

test('finds JSON that is no object in the folder of an Application', () => {
  const file = 'dist/namespaces/package.json';
  const view = seen({ folder: 'dist', known: ['argocd'] }).view.after;
  const { strays } = readFolder([{ path: file, text: '{"a": 1}' }], view, new KnownTexts());
  const units = unitsFor(
    argocd(),
    new State(
      [...state(namespace('shop')).manifests].map((one) => ({
        ...one,
        appliedFrom: 'dist/namespaces/a.yaml',
      })),
    ),
  );
  const facts = seen({ folder: 'dist', known: ['argocd'], units });
  const is = new State([], { unlisted: [], strays });
  expect(find(rule, is, state(), { ...FACTS, ...facts })).toMatchObject([{ file }]);
  expect(find(rule, is, state(), { ...FACTS, ...seen({ folder: 'dist', known: ['argocd'] }) })).toEqual([]);
});

test.each([
  ['.github/workflows/ci.yaml', []],
  ['apps/.sops.yaml', []],
  ['apps/ci.yaml', [expect.stringContaining('Flux applies nothing in its folder')]],
])('%s, where it is not known who applies the folder', (file, messages) => {
  expect(found(VALUES, { file })).toEqual(messages);
});

test('finds a list, such as a patch that no kustomization names', () => {
  expect(found('- { op: remove, path: /a }\n')).toEqual(FLUX);
  expect(found('- { op: remove, path: /a }\n', { known: ['argocd'] })).toEqual([]);
});
