import { workloadUnschedulable as rule } from '../../../lib/judge/rules/workload-unschedulable';
import { FACTS, find, namespace, offloading, runtimeClass, state } from '../given';
import { PARTIAL, termsOf, VENICE, type Inventories } from '../inventories';
import { affinity, region, TOLERATION, VIRTUAL, workload } from '../workload';

const offloaded = (pods = 'LocalAndRemote', ...selectors: string[]) =>
  offloading(
    'shop',
    `{ podOffloadingStrategy: ${pods}, clusterSelector: { nodeSelectorTerms: ${termsOf(selectors)} } }`,
  );
const found = (texts: readonly string[], inventories: Inventories = {}, more = {}) =>
  find(rule, state(...texts), state(), { ...FACTS, ...more, inventories });

test('finds requirements that no node can meet, and names them', () => {
  const pod = workload(`nodeSelector: { region: south }, ${affinity([region('center')])}`);
  expect(found([offloaded(), pod])).toMatchObject([
    { namespace: 'shop', message: expect.stringMatching(/no local node .*region=center.*no virtual node/) },
  ]);
});

test('finds requirements that exclude one another wherever the pod is', () => {
  expect(found([workload(`nodeSelector: { region: south }, ${affinity([region('center')])}`)])).toHaveLength(
    1,
  );
});

test('finds a pod that the RuntimeClass contradicts', () => {
  const pod = workload('runtimeClassName: liqo, nodeSelector: { liqo.io/type: other }');
  expect(found([offloaded(), pod])).toMatchObject([
    { message: expect.stringContaining('rejected when they are created') },
  ]);
});

test('finds a remote pod that no cluster of a complete inventory takes', () => {
  const pod = workload(`runtimeClassName: liqo, ${affinity([region('north')])}`);
  expect(found([offloaded(), pod], { after: VENICE })).toMatchObject([
    { message: expect.stringContaining('naples, florence') },
  ]);
  expect(found([offloaded(), pod], { after: PARTIAL })).toEqual([]);
  expect(found([offloaded(), pod])).toEqual([]);
});

test('finds a pod that the webhook leaves no node', () => {
  const pod = workload(affinity([region('center')]));
  expect(found([offloaded('Remote', 'region=south'), pod])).toHaveLength(1);
  expect(found([offloaded('LocalAndRemote', 'region=south'), pod])).toEqual([]);
});

test.each<[string, readonly string[], Inventories]>([
  ['an ordinary pod', [offloaded(), workload()], { after: VENICE }],
  [
    'a remote pod that fits a cluster',
    [offloaded(), workload(`runtimeClassName: liqo, ${affinity([region('south')])}`)],
    { after: VENICE },
  ],
  [
    'what contradicts the strategy, which has a rule of its own',
    [namespace('shop'), workload(`tolerations: [${TOLERATION}], ${affinity([VIRTUAL])}`)],
    {},
  ],
  ['a remote pod in a namespace that nobody declares', [workload(affinity([VIRTUAL]))], { after: VENICE }],
])('is silent about %s', (_, texts, inventories) => {
  expect(found(texts, inventories)).toEqual([]);
});

test('is silent about a RuntimeClass that is missing, and asks the one that is there', () => {
  const pod = workload('runtimeClassName: liqo');
  expect(found([offloaded(), pod], {}, { liqoRuntimeClass: 'virtual' })).toEqual([]);
  const narrow = `${runtimeClass('kata')}scheduling: { nodeSelector: { kata: "yes" } }\n`;
  const against = workload('runtimeClassName: kata, nodeSelector: { kata: "no" }');
  expect(found([offloaded(), narrow, against])).toHaveLength(1);
  expect(found([offloaded(), runtimeClass('kata'), against])).toEqual([]);
});
