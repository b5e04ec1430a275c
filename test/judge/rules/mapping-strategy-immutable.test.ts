import { mappingStrategyImmutable as rule } from '../../../lib/judge/rules/mapping-strategy-immutable';
import { fieldFor, find, lineFor, namespace, offloading, state } from '../given';

const same = '{ namespaceMappingStrategy: EnforceSameName }';

test.each([
  ['one to another', same, '{ namespaceMappingStrategy: DefaultName }', 'EnforceSameName to DefaultName'],
  ['one to absent, which is the default', same, '{}', 'EnforceSameName to DefaultName'],
  ['absent to one', '{}', same, 'DefaultName to EnforceSameName'],
  ['null to one', '{ namespaceMappingStrategy: null }', same, 'DefaultName to EnforceSameName'],
  [
    'to SelectedName',
    same,
    '{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: x }',
    'EnforceSameName to SelectedName',
  ],
])('finds %s', (_, was, is, change) => {
  const found = find(rule, state(offloading('shop', is)), state(offloading('shop', was)));
  expect(found).toMatchObject([{ namespace: 'shop', message: expect.stringContaining(change) }]);
  expect(found.map(lineFor)).toEqual([4]);
  expect(found.map(fieldFor)).toEqual(['spec.namespaceMappingStrategy']);
});

test('finds it in another version of the API, and in another file', () => {
  const before = state(offloading('shop', same, { apiVersion: 'offloading.liqo.io/v1alpha1' }));
  const after = state(namespace('shop'), offloading('shop', '{ namespaceMappingStrategy: DefaultName }'));
  expect(find(rule, after, before)).toHaveLength(1);
});

test('finds it inside a List', () => {
  const list = (spec: string) =>
    `apiVersion: v1\nkind: List\nitems:\n- ${offloading('shop', spec).trimEnd().replaceAll('\n', '\n  ')}\n`;
  expect(find(rule, state(list('{}')), state(list(same)))).toHaveLength(1);
});

test('finds it in a duplicate that stands beside an unchanged one', () => {
  const after = state(offloading('shop', same), offloading('shop', '{}'));
  expect(find(rule, after, state(offloading('shop', same)))).toHaveLength(1);
});

test('finds it where one of two forms stays: nobody knows which was deployed', () => {
  const before = state(offloading('shop', same), offloading('shop', '{}'));
  expect(find(rule, state(offloading('shop', same)), before)).toHaveLength(1);
});

test('finds it where one of two copies changes', () => {
  const before = state(offloading('shop', same), offloading('shop', '{}'));
  const after = state(offloading('shop', same), offloading('shop', same));
  expect(find(rule, after, before)).toMatchObject([
    { message: expect.stringContaining('DefaultName to EnforceSameName') },
    { message: expect.stringContaining('DefaultName to EnforceSameName') },
  ]);
});

test('passes over duplicates that are what they were', () => {
  const both = () => state(offloading('shop', same), offloading('shop', '{}'));
  expect(find(rule, both(), both())).toEqual([]);
});

test('takes a manifest that names no namespace for none of default', () => {
  const bare = (spec: string) => offloading('default', spec).replace(', namespace: default', '');
  expect(find(rule, state(bare('{}')), state(offloading('default', same)))).toEqual([]);
});

test.each([
  ['absent to the explicit default', '{}', '{ namespaceMappingStrategy: DefaultName }'],
  [
    'the explicit default to null',
    '{ namespaceMappingStrategy: DefaultName }',
    '{ namespaceMappingStrategy: null }',
  ],
  ['another field', same, '{ namespaceMappingStrategy: EnforceSameName, podOffloadingStrategy: Local }'],
  ['a value that schema-invalid refuses', same, '{ namespaceMappingStrategy: enforcesamename }'],
  ['one that stood there before', '{ namespaceMappingStrategy: enforcesamename }', same],
])('passes over %s', (_, was, is) => {
  expect(find(rule, state(offloading('shop', is)), state(offloading('shop', was)))).toEqual([]);
});

test('passes over a new object, one that goes, and the same spec in another namespace', () => {
  const one = state(offloading('shop', same));
  expect(find(rule, one, state())).toEqual([]);
  expect(find(rule, state(), one)).toEqual([]);
  expect(find(rule, state(offloading('blog', '{}')), one)).toEqual([]);
});

test('passes over an object of the same kind in another group', () => {
  const other = { apiVersion: 'example.com/v1' };
  expect(find(rule, state(offloading('a', '{}', other)), state(offloading('a', same, other)))).toEqual([]);
});
