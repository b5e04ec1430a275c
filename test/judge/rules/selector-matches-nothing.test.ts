import { selectorMatchesNothing as rule } from '../../../lib/judge/rules/selector-matches-nothing';
import { fieldFor, find, lineFor, offloading, state } from '../given';

const spec = (...terms: string[]) => `{ clusterSelector: { nodeSelectorTerms: [${terms.join(', ')}] } }`;
const all = (...requirements: string[]) =>
  `{ matchExpressions: [${requirements.map((one) => `{ ${one} }`).join(', ')}] }`;

const CLUSTER = 'liqo.io/remote-cluster-id';
const dead = all('key: a, operator: Exists', 'key: a, operator: DoesNotExist');

test.each([
  ['one term without requirements', ['{}']],
  ['empty lists', ['{ matchExpressions: [], matchFields: null }']],
  ['a=1,a=2', [all('key: a, operator: In, values: ["1"]', 'key: a, operator: In, values: ["2"]')]],
  ['a=1,a!=1', [all('key: a, operator: In, values: ["1"]', 'key: a, operator: NotIn, values: ["1"]')]],
  ['a,!a', [dead]],
  ['a>5,a<6', [all('key: a, operator: Gt, values: ["5"]', 'key: a, operator: Lt, values: ["6"]')]],
  ['a in (v,w),a>1', [all('key: a, operator: In, values: [v, w]', 'key: a, operator: Gt, values: ["1"]')]],
  ['no remote cluster, which every virtual node has', [all(`key: ${CLUSTER}, operator: DoesNotExist`)]],
  [
    'two names of one node',
    [
      '{ matchFields: [{ key: metadata.name, operator: In, values: [a] }, { key: metadata.name, operator: In, values: [b] }] }',
    ],
  ],
  ['several dead terms', ['{}', dead]],
])('finds %s', (_, terms) => {
  const found = find(rule, state(offloading('shop', spec(...terms))));
  expect(found).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining('the namespace is not offloaded') },
  ]);
  expect(found.map(lineFor)).toEqual([4]);
  expect(found.map(fieldFor)).toEqual(['spec.clusterSelector.nodeSelectorTerms']);
});

test.each([
  ['every cluster', []],
  ['one good term among dead ones', [dead, all('key: a, operator: Exists')]],
  [
    'a in (1,2),a!=1',
    [all('key: a, operator: In, values: ["1", "2"]', 'key: a, operator: NotIn, values: ["1"]')],
  ],
  ['a>5,a<7', [all('key: a, operator: Gt, values: ["5"]', 'key: a, operator: Lt, values: ["7"]')]],
  [
    'a>5,a<7,a!=6, for a could be 06',
    [
      all(
        'key: a, operator: Gt, values: ["5"]',
        'key: a, operator: Lt, values: ["7"]',
        'key: a, operator: NotIn, values: ["6"]',
      ),
    ],
  ],
  ['!a,a!=1', [all('key: a, operator: DoesNotExist', 'key: a, operator: NotIn, values: ["1"]')]],
  ['any other cluster', [all(`key: ${CLUSTER}, operator: NotIn, values: [naples]`)]],
  [
    'contradictions on different keys',
    [all('key: a, operator: In, values: ["1"]', 'key: b, operator: In, values: ["2"]')],
  ],
  ['a dead term beside one that selector-invalid reports', [dead, all('key: a, operator: Equals')]],
])('passes over %s', (_, terms) => {
  expect(find(rule, state(offloading('shop', spec(...terms))))).toEqual([]);
});
