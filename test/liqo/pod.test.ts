import fc from 'fast-check';
import { readPodSpec, rewritePodSpec, type JsonObject, type PodSpec } from '../../lib/liqo/pod';
import { pod as arbitraryPod } from './arbitrary';
import { pod, terms, TOLERATION } from './given';

const read = (spec: unknown): PodSpec => {
  const answer = readPodSpec(spec);
  if (!answer.ok) throw new Error(answer.problems.join('\n'));
  return answer.pod;
};
const requiring = (nodeSelectorTerms: unknown) => ({
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  },
});

test.each<[string, unknown, PodSpec]>([
  ['nothing', {}, pod()],
  ['nulls', { runtimeClassName: null, nodeSelector: null, tolerations: null, affinity: null }, pod()],
  ['what has no say', { containers: [{ name: 'c' }], affinity: { podAffinity: {} } }, pod()],
  ['names', { runtimeClassName: 'liqo', nodeName: 'n' }, pod({ runtimeClassName: 'liqo', nodeName: 'n' })],
  ['an empty nodeName', { nodeName: '' }, pod()],
  ['a nodeSelector', { nodeSelector: { a: '1', b: '' } }, pod({ nodeSelector: { a: '1', b: '' } })],
  [
    'tolerations',
    { tolerations: [{ ...TOLERATION, tolerationSeconds: 0 }, { key: 'a', effect: '' }, {}] },
    pod({ tolerations: [{ ...TOLERATION, tolerationSeconds: 0 }, { key: 'a' }, {}] }),
  ],
  [
    'null among strings, which Go takes for the empty one',
    {
      nodeSelector: { a: null },
      ...requiring([{ matchExpressions: [{ key: 'a', operator: 'In', values: [null] }] }]),
    },
    pod({
      nodeSelector: { a: '' },
      required: [{ matchExpressions: [{ key: 'a', operator: 'In', values: [''] }] }],
    }),
  ],
  ['no affinity', { affinity: { nodeAffinity: {} } }, pod()],
  ['a required affinity without terms', requiring(null), pod({ required: [] })],
  [
    'terms, in error or not',
    requiring([
      { matchExpressions: [{ key: 'a', operator: 'Is', values: ['1'] }] },
      {},
      { matchFields: null },
    ]),
    pod({ required: [{ matchExpressions: [{ key: 'a', operator: 'Is', values: ['1'] }] }, {}, {}] }),
  ],
])('reads %s', (_, spec, expected) => {
  expect(read(spec)).toEqual(expected);
});

test.each<[unknown, string[]]>([
  ['text', ['the pod spec must be an object, not "text"']],
  [[], ['the pod spec must be an object, not []']],
  [{ runtimeClassName: '' }, ['runtimeClassName must be a name, not ""']],
  [{ runtimeClassName: 1 }, ['runtimeClassName must be a string, not 1']],
  [{ nodeSelector: { a: true, b: 'x' } }, ['nodeSelector.a must be a string, not true']],
  [{ nodeSelector: ['a'] }, ['nodeSelector must be an object, not ["a"]']],
  [{ tolerations: {} }, ['tolerations must be a list, not {}']],
  [
    { tolerations: [{ operator: 'exists', effect: 'All', tolerationSeconds: '5' }] },
    [
      'tolerations[0].operator must be one of Exists, Equal, Gt, Lt, not "exists"',
      'tolerations[0].effect must be one of NoSchedule, PreferNoSchedule, NoExecute, not "All"',
      'tolerations[0].tolerationSeconds must be an integer, not "5"',
    ],
  ],
  [
    requiring([{ matchExpressions: [{ key: 'a', operator: 'In', values: ['1', 2] }] }, 'a']),
    [
      'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values[1] must be a string, not 2',
      'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[1] must be an object, not "a"',
    ],
  ],
])('%j: says what is malformed', (spec, problems) => {
  expect(readPodSpec(spec)).toEqual({ ok: false, problems });
});

describe('rewritePodSpec', () => {
  const SPEC: JsonObject = {
    containers: [{ name: 'c' }],
    nodeSelector: { a: '1' },
    tolerations: [{ key: 'b', operator: 'Exists', effect: '' }],
    affinity: {
      podAffinity: { x: 1 },
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] },
    },
    tail: true,
  };

  test('writes nothing where nothing changed', () => {
    expect(rewritePodSpec(SPEC, read(SPEC), read(SPEC))).toEqual(SPEC);
  });

  test('changes only what changed, in its place', () => {
    const was = read(SPEC);
    const is = { ...was, runtimeClassName: 'liqo', required: terms('a=1', '') };
    const written = rewritePodSpec(SPEC, was, is);
    expect(written).toEqual({
      ...SPEC,
      runtimeClassName: 'liqo',
      affinity: {
        podAffinity: { x: 1 },
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [],
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['1'] }] }, {}],
          },
        },
      },
    });
    expect(Object.keys(written).slice(0, 5)).toEqual(Object.keys(SPEC));
  });

  test('what was written is read back', () => {
    fc.assert(
      fc.property(arbitraryPod, arbitraryPod, (from, to) => {
        const start = rewritePodSpec({ nodeSelector: { ...from.nodeSelector } }, pod(), from);
        const was = read(start);
        const is = { ...was, tolerations: to.tolerations, ...(to.required && { required: to.required }) };
        const again = read(rewritePodSpec(start, was, is));
        expect(again.tolerations).toEqual(is.tolerations);
        expect(again.nodeSelector).toEqual(from.nodeSelector);
        expect(again.required?.length).toBe(is.required?.length);
      }),
    );
  });
});
