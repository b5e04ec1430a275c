import { fieldUnknown as rule } from '../../../lib/judge/rules/field-unknown';
import { fieldFor, find, namespace, offloading, runtimeClass, state } from '../given';

test.each([
  ['a misspelt field', offloading('shop', '{ clusterSelecter: {} }'), 'shop', 'spec.clusterSelecter'],
  ['a field of a Namespace', namespace('shop', 'lables: { a: b }'), 'shop', 'metadata.lables'],
  ['a field of a RuntimeClass', `${runtimeClass('liqo')}handlers: a\n`, undefined, 'handlers'],
])('finds %s', (_, text, where, field) => {
  const found = find(rule, state(text));
  expect(found).toMatchObject([{ message: expect.stringContaining(`has no field ${field}:`) }]);
  expect(found.map((one) => one.namespace)).toEqual([where]);
  expect(found.map(fieldFor)).toEqual([field]);
});

test.each([
  ['fields that it has', offloading('shop', '{ podOffloadingStrategy: Local }')],
  ['fields with wrong values, which are refused', offloading('shop', '{ podOffloadingStrategy: 1 }')],
  ['kinds that it does not know', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nwhat: 1\n'],
])('passes over %s', (_, text) => {
  expect(find(rule, state(text))).toEqual([]);
});
