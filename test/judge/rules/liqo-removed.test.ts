import { liqoRemoved as rule } from '../../../lib/judge/rules/liqo-removed';
import { application, helmRelease } from '../chart';
import { find, state } from '../given';

const definition = (group: string, kind: string, plural: string, metadata = '') =>
  `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${plural}.${group}${metadata} }
spec: { group: ${group}, names: { kind: ${kind}, plural: ${plural} } }
`;
const FROM_GIT = application('{}')
  .replace('chart: liqo,', 'path: deployments/liqo,')
  .replace('https://helm.liqo.io', 'https://github.com/liqotech/liqo.git');

test.each([
  [
    'VirtualNodes',
    definition('offloading.liqo.io', 'VirtualNode', 'virtualnodes'),
    'virtualnodes.offloading.liqo.io',
    'twin namespaces',
  ],
  [
    'those of the network',
    definition('networking.liqo.io', 'Connection', 'connections'),
    'connections.networking.liqo.io',
    'every Connection of the cluster.',
  ],
  ['an Application with its finalizer', application(), 'liqo', 'Argo CD deletes Liqo'],
  ['an Application from Git', FROM_GIT, 'liqo', 'Argo CD deletes Liqo'],
  ['a HelmRelease', helmRelease(), 'liqo', 'its uninstaller refuses'],
  [
    'a HelmRelease without hooks',
    helmRelease('uninstall: { disableHooks: true }'),
    'liqo',
    'without its own check',
  ],
])('finds %s', (_, was, object, words) => {
  expect(find(rule, state(), state(was))).toMatchObject([
    {
      object,
      message: expect.stringContaining(words),
      remedy: expect.stringContaining(`{ object: ${object}, rule: liqo-removed`),
    },
  ]);
});

test.each([
  ['one that stays', helmRelease(), [helmRelease('interval: 2h')]],
  ['an Application without its finalizer', application('{}', { metadata: 'labels: {}' }), []],
  ['a HelmRelease that is suspended', helmRelease('suspend: true'), []],
  ['another chart', helmRelease('interval: 1h', 'podinfo'), []],
  ['an Application of another chart', application('{}', { chart: 'liqo-dashboard' }), []],
  ['a definition of another group', definition('notliqo.io', 'VirtualNode', 'virtualnodes'), []],
  [
    'one that pruning leaves',
    definition(
      'core.liqo.io',
      'ForeignCluster',
      'foreignclusters',
      ', annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }',
    ),
    [],
  ],
])('passes over %s', (_, was, is) => {
  expect(find(rule, state(...is), state(was))).toEqual([]);
});
