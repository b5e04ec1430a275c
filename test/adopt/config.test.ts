import { adoptable } from '../../lib/adopt/config';
import { subjectsOf } from '../../lib/adopt/subjects';
import { ENABLED, liveNamespace, liveOffloading, read, term } from './given';

/** What becomes of the one namespace in an input. */
function outcome(...objects: object[]) {
  const { adopted } = subjectsOf(read(...objects));
  expect(adopted).toHaveLength(1);
  return adopted.map(adoptable)[0] ?? { reasons: ['nothing'] };
}
const configOf = (...objects: object[]) => {
  const found = outcome(...objects);
  return 'config' in found ? found.config : found;
};
const reasonsOf = (...objects: object[]) => {
  const found = outcome(...objects);
  return 'reasons' in found ? found.reasons : [];
};
const selecting = (...nodeSelectorTerms: unknown[]) =>
  liveOffloading('shop', { clusterSelector: { nodeSelectorTerms } });

test('a live namespace is what was declared of it', () => {
  expect(
    configOf(
      liveNamespace('shop', { ...ENABLED, team: 'shops' }, { 'example.org/owner': 'it' }),
      liveOffloading('shop', { podOffloadingStrategy: 'Remote' }),
    ),
  ).toEqual({
    name: 'shop',
    labels: { team: 'shops' },
    annotations: { 'example.org/owner': 'it' },
    offloading: { namespaceMappingStrategy: 'DefaultName', podOffloadingStrategy: 'Remote' },
  });
});

test('defaults that nobody wrote are written out', () => {
  const offloading = { ...liveOffloading('shop'), spec: {} };
  expect(configOf(liveNamespace('shop', ENABLED), offloading)).toEqual({
    name: 'shop',
    offloading: { namespaceMappingStrategy: 'DefaultName', podOffloadingStrategy: 'LocalAndRemote' },
  });
});

test('an offloading alone leaves the Namespace to its owner', () => {
  expect(
    configOf(
      liveOffloading('shop', {
        namespaceMappingStrategy: 'SelectedName',
        remoteNamespaceName: 'shop-of-venice',
      }),
    ),
  ).toEqual({
    name: 'shop',
    manageNamespace: false,
    offloading: {
      namespaceMappingStrategy: 'SelectedName',
      podOffloadingStrategy: 'LocalAndRemote',
      remoteNamespaceName: 'shop-of-venice',
    },
  });
});

test.each<[string, object, unknown]>([
  ['In', term('a', 'In', 'x'), 'a=x'],
  ['In of many', term('a', 'In', 'y', 'x'), 'a in (y,x)'],
  ['NotIn', term('a', 'NotIn', 'x'), 'a!=x'],
  ['the empty value', term('a', 'In', ''), 'a='],
  ['Exists', term('a', 'Exists'), 'a'],
  ['DoesNotExist', term('a.io/b', 'DoesNotExist'), '!a.io/b'],
  ['Gt', term('a', 'Gt', '02'), 'a>02'],
  ['a key that is a word of the grammar', term('in', 'In', 'in', 'notin'), 'in in (in,notin)'],
  ['values twice, which the text would say once', term('a', 'In', 'x', 'x'), term('a', 'In', 'x', 'x')],
  ['matchFields that are none', { ...term('a', 'Exists'), matchFields: [] }, 'a'],
  ['matchFields that are null', { ...term('a', 'Exists'), matchFields: null }, 'a'],
])('a term as text: %s', (_, one, selector) => {
  expect(configOf(selecting(one))).toMatchObject({ offloading: { clusterSelector: [selector] } });
});

