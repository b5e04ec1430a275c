import { podStrategyRestricted as rule } from '../../../lib/judge/rules/pod-strategy-restricted';
import { find, lineFor, offloading, state } from '../given';

const pods = (strategy: string) =>
  state(offloading('shop', strategy === '' ? '{}' : `{ podOffloadingStrategy: ${strategy} }`));

test.each([
  ['LocalAndRemote', 'Local'],
  ['LocalAndRemote', 'Remote'],
  ['', 'Remote'],
  ['Local', 'Remote'],
  ['Remote', 'Local'],
])('finds %j to %s', (was, is) => {
  const found = find(rule, pods(is), pods(was));
  expect(found).toMatchObject([{ namespace: 'shop', message: expect.stringContaining(`to ${is}: pods`) }]);
  expect(found.map(lineFor)).toEqual([4]);
});

test.each([
  ['Local', 'LocalAndRemote'],
  ['Remote', ''],
  ['', 'LocalAndRemote'],
  ['Remote', 'Remote'],
])('passes over %j to %j', (was, is) => {
  expect(find(rule, pods(is), pods(was))).toEqual([]);
});

test('passes over a new object', () => {
  expect(find(rule, pods('Local'))).toEqual([]);
});
