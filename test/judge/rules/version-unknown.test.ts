import { versionUnknown as rule } from '../../../lib/judge/rules/version-unknown';
import { fieldFor, find, namespace, offloading, runtimeClass, state } from '../given';

test.each([
  [
    'an offloading from before Liqo v1.0',
    offloading('shop', undefined, { apiVersion: 'offloading.liqo.io/v1alpha1' }),
    'shop',
    'offloading.liqo.io/v1beta1',
  ],
  ['an old RuntimeClass', runtimeClass('liqo', 'liqo', 'node.k8s.io/v1beta1'), undefined, 'node.k8s.io/v1'],
])('finds %s', (_, text, where, served) => {
  const found = find(rule, state(text));
  expect(found).toMatchObject([{ remedy: `Set apiVersion to ${served}.` }]);
  expect(found.map((one) => one.namespace)).toEqual([where]);
  expect(found.map(fieldFor)).toEqual(['apiVersion']);
});

test.each([
  ['what is served', [namespace('shop'), offloading('shop'), runtimeClass('liqo')].join('---\n')],
  ['kinds of the same name in other groups', namespace('shop').replace('v1', 'example.com/v2')],
  ['kinds that it does not know', 'apiVersion: apps/v1beta1\nkind: Deployment\nmetadata: { name: a }\n'],
])('passes over %s', (_, text) => {
  expect(find(rule, state(text))).toEqual([]);
});
