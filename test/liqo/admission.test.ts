import type { UncheckedTerm } from '../../lib/selector/term';
import {
  admit,
  imposedTerms,
  mergeNodeSelectors,
  requiredProblem,
  type Admission,
  type RuntimeClass,
} from '../../lib/liqo/admission';
import { POD_STRATEGIES } from '../../lib/liqo/namespace-offloading';
import type { PodSpec } from '../../lib/liqo/pod';
import { inNamespace, L, offloading, onNode, pod, terms, TOLERATION, V } from './given';

const LIQO: RuntimeClass = {
  name: 'liqo',
  nodeSelector: { 'liqo.io/type': 'virtual-node' },
  tolerations: [TOLERATION],
};
const stored = (admission: Admission): PodSpec => {
  if (admission.outcome !== 'stored') throw new Error(admission.reason);
  return admission.pod;
};
const reason = (admission: Admission) => (admission.outcome === 'stored' ? undefined : admission.reason);

// pkg/webhooks/pod/testutils/utils.go. The values "A,B" of its requirements are written there as one, which no API server
// takes; the tests of Liqo do not ask one.
const CLUSTERS: UncheckedTerm[] = [
  {
    matchExpressions: [
      { key: 'region', operator: 'In', values: ['A,B'] },
      { key: 'provider', operator: 'Exists', values: [] },
    ],
  },
  {
    matchExpressions: [
      { key: 'region', operator: 'In', values: ['C,D'] },
      { key: 'NotProvider', operator: 'Exists', values: [] },
    ],
  },
];
const POD = terms('storage', 'provider=AWS');
const plus = (term: UncheckedTerm | undefined, ...more: UncheckedTerm[]): UncheckedTerm => ({
  matchExpressions: [term, ...more].flatMap((one) => one?.matchExpressions ?? []),
  matchFields: [],
});
const [virtual, local] = [terms(V)[0], terms(L)[0]];

describe("Liqo's own tests (pkg/webhooks/pod/pod_test.go, pkg/utils/nodeutils_test.go)", () => {
  test('the node selector that a NamespaceOffloading imposes', () => {
    expect(imposedTerms('Local', CLUSTERS)).toBeUndefined();
    expect(imposedTerms('Remote', CLUSTERS)).toEqual(CLUSTERS.map((one) => plus(one, virtual ?? {})));
    expect(imposedTerms('LocalAndRemote', CLUSTERS)).toEqual([...CLUSTERS, ...terms(L)]);
  });

  test('the merged node selector: every term of the pod with every imposed one, in that order', () => {
    expect(mergeNodeSelectors(POD, CLUSTERS)).toEqual(
      POD.flatMap((one) => CLUSTERS.map((other) => plus(one, other))),
    );
    expect(mergeNodeSelectors(terms('l1,l2', 'l3,l4'), terms('l5,l6', 'l7,l8'))).toEqual(
      terms('l1,l2,l5,l6', 'l1,l2,l7,l8', 'l3,l4,l5,l6', 'l3,l4,l7,l8'),
    );
  });

  const OWN = pod({ tolerations: [{ key: 'test', value: '' }], required: POD });
  const valid = terms('region in (A,B),provider', 'region in (C,D),NotProvider');
  const product = (others: readonly UncheckedTerm[]) =>
    POD.flatMap((one) => others.map((other) => plus(one, other)));

  test.each([
    ['Local', undefined],
    ['LocalAndRemote', product([...valid, local ?? {}])],
    ['Remote', product(valid.map((one) => plus(one, virtual ?? {})))],
  ] as const)('mutatePod under %s', (strategy, required) => {
    const environment = inNamespace(
      { pods: strategy, terms: valid },
      { liqoRuntimeClass: 'my-liqo-runtime' },
    );
    const admission = admit(OWN, { ...environment, namespace: { ...environment.namespace, labelled: true } });
    expect(stored(admission)).toEqual(
      required === undefined ? OWN : { ...OWN, tolerations: [...OWN.tolerations, TOLERATION], required },
    );
    expect(admission).toMatchObject({ bound: required !== undefined, assumptions: [] });
  });

  test.each(POD_STRATEGIES)("under %s, a pod of Liqo's RuntimeClass is left alone", (strategy) => {
    const own = { ...OWN, runtimeClassName: 'my-liqo-runtime' };
    const environment = inNamespace(
      { pods: strategy, terms: valid },
      { liqoRuntimeClass: 'my-liqo-runtime', runtimeClass: { name: 'my-liqo-runtime' } },
    );
    expect(stored(admit(own, environment))).toEqual(own);
  });

  test('a pod of another RuntimeClass is bound', () => {
    const own = { ...OWN, runtimeClassName: 'my-custom-runtime' };
    const environment = inNamespace(
      { pods: 'LocalAndRemote', terms: valid },
      { runtimeClass: { name: 'my-custom-runtime' } },
    );
    expect(stored(admit(own, environment))).toEqual({
      ...own,
      tolerations: [...own.tolerations, TOLERATION],
      required: product([...valid, local ?? {}]),
    });
  });
});

