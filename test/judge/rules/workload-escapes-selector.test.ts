import { workloadEscapesSelector as rule } from '../../../lib/judge/rules/workload-escapes-selector';
import { FACTS, find, namespace, offloading, state } from '../given';
import { PARTIAL, termsOf, VENICE, type Inventories } from '../inventories';
import { affinity, LOCAL, region, TOLERATION, VIRTUAL, workload } from '../workload';

const offloaded = (pods: string, ...selectors: string[]) =>
  offloading(
    'shop',
    `{ podOffloadingStrategy: ${pods}, clusterSelector: { nodeSelectorTerms: ${termsOf(selectors)} } }`,
  );
const found = (texts: readonly string[], inventories: Inventories = {}) =>
  find(rule, state(...texts), state(), { ...FACTS, inventories });

const SOUTH = offloaded('LocalAndRemote', 'region=south');
const REMOTE = workload('runtimeClassName: liqo');

test('finds a pod of the RuntimeClass alone: by name, by witness, and where nobody knows', () => {
  expect(found([SOUTH, REMOTE], { after: VENICE })).toMatchObject([
    { namespace: 'shop', clusters: ['florence'] },
  ]);
  expect(found([SOUTH, REMOTE], { after: PARTIAL })).toMatchObject([{ clusters: ['florence'] }]);
  expect(found([SOUTH, REMOTE])).toMatchObject([
    {
      message: expect.stringContaining("does not bind the pods of Deployment 'web'"),
      witness: { labels: {} },
    },
  ]);
});

test('finds a pod that tolerates virtual nodes in a Local namespace', () => {
  const pod = workload(`tolerations: [${TOLERATION}]`);
  expect(found([offloaded('Local', 'region=south'), pod], { after: VENICE })).toMatchObject([
    { clusters: ['florence'] },
  ]);
});

test('finds an affinity that is wider than the selector', () => {
  const wide = workload(`runtimeClassName: liqo, ${affinity([region('south', 'center'), VIRTUAL])}`);
  expect(found([SOUTH, wide])).toMatchObject([{ witness: { labels: { region: 'center' } } }]);
  expect(found([SOUTH, wide], { after: VENICE })).toMatchObject([{ clusters: ['florence'] }]);
});

test.each<[string, readonly string[], Inventories]>([
  [
    'a pod that requires the selector itself',
    [SOUTH, workload(`runtimeClassName: liqo, ${affinity([region('south'), VIRTUAL])}`)],
    {},
  ],
  [
    'one that has it as nodeSelector',
    [SOUTH, workload('runtimeClassName: liqo, nodeSelector: { region: south }')],
    {},
  ],
  ['a pod that the webhook binds', [SOUTH, workload(`tolerations: [${TOLERATION}]`)], { after: VENICE }],
  ['an ordinary pod', [SOUTH, workload()], { after: VENICE }],
  ['a namespace that selects every cluster', [offloaded('LocalAndRemote'), REMOTE], {}],
  [
    'a selector that all clusters of a complete inventory match',
    [offloaded('LocalAndRemote', 'region'), REMOTE],
    { after: VENICE },
  ],
  [
    'a local pod of a Local namespace',
    [offloaded('Local', 'region=south'), workload(`tolerations: [${TOLERATION}], ${affinity([LOCAL])}`)],
    {},
  ],
  ['a namespace that is not offloaded', [namespace('shop'), REMOTE], { after: VENICE }],
  [
    'a pod that the webhook binds, whatever clusters there are',
    [SOUTH, workload(`tolerations: [${TOLERATION}]`)],
    {},
  ],
])('is silent about %s', (_, texts, inventories) => {
  expect(found(texts, inventories)).toEqual([]);
});