test.each<[string, object[], RegExp[]]>([
  [
    'matchFields, and a term without requirements',
    [selecting({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['x'] }] }, {})],
    [
      /^offloading\.clusterSelector\.0\.matchFields: Liqo's pod webhook/,
      /^offloading\.clusterSelector\.1: a term/,
    ],
  ],
  ['an operator that is none', [selecting(term('a', 'Near', 'x'))], [/"Near" is not allowed/]],
  ['a value that is none', [selecting(term('a', 'In', 'x y'))], [/the value "x y"/]],
  [
    'a field that was misspelt',
    [selecting({ matchExpression: [] })],
    [/unknown key 'matchExpression'/, /without requirements/],
  ],
  [
    'a spec field of another version',
    [liveOffloading('shop', { priority: 1 })],
    [/^spec\.priority .* not a known field/],
  ],
  [
    'a selector field of another version',
    [liveOffloading('shop', { clusterSelector: { nodeSelectorTerms: [], preferred: [] } })],
    [/^spec\.clusterSelector\.preferred /],
  ],
  [
    'a selector that the CRD refuses',
    [liveOffloading('shop', { clusterSelector: {} })],
    [/^NamespaceOffloading spec\.clusterSelector: must have required property 'nodeSelectorTerms'/],
  ],
  [
    'a strategy that is none',
    [liveOffloading('shop', { podOffloadingStrategy: 'Some' })],
    [/must be one of LocalAndRemote/],
  ],
  [
    'a name that the strategy ignores',
    [liveOffloading('shop', { remoteNamespaceName: 'other' })],
    [/the strategy, "DefaultName", ignores the remoteNamespaceName "other"/, /only with SelectedName/],
  ],
  ['another name', [liveOffloading('shop', {}, { name: 'mine' })], [/is named "mine"/]],
  ['no namespace', [{ ...liveOffloading('x'), metadata: { name: 'offloading' } }], [/names no namespace/]],
  [
    'an offloading that goes',
    [liveOffloading('shop', {}, { deletionTimestamp: '2026-01-01T00:00:00Z' })],
    [/the NamespaceOffloading is being deleted/],
  ],
  [
    'two forms',
    [liveOffloading('shop'), liveOffloading('shop', { podOffloadingStrategy: 'Remote' })],
    [/contains its NamespaceOffloading more than once/],
  ],
  [
    'a label that is none',
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { '-': 'x y' } } }],
    [/^Namespace metadata\.labels\.-: the label key "-"/, /the value of label -, "x y"/],
  ],
  [
    'a prototype for an annotation',
    [
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'shop', annotations: { ['__proto__']: 'x' } },
      },
    ],
    [/the annotation key "__proto__"/],
  ],
  [
    'a key that cdk8s cannot write',
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { constructor: 'x' } } }],
    [/the label key 'constructor' cannot be written by cdk8s/],
  ],
  [
    'half a character',
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', annotations: { a: '\ud800' } } }],
    [/half of a surrogate pair/],
  ],
  [
    'no name',
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { generateName: 'shop-' } }],
    [/required property 'name'/],
  ],
])('no config says %s', (_, objects, expected) => {
  const reasons = reasonsOf(...objects);
  expect(reasons).toHaveLength(expected.length);
  for (const [i, one] of expected.entries()) expect(reasons[i]).toMatch(one);
});

test('the same form twice is one', () => {
  const again = { ...liveOffloading('shop'), status: {} };
  expect(configOf(liveOffloading('shop'), again)).toMatchObject({ name: 'shop' });
});

test('an empty remoteNamespaceName is none, and is expected to be', () => {
  const found = outcome(liveOffloading('shop', { remoteNamespaceName: '' }));
  expect(found).toMatchObject({ config: { offloading: { namespaceMappingStrategy: 'DefaultName' } } });
  expect('expected' in found && found.expected[0]?.body['spec']).not.toHaveProperty(
    'remoteNamespaceName',
    '',
  );
});

test('a label or annotation without a value is none, or an empty one: nobody knows', () => {
  const reasons = reasonsOf(
    liveNamespace('shop', { team: null }, { note: null, other: '' }),
    liveOffloading('shop'),
  );
  expect(reasons).toEqual([
    'metadata.labels of the Namespace has no value for "team", which some tools read as empty and others as absent',
    'metadata.annotations of the Namespace has no value for "note", which some tools read as empty and others as absent',
  ]);
});
