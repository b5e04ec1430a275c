import { groupOf, identityOf, isClusterScoped, sameJson, valueAt } from '../../lib/manifests/manifest';
import { manifests } from '../judge/given';

const identity = (text: string) => manifests(text).map(identityOf).join();
const object = (apiVersion: string, metadata: string, kind = 'Thing') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { ${metadata} }\n`;

test.each([
  ['versions of one group', object('a.io/v1', 'name: x'), object('a.io/v1beta1', 'name: x')],
  ['no namespace and default', object('v1', 'name: x'), object('v1', 'name: x, namespace: default')],
  [
    'an empty namespace and default',
    object('v1', 'name: x, namespace: ""'),
    object('v1', 'name: x, namespace: default'),
  ],
  [
    'a namespace on what has none',
    object('v1', 'name: x, namespace: y', 'Namespace'),
    object('v1', 'name: x', 'Namespace'),
  ],
])('one object: %s', (_, one, other) => {
  expect(identity(one)).toBe(identity(other));
});

test.each([
  ['groups', object('a.io/v1', 'name: x'), object('b.io/v1', 'name: x')],
  ['the core group and another', object('v1', 'name: x'), object('a.io/v1', 'name: x')],
  ['kinds', object('v1', 'name: x'), object('v1', 'name: x', 'Other')],
  ['names', object('v1', 'name: x'), object('v1', 'name: y')],
  ['namespaces', object('v1', 'name: x, namespace: a'), object('v1', 'name: x, namespace: b')],
])('two objects: %s', (_, one, other) => {
  expect(identity(one)).not.toBe(identity(other));
});

test.each([
  ['v1', 'Namespace', true],
  ['node.k8s.io/v1', 'RuntimeClass', true],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', true],
  ['v1', 'ConfigMap', false],
  ['example.com/v1', 'Namespace', false],
])('%s %s outside namespaces: %s', (apiVersion, kind, scoped) => {
  expect(isClusterScoped(apiVersion, kind)).toBe(scoped);
});

test('groups', () => {
  expect(['v1', 'apps/v1', 'offloading.liqo.io/v1beta1'].map(groupOf)).toEqual([
    '',
    'apps',
    'offloading.liqo.io',
  ]);
});

test.each([
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: null }, {}, true],
  [{ a: undefined }, { a: null }, true],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [{ a: '1' }, { a: 1 }, false],
  [{ a: { b: [1] } }, { a: { b: [1] } }, true],
  [{ toString: 1 }, {}, false],
  [null, undefined, true],
])('%j and %j are the same: %s', (a, b, same) => {
  expect(sameJson(a, b)).toBe(same);
  expect(sameJson(b, a)).toBe(same);
});

test('a value is found by its own keys only', () => {
  expect(valueAt({ a: { b: 1 } }, 'a', 'b')).toBe(1);
  expect(valueAt({ a: null }, 'a')).toBeUndefined();
  expect(valueAt({ a: 1 }, 'a', 'b')).toBeUndefined();
  expect(valueAt({}, 'constructor')).toBeUndefined();
});
