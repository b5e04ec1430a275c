// Where the pods of one workload can land: local nodes, naples (region=south), florence (region=center).
import { namespace, offloading, runtimeClass } from '../judge/given';
import { node, of, PARTIAL, provider } from '../judge/inventories';
import { explained, LABEL, one, places, shop, TOLERATES, wants, workload } from './given';

const SOUTH = shop(['region=south']);
const CENTER_FAILS = 'no: region=south (it has center)';
const TAINTED = 'no: does not tolerate virtual-node.liqo.io/not-allowed';
const HANGS = 'hangs: no twin namespace there (OffloadingBackOff)';
const V = 'liqo.io/type=virtual-node';
const VIRTUAL = `no: nodeSelector ${V}`;
const BY_CLASS = '{ runtimeClassName: liqo }';

test.each<[string, readonly string[], string, readonly string[]]>([
  ['LocalAndRemote, a selector', SOUTH, '{}', ['yes', 'yes', CENTER_FAILS]],
  ['LocalAndRemote, every cluster', shop([]), '{}', ['yes', 'yes', 'yes']],
  ['no clusterSelector', [namespace('shop', LABEL), offloading('shop', '{}')], '{}', ['yes', 'yes', 'yes']],
  [
    'Remote',
    shop(['region=south'], ', podOffloadingStrategy: Remote'),
    '{}',
    [`no: ${V}`, 'yes', CENTER_FAILS],
  ],
  ['Local', shop([], ', podOffloadingStrategy: Local'), '{}', ['yes', TAINTED, TAINTED]],
  ['not offloaded', [namespace('shop')], '{}', ['yes', TAINTED, TAINTED]],
  ['not offloaded, tolerating all', [namespace('shop')], `{ ${TOLERATES} }`, ['yes', HANGS, HANGS]],
  ["Liqo's RuntimeClass escapes", SOUTH, BY_CLASS, [VIRTUAL, 'yes', HANGS]],
  [
    "Liqo's RuntimeClass and the affinity of the selector",
    SOUTH,
    `{ runtimeClassName: liqo, ${wants('region=south')} }`,
    [VIRTUAL, 'yes', CENTER_FAILS],
  ],
  [
    'a nodeSelector',
    SOUTH,
    '{ nodeSelector: { disk: ssd } }',
    ['if: disk=ssd', 'no: nodeSelector disk=ssd (it has none)', expect.stringContaining('disk=ssd')],
  ],
  [
    'an affinity, of which the webhook makes a product',
    SOUTH,
    `{ ${wants('region=center')} }`,
    ['if: region=center', 'no: region=center (it has south)', CENTER_FAILS],
  ],
  [
    'what is placed anywhere already',
    SOUTH,
    `{ ${wants(`region=south,${V}`, 'liqo.io/type!=virtual-node')} }`,
    ['yes', 'yes', CENTER_FAILS],
  ],
  [
    'what is placed locally',
    SOUTH,
    `{ ${wants('liqo.io/type!=virtual-node')} }`,
    ['yes', 'no: liqo.io/type!=virtual-node', 'no: liqo.io/type!=virtual-node'],
  ],
  [
    'several values',
    shop([]),
    `{ ${wants('region in (east,west)', 'region notin (south,center)')} }`,
    [
      'if: region in (east,west); region notin (south,center)',
      'no: region in (east,west) (it has south), or region notin (south,center) (it has south)',
      'no: region in (east,west) (it has center), or region notin (south,center) (it has center)',
    ],
  ],
  [
    'a requirement that local nodes meet anyway',
    shop([]),
    `{ ${wants('!liqo.io/remote-cluster-id')} }`,
    ['yes', 'no: !liqo.io/remote-cluster-id', 'no: !liqo.io/remote-cluster-id'],
  ],
  [
    'a contradiction',
    shop([]),
    `{ ${wants('a=1,a=2')} }`,
    ['no: a=1, a=2', 'no: a=1 (it has none), a=2 (it has none)', expect.stringMatching(/^no: a=1/)],
  ],
  [
    'the nodeName of a virtual node',
    shop([]),
    '{ nodeName: liqo-naples }',
    ['no: nodeName liqo-naples', 'yes', 'no: nodeName liqo-naples'],
  ],
  [
    'the nodeName of another node',
    shop([]),
    '{ nodeName: n1 }',
    ['if: metadata.name=n1', 'no: nodeName n1', 'no: nodeName n1'],
  ],
  [
    'a toleration that ends',
    shop([], ', podOffloadingStrategy: Local'),
    '{ tolerations: [{ key: virtual-node.liqo.io/not-allowed, operator: Exists, tolerationSeconds: 60, effect: NoExecute }] }',
    ['yes', 'yes: evicted again after 60 seconds', 'yes: evicted again after 60 seconds'],
  ],
])('%s', (_, texts, spec, expected) => {
  expect(places(one(texts, spec))).toEqual(expected);
});

