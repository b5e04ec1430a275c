import { workloadOnVirtualNodes as rule } from '../../../lib/judge/rules/workload-on-virtual-nodes';
import { find, namespace, offloading, state } from '../given';
import { affinity, LOCAL, TOLERATION, workload } from '../workload';

const EVERYTHING = 'tolerations: [{ operator: Exists }]';
const BY_EFFECT = 'tolerations: [{ operator: Exists, effect: NoExecute }]';
const DAEMON = { kind: 'DaemonSet', name: 'agent' };
const offloaded = (pods = 'LocalAndRemote') =>
  offloading('shop', `{ podOffloadingStrategy: ${pods}, clusterSelector: { nodeSelectorTerms: [] } }`);

test.each<[string, readonly string[]]>([
  ['a DaemonSet that tolerates everything', [namespace('shop'), workload(EVERYTHING, DAEMON)]],
  ['one in an offloaded namespace', [offloaded(), workload(EVERYTHING, DAEMON)]],
  ['one that tolerates every NoExecute', [namespace('shop'), workload(BY_EFFECT, DAEMON)]],
  ['a Deployment in a namespace that is not offloaded', [namespace('shop'), workload(EVERYTHING)]],
  ['a Deployment in a Local namespace', [offloaded('Local'), workload(EVERYTHING)]],
])('finds %s', (_, texts) => {
  expect(find(rule, state(...texts))).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining('tolerates every taint') },
  ]);
});

test.each<[string, readonly string[]]>([
  ['a pod that names the taint', [namespace('shop'), workload(`tolerations: [${TOLERATION}]`, DAEMON)]],
  [
    'one that names it before everything',
    [namespace('shop'), workload(`tolerations: [${TOLERATION}, { operator: Exists }]`, DAEMON)],
  ],
  ['a Deployment that the namespace sends there', [offloaded(), workload(EVERYTHING)]],
  [
    'a DaemonSet that is kept off',
    [namespace('shop'), workload(`${EVERYTHING}, ${affinity([LOCAL])}`, DAEMON)],
  ],
  [
    'one that tolerates other effects',
    [namespace('shop'), workload('tolerations: [{ operator: Exists, effect: NoSchedule }]', DAEMON)],
  ],
  ['an ordinary DaemonSet', [namespace('shop'), workload('', DAEMON)]],
  ['a Deployment in a namespace that nobody declares', [workload(EVERYTHING)]],
])('is silent about %s', (_, texts) => {
  expect(find(rule, state(...texts))).toEqual([]);
});
