import { nodePinDropped as rule } from '../../../lib/judge/rules/node-pin-dropped';
import { FACTS, find, namespace, offloading, state } from '../given';
import { termsOf, VENICE } from '../inventories';
import { affinity, LOCAL, TOLERATION, workload } from '../workload';

const DAEMON = { kind: 'DaemonSet', name: 'fb' };
const offloaded = (pods: string, ...selectors: string[]) =>
  offloading(
    'shop',
    `{ podOffloadingStrategy: ${pods}, clusterSelector: { nodeSelectorTerms: ${termsOf(selectors)} } }`,
  );
const PINNED = `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: metadata.name, operator: In, values: [worker-1] }] }] } } }`;
const messages = (...texts: string[]) => find(rule, state(...texts)).map(({ message }) => message);

test.each<[string, string, string]>([
  ['of a namespace with a selector', offloaded('LocalAndRemote', 'region=south'), workload('', DAEMON)],
  ['of a Remote one, whatever it selects', offloaded('Remote'), workload('', DAEMON)],
  [
    'with a toleration',
    offloaded('Remote', 'region=south'),
    workload(`tolerations: [${TOLERATION}]`, DAEMON),
  ],
  [
    'that is to stay local: its controller puts the pin in the place of that',
    offloaded('LocalAndRemote', 'region=south'),
    workload(affinity([LOCAL]), DAEMON),
  ],
])('finds a DaemonSet %s', (_, around, daemon) => {
  expect(messages(around, daemon)).toEqual([
    "Liqo's webhook drops the matchFields that pin the pods of DaemonSet 'fb' to their nodes: they start on any node that 'shop' allows, several on one and none on another, and the controller creates more while they are Pending.",
  ]);
});

test('finds pods that name their node by matchFields themselves', () => {
  expect(messages(offloaded('LocalAndRemote', 'region=south'), workload(PINNED))).toEqual([
    "Liqo's webhook drops the matchFields that pin the pods of Deployment 'web' to their nodes: they start on any node that 'shop' allows.",
  ]);
});

test.each<[string, readonly string[]]>([
  ['a DaemonSet of a Local namespace', [offloaded('Local', 'region=south'), workload('', DAEMON)]],
  ['one of a namespace that is not offloaded', [namespace('shop'), workload('', DAEMON)]],
  ['one of a namespace that nobody declares', [workload('', DAEMON)]],
  ['one where nothing is merged into its pods', [offloaded('LocalAndRemote'), workload('', DAEMON)]],
  ["one of Liqo's RuntimeClass", [offloaded('Remote'), workload('runtimeClassName: liqo', DAEMON)]],
  ['a Deployment without a pin', [offloaded('Remote', 'region=south'), workload()]],
  ['pods that ask for labels', [offloaded('Remote', 'region=south'), workload(affinity([LOCAL]))]],
  ['a pin where nothing is merged', [offloaded('LocalAndRemote'), workload(PINNED)]],
])('is silent about %s', (_, texts) => {
  for (const inventories of [{}, { after: VENICE }])
    expect(find(rule, state(...texts), state(), { ...FACTS, inventories })).toEqual([]);
});
