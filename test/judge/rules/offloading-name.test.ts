import { offloadingName as rule } from '../../../lib/judge/rules/offloading-name';
import { fieldFor, find, lineFor, offloading, state } from '../given';

test.each(['offload', 'Offloading', 'offloading-2'])('finds %s', (name) => {
  const found = find(rule, state(offloading('shop', '{}', { name })));
  expect(found).toMatchObject([{ namespace: 'shop', message: expect.stringContaining(`'${name}'`) }]);
  expect(found.map(lineFor)).toEqual([3]);
  expect(found.map(fieldFor)).toEqual(['metadata.name']);
});

test('passes over an object without a name, which schema-invalid refuses', () => {
  expect(find(rule, state(offloading('shop').replace('name: offloading, ', '')))).toEqual([]);
});

test('passes over offloading, and over another group', () => {
  const other = { name: 'x', apiVersion: 'example.com/v1' };
  expect(find(rule, state(offloading('shop'), offloading('shop', '{}', other)))).toEqual([]);
});
