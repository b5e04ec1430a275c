import { liqoRemoved as rule } from '../../../lib/judge/rules/liqo-removed';
import { application, applicationSet, helmChart, helmRelease, ociRepository, ofSource } from '../chart';
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
    'and Kubernetes then deletes every Connection in the cluster.',
  ],
  ['an Application with its finalizer', application(), 'liqo', 'Argo CD deletes Liqo'],
  ['an Application from Git', FROM_GIT, 'liqo', 'Argo CD deletes Liqo'],
  ['a HelmRelease', helmRelease(), 'liqo', 'Flux uninstalls Liqo'],
  [
    'a HelmRelease without hooks',
    helmRelease('uninstall: { disableHooks: true }'),
    'liqo',
    "Flux uninstalls Liqo without Liqo's own check",
  ],
  [
    'a HelmChart of k3s',
    helmChart(),
    'liqo',
    "k3s uninstalls Liqo. Liqo's uninstaller refuses while anything is peered or offloaded",
  ],
  ['a HelmChart of an address', helmChart('version: v1', 'oci://ghcr.io/x/liqo'), 'liqo', 'k3s uninstalls'],
  [
    'a HelmRelease of a source with another name',
    `${ofSource()}---\n${ociRepository('oci://ghcr.io/liqotech/charts/liqo')}`,
    'liqo',
    'Flux uninstalls',
  ],
  [
    'an ApplicationSet',
    applicationSet('{ chart: liqo }, { chart: podinfo }'),
    'addons',
    'Argo CD deletes Liqo',
  ],
  ['an ApplicationSet without a list', applicationSet('', '', 'liqo'), 'addons', 'Argo CD deletes Liqo'],
])('finds %s', (_, was, object, words) => {
  expect(find(rule, state(), state(was))).toMatchObject([
    {
      object,
      message: expect.stringContaining(words),
      remedy: expect.stringContaining(`{ object: ${object}, rule: liqo-removed`),
    },
  ]);
});

const LIQO = '{ repoURL: https://helm.liqo.io, chart: liqo }';
const OTHER = '{ repoURL: https://example.com/charts, chart: podinfo }';
const several = (...sources: readonly string[]) =>
  application('{}', { metadata: 'labels: {}' }).replace(/source: .* }\n/, `sources: [${sources.join()}] }\n`);

test.each([
  [
    'another releaseName',
    helmRelease(),
    helmRelease('releaseName: liqo2'),
    "The HelmRelease 'liqo' becomes another Helm release",
  ],
  [
    'another targetNamespace',
    helmRelease(),
    helmRelease('targetNamespace: liqo-system'),
    'Flux uninstalls Liqo',
  ],
  [
    'a targetNamespace that is its own, for it names the release',
    helmRelease(),
    helmRelease('targetNamespace: liqo'),
    "The HelmRelease 'liqo' becomes another Helm release",
  ],
  [
    'another storageNamespace',
    helmRelease(),
    helmRelease('storageNamespace: flux-system'),
    "The HelmRelease 'liqo' becomes another Helm release",
  ],
  [
    'another chart',
    helmRelease(),
    helmRelease('interval: 1h', 'podinfo'),
    "The HelmRelease 'liqo' becomes a Helm release of another chart",
  ],
  [
    'another chart of its source',
    `${ofSource()}---\n${ociRepository('oci://ghcr.io/liqotech/liqo')}`,
    `${ofSource()}---\n${ociRepository('oci://ghcr.io/stefanprodan/podinfo')}`,
    "The HelmRelease 'liqo' becomes a Helm release of another chart",
  ],
  [
    'an element that leaves the list of a set',
    applicationSet('{ chart: liqo }, { chart: podinfo }'),
    applicationSet('{ chart: podinfo }'),
    "no longer generates the Application 'liqo'",
  ],
  ['a source that leaves an Application', several(LIQO, OTHER), several(OTHER), 'Argo CD deletes Liqo'],
])('finds an installation that stays with %s', (_, was, is, words) => {
  expect(find(rule, state(is), state(was))).toMatchObject([{ message: expect.stringContaining(words) }]);
});

test.each([
  [
    'a HelmRelease whose names are written out',
    helmRelease(),
    [helmRelease('releaseName: liqo, storageNamespace: liqo')],
  ],
  [
    'a targetNamespace of the same release',
    helmRelease('releaseName: liqo'),
    [helmRelease('releaseName: liqo, targetNamespace: liqo')],
  ],
  [
    'another chart that is updated in place',
    helmRelease(),
    [helmRelease('upgrade: { chartNameChangeStrategy: InPlaceUpdate }', 'podinfo')],
  ],
  [
    'a chart in a folder, whose name nobody tells',
    helmRelease(),
    [helmRelease('interval: 1h', './charts/edge')],
  ],
  ['a mirror of the chart', helmRelease(), [ofSource(), ociRepository('oci://registry.example.com/liqo')]],
  [
    'a source that nobody declares',
    `${ofSource()}---\n${ociRepository('oci://ghcr.io/liqotech/liqo')}`,
    [ofSource()],
  ],
  ['another HelmChart of k3s', helmChart('version: v1', 'traefik'), []],
  ['a HelmChart that stays', helmChart(), [helmChart('version: v1.3.0')]],
  [
    'a set that keeps what its Applications applied',
    applicationSet('{ chart: liqo }', 'syncPolicy: { preserveResourcesOnDeletion: true }'),
    [],
  ],
  [
    'a set that deletes no Application',
    applicationSet('{ chart: liqo }', 'syncPolicy: { applicationsSync: create-only }'),
    [applicationSet('{ chart: podinfo }', 'syncPolicy: { applicationsSync: create-only }')],
  ],
  [
    'sources of which one is new',
    several(LIQO, OTHER),
    [several(OTHER, '{ repoURL: https://example.com/edge.git, path: liqo }')],
  ],
  ['one cluster more', helmRelease(), [helmRelease(), helmRelease('releaseName: edge')]],
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
