import { clusterIdChanged as rule } from '../../../lib/judge/rules/cluster-id-changed';
import { State } from '../../../lib/judge/state';
import { application, applicationSet, helmChart, helmRelease } from '../chart';
import { FACTS, find, offloading, state } from '../given';

const discovery = (id: string) => `discovery: { config: { clusterID: ${id} } }`;
const release = (id: string) => helmRelease(`values: { ${discovery(id)} }`);
const argo = (id: string) => application(`{ valuesObject: { ${discovery(id)} } }`);
const text = (id: string) => application(`{ values: "discovery:\\n  config:\\n    clusterID: ${id}\\n" }`);
const parameter = (id: string) =>
  application(
    `{ valuesObject: { ${discovery('x')} }, parameters: [{ name: discovery.config.clusterID, value: ${id} }] }`,
  );

test('finds a value that Helm refuses', () => {
  const [found, other] = find(rule, state(release('rome')), state(release('venice')));
  expect(found).toMatchObject({
    object: 'liqo',
    message: expect.stringContaining("Liqo's chart refuses this"),
  });
  expect(found?.category).toBeUndefined();
  expect(other).toBeUndefined();
});

test.each(
  [['an object', argo], ['a text', text], ['a parameter']].map(
    ([name, of = parameter]) => [name, of] as [string, typeof argo],
  ),
)('finds a value that Argo CD carries out, in %s', (_, of) => {
  const found = find(rule, state(of('rome')), state(of('venice'), offloading('shop')));
  expect(found).toMatchObject([
    {
      category: 'destructive',
      message: expect.stringMatching(/from 'venice' to 'rome'.*of 'shop' are replaced by new, empty ones/),
    },
  ]);
});

const map = (text: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: v, namespace: liqo }\ndata: { values.yaml: "${text}", id: ${text.replace(/.*clusterID: (\w+).*/, '$1')} }\n`;
const from = (more = '') => helmRelease(`valuesFrom: [{ kind: ConfigMap, name: v${more} }]`);
const k3s = (id: string) => helmChart(`valuesContent: "${discovery(id)}"`);
const set = (id: string) =>
  applicationSet(`{ chart: liqo, id: ${id} }`).replace(
    'targetRevision: v1.2.0',
    'helm: { valuesObject: { discovery: { config: { clusterID: "{{id}}" } } } }',
  );

test.each([
  ['a ConfigMap that a HelmRelease names', from(), map(discovery('venice')), from(), map(discovery('rome'))],
  [
    'a ConfigMap, for one value',
    from(', valuesKey: id, targetPath: discovery.config.clusterID'),
    map(discovery('venice')),
    from(', valuesKey: id, targetPath: discovery.config.clusterID'),
    map(discovery('rome')),
  ],
  ['a HelmChart of k3s', k3s('venice'), '', k3s('rome'), ''],
  ['an ApplicationSet', set('venice'), '', set('rome'), ''],
])('finds a value in %s', (_, was, mapBefore, is, mapAfter) => {
  expect(find(rule, state(is, mapAfter), state(was, mapBefore))).toMatchObject([
    { message: expect.stringContaining("from 'venice' to 'rome'") },
  ]);
});

test.each([
  [
    'a ConfigMap that the release itself overrules',
    state(
      from().replace('valuesFrom', `values: { ${discovery('venice')} }, valuesFrom`),
      map(discovery('rome')),
    ),
    state(
      from().replace('valuesFrom', `values: { ${discovery('venice')} }, valuesFrom`),
      map(discovery('venice')),
    ),
  ],
  [
    'a ConfigMap of another namespace',
    state(from(), map(discovery('rome')).replace('liqo }', 'other }')),
    state(from(), map(discovery('venice')).replace('liqo }', 'other }')),
  ],
  [
    'a Secret',
    state(from().replace('ConfigMap', 'Secret'), map(discovery('rome'))),
    state(from().replace('ConfigMap', 'Secret'), map(discovery('venice'))),
  ],
  ['a variable of Flux', state(release('"${ID}"')), state(release('venice'))],
  ['another cluster beside it', state(release('venice'), release('rome')), state(release('venice'))],
])('passes over %s', (_, after, before) => {
  expect(find(rule, after, before)).toEqual([]);
});

test('finds that the configs say another ID, and which twins that renames', () => {
  const before = state(
    offloading('shop'),
    offloading('same', '{ namespaceMappingStrategy: EnforceSameName }'),
  );
  const found = find(rule, before, before, { ...FACTS, consumerBefore: 'rome' });
  expect(found).toMatchObject([
    {
      file: 'config/cluster.ts',
      message: expect.stringContaining("the twin namespaces of 'shop' are replaced by new"),
    },
  ]);
});

test('finds live twins of another ID', () => {
  const shop = state(offloading('shop'), offloading('blog')).manifests;
  const live = new State(shop.map((one) => ({ ...one, live: true as const, twin: `${one.namespace}-rome` })));
  expect(find(rule, live, live)).toMatchObject([
    {
      message: expect.stringMatching(
        /twin namespaces of 'shop' and 'blog' show .* ID is 'rome', but .* 'venice'/,
      ),
    },
  ]);
});

test.each([
  ['the same value', state(release('venice')), state(release('venice')), FACTS],
  [
    'another value of the chart',
    state(helmRelease(`values: { a: 1, ${discovery('venice')} }`)),
    state(release('venice')),
    FACTS,
  ],
  ['a value for the first time', state(release('venice')), state(helmRelease()), FACTS],
  [
    'another chart',
    state(release('rome').replace('chart: liqo', 'chart: x')),
    state(release('venice').replace('chart: liqo', 'chart: x')),
    FACTS,
  ],
  ['the same config', state(), state(), { ...FACTS, consumerBefore: 'venice' }],
])('passes over %s', (_, after, before, facts) => {
  expect(find(rule, after, before, facts)).toEqual([]);
});

test('passes over live twins of ours, and of strategies that have no ID in them', () => {
  const of = (spec: string, twin: string) =>
    state(offloading('shop', spec)).manifests.map((one) => ({ ...one, twin }));
  const live = (spec: string, twin: string) => new State(of(spec, twin));
  expect(find(rule, state(), live('{}', 'shop-venice'))).toEqual([]);
  expect(find(rule, state(), live('{ namespaceMappingStrategy: EnforceSameName }', 'shop'))).toEqual([]);
  const selected = '{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: shop-x }';
  expect(find(rule, state(), live(selected, 'shop-x'))).toEqual([]);
});
