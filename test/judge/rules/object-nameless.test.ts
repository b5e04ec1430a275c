import { objectNameless as rule } from '../../../lib/judge/rules/object-nameless';
import { find, namespace, state } from '../given';

const object = (apiVersion: string, metadata: string) =>
  `apiVersion: ${apiVersion}\nkind: Thing\nmetadata: { ${metadata} }\n`;

test.each([
  ['v1', 'namespace: shop'],
  ['batch/v1', 'namespace: shop, generateName: job-'],
  ['batch/v1', 'namespace: shop, annotations: { argocd.argoproj.io/hook: Sync }'],
  ['myconfig.k8s.io/v1', 'namespace: shop'],
])('finds an object of %s with { %s }', (apiVersion, metadata) => {
  expect(find(rule, state(object(apiVersion, metadata)))).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining('A Thing has no name') },
  ]);
});

test.each([
  ['batch/v1', 'namespace: shop, generateName: job-, annotations: { argocd.argoproj.io/hook: Sync }'],
  ['kustomize.config.k8s.io/v1beta1', ''],
  ['kubelet.config.k8s.io/v1beta1', ''],
  ['config.k8s.io/v1', ''],
  ['kind.x-k8s.io/v1alpha4', ''],
  ['schema.plugin.fluxcd.io/v1beta1', ''],
])('passes over one of %s with { %s }', (apiVersion, metadata) => {
  expect(find(rule, state(object(apiVersion, metadata)))).toEqual([]);
});

test('passes over what has a name', () => {
  expect(find(rule, state(namespace('shop')))).toEqual([]);
});
