import { workloadOnVirtualNodes as rule } from '../../../lib/judge/rules/workload-on-virtual-nodes';
import { FACTS, find, namespace, offloading, state } from '../given';
import { VENICE } from '../inventories';
import { affinity, LOCAL, TOLERATION, VIRTUAL, workload } from '../workload';

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
    { namespace: 'shop', message: expect.stringMatching(/tolerates every (NoExecute )?taint/) },
  ]);
});

test.each<[string, readonly string[]]>([
  ['a DaemonSet that names the taint', [offloaded(), workload(`tolerations: [${TOLERATION}]`, DAEMON)]],
  [
    'one that names it before everything',
    [offloaded(), workload(`tolerations: [${TOLERATION}, { operator: Exists }]`, DAEMON)],
  ],
  [
    'a pod that tolerates another taint',
    [namespace('shop'), workload('tolerations: [{ key: dedicated, operator: Exists }]')],
  ],
  [
    'a pod that names the taint in a namespace that nobody declares',
    [workload(`tolerations: [${TOLERATION}]`)],
  ],
  [
    'one that can run on virtual nodes only, which another rule says',
    [namespace('shop'), workload(`tolerations: [${TOLERATION}], ${affinity([VIRTUAL])}`)],
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

test('a complete inventory decides, and so does a nodeName', () => {
  const facts = { ...FACTS, inventories: { after: VENICE } };
  const daemon = (more: string) => state(namespace('shop'), workload(`${EVERYTHING}${more}`, DAEMON));
  expect(find(rule, daemon(', nodeSelector: { region: south }'), state(), facts)).toHaveLength(1);
  expect(find(rule, daemon(', nodeSelector: { control-plane: "" }'), state(), facts)).toEqual([]);
  expect(find(rule, daemon(', nodeName: worker-1'), state(), facts)).toEqual([]);
  expect(find(rule, daemon(', nodeName: liqo-naples'), state(), facts)).toHaveLength(1);
});

describe('who means virtual nodes', () => {
  const facts = { ...FACTS, inventories: { after: VENICE } };
  const messages = (...texts: string[]) =>
    find(rule, state(...texts), state(), facts).map((one) => one.message);
  const NAMES_TAINT = workload(`tolerations: [${TOLERATION}]`);
  const host = (value: string) => `nodeSelector: { kubernetes.io/hostname: ${value} }`;

  test('and is in a namespace that sends none there is told so', () => {
    expect(messages(namespace('shop'), NAMES_TAINT)).toEqual([
      "Deployment 'web' in 'shop' tolerates the taint of virtual nodes, but nothing offloads 'shop': its pods can be scheduled there, where they hang because there is no twin namespace.",
    ]);
    expect(messages(offloaded('Local'), NAMES_TAINT)).toEqual([
      "Deployment 'web' in 'shop' tolerates the taint of virtual nodes, but the podOffloadingStrategy of 'shop' is Local: its pods can still leave the cluster.",
    ]);
    expect(messages(offloaded(), NAMES_TAINT)).toEqual([]);
  });

  test.each<[string, string]>([
    ['its host name', host('liqo-naples')],
    [
      'its host name among others',
      affinity(['{ key: kubernetes.io/hostname, operator: In, values: [worker-1, liqo-naples] }']),
    ],
    ['its nodeName', 'nodeName: liqo-naples'],
  ])('asking for one by %s', (_, pod) => {
    expect(messages(namespace('shop'), workload(pod))).toEqual([
      "Deployment 'web' in 'shop' asks for the virtual node 'liqo-naples', but nothing offloads 'shop': its pods cannot run there.",
    ]);
    expect(messages(offloaded(), workload(pod))).toEqual([]);
    expect(messages(workload(pod))).toEqual([]);
  });

  test('a local node by name is nothing to speak of', () => {
    expect(messages(namespace('shop'), workload(host('worker-1')))).toEqual([]);
  });
});

test('agents of one namespace are told of together, others by themselves', () => {
  const agent = (name: string, tolerations = EVERYTHING) =>
    workload(tolerations, { kind: 'DaemonSet', name });
  expect(
    find(
      rule,
      state(namespace('shop'), agent('proxy'), agent('cni'), agent('eye', BY_EFFECT), workload(EVERYTHING)),
    ).map((one) => one.message),
  ).toEqual([
    "The DaemonSets 'cni' and 'proxy' in 'shop' tolerate every taint, including that of virtual nodes: their pods land there too.",
    "DaemonSet 'eye' in 'shop' tolerates every NoExecute taint, including that of virtual nodes: its pods land there too.",
    "Deployment 'web' in 'shop' tolerates every taint, including that of virtual nodes: its pods land there too.",
  ]);
});

test('is silent where nothing has to do with Liqo', () => {
  const all = [namespace('shop'), workload(EVERYTHING), workload(EVERYTHING, DAEMON)];
  const facts = { ...FACTS, consumer: undefined };
  expect(find(rule, state(...all), state(), facts)).toEqual([]);
  expect(find(rule, state(...all, offloading('other')), state(), facts)).toHaveLength(2);
  expect(find(rule, state(...all), state(), { ...facts, inventories: { after: VENICE } })).not.toEqual([]);
  const beside = () => ({ before: state(), after: state(offloading('other')) });
  expect(find(rule, state(...all), state(), { ...facts, beside })).toHaveLength(2);
  const named = [namespace('shop'), workload(`tolerations: [${TOLERATION}]`)];
  expect(find(rule, state(...named), state(), facts)).toHaveLength(1);
});
