import { judge } from '../../../lib/judge/judge';
import { workloadMoved as rule } from '../../../lib/judge/rules/workload-moved';
import { FACTS, find, offloading, state } from '../given';
import { termsOf, VENICE, type Inventories } from '../inventories';
import { affinity, LOCAL, region, TOLERATION, VIRTUAL, workload } from '../workload';

const offloaded = (...selectors: string[]) =>
  offloading('shop', `{ clusterSelector: { nodeSelectorTerms: ${termsOf(selectors)} } }`);
const REMOTE = `tolerations: [${TOLERATION}], ${affinity([VIRTUAL])}`;
const HOME = affinity([LOCAL]);
const found = (was: string, is: string, inventories: Inventories = { after: VENICE }) =>
  find(rule, state(offloaded(), is), state(offloaded(), was), { ...FACTS, inventories });

test('finds pods that leave local nodes, and clusters', () => {
  expect(found(workload(HOME), workload(REMOTE))).toMatchObject([
    {
      namespace: 'shop',
      message: "Deployment 'web' in 'shop' could run on local nodes, and no longer can.",
      clusters: undefined,
    },
  ]);
  expect(found(workload(REMOTE), workload(HOME))).toMatchObject([{ clusters: ['florence', 'naples'] }]);
  expect(found(workload(REMOTE), workload(`${REMOTE}, nodeSelector: { region: south }`))).toMatchObject([
    { clusters: ['florence'] },
  ]);
});

test('finds it without an inventory as well', () => {
  expect(found(workload(REMOTE), workload(HOME), {})).toMatchObject([
    { message: expect.stringContaining('clusters that the inventory does not know') },
  ]);
});

test('what holds data is destructive, and needs an approval', () => {
  const claim = 'volumes: [{ name: d, persistentVolumeClaim: { claimName: d } }]';
  const set = { kind: 'StatefulSet' };
  expect(found(workload(HOME, set), workload(REMOTE, set))).toMatchObject([{ category: 'destructive' }]);
  expect(found(workload(`${HOME}, ${claim}`), workload(`${REMOTE}, ${claim}`))).toMatchObject([
    { category: 'destructive' },
  ]);
  const volume = 'volumes: [{ name: d, emptyDir: {} }]';
  expect(
    found(workload(`${HOME}, ${volume}`), workload(`${REMOTE}, ${volume}`))[0]?.category,
  ).toBeUndefined();
});

test('severities cannot lower what is destructive, and an approval lets it through', () => {
  const verdict = (kind: string, approved: boolean) =>
    judge({
      before: state(offloaded(), workload(HOME, { kind })),
      after: state(offloaded(), workload(REMOTE, { kind })),
      cut: new Map(),
      facts: FACTS,
      severities: { 'workload-moved': 'off' },
      approvals: approved
        ? [{ namespace: 'shop', rule: 'workload-moved', reason: 'r', file: 'a.yaml', line: 1 }]
        : [],
      spent: [],
      configOf: () => undefined,
      all: false,
    }).findings.filter(({ rule: name }) => name === 'workload-moved');
  expect(verdict('StatefulSet', false)).toMatchObject([{ severity: 'error', category: 'destructive' }]);
  expect(verdict('StatefulSet', true)).toMatchObject([{ severity: 'warning', approved: 'r' }]);
  expect(verdict('Deployment', false)).toEqual([]);
});

test.each<[string, string, string]>([
  ['pods that may run in more places', workload(HOME), workload(`tolerations: [${TOLERATION}]`)],
  ['another image', workload('initContainers: []'), workload('initContainers: [{ name: a }]')],
  [
    'the same in other words',
    workload(affinity([region('south')])),
    workload('nodeSelector: { region: south }'),
  ],
  ['a pod spec that can no longer be read', workload(HOME), workload('tolerations: 1')],
])('is silent about %s', (_, was, is) => {
  expect(found(was, is)).toEqual([]);
});

test('is silent where the namespace loses the clusters: it says so itself', () => {
  const text = workload(REMOTE);
  const facts = { ...FACTS, inventories: { before: VENICE, after: VENICE } };
  expect(find(rule, state(offloaded('region=south'), text), state(offloaded(), text), facts)).toEqual([]);
});

test('is silent about clusters where the pods could only hang', () => {
  const [wide, narrow] = ['', `, ${affinity([region('south')])}`].map((more) =>
    workload(`runtimeClassName: liqo${more}`),
  );
  const facts = { ...FACTS, inventories: { after: VENICE } };
  const south = offloaded('region=south');
  expect(find(rule, state(south, narrow ?? ''), state(south, wide ?? ''), facts)).toEqual([]);
});
