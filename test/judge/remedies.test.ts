// What a remedy advises earns no finding of its own: the change from what was found to what is advised is silent.
import { judge } from '../../lib/judge/judge';
import { FACTS, namespace, offloading, state } from './given';
import { PARTIAL, VENICE } from './inventories';
import { affinity, LOCAL, region, TOLERATION, VIRTUAL, workload } from './workload';

const LABEL = 'labels: { liqo.io/scheduling-enabled: "true" }';
const LABELLED = namespace('shop', LABEL);
const bare = namespace('shop');
const SOUTH = '{ matchExpressions: [{ key: region, operator: In, values: [south] }] }';
const offloaded = (pods: string, terms = '') =>
  offloading(
    'shop',
    `{ podOffloadingStrategy: ${pods}, clusterSelector: { nodeSelectorTerms: [${terms}] } }`,
  );
const set = (pod: string) => workload(pod, { kind: 'StatefulSet', name: 'db' });
const ALL = 'tolerations: [{ operator: Exists }]';
const byName = (name: string) =>
  `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: metadata.name, operator: In, values: [${name}] }] }] } } }`;
const host = (name: string) => affinity([`{ key: kubernetes.io/hostname, operator: In, values: [${name}] }`]);

test.each<[string, string, readonly string[], readonly string[]]>([
  ['workload-on-virtual-nodes', 'keep it off', [bare, set(ALL)], [bare, set(`${ALL}, ${affinity([LOCAL])}`)]],
  [
    'workload-on-virtual-nodes',
    'remove the toleration',
    [bare, set(`tolerations: [${TOLERATION}]`)],
    [bare, set('')],
  ],
  [
    'workload-on-virtual-nodes',
    'keep it off, under Local',
    [bare, offloaded('Local'), set(ALL)],
    [bare, offloaded('Local'), set(`${ALL}, ${affinity([LOCAL])}`)],
  ],
  [
    'workload-escapes-selector',
    'require the selector',
    [LABELLED, offloaded('LocalAndRemote', SOUTH), set('runtimeClassName: liqo')],
    [
      LABELLED,
      offloaded('LocalAndRemote', SOUTH),
      set(`runtimeClassName: liqo, ${affinity([region('south'), VIRTUAL])}`),
    ],
  ],
  [
    'workload-escapes-selector',
    'remove terms without requirements',
    [LABELLED, offloaded('Remote', `${SOUTH}, {}`), set('')],
    [LABELLED, offloaded('Remote', SOUTH), set('')],
  ],
  [
    'node-pin-dropped',
    'ask for the host name instead',
    [LABELLED, offloaded('LocalAndRemote', SOUTH), workload(byName('worker-1'))],
    [LABELLED, offloaded('LocalAndRemote', SOUTH), workload(host('worker-1'))],
  ],
  [
    'node-pin-dropped',
    'move the DaemonSet away',
    [LABELLED, offloaded('LocalAndRemote', SOUTH), workload('', { kind: 'DaemonSet' })],
    [
      LABELLED,
      offloaded('LocalAndRemote', SOUTH),
      namespace('agents'),
      workload('', { kind: 'DaemonSet', namespace: 'agents' }),
    ],
  ],
])('%s: %s', (rule, _, found, advised) => {
  for (const inventory of [undefined, PARTIAL, VENICE]) {
    const inventories = inventory === undefined ? {} : { before: inventory, after: inventory };
    const verdict = (before: readonly string[], after: readonly string[]) =>
      judge({
        before: state(...before),
        after: state(...after),
        cut: new Map(),
        facts: { ...FACTS, inventories },
        severities: {},
        approvals: [],
        spent: [],
        configOf: () => undefined,
        all: false,
      }).findings.filter(({ severity }) => severity !== 'info');
    expect(verdict([], found).map((one) => one.rule)).toContain(rule);
    expect(verdict(found, advised)).toEqual([]);
  }
});
