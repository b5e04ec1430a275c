import { objectLeftOut as rule } from '../../../lib/judge/rules/object-left-out';
import { State } from '../../../lib/judge/state';
import type { Engine } from '../../../lib/manifests/engines/engines';
import { toolDetection } from '../../../lib/manifests/engines/tool-detection';
import { FACTS, find, manifests, namespace, offloading } from '../given';

const at = (file: string, metadata = '') =>
  new State(manifests(`${namespace('shop', metadata)}---\n${offloading('shop', '{}', { metadata })}`, file));
const one = at('apps/shop.yaml');

type Files = Readonly<Record<string, string>>;
const tools = (files: Files) =>
  toolDetection(
    'apps',
    Object.entries(files).map(([path, text]) => ({ path: `apps/${path}`, text })),
  );

interface Given {
  readonly engines?: readonly Engine[];
  readonly before?: Files;
  readonly after?: Files;
}
const found = (is: State, was: State, { engines = [], before = {}, after = {} }: Given) =>
  find(rule, is, was, { ...FACTS, engines, tools: { before: tools(before), after: tools(after) } });

const LISTED = { 'kustomization.yaml': '{resources: [shop.yaml]}' };
const OTHERS = { 'kustomization.yaml': '{resources: [other.yaml]}' };
const CHART = { 'Chart.yaml': 'name: x' };

test('finds a deployed namespace that a kustomization newly leaves out, once, and says where', () => {
  expect(found(one, one, { after: OTHERS })).toMatchObject([
    {
      namespace: 'shop',
      file: 'apps/kustomization.yaml',
      message: expect.stringContaining(
        "newly leaves out the Namespace and the NamespaceOffloading of 'shop'",
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
  expect(found(one, one, { after: CHART })).toMatchObject([{ file: 'apps/Chart.yaml' }]);
  expect(found(one, one, { engines: ['argocd'], after: CHART })).toHaveLength(1);
  expect(found(one, one, { engines: ['flux'], after: CHART })).toEqual([]);
});

test('finds what newly changes objects unseen, comes or goes', () => {
  const prefixed = { 'kustomization.yaml': '{resources: [shop.yaml], namePrefix: x}' };
  const others = { 'kustomization.yaml': '{resources: [shop.yaml], namePrefix: y}' };
  const changes = expect.stringContaining(
    "What a tool makes of the Namespace and the NamespaceOffloading of 'shop' changes",
  );
  for (const given of [
    { after: prefixed },
    { before: LISTED, after: prefixed },
    { before: prefixed, after: LISTED },
    { before: prefixed, after: others },
    { after: { '.argocd-source.yaml': 'a: b' } },
  ])
    expect(found(one, one, given)).toMatchObject([{ message: changes }]);
  expect(found(one, one, { before: prefixed, after: prefixed })).toEqual([]);
  expect(found(one, new State([]), { after: prefixed })).toEqual([]);
});

test('takes a live object that lies in no file for one of the same file', () => {
  const live = new State(
    one.manifests.map((was) => ({ ...was, source: { ...was.source, file: '<stdin>' } })),
  );
  const prefixed = { 'kustomization.yaml': '{resources: [shop.yaml], namePrefix: x}' };
  expect(found(one, live, { before: prefixed, after: prefixed })).toEqual([]);
  expect(found(one, live, { before: OTHERS, after: OTHERS })).toEqual([]);
  expect(found(one, live, { after: OTHERS })).toHaveLength(1);
});

test('finds what moves from a file that is listed to one that is not', () => {
  expect(found(one, at('apps/other.yaml'), { before: OTHERS, after: OTHERS })).toHaveLength(1);
  expect(found(one, at('apps/other.yaml'), { before: LISTED, after: LISTED })).toEqual([]);
});

test('says what is left out before what is changed', () => {
  const deeper = at('apps/x/shop.yaml');
  const after = { '.argocd-source.yaml': 'a: b', 'x/kustomization.yaml': '{resources: [other.yaml]}' };
  expect(found(deeper, deeper, { after })).toMatchObject([{ file: 'apps/x/kustomization.yaml' }]);
  const parted = new State([
    ...manifests(namespace('shop'), 'apps/shop.yaml'),
    ...manifests(offloading('shop', '{}'), 'apps/offloading.yaml'),
  ]);
  const prefixed = { 'kustomization.yaml': '{resources: [shop.yaml], namePrefix: x}' };
  expect(found(parted, parted, { after: prefixed })).toMatchObject([
    { message: expect.stringContaining("newly leaves out the NamespaceOffloading of 'shop'") },
  ]);
});

test('passes over a copy that is left out, where what is declared besides is applied', () => {
  const copied = new State([...one.manifests, ...at('apps/examples/shop.yaml').manifests]);
  expect(found(copied, copied, { after: LISTED })).toEqual([]);
  expect(found(copied, copied, { after: OTHERS })).toHaveLength(1);
});

test('objects that a kustomization tells apart are compared each with its own', () => {
  const files = (b: string) => ({
    'a/kustomization.yaml': '{resources: [shop.yaml], namespace: a}',
    'b/kustomization.yaml': `{resources: [shop.yaml], namespace: ${b}}`,
  });
  const both = new State([...at('apps/a/shop.yaml').manifests, ...at('apps/b/shop.yaml').manifests]);
  const engines = ['flux'] as const;
  expect(found(both, both, { engines, before: files('b'), after: files('b') })).toEqual([]);
  expect(found(both, both, { engines, before: files('b'), after: files('c') })).toHaveLength(1);
  const one = at('apps/a/shop.yaml');
  expect(found(both, one, { engines, before: files('b'), after: files('b') })).toEqual([]);
});

test('points at the outermost file that differs', () => {
  const inner = (more: string) => ({ 'x/kustomization.yaml': `{resources: [shop.yaml], ${more}}` });
  const outer = (more: string) => ({ 'kustomization.yaml': `{resources: [x], ${more}}` });
  const deeper = at('apps/x/shop.yaml');
  const before = { ...inner('namePrefix: a'), ...outer('namePrefix: a') };
  const fileFor = (after: Files) => found(deeper, deeper, { before, after, engines: ['flux'] })[0]?.file;
  expect(fileFor({ ...inner('namePrefix: b'), ...outer('namePrefix: b') })).toBe('apps/kustomization.yaml');
  expect(fileFor({ ...inner('namePrefix: b'), ...outer('namePrefix: a') })).toBe('apps/x/kustomization.yaml');
  expect(fileFor(before)).toBeUndefined();
});