test.each<[string, readonly string[], string, string, RegExp]>([
  ['a label without an offloading', [namespace('shop', LABEL)], '{}', 'rejected', /no NamespaceOffloading/],
  [
    'a nodeSelector against the RuntimeClass',
    SOUTH,
    '{ runtimeClassName: liqo, nodeSelector: { liqo.io/type: other } }',
    'rejected',
    /liqo\.io\/type=other/,
  ],
  [
    'a pod spec of the wrong form',
    SOUTH,
    '{ nodeSelector: [] }',
    'rejected',
    /refuses the pod: nodeSelector/,
  ],
  ['a pod without a spec', SOUTH, 'null', 'rejected', /it has no spec/],
  [
    'a selector that the API server refuses in a pod',
    [
      namespace('shop', LABEL),
      offloading(
        'shop',
        '{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: a, operator: Is }] }] } }',
      ),
    ],
    '{}',
    'rejected',
    /webhook has merged the clusterSelector/,
  ],
  [
    'a malformed selector',
    [namespace('shop', LABEL), offloading('shop', '{ clusterSelector: { nodeSelectorTerms: 3 } }')],
    '{}',
    'undecided',
    /malformed/,
  ],
  [
    'a strategy that is none',
    [namespace('shop', LABEL), offloading('shop', '{ podOffloadingStrategy: Both }')],
    '{}',
    'undecided',
    /podOffloadingStrategy/,
  ],
])('no place at all: %s', (_, texts, spec, outcome, reason) => {
  const found = one(texts, spec);
  expect(found).toMatchObject({ outcome, reason: expect.stringMatching(reason) });
  expect(found.places).toBeUndefined();
});

describe('what is taken for granted', () => {
  test('nothing, where the manifests say it all', () => {
    expect(one(SOUTH, '{}').assumptions).toEqual([]);
  });

  test.each<[string, readonly string[], string, RegExp]>([
    [
      'a label that no manifest has',
      [namespace('shop'), SOUTH[1] ?? ''],
      '{}',
      /^Liqo's controller has labelled/,
    ],
    ['a Namespace that nobody declares', [SOUTH[1] ?? ''], '{}', /^Liqo's controller has labelled/],
    ["Liqo's RuntimeClass", SOUTH, BY_CLASS, /as Liqo's chart installs it/],
    ['another RuntimeClass', SOUTH, '{ runtimeClassName: gvisor }', /'gvisor' exists/],
    ['an offloading declared twice', [...SOUTH, SOUTH[1] ?? ''], '{}', /Several NamespaceOffloadings/],
    ['a Namespace declared twice', [...SOUTH, SOUTH[0] ?? ''], '{}', /declared several times/],
    [
      'an offloading of another name',
      [namespace('shop', LABEL), offloading('shop', undefined, { name: 'other' })],
      '{}',
      /is named 'offloading': Liqo refuses any other name/,
    ],
    ['a namespace that nobody shows', [], '{}', /does not have the label/],
  ])('%s', (_, texts, spec, expected) => {
    expect(one(texts, spec).assumptions).toEqual([expect.stringMatching(expected)]);
  });

  test('a label that is taken for granted is on', () => {
    expect(places(one([namespace('shop'), SOUTH[1] ?? ''], '{}'))).toEqual(['yes', 'yes', CENTER_FAILS]);
  });

  test('beside one of the right name, an offloading of another name is nothing', () => {
    const other = offloading('shop', undefined, { name: 'another' });
    const found = one([namespace('shop', LABEL), other, SOUTH[1] ?? ''], '{}');
    expect([found.assumptions, places(found)]).toEqual([[], ['yes', 'yes', CENTER_FAILS]]);
  });

  test('labels that a config asserts count as those of a manifest', () => {
    const asserted = new Map([['shop', { 'liqo.io/scheduling-enabled': 'true' }]]);
    expect(one([SOUTH[1] ?? ''], '{}', { asserted }).assumptions).toEqual([]);
    expect(one([], '{}', { asserted }).outcome).toBe('rejected');
    expect(one([], '{}', { asserted: new Map([['shop', {}]]) }).assumptions).toEqual([]);
  });
});

describe('the RuntimeClass', () => {
  const nodes = 'scheduling: { nodeSelector: { region: center } }';

  test('is found among the manifests', () => {
    const found = one([...SOUTH, runtimeClass('liqo') + nodes], BY_CLASS);
    expect(found.assumptions).toEqual([]);
    expect(places(found)).toEqual([
      'if: region=center',
      expect.stringMatching(/^no: does not tolerate/),
      expect.stringMatching(/^no: does not tolerate/),
    ]);
    expect(found.admission[0]).toBe("RuntimeClass 'liqo' requires region=center.");
  });

  test('has the name that cluster.ts gives it', () => {
    const renamed = { liqoRuntimeClass: 'remote' };
    expect(one(SOUTH, '{ runtimeClassName: remote }', renamed).admission).toEqual([
      `RuntimeClass 'remote' requires ${V} and tolerates virtual-node.liqo.io/not-allowed.`,
      expect.stringContaining('does not touch the pod'),
    ]);
    // The chart's own is there under that name only.
    expect(one(SOUTH, BY_CLASS, renamed)).toMatchObject({
      outcome: 'rejected',
      reason: "The pod's RuntimeClass 'liqo' does not exist.",
    });
    expect(one([...SOUTH, runtimeClass('liqo')], BY_CLASS, renamed).admission).toEqual([
      expect.stringContaining('allows local nodes and the virtual nodes'),
    ]);
  });
});

test('says what the pod wants itself, then what admission does to it', () => {
  expect(one(SOUTH, `{ nodeSelector: { disk: ssd }, ${wants('a', 'b=1')} }`).admission).toEqual([
    'Its nodeSelector requires disk=ssd.',
    'Its node affinity requires a, or b=1.',
    "Liqo's webhook allows local nodes and the virtual nodes that the namespace selects.",
  ]);
});

test.each<[string, string, RegExp]>([
  ['escapes the selector', BY_CLASS, /: the clusterSelector does not apply to it\.$/],
  ['keeps to it by itself', `{ runtimeClassName: liqo, ${wants('region=south')} }`, /: its own requirements/],
])("a pod of Liqo's RuntimeClass that %s", (_, spec, expected) => {
  expect(one(SOUTH, spec).admission.at(-1)).toMatch(expected);
});

describe('clusters without a twin namespace', () => {
  const SELECTED = { spec: '{}', texts: shop(['region'], ', namespaceMappingStrategy: EnforceSameName') };

  test('a provider that does not accept the mapping strategy', () => {
    const accepting = provider('naples', node('naples', 'region: south')).replace(
      /\}$/,
      ', acceptedMappingStrategies: [DefaultName] }',
    );
    const inventory = of(true, accepting, provider('florence', node('florence', 'region: center')));
    expect(places(one(SELECTED.texts, SELECTED.spec, { inventory }))).toEqual([
      'yes',
      `${HANGS}: it does not accept EnforceSameName, only DefaultName`,
      'yes',
    ]);
  });

  test('virtual nodes that disagree', () => {
    const inventory = of(
      true,
      provider('rome', node('rome', 'region: south', 'r1'), node('rome', 'region: center', 'r2')),
    );
    expect(places(one(SOUTH, '{}', { inventory }))).toEqual([
      'yes',
      'perhaps: the selector matches only some of its virtual nodes: the twin namespace comes and goes',
      CENTER_FAILS,
    ]);
  });

  test('a virtual node without a Node takes no pod', () => {
    const ghost = provider('rome', node('rome', 'region: south').replace(/ \}$/, ', createNode: false }'));
    expect(places(one(SOUTH, '{}', { inventory: of(true, ghost) }))).toEqual([
      'yes',
      'no: the virtual node has no Node',
    ]);
  });
});

