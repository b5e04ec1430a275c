import { runtimeClassHandlerImmutable as rule } from '../../../lib/judge/rules/runtime-class-handler-immutable';
import { find, lineFor, runtimeClass, state } from '../given';

test('finds a changed handler, also in another version of the API', () => {
  const before = state(runtimeClass('liqo', 'liqo', 'node.k8s.io/v1beta1'));
  const found = find(rule, state(runtimeClass('liqo', 'runc')), before);
  expect(found).toMatchObject([{ message: expect.stringContaining("from 'liqo' to 'runc'") }]);
  expect(found.map(lineFor)).toEqual([4]);
});

test.each([
  ['the same handler with other content', `${runtimeClass('liqo')}overhead: {}\n`],
  ['a class of another name', runtimeClass('other', 'runc')],
  ['a kind of another group', runtimeClass('liqo', 'runc', 'example.com/v1')],
  ['a class without handler, which schema-invalid refuses', runtimeClass('liqo', '')],
])('passes over %s', (_, is) => {
  expect(find(rule, state(is), state(runtimeClass('liqo')))).toEqual([]);
});

test('passes over a class that had no handler, which the API server refused', () => {
  expect(find(rule, state(runtimeClass('liqo')), state(runtimeClass('liqo', '')))).toEqual([]);
});
