import fc from 'fast-check';
import type { Environment } from '../../lib/liqo/admission';
import type { Provider } from '../../lib/liqo/inventory';
import { landing, twinOn, type Landing } from '../../lib/liqo/landing';
import { ANY_VIRTUAL_NODE, anyLocalNode, named, possible } from '../../lib/liqo/node-kind';
import type { PodSpec } from '../../lib/liqo/pod';
import { printExclusion, type Exclusion } from '../../lib/liqo/scheduling';
import { everyLocalNode, pod as arbitraryPod, wants } from './arbitrary';
import {
  FLORENCE,
  inNamespace,
  L,
  NAPLES,
  offloading,
  onNode,
  pod,
  provider,
  terms,
  TOLERATION,
  V,
} from './given';

const stored = (
  one: PodSpec,
  environment: Environment,
  providers: readonly Provider[] = [NAPLES, FLORENCE],
) => {
  const answer = landing(one, environment, providers);
  if (answer.outcome !== 'stored') throw new Error(answer.reason);
  return answer;
};
const because = (answer: { readonly answer: string; readonly exclusions?: readonly Exclusion[] }) =>
  answer.exclusions?.map(printExclusion).join('; ') ?? answer.answer;
/** local, naples, florence: yes, hangs, or why not */
function summary(of: Extract<Landing, { outcome: 'stored' }>): string[] {
  const words = (answer: { readonly answer: string }) => because(answer);
  return [
    words(of.local),
    ...of.virtualNodes.map(({ verdict, hangs }) => (hangs ? 'hangs' : words(verdict))),
  ];
}
const TAINTED = 'the pod does not tolerate the taint virtual-node.liqo.io/not-allowed=true:NoExecute';

describe("Liqo's tutorial: the namespace selects topology.liqo.io/region=south", () => {
  const south = inNamespace(offloading('LocalAndRemote', 'region=south'));
  const app = (region: string) => pod({ required: terms(`region=${region}`) });

  test('app-south lands on naples', () => {
    expect(summary(stored(app('south'), south))).toEqual([
      'yes',
      'yes',
      `its required node affinity requires region=south, or region=south,${L}`,
    ]);
  });

  test('app-center lands nowhere but on a local node of its region', () => {
    const [local, naples, florence] = summary(stored(app('center'), south));
    expect([local, naples, florence]).toEqual([
      'yes',
      `its required node affinity requires region=center (of region=center,region=south), or region=center,${L}`,
      `its required node affinity requires region=south (of region=center,region=south), or ${L} (of region=center,${L})`,
    ]);
  });
});

test.each<[string, PodSpec, Environment, string[]]>([
  ['not offloaded', pod(), inNamespace(undefined), ['yes', TAINTED, TAINTED]],
  [
    'not offloaded, tolerating everything',
    pod({ tolerations: [{ operator: 'Exists' }] }),
    inNamespace(undefined),
    ['yes', 'hangs', 'hangs'],
  ],
  ['Local', pod(), inNamespace(offloading('Local', 'region=south')), ['yes', TAINTED, TAINTED]],
  [
    'Local, tolerating everything',
    pod({ tolerations: [{ operator: 'Exists' }] }),
    inNamespace(offloading('Local', 'region=south')),
    ['yes', 'yes', 'hangs'],
  ],
  ['LocalAndRemote, no terms', pod(), inNamespace(offloading('LocalAndRemote')), ['yes', 'yes', 'yes']],
  [
    'LocalAndRemote, terms',
    pod(),
    inNamespace(offloading('LocalAndRemote', 'region=south')),
    ['yes', 'yes', `its required node affinity requires region=south, or ${L}`],
  ],
  [
    'Remote',
    pod(),
    inNamespace(offloading('Remote', 'region=south')),
    [
      `its required node affinity requires ${V} (of region=south,${V})`,
      'yes',
      `its required node affinity requires region=south (of region=south,${V})`,
    ],
  ],
  [
    'Remote, a term without requirements',
    pod(),
    inNamespace(offloading('Remote', '')),
    [`its required node affinity requires ${V}`, 'hangs', 'hangs'],
  ],
  [
    "Liqo's RuntimeClass escapes the selector",
    pod({ runtimeClassName: 'liqo' }),
    inNamespace(offloading('Remote', 'region=south')),
    ['its nodeSelector requires liqo.io/type=virtual-node', 'yes', 'hangs'],
  ],
  [
    'by the host name of a virtual node',
    pod({ nodeSelector: { 'kubernetes.io/hostname': 'liqo-naples' } }),
    inNamespace(offloading('LocalAndRemote')),
    [
      'its nodeSelector requires kubernetes.io/hostname=liqo-naples',
      'yes',
      'its nodeSelector requires kubernetes.io/hostname=liqo-naples, but the node has liqo-florence',
    ],
  ],
  [
    'by the nodeName of a virtual node',
    pod({ nodeName: 'liqo-naples' }),
    inNamespace(offloading('LocalAndRemote', 'region=center')),
    ['its nodeName is liqo-naples', 'hangs', 'its nodeName is liqo-naples'],
  ],
])('%s', (_, one, environment, expected) => {
  expect(summary(stored(one, environment))).toEqual(expected);
});

