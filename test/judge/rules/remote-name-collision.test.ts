import { remoteNameCollision as rule } from '../../../lib/judge/rules/remote-name-collision';
import { FACTS, fieldFor, find, lineFor, offloading, state } from '../given';
import { FLORENCE, NAPLES, node, of, provider, termsOf, VENICE, type Inventories } from '../inventories';

const spec = (name: string, ...selectors: string[]) =>
  `{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: ${name}, clusterSelector: { nodeSelectorTerms: ${termsOf(selectors)} } }`;
const found = (texts: string[], inventories: Inventories = {}) =>
  find(rule, state(...texts), state(), { ...FACTS, inventories });

const meeting = [offloading('a', spec('shared', 'region=south')), offloading('b', spec('shared', 'region'))];
const disjoint = [
  offloading('a', spec('shared', 'region=south')),
  offloading('b', spec('shared', 'region=center')),
];

test('finds two namespaces that can meet, with a witness', () => {
  const problems = found(meeting);
  expect(problems).toMatchObject([
    {
      namespace: 'b',
      message: expect.stringContaining(
        "'b' and 'a' use the same twin namespace 'shared' on a cluster labelled region=south",
      ),
      witness: { labels: { region: 'south' } },
    },
  ]);
  expect(problems.map(lineFor)).toEqual([4]);
  expect(problems.map(fieldFor)).toEqual(['spec.namespaceMappingStrategy']);
});

test('speaks of namespaces in their order, and points at the first object of each', () => {
  const texts = [offloading('b', spec('shared', 'x')), ...meeting.toReversed()];
  const problems = found(texts);
  expect(problems).toMatchObject([
    {
      namespace: 'b',
      message: expect.stringContaining(
        `'b' and 'a' use the same twin namespace 'shared' on a cluster labelled region=south,x=""`,
      ),
      witness: { labels: { x: '' } },
    },
  ]);
  expect(problems.map(({ manifest }) => manifest?.source.file)).toEqual(['dist/0.yaml']);
});

test('finds them by name with an inventory', () => {
  expect(found(meeting, { after: VENICE })).toMatchObject([{ namespace: 'b', clusters: ['naples'] }]);
  const everywhere = [offloading('a', spec('shared')), offloading('b', spec('shared'))];
  expect(found(everywhere, { after: VENICE })).toMatchObject([
    { clusters: ['florence', 'naples'], message: expect.stringContaining('on florence and naples:') },
  ]);
  const three = of(true, NAPLES, FLORENCE, provider('rome', node('rome', 'region: center')));
  expect(found(everywhere, { after: three })).toMatchObject([
    {
      clusters: ['florence', 'naples', 'rome'],
      message: expect.stringContaining('on florence, naples and rome:'),
    },
  ]);
});

test.each<[string, string, string]>([
  [
    'EnforceSameName and SelectedName',
    offloading(
      'shared',
      '{ namespaceMappingStrategy: EnforceSameName, clusterSelector: { nodeSelectorTerms: [] } }',
    ),
    offloading('b', spec('shared')),
  ],
  ['DefaultName and SelectedName', offloading('shop'), offloading('b', spec('shop-venice'))],
  [
    'an absent selector',
    offloading('a', '{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: shared }'),
    offloading('b', spec('shared', 'x')),
  ],
])('finds the same name of %s', (_, a, b) => {
  expect(found([a, b])).toHaveLength(1);
});

test('a selector that cannot be read may meet any', () => {
  const wrong = spec('shared', 'a').replace('"Exists"', '"Like"');
  const good = spec('shared', 'region');
  for (const inventories of [{}, { after: VENICE }])
    for (const [a, b] of [
      [wrong, good],
      [good, wrong],
    ])
      expect(found([offloading('a', a), offloading('b', b)], inventories)).toMatchObject([
        { message: expect.stringContaining('cannot be named ("Like" is not an operator') },
      ]);
});

test('names one other namespace for each, however many there are', () => {
  const many = ['a', 'b', 'c', 'd'].map((name) => offloading(name, spec('shared', 'region')));
  expect(found(many).map(({ namespace }) => namespace)).toEqual(['b', 'c', 'd']);
});

test('names the other namespace that each meets', () => {
  const three = [...disjoint, offloading('c', spec('shared', 'region=center'))];
  expect(found(three)).toMatchObject([
    {
      namespace: 'c',
      message: expect.stringContaining(
        "'c' and 'b' use the same twin namespace 'shared' on a cluster labelled region=center",
      ),
    },
  ]);
});

test('disjoint selectors meet through two virtual nodes, which only an inventory knows', () => {
  const two = of(
    true,
    provider('rome', node('rome', 'region: south', 'one'), node('rome', 'region: center', 'two')),
  );
  expect(found(disjoint)).toEqual([]);
  expect(found(disjoint, { after: two })).toMatchObject([{ clusters: ['rome'] }]);
});

test.each<[string, string[], Inventories]>([
  ['disjoint selectors', disjoint, {}],
  ['disjoint selectors of known clusters', disjoint, { after: VENICE }],
  [
    'selectors that meet on no cluster of a complete inventory',
    [offloading('a', spec('shared', 'region=south')), offloading('b', spec('shared', 'edge'))],
    { after: of(true, NAPLES) },
  ],
  ['different names', [offloading('a', spec('one')), offloading('b', spec('two'))], {}],
  ['the default names', [offloading('a'), offloading('b')], {}],
  ['one namespace, declared twice', [offloading('a', spec('shared')), offloading('a', spec('shared'))], {}],
  [
    'selectors that match no virtual node, since each has an ID',
    [offloading('a', spec('shared', '!liqo.io/remote-cluster-id')), offloading('b', spec('shared'))],
    {},
  ],
  [
    'selectors that match nothing',
    [offloading('a', spec('shared', 'x,!x')), offloading('b', spec('shared'))],
    {},
  ],
])('passes over %s', (_, texts, inventories) => {
  expect(found(texts, inventories)).toEqual([]);
});

test('an inventory that is not complete does not clear', () => {
  const texts = [offloading('a', spec('shared', 'region=south')), offloading('b', spec('shared', 'edge'))];
  expect(found(texts, { after: of(false, NAPLES) })).toMatchObject([
    { witness: { labels: { edge: '', region: 'south' } } },
  ]);
});
