import { systemNamespaceOffloaded as rule } from '../../../lib/judge/rules/system-namespace-offloaded';
import { VENICE } from '../inventories';
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