describe("Liqo's webhook", () => {
  const required = (
    texts: string[],
    own?: UncheckedTerm[],
    strategy: 'Remote' | 'LocalAndRemote' = 'Remote',
  ) => stored(admit(pod(own && { required: own }), inNamespace(offloading(strategy, ...texts)))).required;

  test.each<[string, string[], UncheckedTerm[] | undefined, UncheckedTerm[] | undefined]>([
    ['no terms: any virtual node', [], undefined, terms(V)],
    ['a term without requirements: any virtual node', [''], undefined, terms(V)],
    ['each term', ['a=1', 'b'], undefined, terms(`a=1,${V}`, `b,${V}`)],
    [
      'the product with the pod',
      ['a=1', 'b'],
      terms('c', 'd'),
      terms(`c,a=1,${V}`, `c,b,${V}`, `d,a=1,${V}`, `d,b,${V}`),
    ],
    ['a pod that requires no terms counts as one that requires nothing', ['a=1'], [], terms(`a=1,${V}`)],
    ['a term of the pod that matches nothing is widened', [], [{}], terms(V)],
    ['matchFields of the pod are lost', [], [onNode('n1')], terms(V)],
  ])('Remote, %s', (_, selector, own, expected) => {
    expect(required(selector, own)).toEqual(expected);
  });

  test.each<[string, string[], UncheckedTerm[] | undefined, UncheckedTerm[] | undefined]>([
    ['no terms: nothing', [], undefined, undefined],
    ['no terms: the pod keeps its matchFields', [], [onNode('n1')], [onNode('n1')]],
    ['terms, or a local node', ['a=1'], undefined, terms('a=1', L)],
    ['a term without requirements stays one', [''], undefined, terms('', L)],
    ['a term without requirements does not bind a pod with terms', [''], terms('c'), terms('c', `c,${L}`)],
    ['matchFields of the pod are lost', ['a=1'], [onNode('n1', 'b')], terms('b,a=1', `b,${L}`)],
  ])('LocalAndRemote, %s', (_, selector, own, expected) => {
    expect(required(selector, own, 'LocalAndRemote')).toEqual(expected);
  });

  test('matchFields of the clusterSelector survive where the pod requires nothing, and only there', () => {
    const of = { pods: 'LocalAndRemote' as const, terms: [onNode('liqo-naples')] };
    expect(stored(admit(pod(), inNamespace(of))).required).toEqual([onNode('liqo-naples'), ...terms(L)]);
    expect(stored(admit(pod({ required: terms('a') }), inNamespace(of))).required).toEqual(
      terms('a', `a,${L}`),
    );
  });

  test('Remote keeps the matchFields of the clusterSelector, where the pod requires nothing', () => {
    const of = { pods: 'Remote' as const, terms: [onNode('liqo-naples', 'a')] };
    expect(stored(admit(pod(), inNamespace(of))).required).toEqual([onNode('liqo-naples', `a,${V}`)]);
  });

  test('appends the toleration though it is there', () => {
    const environment = inNamespace(offloading('LocalAndRemote'));
    expect(stored(admit(pod({ tolerations: [TOLERATION] }), environment)).tolerations).toEqual([
      TOLERATION,
      TOLERATION,
    ]);
  });

  test('is off without the label', () => {
    const namespace = { labelled: false, offloading: offloading('Remote', 'a=1') };
    expect(admit(pod(), { namespace, liqoRuntimeClass: 'liqo' })).toEqual({
      outcome: 'stored',
      pod: pod(),
      bound: false,
      assumptions: [],
    });
  });

  test('rejects every pod where the label has no NamespaceOffloading', () => {
    const environment = { namespace: { labelled: true }, liqoRuntimeClass: 'liqo' };
    for (const one of [pod(), pod({ runtimeClassName: 'liqo' })])
      expect(reason(admit(one, environment))).toBe(
        "The namespace has Liqo's scheduling label but no NamespaceOffloading: Liqo's webhook rejects every new pod.",
      );
    expect(admit(pod(), inNamespace(undefined)).outcome).toBe('stored');
  });

  test('a malformed clusterSelector decides nothing, unless the webhook leaves the pod alone', () => {
    const of = { pods: 'Remote' as const, terms: undefined };
    expect(admit(pod(), inNamespace(of)).outcome).toBe('undecided');
    expect(admit(pod({ runtimeClassName: 'liqo' }), inNamespace(of)).outcome).toBe('stored');
    expect(admit(pod(), inNamespace({ pods: 'Local', terms: undefined })).outcome).toBe('stored');
  });

  test('a clusterSelector in error gets into the pod, and the API server refuses it', () => {
    const of = {
      pods: 'Remote' as const,
      terms: [{ matchExpressions: [{ key: 'a', operator: 'Is', values: ['1'] }] }],
    };
    expect(reason(admit(pod(), inNamespace(of)))).toBe(
      "The API server refuses the pod's required node affinity after Liqo's webhook has merged the clusterSelector into it: a: 'Is' is not an operator.",
    );
    expect(admit(pod({ runtimeClassName: 'liqo' }), inNamespace(of)).outcome).toBe('stored');
  });
});

