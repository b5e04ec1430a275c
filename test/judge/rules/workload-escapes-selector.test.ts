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
      message: expect.stringContaining(
        "The clusterSelector of 'shop' does not apply to the pods of Deployment 'web'",
      ),
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

describe('pods that the webhook binds, and not to what the namespace selects', () => {
  const bySpec = (pods: string, terms: string) =>
    offloading(
      'shop',
      `{ podOffloadingStrategy: ${pods}, clusterSelector: { nodeSelectorTerms: ${terms} } }`,
    );
  const in_ = (value: string) => `{ matchExpressions: [{ key: region, operator: In, values: [${value}] }] }`;
  const EMPTY_BESIDE = `[${in_('south')}, {}]`;
  const BY_NAME = '[{ matchFields: [{ key: metadata.name, operator: In, values: [liqo-naples] }] }]';
  const SSD = affinity(['{ key: disk, operator: DoesNotExist }']);

  test.each<[string, string, string]>([
    ['a term without requirements beside others', bySpec('Remote', EMPTY_BESIDE), workload()],
    ['such a term, and pods that want more', bySpec('Remote', EMPTY_BESIDE), workload(SSD)],
    ['matchFields that the merge drops', bySpec('Remote', BY_NAME), workload(SSD)],
    ['the same where local nodes do as well', bySpec('LocalAndRemote', BY_NAME), workload(SSD)],
  ])('%s', (_, around, pod) => {
    for (const inventories of [{ after: VENICE }, { after: PARTIAL }])
      expect(found([around, pod], inventories)).toMatchObject([
        {
          clusters: ['florence'],
          message: expect.stringMatching(
            /^Liqo's webhook does not restrict .*Deployment 'web'.* onto florence/,
          ),
        },
      ]);
    expect(found([around, pod])).toHaveLength(1);
  });

  test.each<[string, string, string]>([
    ['the term alone', bySpec('Remote', `[${in_('south')}]`), workload()],
    ['a term without requirements beside local nodes', bySpec('LocalAndRemote', EMPTY_BESIDE), workload()],
    ['matchFields that nothing is merged with', bySpec('Remote', BY_NAME), workload()],
    [
      'pods that ask for the cluster themselves',
      bySpec('Remote', EMPTY_BESIDE),
      workload(affinity([region('south')])),
    ],
    [
      'a selector in error, which another rule says',
      bySpec('Remote', '[{ matchExpressions: [{ key: a, operator: Near }] }]'),
      workload(),
    ],
    [
      'a DaemonSet that loses its pin, which another rule says',
      bySpec('Remote', EMPTY_BESIDE),
      workload('', { kind: 'DaemonSet' }),
    ],
  ])('but not %s', (_, around, pod) => {
    for (const inventories of [{ after: VENICE }, { after: PARTIAL }, {}])
      expect(found([around, pod], inventories)).toEqual([]);
  });

  test('names the clusters that an incomplete inventory knows, and says that there may be more', () => {
    expect(found([bySpec('Remote', EMPTY_BESIDE), workload()], { after: PARTIAL })[0]?.message).toContain(
      'onto florence, and perhaps on clusters that the inventory does not name',
    );
  });
});
