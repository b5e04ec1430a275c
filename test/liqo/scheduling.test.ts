import fc from 'fast-check';
import type { PodSpec } from '../../lib/liqo/pod';
import { fits, printExclusion, type Exclusion, type Node, type TermFailure } from '../../lib/liqo/scheduling';
import { parseSelector } from '../../lib/selector/parse';
import type { Term, UncheckedTerm } from '../../lib/selector/term';
import { everyLocalNode, pod as arbitraryPod, wants } from './arbitrary';
import { onNode, pod, terms, TOLERATION } from './given';

const TAINT = { key: TOLERATION.key, value: 'true', effect: 'NoExecute' } as const;
const NODE: Node = { name: 'n1', labels: { a: '1', b: '02' }, taints: [] };
const virtual: Node = { ...NODE, taints: [TAINT] };
const bad: UncheckedTerm = { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['many'] }] };

const yes = { answer: 'yes' };
const no = (...exclusions: Exclusion[]) => ({ answer: 'no', exclusions });
const onlyTerm = (text: string): Term => ({ matchExpressions: parseSelector(text), matchFields: [] });
const failing = (text: string, ...requirements: string[]): TermFailure => ({
  why: 'requirements',
  term: onlyTerm(text),
  requirements: requirements.flatMap((one) => onlyTerm(one).matchExpressions),
});
const byTerm = (text: string, ...requirements: string[]): Exclusion => ({
  by: 'affinity',
  terms: [failing(text, ...requirements)],
});

test.each<[string, Partial<PodSpec>, Node, unknown]>([
  ['a plain pod on a plain node', {}, NODE, yes],
  ['a taint', {}, virtual, no({ by: 'taint', taint: TAINT })],
  ['a tolerated taint', { tolerations: [TOLERATION] }, virtual, yes],
  ['PreferNoSchedule', {}, { ...NODE, taints: [{ key: 'k', effect: 'PreferNoSchedule' }] }, yes],
  [
    'NoSchedule, tolerated only as NoExecute',
    { tolerations: [{ key: 'k', operator: 'Exists', effect: 'NoExecute' }] },
    { ...NODE, taints: [{ key: 'k', effect: 'NoSchedule' }] },
    no({ by: 'taint', taint: { key: 'k', effect: 'NoSchedule' } }),
  ],
  [
    'one taint of two',
    { tolerations: [TOLERATION] },
    { ...NODE, taints: [TAINT, { key: 'k', value: 'v', effect: 'NoSchedule' }] },
    no({ by: 'taint', taint: { key: 'k', value: 'v', effect: 'NoSchedule' } }),
  ],
  [
    'a toleration that ends',
    { tolerations: [{ ...TOLERATION, tolerationSeconds: 5 }] },
    virtual,
    { ...yes, evictedAfter: 5 },
  ],
  [
    'one that ended before',
    { tolerations: [{ ...TOLERATION, tolerationSeconds: -5 }] },
    virtual,
    { ...yes, evictedAfter: 0 },
  ],
  [
    'one that ends, in front of one that does not',
    { tolerations: [{ ...TOLERATION, tolerationSeconds: 5 }, TOLERATION] },
    virtual,
    { ...yes, evictedAfter: 5 },
  ],
  [
    'one that does not end in front',
    { tolerations: [TOLERATION, { ...TOLERATION, tolerationSeconds: 5 }] },
    virtual,
    yes,
  ],
  [
    'seconds that have no say, since the taint does not evict',
    { tolerations: [{ key: 'k', operator: 'Exists', tolerationSeconds: 5 }] },
    { ...NODE, taints: [{ key: 'k', effect: 'NoSchedule' }] },
    yes,
  ],
  ['an entry of the nodeSelector', { nodeSelector: { a: '1' } }, NODE, yes],
  [
    'another value',
    { nodeSelector: { a: '2' } },
    NODE,
    no({ by: 'nodeSelector', key: 'a', value: '2', found: '1' }),
  ],
  ['no label', { nodeSelector: { c: '' } }, NODE, no({ by: 'nodeSelector', key: 'c', value: '' })],
  [
    'a label of every object',
    { nodeSelector: { constructor: 'x' } },
    NODE,
    no({ by: 'nodeSelector', key: 'constructor', value: 'x' }),
  ],
  ['a term that matches', { required: terms('a=2', 'b>1') }, NODE, yes],
  ['no terms', { required: [] }, NODE, no({ by: 'affinity', terms: [] })],
  [
    'a term without requirements',
    { required: [{}] },
    NODE,
    no({ by: 'affinity', terms: [{ why: 'empty' }] }),
  ],
  ['an invalid term beside one that matches', { required: [bad, ...terms('a')] }, NODE, yes],
  [
    'an invalid term beside one that does not',
    { required: [bad, ...terms('!a')] },
    NODE,
    no({
      by: 'affinity',
      terms: [
        { why: 'invalid', problems: ['a: Gt needs an integer of 64 bits, not "many"'] },
        failing('!a', '!a'),
      ],
    }),
  ],
  ['what fails of a term', { required: terms('a=1,b=2,c') }, NODE, no(byTerm('a=1,b=2,c', 'b=2', 'c'))],
  ['the name of the node', { required: [onNode('n1')] }, NODE, yes],
  [
    'another name',
    { required: [onNode('n2', 'a')] },
    NODE,
    no({
      by: 'affinity',
      terms: [{ why: 'requirements', term: onNode('n2', 'a'), requirements: onNode('n2').matchFields }],
    }),
  ],
  [
    'everything at once',
    { nodeSelector: { a: '2' }, required: terms('c') },
    virtual,
    no(
      { by: 'taint', taint: TAINT },
      { by: 'nodeSelector', key: 'a', value: '2', found: '1' },
      byTerm('c', 'c'),
    ),
  ],
  ['a nodeName', { nodeName: 'n1', nodeSelector: { a: '2' }, required: terms('c') }, NODE, yes],
  ['another nodeName', { nodeName: 'n2' }, NODE, no({ by: 'nodeName', nodeName: 'n2' })],
  ['a nodeName, with a taint that evicts', { nodeName: 'n1' }, virtual, no({ by: 'taint', taint: TAINT })],
  [
    'a nodeName, past NoSchedule',
    { nodeName: 'n1' },
    { ...NODE, taints: [{ key: 'k', effect: 'NoSchedule' }] },
    yes,
  ],
])('%s', (_, parts, node, expected) => {
  expect(fits(pod(parts), node)).toEqual(expected);
});

