import { claimRecreated as rule } from '../../../lib/judge/rules/claim-recreated';
import { find, state } from '../given';

const claim = (storageClass: string, force = true, kind = 'PersistentVolumeClaim', rest = '') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: data, namespace: shop${force ? ', annotations: { kustomize.toolkit.fluxcd.io/force: enabled }' : ''} }\nspec: { storageClassName: ${storageClass} }\n${rest}`;
const set = (serviceName: string, whenDeleted: string) =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db, namespace: shop, annotations: { kustomize.toolkit.fluxcd.io/force: enabled } }\nspec: { serviceName: ${serviceName}, persistentVolumeClaimRetentionPolicy: { whenDeleted: ${whenDeleted} } }\n`;
const definition = (scope: string) =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: foos.example.com, annotations: { kustomize.toolkit.fluxcd.io/force: enabled } }\nspec: { scope: ${scope} }\n`;

test.each([
  [
    'a CustomResourceDefinition',
    definition('Namespaced'),
    definition('Cluster'),
    'Kubernetes deletes every object of that kind with it',
  ],
  [
    'a claim',
    claim('a'),
    claim('b'),
    "The engine deletes and recreates PersistentVolumeClaim 'data' in 'shop'",
  ],
  ['a StatefulSet that takes its claims along', set('a', 'Delete'), set('b', 'Delete'), "StatefulSet 'db'"],
])('finds %s that the engine is told to force', (_, was, is, message) => {
  expect(find(rule, state(is), state(was))).toMatchObject([{ message: expect.stringContaining(message) }]);
});

test.each([
  ['a claim that nothing forces', claim('a', false), claim('b', false)],
  ['a claim that stays what it is', claim('a'), claim('a')],
  ['a StatefulSet that keeps its claims', set('a', 'Retain'), set('b', 'Retain')],
])('passes over %s', (_, was, is) => {
  expect(find(rule, state(is), state(was))).toEqual([]);
});
