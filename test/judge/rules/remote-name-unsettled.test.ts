import { remoteNameUnsettled as rule } from '../../../lib/judge/rules/remote-name-unsettled';
import { judge } from '../../../lib/judge/judge';
import { FACTS, find, namespace, offloading, state } from '../given';
import { VENICE } from '../inventories';
import { past } from '../past';

const selecting = (region?: string) =>
  `clusterSelector: { nodeSelectorTerms: [${region === undefined ? '' : `{ matchExpressions: [{ key: region, operator: In, values: [${region}] }] }`}] }`;
const named = (owner: string, name: string, region?: string) =>
  offloading(
    owner,
    `{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: ${name}, ${selecting(region)} }`,
  );
const same = (owner: string) =>
  offloading(owner, `{ namespaceMappingStrategy: EnforceSameName, ${selecting()} }`);
const both = namespace('a') + '---\n' + namespace('b');
const found = (forms: readonly string[], after: readonly string[], before: readonly string[] = [both]) =>
  find(rule, state(both, ...after), state(...before), {
    ...FACTS,
    past: past(forms),
    inventories: { before: VENICE, after: VENICE },
  });

test('finds a name that another namespace gave up at a commit before', () => {
  expect(found([named('a', 'data'), ''], [named('b', 'data')])).toMatchObject([
    {
      namespace: 'b',
      clusters: ['florence', 'naples'],
      message: expect.stringMatching(
        /'b' takes over the twin namespace 'data' that 'a' had until commit bbbbbbbbbbbb: /,
      ),
      remedy: expect.stringContaining('kubectl get namespaceoffloading offloading -n a'),
    },
  ]);
});

test.each<[string, string, string]>([
  ['by the name of the namespace itself', same('data'), named('b', 'data')],
  ['by the default name', offloading('a'), named('b', 'a-venice')],
  ['by the new default name', named('a', 'b-venice'), offloading('b')],
])('finds it %s', (_, old, is) => {
  expect(found([old, ''], [is])).toHaveLength(1);
});

test('finds a name that the other one changed, and clusters that it let go', () => {
  expect(
    found(
      [named('a', 'data'), named('a', 'other')],
      [named('a', 'other'), named('b', 'data')],
      [both, named('a', 'other')],
    ),
  ).toMatchObject([{ remedy: "Before you merge, check that the twin of 'a' is gone from there." }]);
  const [wide, narrow] = [named('a', 'data'), named('a', 'data', 'south')];
  expect(found([wide, narrow], [narrow, named('b', 'data', 'center')], [both, narrow])).toMatchObject([
    { clusters: ['florence'] },
  ]);
});

test.each<[string, readonly string[], readonly string[]]>([
  ['a name that nobody had', [named('a', 'data'), ''], [named('b', 'other')]],
  ['its own name', [named('b', 'data'), ''], [named('b', 'data')]],
  ['other clusters', [named('a', 'data', 'south'), ''], [named('b', 'data', 'center')]],
  ['a name that the other one never had', [''], [named('b', 'data')]],
])('is silent about %s', (_, forms, after) => {
  expect(found(forms, after)).toEqual([]);
});

test('is silent about what is no news, and where no history is looked at', () => {
  const taken = named('b', 'data');
  expect(found([named('a', 'data'), ''], [taken], [both, taken])).toEqual([]);
  const change = [state(taken), state(both)] as const;
  expect(
    find(rule, ...change, { ...FACTS, past: past([named('a', 'data'), '']), settledAfterCommits: 0 }),
  ).toEqual([]);
  expect(find(rule, ...change)).toEqual([]);
});

test('a name that is given up in the same change is one finding, of the rule about that', () => {
  const { findings } = judge({
    before: state(both, named('a', 'data')),
    after: state(both, named('b', 'data')),
    cut: new Map(),
    facts: { ...FACTS, past: past([named('a', 'data'), '', named('a', 'data')]) },
    severities: {},
    approvals: [],
    spent: [],
    configOf: () => undefined,
    all: false,
  });
  expect(findings.map((one) => one.rule).filter((name) => name.startsWith('remote-name'))).toEqual([
    'remote-name-reused',
  ]);
});
