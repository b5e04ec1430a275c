import { keyUnread as rule } from '../../../lib/judge/rules/key-unread';
import { LIQO_KEYS, USER_KEYS } from '../../../lib/liqo/keys';
import { fieldFor, find, namespace, state } from '../given';

const on = (kind: string, apiVersion: string, metadata: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x, namespace: shop, ${metadata} }\n`;
const podsOf = (metadata: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { ${metadata} }, spec: {} } }
`;

test.each([
  [
    'a label of early versions',
    namespace('shop', 'labels: { liqo.io/enabled: "true" }'),
    'NamespaceOffloading',
  ],
  [
    'a slip',
    namespace('shop', 'labels: { liqo.io/scheduling-enable: "true" }'),
    'liqo.io/scheduling-enabled',
  ],
  ['two slips', on('Secret', 'v1', 'annotations: { liqo.io/skip-refelction: "true" }'), 'liqo.io/skip-refl'],
  [
    'a key cut short',
    namespace('shop', 'labels: { liqo.io/scheduling: "true" }'),
    'liqo.io/scheduling-enabled',
  ],
  [
    'capitals',
    on('Service', 'v1', 'annotations: { liqo.io/Force-Remote-Node-Port: "true" }'),
    'force-remote',
  ],
  [
    'a misspelt domain',
    on('Secret', 'v1', 'annotations: { lico.io/skip-reflection: "true" }'),
    'liqo.io/skip',
  ],
  [
    'a label for an annotation',
    on('Secret', 'v1', 'labels: { liqo.io/skip-reflection: "true" }'),
    'an annotation',
  ],
  [
    'an annotation for a label',
    namespace('shop', 'annotations: { liqo.io/scheduling-enabled: "true" }'),
    'a label',
  ],
  [
    'a group for the domain',
    on('Secret', 'v1', 'annotations: { offloading.liqo.io/skip-reflection: "true" }'),
    'liqo.io/skip-reflection',
  ],
  [
    'a slip below a group',
    namespace('shop', 'labels: { core.liqo.io/sheduling-enabled: "true" }'),
    'liqo.io/scheduling-enabled',
  ],
  [
    'a slip in a key of a group',
    on('Network', 'ipam.liqo.io/v1alpha1', 'labels: { ipam.liqo.io/network-typ: external-cidr }'),
    'ipam.liqo.io/network-type',
  ],
  [
    'a slip in a group',
    on('Network', 'ipam.liqo.io/v1alpha1', 'labels: { iapm.liqo.io/network-shared: "true" }'),
    'ipam.liqo.io/network-shared',
  ],
  ['one on pods', podsOf('annotations: { liqo.io/api-server-suport: remote }'), 'liqo.io/api-server-support'],
])('finds %s', (_, text, remedy) => {
  const found = find(rule, state(text));
  expect(found).toMatchObject([{ namespace: 'shop', remedy: expect.stringContaining(remedy) }]);
  expect(found.map(fieldFor)[0]).toMatch(/^metadata\.(labels|annotations)\./);
});

const all = (keys: Iterable<string>) => [...keys].map((key) => `${key}: "true"`).join(', ');
const usersOf = (as: 'label' | 'annotation') =>
  [...USER_KEYS].filter(([, on]) => on === as).map(([key]) => key);
const own = [...LIQO_KEYS].filter((key) => !USER_KEYS.has(key));

test.each([
  [
    'every key that Liqo reads, where it reads it',
    on(
      'Namespace',
      'v1',
      `labels: { ${all([...usersOf('label'), ...own])} }, annotations: { ${all([...usersOf('annotation'), ...own])} }`,
    ),
  ],
  [
    "somebody's own key of the domain",
    namespace('shop', 'labels: { liqo.io/team: shop, liqo.io/cost-center: "12" }'),
  ],
  [
    "somebody's own keys below the domain",
    namespace('shop', 'labels: { app.liqo.io/name: shop, team.liqo.io/owner: a, network.liqo.io/zone: b }'),
  ],
  [
    'a label for selectors, as in the documentation',
    on('Node', 'v1', 'labels: { topology.liqo.io/region: south }'),
  ],
  [
    'keys of other domains',
    namespace('shop', 'labels: { acme.io/skip-reflection: "true", lico.io/team: a, enabled: "true" }'),
  ],
  [
    'keys of other groups of Liqo',
    on('Secret', 'v1', 'labels: { networking.liqo.io/gateway-resource: "true" }'),
  ],
  [
    'a kind on which Liqo reads nothing',
    on('Role', 'rbac.authorization.k8s.io/v1', 'labels: { liqo.io/enabled: "true" }'),
  ],
])('passes over %s', (_, text) => {
  expect(find(rule, state(text))).toEqual([]);
});
