import { schemaProblems, unknownFields } from '../../lib/manifests/schema';
import { manifests, namespace, offloading, runtimeClass } from '../judge/given';

const problems = (text: string) =>
  manifests(text)
    .flatMap(schemaProblems)
    .map(({ field, message }) => `${field.join('.')}: ${message}`);

const term = (requirement: string) =>
  offloading('shop', `{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [${requirement}] }] } }`);

test.each([
  [
    'an unknown strategy',
    offloading('shop', '{ namespaceMappingStrategy: Default }'),
    ['spec.namespaceMappingStrategy: must be one of DefaultName, EnforceSameName, SelectedName'],
  ],
  [
    'a name that is a number',
    offloading('shop', '{ remoteNamespaceName: 12 }'),
    ['spec.remoteNamespaceName: must be string'],
  ],
  [
    'a selector without terms',
    offloading('shop', '{ clusterSelector: {} }'),
    ["spec.clusterSelector: must have required property 'nodeSelectorTerms'"],
  ],
  [
    'terms that are null',
    offloading('shop', '{ clusterSelector: { nodeSelectorTerms: null } }'),
    ["spec.clusterSelector: must have required property 'nodeSelectorTerms'"],
  ],
  [
    'terms that are text',
    offloading('shop', '{ clusterSelector: { nodeSelectorTerms: [a=b] } }'),
    ['spec.clusterSelector.nodeSelectorTerms.0: must be object'],
  ],
  [
    'a value that YAML reads as a boolean',
    term('{ key: a, operator: In, values: [yes] }'),
    ['spec.clusterSelector.nodeSelectorTerms.0.matchExpressions.0.values.0: must be string'],
  ],
  [
    'a requirement without operator',
    term('{ key: a }'),
    ["spec.clusterSelector.nodeSelectorTerms.0.matchExpressions.0: must have required property 'operator'"],
  ],
  ['a spec that is a list', offloading('shop', '[]'), ['spec: must be object']],
  ['no spec', offloading('shop').replace(/^spec: .*\n/m, ''), [": must have required property 'spec'"]],
  ['a spec that is null', offloading('shop', 'null'), [": must have required property 'spec'"]],
  [
    'an annotation key that is none',
    namespace('a', 'annotations: { a b: c }'),
    [expect.stringMatching(/^metadata\.annotations\.a b: the annotation key "a b" must consist of/)],
  ],
  [
    'a label key that is none, its value null',
    namespace('a', 'labels: { a b: null }'),
    [expect.stringMatching(/^metadata\.labels\.a b: the label key "a b" must consist of/)],
  ],
  [
    'a namespace that is no DNS label',
    offloading('a.b'),
    [expect.stringMatching(/^metadata\.namespace: "a\.b" is not a DNS-1123 label/)],
  ],
  [
    'a Namespace with a dot',
    namespace('a.b'),
    [expect.stringMatching(/^metadata\.name: "a\.b" is not a DNS-1123 label/)],
  ],
  ['a Namespace of 64 characters', namespace('a'.repeat(64)), [expect.stringMatching(/64 characters/)]],
  [
    'a Namespace without name',
    'apiVersion: v1\nkind: Namespace\nmetadata: {}\n',
    ["metadata: must have required property 'name'"],
  ],
  [
    'a Namespace without metadata',
    'apiVersion: v1\nkind: Namespace\n',
    [": must have required property 'metadata'"],
  ],
  [
    'a label key with a blank',
    namespace('a', 'labels: { "b c": d }'),
    [expect.stringMatching(/^metadata\.labels\.b c: the label key "b c"/)],
  ],
  [
    'a key with a slash in the path',
    namespace('a', 'labels: { x/y: 1 }'),
    ['metadata.labels.x/y: must be string'],
  ],
  [
    'an annotation that is a number',
    namespace('a', 'annotations: { b: 1 }'),
    ['metadata.annotations.b: must be string'],
  ],
  [
    'a RuntimeClass without handler',
    runtimeClass('a', '""'),
    [expect.stringMatching(/^handler: must NOT have fewer/)],
  ],
  [
    'an offloading without spec',
    offloading('shop').replace(/spec: .*\n/, ''),
    [": must have required property 'spec'"],
  ],
  ['an offloading with null as spec', offloading('shop', 'null'), [": must have required property 'spec'"]],
  [
    'an annotation key with a blank',
    namespace('a', 'annotations: { "b c": d }'),
    [expect.stringMatching(/^metadata\.annotations\.b c: the annotation key "b c" must consist/)],
  ],
  [
    'a handler that is no DNS label',
    runtimeClass('a', 'a.b'),
    [expect.stringMatching(/^handler: "a\.b" is not a DNS-1123 label/)],
  ],
  [
    'a nodeSelector value that is no label value',
    runtimeClass('a') + 'scheduling: { nodeSelector: { b: "c d" } }\n',
    [expect.stringMatching(/^scheduling\.nodeSelector\.b: the value of label b, "c d",/)],
  ],
  ...(
    [
      ['{ operator: Equal, value: a }', 'has no key'],
      ['{ key: a b, operator: Exists }', 'has a key that is not a valid label key'],
      ['{ key: a, operator: Exists, value: b }', 'has a value, which the operator Exists does not allow'],
      ['{ key: a, value: b c }', 'has a value that is not a valid label value'],
      ['{ key: a, operator: Exists, tolerationSeconds: 1 }', 'without the effect NoExecute'],
      ['{ key: a, operator: Has }', 'must be one of'],
      ['{ key: a, operator: Exists, effect: Evict }', 'must be one of'],
    ] as const
  ).map(
    ([toleration, problem]) =>
      [
        `the toleration ${toleration}`,
        `${runtimeClass('a')}scheduling: { tolerations: [${toleration}] }\n`,
        [expect.stringContaining(problem)],
      ] as [string, string, string[]],
  ),
  [
    'several things at once',
    namespace('A', 'labels: { b: 1, c: 2 }'),
    [expect.any(String), expect.any(String), expect.any(String)],
  ],
])('refuses %s', (_, text, expected) => {
  expect(problems(text)).toEqual(expected);
});

