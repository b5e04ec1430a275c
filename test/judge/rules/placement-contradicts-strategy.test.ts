import { placementContradictsStrategy as rule } from '../../../lib/judge/rules/placement-contradicts-strategy';
import { find, namespace, offloading, state } from '../given';
import { affinity, LOCAL, region, TOLERATION, VIRTUAL, workload } from '../workload';

const REMOTE = workload('runtimeClassName: liqo');
const BY_AFFINITY = workload(`tolerations: [${TOLERATION}], ${affinity([VIRTUAL])}`);
const HOME = workload(affinity([LOCAL]));
const offloaded = (pods: string) =>
  offloading('shop', `{ podOffloadingStrategy: ${pods}, clusterSelector: { nodeSelectorTerms: [] } }`);

test.each<[string, readonly string[], string]>([
  [
    'a remote pod in a namespace that is not offloaded',
    [namespace('shop'), REMOTE],
    'nothing offloads the namespace',
  ],
  [
    'one that requires virtual nodes there',
    [namespace('shop'), BY_AFFINITY],
    'nothing offloads the namespace',
  ],
  ['a remote pod in a Local namespace', [offloaded('Local'), REMOTE], 'is Local'],
  ['a local pod in a Remote namespace', [offloaded('Remote'), HOME], 'is Remote'],
])('finds %s', (_, texts, message) => {
  expect(find(rule, state(...texts))).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining(message), manifest: { kind: 'Deployment' } },
  ]);
});

test.each<[string, readonly string[]]>([
  ['a remote pod in an offloaded namespace', [offloaded('LocalAndRemote'), REMOTE]],
  ['a remote pod in a Remote namespace', [offloaded('Remote'), REMOTE]],
  ['a local pod in a Local namespace', [offloaded('Local'), HOME]],
  ['a local pod in a namespace that is not offloaded', [namespace('shop'), HOME]],
  ['an untouched pod in a Remote namespace', [offloaded('Remote'), workload()]],
  ['one that only prefers a region there', [offloaded('Remote'), workload(affinity([region('south')]))]],
  [
    'a pod that may run on both in a Local namespace',
    [offloaded('Local'), workload(`tolerations: [${TOLERATION}]`)],
  ],
  ['a pod spec that cannot be read', [namespace('shop'), workload('runtimeClassName: 3')]],
  ['a remote pod in a namespace that nobody declares', [REMOTE]],
])('is silent about %s', (_, texts) => {
  expect(find(rule, state(...texts))).toEqual([]);
});
