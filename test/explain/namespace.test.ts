// The namespace itself: its twins, and which providers have one and why not.
import type { Known } from '../../lib/explain/known';
import { namespace, offloading } from '../judge/given';
import { node, of, provider } from '../judge/inventories';
import { explained, LABEL, shop } from './given';

function about(texts: readonly string[], more: Partial<Known> = {}) {
  const found = explained('shop', texts, more).about;
  if (found === undefined) throw new Error('nothing about the namespace');
  return found;
}
const providers = (texts: readonly string[], more: Partial<Known> = {}) =>
  (about(texts, more).offloading?.providers ?? []).map(({ provider: id, selected, twin, reasons, notes }) =>
    `${id} ${selected}/${twin} ${[...reasons.map(({ text }) => text), ...notes].join('; ')}`.trim(),
  );

test('a namespace that is not offloaded has no twins', () => {
  expect(about([namespace('shop')])).toEqual({ labelled: false, assumptions: [] });
  expect(about([namespace('shop', LABEL)])).toEqual({ labelled: true, assumptions: [] });
});

test.each<[string, string, string | undefined, string | undefined]>([
  ['DefaultName', '', 'venice', 'shop-venice'],
  ['DefaultName without the ID', '', undefined, undefined],
  ['EnforceSameName', ', namespaceMappingStrategy: EnforceSameName', undefined, 'shop'],
  ['SelectedName', ', namespaceMappingStrategy: SelectedName, remoteNamespaceName: x', 'venice', 'x'],
  ['SelectedName without one', ', namespaceMappingStrategy: SelectedName', 'venice', undefined],
])('the twin of %s', (_, more, consumer, expected) => {
  expect(about(shop([], more), { consumer }).offloading?.twin).toBe(expected);
});

test.each<[string, readonly string[], readonly string[]]>([
  ['every cluster', shop([]), ['naples yes/yes', 'florence yes/yes']],
  ['a selector', shop(['region=south']), ['naples yes/yes', 'florence no/no region=south (it has center)']],
  [
    'Local has twins as well',
    shop(['region=south'], ', podOffloadingStrategy: Local'),
    ['naples yes/yes', 'florence no/no region=south (it has center)'],
  ],
  [
    'each alternative that fails',
    shop(['region=west', 'zone']),
    [
      'naples no/no region=west (it has south), or zone',
      'florence no/no region=west (it has center), or zone',
    ],
  ],
  [
    'a term without requirements',
    [namespace('shop', LABEL), offloading('shop', '{ clusterSelector: { nodeSelectorTerms: [{}] } }')],
    [
      'naples no/no a term without requirements, which nothing matches',
      'florence no/no a term without requirements, which nothing matches',
    ],
  ],
  [
    'an invalid term',
    [
      namespace('shop', LABEL),
      offloading(
        'shop',
        '{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: a, operator: Is }] }] } }',
      ),
    ],
    [
      'naples perhaps/perhaps the clusterSelector is invalid, and what Liqo does with it is unknown',
      'florence perhaps/perhaps the clusterSelector is invalid, and what Liqo does with it is unknown',
    ],
  ],
  [
    'a name that every cluster has',
    shop([], ', namespaceMappingStrategy: SelectedName, remoteNamespaceName: kube-system'),
    [
      "naples yes/no no twin namespace: 'kube-system' exists on every cluster (CreationLoopBackOff)",
      "florence yes/no no twin namespace: 'kube-system' exists on every cluster (CreationLoopBackOff)",
    ],
  ],
  [
    'a name that no namespace can have',
    shop([], ', namespaceMappingStrategy: SelectedName, remoteNamespaceName: A_'),
    [
      expect.stringMatching(/^naples yes\/no no twin namespace: the name 'A_' .*CreationLoopBackOff/),
      expect.stringMatching(/^florence yes\/no/),
    ],
  ],
  [
    'a pod strategy that is none: the selector counts nevertheless',
    shop(['region=south'], ', podOffloadingStrategy: Both'),
    ['naples yes/yes', 'florence no/no region=south (it has center)'],
  ],
])('providers: %s', (_, texts, expected) => {
  expect(providers(texts)).toEqual(expected);
});

test('virtual nodes that disagree', () => {
  const rome = provider('rome', node('rome', 'region: south', 'r1'), node('rome', 'region: center', 'r2'));
  expect(providers(shop(['region=south']), { inventory: of(true, rome) })).toEqual([
    'rome perhaps/perhaps region=south (it has center); the selector matches only some of its virtual nodes: the twin namespace comes and goes',
  ]);
});

test('a mapping strategy that a provider refuses, if it is selected', () => {
  const refusing = (id: string, region: string) =>
    provider(id, node(id, `region: ${region}`)).replace(
      /\}$/,
      ', acceptedMappingStrategies: [SelectedName] }',
    );
  const inventory = of(true, refusing('naples', 'south'), refusing('florence', 'center'));
  expect(providers(shop(['region=south']), { inventory })).toEqual([
    'naples yes/no no twin namespace: it does not accept DefaultName, only SelectedName',
    'florence no/no region=south (it has center)',
  ]);
});

test('the labels of a virtual node without a Node are its own', () => {
  const ghost = provider('rome', node('rome', 'region: south').replace(/ \}$/, ', createNode: false }'));
  const inventory = of(true, ghost);
  expect(providers(shop(['kubernetes.io/os=linux']), { inventory })).toEqual([
    'rome no/no kubernetes.io/os=linux (it has none)',
  ]);
  expect(providers(shop(['region=south']), { inventory })).toEqual(['rome yes/yes']);
});

test('the selector as it is written, by alternative', () => {
  const selector = (texts: readonly string[]) => about(texts).offloading?.selector;
  expect(selector(shop([]))).toEqual([]);
  expect(selector(shop(['b,a=1', 'c']))).toEqual(['b,a=1', 'c']);
  expect(
    selector([namespace('shop'), offloading('shop', '{ clusterSelector: { nodeSelectorTerms: 3 } }')]),
  ).toEqual(['3']);
});