describe('clusters that the inventory does not list', () => {
  const others = (
    texts: readonly string[],
    spec: string,
    inventory = undefined as typeof PARTIAL | undefined,
  ) => places(one(texts, spec, { inventory })).at(-1);

  test('a complete inventory leaves none', () => {
    expect(one(SOUTH, '{}').places?.others).toBeUndefined();
  });

  test.each<[string, readonly string[], string, string]>([
    ['a selector binds', SOUTH, '{}', 'if: region=south'],
    ['every cluster', shop([]), '{}', 'yes'],
    ['local only', SOUTH, `{ ${wants('liqo.io/type!=virtual-node')} }`, 'no: liqo.io/type!=virtual-node'],
    ['Local', shop([], ', podOffloadingStrategy: Local'), '{}', TAINTED],
    ['not offloaded', [namespace('shop')], `{ ${TOLERATES} }`, HANGS],
    [
      'a RuntimeClass that escapes the selector',
      SOUTH,
      BY_CLASS,
      'yes: hangs on clusters that the namespace does not select (OffloadingBackOff)',
    ],
    ['one that does not', SOUTH, `{ runtimeClassName: liqo, ${wants('region=south')} }`, 'if: region=south'],
    [
      'a toleration that escapes the selector',
      shop(['region=south'], ', podOffloadingStrategy: Local'),
      `{ ${TOLERATES} }`,
      'yes: hangs on clusters that the namespace does not select (OffloadingBackOff)',
    ],
    ['a nodeName', shop([]), '{ nodeName: n1 }', 'if: metadata.name=n1'],
  ])('%s', (_, texts, spec, expected) => {
    expect(others(texts, spec)).toBe(expected);
    expect(others(texts, spec, PARTIAL)).toBe(expected);
  });
});

test.each(['Deployment', 'StatefulSet', 'ReplicaSet'])('a %s is explained by its template', (kind) => {
  expect(places(one(SOUTH, BY_CLASS, { kind }))).toEqual([VIRTUAL, 'yes', HANGS]);
});

test('a CronJob too', () => {
  const text =
    'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: web, namespace: shop }\n' +
    `spec: { jobTemplate: { spec: { template: { spec: ${BY_CLASS} } } } }\n`;
  const [found] = explained('shop/cronjob/web', [...SOUTH, text]).workloads;
  expect(found && places(found)).toEqual([VIRTUAL, 'yes', HANGS]);
});

test('only the workloads of the namespace', () => {
  const texts = [...SOUTH, workload('Pod', '{}'), workload('Pod', '{}', 'web', 'other')];
  expect(explained('shop', texts).workloads).toHaveLength(1);
});