describe('the RuntimeClass plugin', () => {
  const outside = inNamespace(undefined, { runtimeClass: LIQO });

  test('merges the nodeSelector and the tolerations', () => {
    const own = pod({
      runtimeClassName: 'liqo',
      nodeSelector: { disk: 'ssd' },
      tolerations: [
        { key: TOLERATION.key, operator: 'Equal', value: 'true', effect: 'NoExecute' },
        { key: 'x' },
      ],
    });
    expect(stored(admit(own, outside))).toEqual({
      ...own,
      nodeSelector: { disk: 'ssd', 'liqo.io/type': 'virtual-node' },
      tolerations: [{ key: 'x' }, TOLERATION],
    });
  });

  test('touches nothing where the class says nothing about nodes', () => {
    const own = pod({ runtimeClassName: 'gvisor', tolerations: [TOLERATION, TOLERATION] });
    const plain = inNamespace(undefined, { runtimeClass: { name: 'gvisor' } });
    expect(stored(admit(own, plain))).toEqual(own);
    const selecting = inNamespace(undefined, { runtimeClass: { name: 'gvisor', nodeSelector: { a: '1' } } });
    expect(stored(admit(own, selecting))).toEqual({
      ...own,
      nodeSelector: { a: '1' },
      tolerations: [TOLERATION],
    });
  });

  test('takes the same entry of a nodeSelector, and rejects another', () => {
    const type = (value: string) =>
      pod({ runtimeClassName: 'liqo', nodeSelector: { 'liqo.io/type': value } });
    expect(admit(type('virtual-node'), outside).outcome).toBe('stored');
    expect(reason(admit(type('physical'), outside))).toBe(
      "The pod's nodeSelector requires liqo.io/type=physical, but its RuntimeClass 'liqo' requires liqo.io/type=virtual-node.",
    );
  });

  test('rejects a pod whose class does not exist, before any webhook', () => {
    const environment = {
      namespace: { labelled: true },
      liqoRuntimeClass: 'liqo',
      runtimeClass: 'missing',
    } as const;
    expect(reason(admit(pod({ runtimeClassName: 'liqo' }), environment))).toBe(
      "The pod's RuntimeClass 'liqo' does not exist.",
    );
    expect(admit(pod(), inNamespace(undefined, { runtimeClass: 'missing' })).outcome).toBe('stored');
  });

  test('a class that nobody knows: Liqo’s as its chart has it, any other without a say, both said', () => {
    const liqo = admit(
      pod({ runtimeClassName: 'offload' }),
      inNamespace(undefined, { liqoRuntimeClass: 'offload' }),
    );
    expect(liqo).toMatchObject({
      pod: { nodeSelector: { 'liqo.io/type': 'virtual-node' }, tolerations: [TOLERATION] },
      assumptions: ["The RuntimeClass 'offload' is as Liqo's chart installs it."],
    });
    const other = admit(pod({ runtimeClassName: 'gvisor' }), outside);
    expect(other).toMatchObject({
      pod: pod({ runtimeClassName: 'gvisor' }),
      assumptions: ["The RuntimeClass 'gvisor' exists and does not restrict nodes."],
    });
  });

  test('runs again after the webhook, which drops the toleration that it appended twice', () => {
    const runtimeClass: RuntimeClass = { name: 'gvisor', nodeSelector: { sandbox: 'yes' } };
    const own = pod({ runtimeClassName: 'gvisor', tolerations: [TOLERATION] });
    expect(stored(admit(own, inNamespace(offloading('LocalAndRemote'), { runtimeClass })))).toEqual({
      ...own,
      nodeSelector: { sandbox: 'yes' },
    });
  });
});

