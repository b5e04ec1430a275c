import { policyNoLongerApplies as rule } from '../../../lib/judge/rules/policy-no-longer-applies';
import { parseSelector } from '../../../lib/selector/parse';
import { FACTS, fieldFor, find, lineFor, namespace, state } from '../given';

const policies = [
  { name: 'p', namespaces: { labels: parseSelector('data=personal') }, offloading: 'forbidden' as const },
];
const shop = (labels: string) => namespace('shop', `labels: { ${labels} }`);
const found = (was: string[], is: string[]) =>
  find(rule, state(...is), state(...was), { ...FACTS, policies });

test('finds a namespace whose label goes', () => {
  const problems = found([shop('data: personal')], [shop('data: public')]);
  expect(problems).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining("The policy 'p' no longer applies to 'shop'") },
  ]);
  expect(problems.map(lineFor)).toEqual([3]);
  expect(problems.map(fieldFor)).toEqual(['metadata.labels']);
});

test.each<[string, string[], string[]]>([
  ['one that keeps it', [shop('data: personal')], [shop('data: personal, a: b')]],
  ['one that never had it', [shop('a: b')], [shop('a: c')]],
  ['one that gets it', [shop('a: b')], [shop('data: personal')]],
  ['one that goes altogether', [shop('data: personal')], []],
])('passes over %s', (_, was, is) => {
  expect(found(was, is)).toEqual([]);
});
