import { objectLeftOut as rule } from '../../../lib/judge/rules/object-left-out';
import { State } from '../../../lib/judge/state';
import type { Engine } from '../../../lib/manifests/engines/engines';
import { FACTS, find, manifests, namespace, offloading, seen } from '../given';

const at = (file: string, metadata = '') =>
  new State(manifests(`${namespace('shop', metadata)}---\n${offloading('shop', '{}', { metadata })}`, file));
const one = at('apps/shop.yaml');

type Files = Readonly<Record<string, string>>;
const inApps = (files: Files) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`apps/${path}`, text]));

interface Given {
  readonly engines?: readonly Engine[];
  readonly before?: Files;
  readonly after?: Files;
}
const found = (is: State, was: State, { engines = [], before = {}, after = {} }: Given) =>
  find(rule, is, was, {
    ...FACTS,
    ...seen({ known: engines, before: inApps(before), after: inApps(after) }),
  });

const LISTED = { 'kustomization.yaml': '{resources: [shop.yaml]}' };
const OTHERS = { 'kustomization.yaml': '{resources: [other.yaml]}' };

test('finds a deployed namespace that a kustomization newly leaves out, once, and says where', () => {
  expect(found(one, one, { after: OTHERS })).toMatchObject([
    {
      namespace: 'shop',
      file: 'apps/kustomization.yaml',
      message: expect.stringContaining(
        "A kustomization no longer includes the Namespace and the NamespaceOffloading of 'shop'",
      ),
      remedy: expect.stringContaining('rule: object-left-out'),
    },
  ]);
  expect(found(one, one, { before: LISTED, after: OTHERS })).toHaveLength(1);
});

test('passes over what leaves out nothing that was applied', () => {
  expect(found(one, one, { after: LISTED })).toEqual([]);
  expect(found(one, one, { before: OTHERS, after: OTHERS })).toEqual([]);
  expect(found(one, one, { before: OTHERS, after: LISTED })).toEqual([]);
  expect(found(one, new State([]), { after: OTHERS })).toEqual([]);
});

test('what is kept from pruning stays', () => {
  const kept = at('apps/shop.yaml', 'annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }');
  expect(found(one, kept, { engines: ['flux'], after: OTHERS })).toEqual([]);
  expect(found(one, kept, { engines: ['argocd'], after: OTHERS })).toHaveLength(1);
});

test('asks the engines that are known', () => {
  const deeper = at('apps/x/shop.yaml');
  const after = { 'x/kustomization.yaml': '{resources: [other.yaml]}' };
  expect(found(deeper, deeper, { after })).toMatchObject([{ file: 'apps/x/kustomization.yaml' }]);
  expect(found(deeper, deeper, { engines: ['flux'], after })).toHaveLength(1);
  expect(found(deeper, deeper, { engines: ['argocd'], after })).toEqual([]);
});

test('takes a live object that lies in no file for one of the same file', () => {
  const live = new State(
    one.manifests.map((was) => ({ ...was, source: { ...was.source, file: '<stdin>' } })),
  );
  expect(found(one, live, { before: OTHERS, after: OTHERS })).toEqual([]);
  expect(found(one, live, { after: OTHERS })).toHaveLength(1);
});

test('finds what moves from a file that is listed to one that is not', () => {
  expect(found(one, at('apps/other.yaml'), { before: OTHERS, after: OTHERS })).toHaveLength(1);
  expect(found(one, at('apps/other.yaml'), { before: LISTED, after: LISTED })).toEqual([]);
});

test('names only what is left out', () => {
  const parted = new State([
    ...manifests(namespace('shop'), 'apps/shop.yaml'),
    ...manifests(offloading('shop', '{}'), 'apps/offloading.yaml'),
  ]);
  expect(found(parted, parted, { after: LISTED })).toMatchObject([
    {
      message: expect.stringContaining(
        "A kustomization no longer includes the NamespaceOffloading of 'shop'",
      ),
    },
  ]);
});
