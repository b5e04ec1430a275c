import { remoteNameReused as rule } from '../../../lib/judge/rules/remote-name-reused';
import { FACTS, fieldFor, find, lineFor, offloading, state } from '../given';
import { FLORENCE, NAPLES, of, termsOf, VENICE, type Inventories } from '../inventories';

const spec = (name: string, ...selectors: string[]) =>
  `{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: ${name}, clusterSelector: { nodeSelectorTerms: ${termsOf(selectors)} } }`;
const KEPT = 'annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }';
const named = (namespace: string, ...selectors: string[]) =>
  offloading(namespace, spec('shared', ...selectors));
const local = (text: string) => text.replace('spec: {', 'spec: { podOffloadingStrategy: Local,');
const found = (was: string[], is: string[], inventories: Inventories = {}) =>
  find(rule, state(...is), state(...was), { ...FACTS, inventories });

test('finds a name that moves from one namespace to another', () => {
  const problems = found([named('a')], [named('b')]);
  expect(problems).toMatchObject([
    {
      namespace: 'b',
      message: expect.stringContaining(
        "'b' takes over the twin namespace 'shared' that 'a' gives up in the same change",
      ),
    },
  ]);
  expect(problems.map(lineFor)).toEqual([4]);
  expect(problems.map(fieldFor)).toEqual(['spec.namespaceMappingStrategy']);
});

test.each<[string, string[], string[]]>([
  [
    'by way of another strategy',
    [
      offloading(
        'shared',
        '{ namespaceMappingStrategy: EnforceSameName, clusterSelector: { nodeSelectorTerms: [] } }',
      ),
    ],
    [named('b')],
  ],
  ['as a default name', [offloading('a', spec('shop-venice'))], [offloading('shop')]],
  [
    'on one cluster only',
    [named('a', 'region in (south,center)'), named('b', 'region=west')],
    [named('a', 'region=south'), named('b', 'region in (west,center)')],
  ],
  [
    'by a namespace that keeps its object under another name',
    [named('a')],
    [offloading('a', spec('own')), named('b')],
  ],
  [
    'by a namespace that keeps its object, whose pruning is disabled, under another name',
    [offloading('a', spec('shared'), { metadata: KEPT })],
    [offloading('a', spec('own'), { metadata: KEPT }), named('b')],
  ],
  [
    'from one of two namespaces that give it up',
    [named('a', 'region=south'), named('c', 'region=center')],
    [named('b', 'region=south')],
  ],
])('finds it %s', (_, was, is) => {
  expect(found(was, is)).toHaveLength(1);
});

test('names one namespace of those that give it up, and the entry that lets it through', () => {
  expect(found([named('a'), named('c')], [named('b')])).toMatchObject([
    {
      message: expect.stringContaining("that 'a' gives up"),
      remedy: expect.stringContaining('{ namespace: b, rule: remote-name-reused, reason'),
    },
  ]);
});

test('names the clusters of the baseline’s inventory', () => {
  const inventories = { before: VENICE, after: of(true, NAPLES) };
  expect(found([named('a', 'region=center')], [named('b', 'region')], inventories)).toMatchObject([
    { clusters: ['florence'] },
  ]);
});

test.each<[string, string[], string[], Inventories]>([
  ['a name that is only given up', [named('a')], [], {}],
  ['a name that is only taken', [], [named('b')], {}],
  ['another name', [named('a')], [offloading('b', spec('other'))], {}],
  ['an owner that stays', [named('a')], [named('a')], {}],
  ['clusters that cannot be the same', [named('a', 'region=south')], [named('b', 'region=center')], {}],
  [
    'clusters that no complete inventory has in common',
    [named('a', 'region=south')],
    [named('b', 'edge')],
    { before: of(true, NAPLES, FLORENCE) },
  ],
  ['an object that pruning leaves', [offloading('a', spec('shared'), { metadata: KEPT })], [named('b')], {}],
  [
    'a namespace that moves with its own name',
    [named('a', 'region in (south,center)')],
    [named('a', 'region in (center,west)')],
    {},
  ],
  [
    'an owner that becomes malformed',
    [named('a')],
    [named('a').replace('SelectedName', 'selectedname'), named('b')],
    {},
  ],
  ['an owner that keeps it and changes otherwise', [named('a')], [local(named('a')), named('b')], {}],
  ['one that had it and changes otherwise', [named('a'), named('b')], [local(named('b'))], {}],
  ['one that had the name before', [named('a', 'x=1'), named('b', 'x=2')], [named('b', 'x=2')], {}],
])('passes over %s', (_, was, is, inventories) => {
  expect(found(was, is, inventories)).toEqual([]);
});

test('asks every engine whether an owner that leaves is kept', () => {
  const before = state(offloading('a', spec('shared'), { metadata: KEPT }));
  const under = (...engines: ('argocd' | 'flux')[]) =>
    find(rule, state(named('b')), before, {
      ...FACTS,
      engines,
    });
  expect(under('flux')).toEqual([]);
  expect(under('flux', 'argocd')).toHaveLength(1);
});
