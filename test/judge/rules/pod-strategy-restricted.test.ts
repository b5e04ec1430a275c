import { podStrategyRestricted as rule } from '../../../lib/judge/rules/pod-strategy-restricted';
import { fieldFor, find, lineFor, offloading, state } from '../given';

const pods = (strategy: string) =>
  state(offloading('shop', strategy === '' ? '{}' : `{ podOffloadingStrategy: ${strategy} }`));

test.each([
  ['LocalAndRemote', 'Local', 'LocalAndRemote'],
  ['LocalAndRemote', 'Remote', 'LocalAndRemote'],
  ['', 'Remote', 'LocalAndRemote'],
  ['Local', 'Remote', 'Local'],
  ['Remote', 'Local', 'Remote'],
  ['local', 'Local', 'an invalid value'],
])('finds %j to %s', (was, is, from) => {
  const found = find(rule, pods(is), pods(was));
  expect(found).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining(`from ${from} to ${is}: pods`) },
  ]);
  expect(found.map(lineFor)).toEqual([4]);
  expect(found.map(fieldFor)).toEqual(['spec.podOffloadingStrategy']);
});

test.each([
  ['Local', 'LocalAndRemote'],
  ['Remote', ''],
  ['', 'LocalAndRemote'],
  ['Remote', 'Remote'],
])('passes over %j to %j', (was, is) => {
  expect(find(rule, pods(is), pods(was))).toEqual([]);
});

test('passes over a change of another field', () => {
  const other = state(offloading('shop', '{ podOffloadingStrategy: Local, remoteNamespaceName: x }'));
  expect(find(rule, other, pods('Local'))).toEqual([]);
});

test('passes over a new object', () => {
  expect(find(rule, pods('Local'))).toEqual([]);
});