test('agrees with what is worked out by hand, on every node of a small world', () => {
  fc.assert(
    fc.property(arbitraryPod, (one) => {
      for (const node of everyLocalNode)
        expect([node.labels, fits(one, node).answer]).toEqual([
          node.labels,
          wants(one, node.labels) ? 'yes' : 'no',
        ]);
    }),
  );
});

test.each<[Exclusion, string]>([
  [
    { by: 'taint', taint: TAINT },
    'the pod does not tolerate the taint virtual-node.liqo.io/not-allowed=true:NoExecute',
  ],
  [
    { by: 'taint', taint: { key: 'k', effect: 'NoSchedule' } },
    'the pod does not tolerate the taint k:NoSchedule',
  ],
  [
    { by: 'nodeSelector', key: 'a', value: '2', found: '1' },
    'its nodeSelector requires a=2, but the node has 1',
  ],
  [{ by: 'nodeSelector', key: 'a', value: '2' }, 'its nodeSelector requires a=2'],
  [byTerm('a=1,b', 'b'), 'its required node affinity requires b (of a=1,b)'],
  [byTerm('a=1', 'a=1'), 'its required node affinity requires a=1'],
  [{ by: 'affinity', terms: [] }, 'its required node affinity has no terms'],
  [
    { by: 'affinity', terms: [{ why: 'empty' }, { why: 'invalid', problems: ['x', 'y'] }] },
    'its required node affinity requires something that no node has (a term without requirements), or something invalid (x; y)',
  ],
  [{ by: 'nodeName', nodeName: 'n' }, 'its nodeName is n'],
  [{ by: 'no-node' }, 'the virtual node has no Node (createNode: false)'],
])('%j in words', (exclusion, words) => {
  expect(printExclusion(exclusion)).toBe(words);
});