test('a virtual node without a Node takes no pods, though its cluster is selected', () => {
  const ghost = provider('naples', { region: 'south' }, false);
  expect(
    stored(pod(), inNamespace(offloading('LocalAndRemote', 'region=south')), [ghost]).virtualNodes,
  ).toEqual([
    {
      provider: 'naples',
      virtualNode: 'liqo-naples',
      verdict: { answer: 'no', exclusions: [{ by: 'no-node' }] },
      selected: 'yes',
      hangs: false,
    },
  ]);
});

test('where virtual nodes of a cluster disagree, a pod may hang or not: it is not said to', () => {
  const virtualNodes = ['south', 'center'].map((region) => ({
    name: region,
    labels: { region },
    createNode: true,
  }));
  const south = inNamespace(offloading('LocalAndRemote', 'region=south'));
  expect(stored(pod(), south, [{ id: 'rome', virtualNodes }]).virtualNodes).toMatchObject([
    { virtualNode: 'south', verdict: { answer: 'yes' }, selected: 'perhaps', hangs: false },
    { virtualNode: 'center', verdict: { answer: 'no' }, selected: 'perhaps', hangs: false },
  ]);
});

describe('a nodeName that is no virtual node', () => {
  const local = (one: PodSpec, providers: readonly Provider[]) =>
    because(stored({ ...one, nodeName: 'liqo-naples' }, inNamespace(undefined), providers).local);

  test('is one of a local node, also where a virtual node without a Node has it', () => {
    expect(local(pod(), [FLORENCE])).toBe('yes');
    expect(local(pod(), [provider('naples', {}, false)])).toBe('yes');
    expect(local(pod(), [NAPLES])).toBe('its nodeName is liqo-naples');
  });

  test('is the name that its kubelet compares', () => {
    expect(local(pod({ required: [onNode('liqo-naples')] }), [FLORENCE])).toBe('yes');
    expect(local(pod({ required: [onNode('n1')] }), [FLORENCE])).toContain('metadata.name=n1');
  });
});

test('a rejected pod lands nowhere', () => {
  const environment = { namespace: { labelled: true }, liqoRuntimeClass: 'liqo' };
  expect(landing(pod(), environment, [NAPLES])).toEqual({
    outcome: 'rejected',
    reason: expect.stringContaining('rejects every new pod'),
  });
});

describe('twinOn', () => {
  const bad = { matchExpressions: [{ key: 'a', operator: 'Is' }] };
  const two: Provider = {
    id: 'rome',
    virtualNodes: [
      { name: 'r1', labels: { region: 'south' }, createNode: true },
      { name: 'r2', labels: { region: 'center' }, createNode: false },
    ],
  };
  test.each([
    ['no offloading', undefined, NAPLES, 'no'],
    ['no terms', offloading('Local'), NAPLES, 'yes'],
    ['a term that matches', offloading('Remote', 'region=south'), NAPLES, 'yes'],
    ['none', offloading('Remote', 'region=center'), NAPLES, 'no'],
    ['a term without requirements', offloading('Remote', ''), NAPLES, 'no'],
    ['virtual nodes that disagree', offloading('Remote', 'region=south'), two, 'perhaps'],
    ['a malformed selector', { pods: 'Remote', terms: undefined }, NAPLES, 'perhaps'],
    [
      'only an invalid term, which is not the same as no terms',
      { pods: 'Remote', terms: [bad] },
      NAPLES,
      'perhaps',
    ],
    [
      'an invalid term beside one that matches',
      { pods: 'Remote', terms: [bad, ...terms('region=south')] },
      NAPLES,
      'perhaps',
    ],
  ] as const)('%s', (_, of, one, expected) => {
    expect(twinOn(of, one)).toBe(expected);
  });
});

