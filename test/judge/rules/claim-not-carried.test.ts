import { claimNotCarried as rule } from '../../../lib/judge/rules/claim-not-carried';
import { find, namespace, offloading, state } from '../given';
import { affinity, TOLERATION, VIRTUAL, workload } from '../workload';

const claim = (spec: string) =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data, namespace: shop }\nspec: { ${spec} }\n`;
const USES = 'volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }]';
const offloaded = (pods: string) =>
  offloading('shop', `{ podOffloadingStrategy: ${pods}, clusterSelector: { nodeSelectorTerms: [] } }`);
const set = (spec: string) =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db, namespace: shop }\nspec: { template: { spec: { containers: [] } }, volumeClaimTemplates: [{ metadata: { name: disk }, spec: { ${spec} } }] }\n`;
const DEFAULT_OF_LIQO = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: far, annotations: { storageclass.kubernetes.io/is-default-class: "true" } }
provisioner: liqo.io/storage
`;
const messages = (...texts: string[]) => find(rule, state(...texts)).map(({ message }) => message);

test.each<[string, readonly string[], string]>([
  [
    'under Remote',
    [offloaded('Remote'), claim('storageClassName: fast'), workload(USES)],
    "'data' (of class 'fast')",
  ],
  [
    'of the default class',
    [offloaded('Remote'), claim(''), workload(USES)],
    "'data' (of the cluster's default class)",
  ],
  [
    'of no class',
    [offloaded('Remote'), claim('storageClassName: ""'), workload(USES)],
    "'data' (of no class)",
  ],
  [
    'of a StatefulSet',
    [offloaded('Remote'), set('storageClassName: local-path')],
    "'disk' (of class 'local-path')",
  ],
  [
    'of pods that are placed remote',
    [
      offloaded('LocalAndRemote'),
      claim('storageClassName: fast'),
      workload(`${USES}, tolerations: [${TOLERATION}], ${affinity([VIRTUAL])}`),
    ],
    "'data' (of class 'fast')",
  ],
])('finds a claim %s', (_, texts, said) => {
  expect(messages(...texts)).toEqual([expect.stringContaining(`they wait for ${said}:`)]);
});

test.each<[string, readonly string[]]>([
  ["a claim of Liqo's class", [offloaded('Remote'), claim('storageClassName: liqo'), workload(USES)]],
  [
    'one of its class by another name',
    [offloaded('Remote'), DEFAULT_OF_LIQO, claim('storageClassName: far'), workload(USES)],
  ],
  [
    'one of the default class, which is that',
    [offloaded('Remote'), DEFAULT_OF_LIQO, claim(''), workload(USES)],
  ],
  [
    'pods that can run at home',
    [offloaded('LocalAndRemote'), claim('storageClassName: fast'), workload(USES)],
  ],
  ['a claim that no manifest shows', [offloaded('Remote'), workload(USES)]],
  ['pods without claims', [offloaded('Remote'), claim('storageClassName: fast'), workload()]],
  [
    'pods that are put on a node by name',
    [offloaded('Remote'), claim('storageClassName: fast'), workload(`${USES}, nodeName: liqo-naples`)],
  ],
  ['a namespace that is not offloaded', [namespace('shop'), claim('storageClassName: fast'), workload(USES)]],
])('is silent about %s', (_, texts) => {
  expect(messages(...texts)).toEqual([]);
});
