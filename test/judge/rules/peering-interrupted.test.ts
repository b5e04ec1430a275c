import { peeringInterrupted as rule } from '../../../lib/judge/rules/peering-interrupted';
import { find, offloading, state } from '../given';
import { resourceSlice, virtualNode } from '../peering';

const object = (kind: string, apiVersion: string, metadata = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: naples, namespace: liqo-tenant-naples${metadata} }\nspec: { clusterID: naples }\n`;
const IDENTITY = object('Identity', 'authentication.liqo.io/v1beta1');
const KEPT = ', annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }';
const secret = (labels: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: liqo-tenant-naples, labels: { ${labels} } }\n`;

test.each([
  ['an Identity', IDENTITY, 'the credentials'],
  [
    'its Secret',
    secret('liqo.io/identity-type: ControlPlane, liqo.io/remote-cluster-id: naples'),
    'the credentials',
  ],
  ['a Tenant', object('Tenant', 'authentication.liqo.io/v1beta1'), 'loses its permissions'],
  ['a ForeignCluster', object('ForeignCluster', 'core.liqo.io/v1beta1'), 'unreachable'],
  [
    'a ResourceSlice whose VirtualNode is made by hand',
    resourceSlice({}, '"false"'),
    'takes the resources back',
  ],
])('finds %s', (_, was, words) => {
  expect(find(rule, state(offloading('shop')), state(offloading('shop'), was))).toMatchObject([
    { clusters: ['naples'], message: expect.stringContaining(words) },
  ]);
});

test.each([
  ['one that stays', IDENTITY, IDENTITY],
  ['one that pruning leaves', object('Identity', 'authentication.liqo.io/v1beta1', KEPT), ''],
  ['one of another group', object('Identity', 'acme.io/v1'), ''],
  ['any Secret', secret('a: b'), ''],
  ['a ResourceSlice that peering-removed speaks of', resourceSlice(), ''],
  ['one that goes with the virtual nodes', `${IDENTITY}---\n${virtualNode()}`, ''],
])('passes over %s', (_, was, is) => {
  expect(find(rule, state(offloading('shop'), is), state(offloading('shop'), was))).toEqual([]);
});

describe('a ResourceSlice that names two clusters', () => {
  const torn = resourceSlice().replace('providerClusterID: naples', 'providerClusterID: rome');
  const found = (is: string, was = '') => find(rule, state(is), state(was));

  test.each([
    ['is new', torn, ''],
    ['changes one of them', torn, resourceSlice()],
    [
      'changes its label',
      resourceSlice().replace('remote-cluster-id: naples', 'remote-cluster-id: rome'),
      resourceSlice(),
    ],
  ])('is found where it %s', (_, is, was) => {
    expect(found(is, was)).toMatchObject([
      { message: expect.stringContaining('its virtual node stops working') },
    ]);
  });

  test.each([
    ['was so before', torn.replace('default', 'gold'), torn],
    ['names one', resourceSlice(), ''],
    ['names none of its own', resourceSlice().replace(', providerClusterID: naples', ''), ''],
    [
      'makes no virtual node',
      resourceSlice({}, '"false"').replace('providerClusterID: naples', 'providerClusterID: rome'),
      '',
    ],
  ])('is passed over where it %s', (_, is, was) => {
    expect(found(is, was)).toEqual([]);
  });
});
