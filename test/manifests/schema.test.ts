import { schemaProblems } from '../../lib/manifests/schema';
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
    [expect.stringMatching(/^metadata\.namespace: "a\.b" is no DNS-1123 label/)],
  ],
  [
    'a Namespace with a dot',
    namespace('a.b'),
    [expect.stringMatching(/^metadata\.name: "a\.b" is no DNS-1123 label/)],
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
  ['fields that a later version may have', offloading('shop', '{ future: true }')],
  ['values: null', term('{ key: a, operator: Exists, values: null }')],
  ['a RuntimeClass with a dotted name', runtimeClass('a.b')],
  ['labels with empty values', namespace('a', 'labels: { b: "", c.d/e: F_1 }')],
  ['labels: null', namespace('a', 'labels: null')],
  ['annotations of any text', namespace('a', 'annotations: { b: "x y\\nz" }')],
  ['an annotation key with a prefix in upper case', namespace('a', 'annotations: { B.c/d: e }')],
  ['a kind that it does not know', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: A }\nspec: 1\n'],
  ['its kinds in another group', namespace('A').replace('v1', 'example.com/v1')],
])('accepts %s', (_, text) => {
  expect(problems(text)).toEqual([]);
});
