import { LIQO_KINDS } from '../../../lib/liqo/kinds';
import { kindUnknown as rule } from '../../../lib/judge/rules/kind-unknown';
import { fieldFor, find, state } from '../given';

const object = (apiVersion: string, kind: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: offloading, namespace: shop }\n`;

test.each([
  ['offloading.liqo.io/v1beta1', 'NamespaceOffloding', 'kind', 'NamespaceOffloading of offloading.liqo.io/'],
  ['offloading.liqo.io/v1beta1', 'namespaceoffloading', 'kind', 'NamespaceOffloading of'],
  ['offloading.liqo.io/v1beta1', 'VirtualNodes', 'kind', 'VirtualNode of offloading.liqo.io/v1beta1'],
  ['sharing.liqo.io/v1beta1', 'NamespaceOffloading', 'apiVersion', 'of offloading.liqo.io/v1beta1'],
  ['virtualkubelet.liqo.io/v1alpha1', 'NamespaceMap', 'apiVersion', 'of offloading.liqo.io/v1beta1'],
  ['discovery.liqo.io/v1alpha1', 'ForeignCluster', 'apiVersion', 'of core.liqo.io/v1beta1'],
  ['liqo.io/v1beta1', 'NamespaceOffloading', 'apiVersion', 'of offloading.liqo.io/v1beta1'],
  ['offloading.ligo.io/v1beta1', 'VirtualNode', 'apiVersion', 'of offloading.liqo.io/v1beta1'],
  ['offloading.ligo.io/v1beta1', 'NamespaceOffloding', 'kind', 'NamespaceOffloading of'],
  ['ipam.liqo.io/v1alpha1', 'Network2', 'kind', 'Network of ipam.liqo.io/v1alpha1'],
  ['v1beta1', 'NamespaceOffloading', 'apiVersion', 'of offloading.liqo.io/v1beta1'],
  ['liqo/v1beta1', 'NamespaceOffloding', 'kind', 'NamespaceOffloading of offloading.liqo.io/v1beta1'],
  ['liqo/v1beta1', 'VirtualNode', 'apiVersion', 'of offloading.liqo.io/v1beta1'],
  ['offloading.liqo/v1beta1', 'VirtualNod', 'kind', 'VirtualNode of offloading.liqo.io/v1beta1'],
  ['offloading.liqo.com/v1beta1', 'NamespaceMaps', 'kind', 'NamespaceMap of offloading.liqo.io/v1beta1'],
  ['v1', 'NamespaceOffloding', 'kind', 'NamespaceOffloading of offloading.liqo.io/v1beta1'],
  ['acme.example/v1', 'NamespaceOffloading', 'apiVersion', 'of offloading.liqo.io/v1beta1'],
])('finds %s %s, and says what was meant', (apiVersion, kind, field, meant) => {
  const [problem, other] = find(rule, state(object(apiVersion, kind)));
  expect(other).toBeUndefined();
  expect(problem?.message).toContain(`Liqo v1.0 to v1.2 has no ${kind} in ${apiVersion}.`);
  expect(problem?.remedy).toContain(meant);
  expect(problem && fieldFor(problem)).toBe(field);
});

test('finds a kind that resembles none, and says so without a guess', () => {
  const [problem] = find(rule, state(object('sharing.liqo.io/v1alpha1', 'Zebra')));
  expect(problem?.remedy).toMatch(/^Remove it, or /);
});

test.each([
  ['notliqo.io/v1', 'NamespaceOffloder'],
  ['acme.example/v1', 'VirtualNode'],
  ['liqo.dev/v1', 'Peering'],
  ['liqo/v1', 'Dashboard'],
  ['myliqo/v1', 'VirtualNode'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['networking.istio.io/v1', 'Configuration'],
  ['core.example/v1', 'Tenant'],
  ['v1', 'ResourceQuota'],
  ['offloading.liqo.io/v1alpha1', 'NamespaceOffloading'], // version-unknown says it
  ...LIQO_KINDS.map(({ group, version, kind }): [string, string] => [`${group}/${version}`, kind]),
])('passes over %s %s', (apiVersion, kind) => {
  expect(find(rule, state(object(apiVersion, kind)))).toEqual([]);
});

test('passes over what a CustomResourceDefinition beside it defines', () => {
  const defined = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: leases.offloading.liqo.io }
spec: { group: offloading.liqo.io, names: { kind: Lease, plural: leases } }
`;
  const lease = object('offloading.liqo.io/v1', 'Lease');
  expect(find(rule, state(lease))).toHaveLength(1);
  expect(find(rule, state(lease, defined))).toEqual([]);
});