test.each<[UncheckedTerm[], string | undefined]>([
  [terms('a=1', '', 'b>1', '!c'), undefined],
  [[onNode('n1', 'a')], undefined],
  [[{ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['many'] }] }], undefined],
  [[], 'it has no nodeSelectorTerms'],
  [[{ matchExpressions: [{ key: 'a', operator: 'In' }] }], 'a: In needs a value'],
  [[{ matchExpressions: [{ key: 'a', operator: 'Exists', values: ['1'] }] }], 'a: Exists takes no values'],
  [[{ matchExpressions: [{ key: 'a', operator: 'Lt', values: ['1', '2'] }] }], 'a: Lt takes one value'],
  [[{ matchExpressions: [{ key: 'a', operator: '=', values: ['1'] }] }], "a: '=' is not an operator"],
  [[{ matchExpressions: [{ key: '', operator: 'Exists' }] }], "the key '' is empty"],
  [
    [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['1', 'x y'] }] }],
    "a: the value 'x y' must consist of letters, digits, '-', '_' and '.', with a letter or digit at both ends",
  ],
  [
    [...terms('a'), { matchFields: [{ key: 'spec.x', operator: 'In', values: ['n'] }] }],
    "matchFields does not support 'spec.x'",
  ],
  [[{ matchFields: [{ key: 'metadata.name', operator: 'Exists' }] }], "matchFields: 'Exists' is not allowed"],
  [
    [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a', 'b'] }] }],
    'matchFields: exactly one value is allowed',
  ],
])('what the API server has against the required affinity %j: %s', (required, problem) => {
  expect(requiredProblem(required)).toBe(problem);
});
