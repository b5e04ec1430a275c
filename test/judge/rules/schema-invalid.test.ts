import { schemaInvalid as rule } from '../../../lib/judge/rules/schema-invalid';
import { find, lineFor, namespace, offloading, runtimeClass, state } from '../given';

test.each([
  ['a boolean label', namespace('shop', 'labels: { a: yes }'), 'metadata.labels.a must be string', 3],
  ['a number as name', namespace('012'), 'metadata.name must be string', 3],
  ['a name that is no DNS label', namespace('Shop'), '"Shop" is not a DNS-1123 label', 3],
  ['a label value with a blank', namespace('shop', 'labels: { a: "b c" }'), '"b c", must consist', 3],
  [
    'a strategy in small letters',
    offloading('shop', '{ podOffloadingStrategy: local }'),
    'must be one of',
    4,
  ],
  ['a selector without terms', offloading('shop', '{ clusterSelector: {} }'), "'nodeSelectorTerms'", 4],
  ['a RuntimeClass without handler', runtimeClass('liqo', '').replace(/handler.*\n/, ''), "'handler'", 1],
])('finds %s', (_, text, problem, line) => {
  const found = find(rule, state(text));
  expect(found).toMatchObject([{ message: expect.stringContaining(problem) }]);
  expect(found.map(lineFor)).toEqual([line]);
});

test('names the namespace of a Namespace and of what lies in one', () => {
  const found = find(
    rule,
    state(namespace('shop', 'labels: { a: 1 }'), offloading('blog', '{ clusterSelector: [] }')),
  );
  expect(found.map((one) => one.namespace)).toEqual(['shop', 'blog']);
});

test.each([
  [
    'good ones',
    `${namespace('shop', 'labels: { a: "yes", b: "" }')}---\n${offloading('shop')}---\n${runtimeClass('liqo')}`,
  ],
  [
    'nulls, which the API server drops',
    offloading('shop', '{ podOffloadingStrategy: null, clusterSelector: null }'),
  ],
  ['kinds of other groups', namespace('Shop').replace('v1', 'example.com/v1')],
  ['kinds that it does not know', 'apiVersion: v1\nkind: ConfigMap\ndata: { a: 1 }\n'],
])('passes over %s', (_, text) => {
  expect(find(rule, state(text))).toEqual([]);
});
