import { systemNamespaceOffloaded as rule } from '../../../lib/judge/rules/system-namespace-offloaded';
import { VENICE } from '../inventories';
import { application, helmChart, helmRelease } from '../chart';
import { FACTS, find, namespace, offloading, state } from '../given';

const secret = (name: string, within: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: ${within} }\n`;

test.each([
  'default',
  'kube-system',
  'kube-public',
  'kube-flannel',
  'liqo',
  'liqo-storage',
  'liqo-tenant-naples',
])('finds %s, and says what goes out', (name) => {
  expect(find(rule, state(offloading(name)))).toMatchObject([
    { namespace: name, message: expect.stringContaining('reflects its Secrets, ConfigMaps and Services to') },
  ]);
});

test('finds a tenant namespace by its label', () => {
  const labelled = namespace('peer-a', 'labels: { liqo.io/tenant-namespace: "true" }');
  expect(find(rule, state(labelled, offloading('peer-a')))).toHaveLength(1);
});

const destination = application().replace('spec: {', 'spec: { destination: { namespace: net },');
test.each([
  ['a HelmRelease', helmRelease().replace('namespace: liqo }', 'namespace: net }')],
  ['the target of a HelmRelease', helmRelease('targetNamespace: net')],
  ['an Application', destination],
  ['a HelmChart of k3s', helmChart().replace('targetNamespace: liqo', 'targetNamespace: net')],
])('finds where %s installs Liqo', (_, installs) => {
  expect(find(rule, state(installs, offloading('net')))).toHaveLength(1);
  expect(find(rule, state(installs, offloading('argocd'), offloading('flux-system')))).toEqual([]);
  expect(find(rule, state(installs.replace(/chart: ("?)liqo/, 'chart: $1x'), offloading('net')))).toEqual([]);
});

test('finds where the controller manager of Liqo runs', () => {
  const controller = (name: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: net }\n`;
  expect(find(rule, state(controller('liqo-controller-manager'), offloading('net')))).toHaveLength(1);
  expect(find(rule, state(controller('liqo-demo'), offloading('net')))).toEqual([]);
});

test('names objects and providers that it knows', () => {
  const secrets = ['a', 'b', 'c', 'd'].map((name) => secret(name, 'default'));
  const [problem] = find(rule, state(offloading('default'), ...secrets, secret('other', 'shop')), state(), {
    ...FACTS,
    inventories: { after: VENICE },
  });
  expect(problem?.message).toContain(
    "among them Secret 'a', Secret 'b', Secret 'c' and 1 more to florence and naples.",
  );
});

test.each(['shop', 'liqo-demo', 'liqo-tenant', 'kubernetes', 'my-default'])('passes over %s', (name) => {
  expect(find(rule, state(offloading(name), namespace('default'), namespace('kube-system')))).toEqual([]);
});
