import { remoteNameReserved as rule } from '../../../lib/judge/rules/remote-name-reserved';
import { FACTS, fieldFor, find, offloading, state } from '../given';

const selected = (name: string) =>
  offloading('shop', `{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: ${name} }`);
const same = (namespace: string) => offloading(namespace, '{ namespaceMappingStrategy: EnforceSameName }');

test.each([
  same('default'),
  same('kube-system'),
  same('kube-public'),
  same('kube-node-lease'),
  same('liqo'),
  same('liqo-storage'),
  selected('kube-system'),
  selected('liqo-tenant-venice'),
])('finds case %#', (text) => {
  const found = find(rule, state(text));
  expect(found).toMatchObject([{ message: expect.stringContaining('can never be created') }]);
  expect(found.map(fieldFor)).toEqual(['spec.namespaceMappingStrategy']);
});

test.each([
  ['names that Liqo leaves free', same('liqo-demo')],
  ['names that Kubernetes leaves free', same('kube-flannel')],
  ["another consumer's tenant namespace", selected('liqo-tenant-rome')],
  ['the default name of such a namespace', offloading('default', '{}')],
  [
    'a chosen name for such a namespace',
    offloading('kube-system', '{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: a }'),
  ],
])('passes over %s', (_, text) => {
  expect(find(rule, state(text))).toEqual([]);
});

test("does not guess the consumer's ID", () => {
  const unknown = { ...FACTS, consumer: undefined };
  expect(find(rule, state(selected('liqo-tenant-venice')), state(), unknown)).toEqual([]);
  expect(find(rule, state(selected('default')), state(), unknown)).toHaveLength(1);
});