test.each([
  ['a minimal offloading', offloading('shop', '{}')],
  ['one with nulls', offloading('shop', '{ remoteNamespaceName: null }')],
  ['an operator that only selector-invalid refuses', term('{ key: a, operator: Equals }')],
  ['fields that it does not know, which field-unknown finds', offloading('shop', '{ future: true }')],
  ['values: null', term('{ key: a, operator: Exists, values: null }')],
  ['a RuntimeClass with a dotted name', runtimeClass('a.b')],
  ...[
    '{ operator: Exists }',
    '{ key: a, value: b }',
    '{ key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 1 }',
  ].map((toleration): [string, string] => [
    `the toleration ${toleration}`,
    `${runtimeClass('a')}scheduling: { tolerations: [${toleration}] }\n`,
  ]),
  ['an annotation prefix in capitals', namespace('a', 'annotations: { B.c/d: e }')],
  ['labels with empty values', namespace('a', 'labels: { b: "", c.d/e: F_1 }')],
  ['labels: null', namespace('a', 'labels: null')],
  ['annotations of any text', namespace('a', 'annotations: { b: "x y\\nz" }')],
  ['an annotation key with a prefix in upper case', namespace('a', 'annotations: { B.c/d: e }')],
  ['a kind that it does not know', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: A }\nspec: 1\n'],
  ['its kinds in another group', namespace('A').replace('v1', 'example.com/v1')],
])('accepts %s', (_, text) => {
  expect(problems(text)).toEqual([]);
});

test.each([
  ['of spec', offloading('shop', '{ podOffloadingStrateg: Local }'), ['spec.podOffloadingStrateg']],
  [
    'of a requirement',
    term('{ key: a, operator: In, vals: [b] }'),
    ['spec.clusterSelector.nodeSelectorTerms.0.matchExpressions.0.vals'],
  ],
  ['of metadata', namespace('shop', 'lables: { a: b }'), ['metadata.lables']],
  ['at the top', `${runtimeClass('a')}handlers: b\n`, ['handlers']],
  ['beside one that is wrong', offloading('shop', '{ a/b: 1, remoteNamespaceName: 1 }'), ['spec.a/b']],
])('finds the unknown field %s', (_, text, fields) => {
  expect(
    manifests(text)
      .flatMap(unknownFields)
      .map((field) => field.join('.')),
  ).toEqual(fields);
});

test.each([
  [
    'labels, annotations and matching of any key',
    namespace('shop', 'labels: { lables: a }, annotations: { b: c }'),
  ],
  [
    'what a cluster adds',
    offloading('shop', '{}', { metadata: 'uid: a, generation: 1, managedFields: [], finalizers: [a/b]' }) +
      'status: { observedGeneration: 1 }\n',
  ],
  [
    'fields of kinds that it does not know',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nwhat: 1\n',
  ],
])('finds no unknown field in %s', (_, text) => {
  expect(manifests(text).flatMap(unknownFields)).toEqual([]);
});
