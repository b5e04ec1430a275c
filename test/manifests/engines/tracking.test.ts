import { unitsOf } from '../../../lib/manifests/engines/tracking';
import { argo, flux, joined, liveManifests, liveNamespace, liveOffloading, type Metadata } from '../../live';

const titles = (object: ReturnType<typeof liveNamespace>) =>
  liveManifests(object)
    .flatMap(unitsOf)
    .map(({ title }) => title);
const ofNamespace = (metadata: Metadata) => titles(liveNamespace('shop', metadata));
const ofOffloading = (metadata: Metadata) => titles(liveOffloading('shop', {}, { metadata }));

const OFFLOADING = 'offloading.liqo.io/NamespaceOffloading:shop/offloading';

test.each([
  ['an offloading', OFFLOADING, ofOffloading],
  ['a Namespace, with the namespace that its Application deploys to', '/Namespace:argocd/shop', ofNamespace],
  ['a Namespace, without one', '/Namespace:/shop', ofNamespace],
])('Argo CD tracks %s whose tracking ID names it', (_, object, titlesOf) => {
  expect(titlesOf(argo('apps', object))).toEqual(["Application 'apps'"]);
});

test.each([
  ['another name', 'offloading.liqo.io/NamespaceOffloading:shop/other'],
  ['another namespace', 'offloading.liqo.io/NamespaceOffloading:template/offloading'],
  ['another kind', 'offloading.liqo.io/NamespaceMap:shop/offloading'],
  ['another group', 'liqo.io/NamespaceOffloading:shop/offloading'],
  ['no group', 'NamespaceOffloading:shop/offloading'],
  ['more than an object', `${OFFLOADING}/more`],
  ['nothing', ''],
])('Argo CD does not track an offloading whose tracking ID names %s', (_, object) => {
  expect(ofOffloading(argo('apps', object))).toEqual([]);
});

test('a tracking ID without an application is none', () => {
  expect(ofOffloading(argo('', OFFLOADING))).toEqual([]);
});

test('labels count only where there is no tracking ID: whoever writes one does not track by label', () => {
  const labels: Metadata = {
    labels: { 'argocd.argoproj.io/instance': 'apps', 'app.kubernetes.io/instance': 'shop' },
  };
  expect(ofOffloading(labels)).toEqual(["Application 'apps'"]);
  expect(ofOffloading(joined(labels, argo('copied', '/Namespace:/other')))).toEqual([]);
});

test('the instance label is a sign that is not certain, the others are', () => {
  const certain = (metadata: Metadata) =>
    liveManifests(liveNamespace('shop', metadata))
      .flatMap(unitsOf)
      .map((unit) => unit.certain);
  expect(certain({ labels: { 'app.kubernetes.io/instance': 'shop' } })).toEqual([false]);
  expect(certain({ labels: { 'argocd.argoproj.io/instance': 'shop' } })).toEqual([true]);
  expect(certain(joined(flux('apps'), argo('apps', '/Namespace:/shop')))).toEqual([true, true]);
});

test('Applications of one name in two installations of Argo CD are two', () => {
  const installed = (id: string) =>
    joined(argo('apps', '/Namespace:/shop'), { annotations: { 'argocd.argoproj.io/installation-id': id } });
  const ids = liveManifests(
    liveNamespace('shop', argo('apps', '/Namespace:/shop')),
    liveNamespace('shop', installed('east')),
    liveNamespace('shop', installed('west')),
  ).flatMap(unitsOf);
  expect(new Set(ids.map(({ id }) => id)).size).toBe(3);
});

test.each([
  ['both labels', flux('apps', 'team'), ["Kustomization 'team/apps'"]],
  ['the name alone', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }, []],
  ['the namespace alone', { labels: { 'kustomize.toolkit.fluxcd.io/namespace': 'team' } }, []],
  ['both as annotations', { annotations: flux('apps')['labels'] ?? {} }, []],
  [
    'a release of Flux',
    { labels: { 'helm.toolkit.fluxcd.io/name': 'x', 'helm.toolkit.fluxcd.io/namespace': 'y' } },
    [],
  ],
  ['nothing', {}, []],
] satisfies [string, Metadata, string[]][])('Flux: %s', (_, metadata, expected) => {
  expect(ofNamespace(metadata)).toEqual(expected);
});
