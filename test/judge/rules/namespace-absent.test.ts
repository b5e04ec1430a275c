import { RULES } from '../../../lib/judge/registry';
import { namespaceAbsent as rule } from '../../../lib/judge/rules/namespace-absent';
import { find, lineFor, namespace, offloading, state } from '../given';

const nowhere = (apiVersion = 'offloading.liqo.io/v1beta1') =>
  offloading('shop', undefined, { apiVersion }).replace(', namespace: shop', '');

test.each([
  ['one without', nowhere()],
  ['one of another version', nowhere('offloading.liqo.io/v1alpha1')],
  ['an empty one', offloading('""')],
])('finds %s', (_, text) => {
  const found = find(rule, state(namespace('shop'), text));
  expect(found).toMatchObject([{ message: expect.stringContaining('names no namespace') }]);
  expect(found[0]?.namespace).toBeUndefined();
  expect(found.map(lineFor)).toEqual([3]);
});

test('takes none for one of default, which another one may be', () => {
  const after = state(nowhere(), offloading('default'), namespace('default'));
  expect(after.offloadings.map((one) => one.namespace)).toEqual(['default']);
  const duplicates = RULES.filter(({ name }) => name === 'duplicate-object');
  expect(duplicates.flatMap((one) => find(one, after))).toEqual([]);
  const others = RULES.filter(({ about }) => about !== 'run').flatMap((one) =>
    find(one, state(nowhere()), state()).map(({ namespace: named }) => named),
  );
  expect(others).toEqual([undefined]);
});

test.each([
  ['one that names it', offloading('shop')],
  ['one of default', offloading('default')],
  ['another kind, which kubectl puts into default', 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n'],
])('passes over %s', (_, text) => {
  expect(find(rule, state(text))).toEqual([]);
});