describe('nodes that nobody lists', () => {
  const local = anyLocalNode([NAPLES]);
  test.each<[string, Partial<PodSpec>, string]>([
    ['anything', {}, 'yes'],
    ['a label', { nodeSelector: { disk: 'ssd' } }, 'yes'],
    [
      'type=virtual-node',
      { nodeSelector: { 'liqo.io/type': 'virtual-node' } },
      'its nodeSelector requires liqo.io/type=virtual-node',
    ],
    ['another type', { nodeSelector: { 'liqo.io/type': 'physical' } }, 'yes'],
    [
      'a remote cluster',
      { required: terms('liqo.io/remote-cluster-id') },
      'its required node affinity requires liqo.io/remote-cluster-id',
    ],
    ['no remote cluster', { required: terms('liqo.io/remote-cluster-id!=naples') }, 'yes'],
    ['what is no label value', { nodeSelector: { a: 'x y' } }, 'its nodeSelector requires a=x y'],
    [
      'a term that contradicts itself',
      { required: terms('b,a=1,a=2') },
      'its required node affinity requires a=1,a=2 (of b,a=1,a=2)',
    ],
    [
      'a term that contradicts the nodeSelector',
      { nodeSelector: { a: '1', c: '' }, required: terms('b,a=2') },
      'its required node affinity requires a=2,a=1 (of b,a=2)',
    ],
    [
      'the name of a virtual node',
      { required: [onNode('liqo-naples')] },
      'its required node affinity requires metadata.name=liqo-naples',
    ],
    ['the name of another node', { required: [onNode('n1')] }, 'yes'],
    ['the label metadata.name, which is no field', { required: terms('metadata.name=liqo-naples') }, 'yes'],
    ['one term of two', { required: terms(V, 'a') }, 'yes'],
    [
      'no term of two',
      { required: [...terms(V), {}] },
      `its required node affinity requires ${V}, or something that no node has (a term without requirements)`,
    ],
    ['no terms', { required: [] }, 'its required node affinity has no terms'],
  ])('a local node for %s', (_, parts, expected) => {
    expect(because(possible(pod(parts), local))).toBe(expected);
  });

  test('says which labels the node needs, by the easiest term', () => {
    expect(
      possible(pod({ nodeSelector: { disk: 'ssd' }, required: terms('a=1,b=2', 'c=3') }), local),
    ).toEqual({
      answer: 'yes',
      witness: expect.objectContaining({ labels: { disk: 'ssd', c: '3' } }),
    });
  });

  test('a virtual node without a Node leaves its name to others', () => {
    const ghost = anyLocalNode([provider('naples', {}, false)]);
    const byName = pod({
      nodeSelector: { 'kubernetes.io/hostname': 'liqo-naples' },
      required: [onNode('liqo-naples')],
    });
    expect(because(possible(byName, ghost))).toBe('yes');
    expect(because(possible(byName, local))).not.toBe('yes');
  });

  test('a named node', () => {
    const named1 = named(local, 'n1');
    expect(because(possible(pod({ required: [onNode('n1')] }), named1))).toBe('yes');
    expect(because(possible(pod({ required: [onNode('n2')] }), named1))).toContain('metadata.name=n2');
  });

  test('a virtual node is of its type, and of a cluster', () => {
    expect(because(possible(pod({ required: terms(L) }), ANY_VIRTUAL_NODE))).toContain(L);
    expect(
      because(possible(pod({ required: terms('liqo.io/remote-cluster-id=') }), ANY_VIRTUAL_NODE)),
    ).toContain('remote-cluster-id');
    expect(because(possible(pod({ required: terms(V) }), ANY_VIRTUAL_NODE))).toBe('yes');
  });

  test('agrees with trying every node of a small world', () => {
    fc.assert(
      fc.property(arbitraryPod, (one) => {
        const some = everyLocalNode.some(({ labels }) => wants(one, labels));
        expect(possible(one, anyLocalNode()).answer).toBe(some ? 'yes' : 'no');
      }),
      { numRuns: 500 },
    );
  });
});

test('tolerating the taint is all that an untouched pod lacks', () => {
  expect(summary(stored(pod({ tolerations: [TOLERATION] }), inNamespace(undefined)))).toEqual([
    'yes',
    'hangs',
    'hangs',
  ]);
});
