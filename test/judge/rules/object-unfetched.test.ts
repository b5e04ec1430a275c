import { InputError } from '../../../lib/input/error';
import { objectUnfetched as rule } from '../../../lib/judge/rules/object-unfetched';
import { State } from '../../../lib/judge/state';
import type { Engine } from '../../../lib/manifests/engines/engines';
import { FACTS, find, manifests, namespace, offloading, seen } from '../given';
import { factsOf, flux, type Side } from '../units';

const at = (file: string, metadata = '') =>
  new State(manifests(`${namespace('shop', metadata)}---\n${offloading('shop', '{}', { metadata })}`, file));

const ignoring = (text: string) => ({ '.sourceignore': text });
const FLUX = ['flux'] as const;
const ARGO = ['argocd'] as const;

interface Given {
  readonly engines?: readonly Engine[];
  readonly before?: string;
  readonly after?: string;
}

function found(is: State, was: State, { engines = FLUX, before = '', after = '' }: Given) {
  return find(rule, is, was, {
    ...FACTS,
    ...seen({ folder: 'dist', known: engines, before: ignoring(before), after: ignoring(after) }),
  });
}

const one = at('dist/a/shop.yaml');

test('finds a deployed object that a .sourceignore takes from Flux, and says where', () => {
  const problems = found(one, one, { after: '# a\n/dist\n' });
  expect(problems).toMatchObject([
    {
      namespace: 'shop',
      file: '.sourceignore',
      line: 2,
      message: expect.stringContaining(
        "Flux no longer sees the Namespace and the NamespaceOffloading of 'shop'",
      ),
      remedy: expect.stringContaining('rule: object-unfetched'),
    },
  ]);
});

test('passes over what it takes from nobody', () => {
  expect(found(one, one, { before: '/dist', after: '/dist' })).toEqual([]);
  expect(found(one, one, { before: '/dist' })).toEqual([]);
  expect(found(one, one, { after: '/other' })).toEqual([]);
  expect(found(one, new State([]), { after: '/dist' })).toEqual([]);
  expect(found(new State([]), one, { after: '/dist' })).toEqual([]);
});

test('what is kept from pruning stays', () => {
  const kept = at('dist/a/shop.yaml', 'annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }');
  expect(found(one, kept, { after: '/dist' })).toEqual([]);
  expect(found(kept, one, { after: '/dist' })).toHaveLength(1);
  const other = at('dist/a/shop.yaml', 'annotations: { argocd.argoproj.io/sync-options: Prune=false }');
  expect(found(other, other, { after: '/dist' })).toHaveLength(1);
});

test('so does what a Kustomization applies that does not prune', () => {
  const place = at('dist/namespaces/a/shop.yaml');
  const under = (side: Side) =>
    find(rule, place, place, {
      ...factsOf(place, place, side),
      ...seen({ folder: 'dist', known: FLUX, after: ignoring('/dist') }),
    });
  expect(under(flux({ prune: false }))).toEqual([]);
  expect(under(flux())).toHaveLength(1);
});

test('what Flux by itself does not read counts where it is the engine', () => {
  for (const file of ['dist/a/shop.json', 'dist/a.zip/shop.yaml']) {
    const moved = new State(one.manifests.map((was) => ({ ...was, source: { ...was.source, file } })));
    expect(found(moved, one, {})).toHaveLength(1);
    expect(found(moved, moved, {})).toEqual([]);
    expect(found(moved, one, { engines: ARGO })).toEqual([]);
    expect(found(moved, one, { engines: [] })).toEqual([]);
  }
});

test('a .sourceignore counts unless Argo CD alone is the engine', () => {
  expect(found(one, one, { engines: [], after: '/dist' })).toHaveLength(1);
  expect(found(one, one, { engines: [...ARGO, ...FLUX], after: '/dist' })).toHaveLength(1);
  expect(found(one, one, { engines: ARGO, after: '/dist' })).toEqual([]);
});

test('what only Flux reads is in the way of nobody else', () => {
  const hard = `# ${'x'.repeat(40_000)}`;
  expect(found(one, one, { engines: ARGO, before: hard, after: hard })).toEqual([]);
  for (const engines of [FLUX, []])
    expect(() => found(one, one, { engines, after: hard })).toThrow(InputError);
});

test('goes by the file that a live object was applied from, and takes it for no proof that Flux did it', () => {
  const live = (appliedFrom?: string) =>
    new State(
      one.manifests.map((was) => ({ ...was, source: { ...was.source, file: '<stdin>' }, appliedFrom })),
    );
  expect(found(one, live('dist/a/shop.yaml'), { after: '/dist' })).toHaveLength(1);
  expect(found(one, live('dist/a/shop.yaml'), { before: '/dist', after: '/dist' })).toEqual([]);
  expect(found(one, live(), { before: '/dist', after: '/dist', engines: [] })).toEqual([]);
});
