// A problem that was there before is no reason to reject a change, unless the change makes it worse.
import { parseSelector } from '../../lib/selector/parse';
import { judge } from '../../lib/judge/judge';
import type { Policy } from '../../lib/judge/policy';
import { amongOld } from '../../lib/judge/growth';
import type { Problem } from '../../lib/judge/rule';
import { FACTS, namespace, offloading, state } from './given';
import { PARTIAL, termsOf, VENICE, type Inventories } from './inventories';

const LABELS = 'labels: { data: personal, liqo.io/scheduling-enabled: "true" }';
const personal = { labels: parseSelector('data=personal') };
const terms = (text: string) => [{ matchExpressions: parseSelector(text), matchFields: [] }];
const EU: Policy = { name: 'eu', namespaces: personal, clusters: terms('region in (center,south)') };

const selecting = (selectors: readonly string[]) =>
  state(
    namespace('crm', LABELS),
    offloading('crm', `{ clusterSelector: { nodeSelectorTerms: ${termsOf(selectors)} } }`),
  );

/** What the policy rule says of a selector that becomes another one. */
function severities(
  policy: Policy,
  before: readonly string[],
  after: readonly string[],
  inventories: Inventories = {},
) {
  const { findings } = judge({
    before: selecting(before),
    after: selecting(after),
    cut: new Map(),
    facts: { ...FACTS, policies: [policy], inventories },
    severities: {},
    approvals: [],
    spent: [],
    configOf: () => undefined,
    all: false,
  });
  return findings.filter(({ rule }) => rule === 'policy').map(({ severity }) => severity);
}

const EVERYWHERE: readonly (readonly [string, Inventories])[] = [
  ['without an inventory', {}],
  ['with one that is not complete', { after: PARTIAL }],
];

describe.each(EVERYWHERE)('a policy that was broken before, %s', (_, inventories) => {
  test.each<[string, string[], string[], string[]]>([
    ['the same selector', ['region=us'], ['region=us'], ['warning']],
    ['the same, written otherwise', ['region=us'], ['region in (us)'], ['warning']],
    ['another region that is not allowed', ['region=us'], ['region in (us,asia)'], ['error']],
    ['another such region in its place', ['region=us'], ['region=asia'], ['error']],
    ['an alternative that is not allowed', ['region=us'], ['region=us', 'edge'], ['error']],
    ['every cluster', ['region=us'], [], ['error']],
    ['another region that is allowed', ['region=us'], ['region in (us,south)'], ['warning']],
    ['less of what is not allowed', ['region in (us,asia)'], ['region=us'], ['warning']],
  ])('%s', (_name, before, after, expected) => {
    expect(severities(EU, before, after, inventories)).toEqual(expected);
  });
});

test.each<[string, Partial<Policy>]>([
  ['no offloading', { offloading: 'forbidden' }],
  ['another strategy', { namespaceMappingStrategies: ['EnforceSameName'] }],
  ['a number of clusters that nobody knows', { maxClusters: 1 }],
])('of a policy that wants %s, a wider selector is a new breach', (_, wanted) => {
  const policy: Policy = { name: 'p', namespaces: personal, ...wanted };
  expect(severities(policy, ['region=us'], ['region=us'])).toEqual(['warning']);
  expect(severities(policy, ['region=us'], ['region in (us,asia)'])).toEqual(['error']);
  expect(severities(policy, ['region in (us,asia)'], ['region=us'])).toEqual(['warning']);
});

test('a complete inventory names the clusters, and those decide with the selector', () => {
  expect(severities(EU, ['region=us'], ['region=us'], { after: VENICE })).toEqual([]);
});

test('one more cluster is a new problem, one less is none', () => {
  const problem = (...clusters: string[]): Problem => ({
    namespace: 'a',
    message: 'm',
    remedy: '',
    clusters,
  });
  const isOld = amongOld([problem('naples', 'turin')]);
  expect(
    [['naples'], ['turin', 'naples'], ['naples', 'rome'], []].map((one) => isOld(problem(...one))),
  ).toEqual([true, true, false, true]);
  expect(isOld({ ...problem('naples'), namespace: 'b' })).toBe(false);
  expect(isOld({ ...problem('naples'), message: 'n' })).toBe(false);
});
