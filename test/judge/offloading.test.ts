import { offloading, state } from './given';

const read = (spec: string) => state(offloading('shop', spec)).offloadings[0];
const termsOf = (...terms: string[]) =>
  read(`{ clusterSelector: { nodeSelectorTerms: [${terms.join(', ')}] } }`)?.terms;

const good = '{ matchExpressions: [{ key: region, operator: Exists }] }';
const GOOD = { matchExpressions: [{ key: 'region', operator: 'Exists', values: [] }], matchFields: [] };

test('fills in defaults, also for null', () => {
  for (const spec of [
    '{}',
    '{ namespaceMappingStrategy: null, podOffloadingStrategy: null, remoteNamespaceName: null }',
  ])
    expect(read(spec)).toMatchObject({
      namespace: 'shop',
      mapping: 'DefaultName',
      pods: 'LocalAndRemote',
      remoteNamespaceName: '',
      terms: undefined,
    });
});

test('knows no value that the API server refuses', () => {
  expect(
    read('{ namespaceMappingStrategy: defaultname, podOffloadingStrategy: local, remoteNamespaceName: 1 }'),
  ).toMatchObject({ mapping: undefined, pods: undefined, remoteNamespaceName: '' });
});

test('reads terms, whatever their operators and values are', () => {
  const odd = '{ matchExpressions: [{ key: a, operator: Like, values: [b c] }], matchFields: null }';
  expect(termsOf(good, odd, '{}')).toEqual([
    GOOD,
    { matchExpressions: [{ key: 'a', operator: 'Like', values: ['b c'] }], matchFields: [] },
    { matchExpressions: [], matchFields: [] },
  ]);
});

test.each([
  'x',
  '[]',
  'null',
  '{ matchExpressions: x }',
  '{ matchExpressions: [x] }',
  '{ matchExpressions: [{ operator: Exists }] }',
  '{ matchExpressions: [{ key: 1, operator: Exists }] }',
  '{ matchExpressions: [{ key: a, operator: 1 }] }',
  '{ matchExpressions: [{ key: a, operator: In, values: b }] }',
  '{ matchExpressions: [{ key: a, operator: In, values: [b, 1] }] }',
  '{ matchFields: [{ key: metadata.name, operator: In, values: [1] }] }',
])('reads no terms at all where one of them is %s', (term) => {
  expect(termsOf(good)).toEqual([GOOD]);
  expect(termsOf(good, term)).toBeUndefined();
});

test('looks at NamespaceOffloadings of Liqo only', () => {
  expect(state(offloading('shop').replace('NamespaceOffloading', 'NamespaceMap')).offloadings).toEqual([]);
  expect(state(offloading('shop', '{}', { apiVersion: 'example.com/v1' })).offloadings).toEqual([]);
});
