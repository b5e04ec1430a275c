import { schedulingLabelMissing as rule } from '../../../lib/judge/rules/scheduling-label-missing';
import { fieldFor, find, lineFor, namespace, offloading, state } from '../given';

const pods = (strategy: string) => offloading('shop', `{ podOffloadingStrategy: ${strategy} }`);

test.each(['LocalAndRemote', 'Remote'])('finds it for %s', (strategy) => {
  const found = find(rule, state(namespace('shop', 'labels: { team: a }'), pods(strategy)));
  expect(found).toMatchObject([{ namespace: 'shop' }]);
  expect(found.map(lineFor)).toEqual([3]);
  expect(found.map(fieldFor)).toEqual(['metadata.labels']);
});

test.each([
  ['a Local namespace', namespace('shop'), pods('Local')],
  ['a declared label', namespace('shop', 'labels: { liqo.io/scheduling-enabled: "true" }'), pods('Remote')],
  [
    'another value, which is a conflict',
    namespace('shop', 'labels: { liqo.io/scheduling-enabled: "no" }'),
    pods('Remote'),
  ],
  ['a Namespace that somebody else manages', '', pods('Remote')],
  ['a strategy that schema-invalid refuses', namespace('shop'), pods('remote')],
  ['a namespace that is not offloaded', namespace('shop'), ''],
])('passes over %s', (_, declared, other) => {
  expect(find(rule, state(declared, other))).toEqual([]);
});
