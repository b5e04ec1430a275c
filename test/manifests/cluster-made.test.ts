import { declared } from '../../lib/manifests/cluster-made';
import { asLive } from '../../lib/manifests/live-object';
import { toManifest, type JsonObject, type Manifest } from '../../lib/manifests/manifest';

function manifest(metadata: JsonObject, rest: JsonObject = {}): Manifest {
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', ...metadata }, ...rest };
  const found = toManifest(body, { file: 'a.yaml', text: '', document: 0, path: [] });
  if (found === undefined) throw new Error('no manifest');
  return asLive([found])[0] ?? found;
}
const LIVE = { uid: '1', resourceVersion: '2' };
/** As JSON has it: undefined is nothing. */
const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));

test('what the API server keeps is left out', () => {
  const { body, dropped } = declared(
    manifest(
      {
        ...LIVE,
        creationTimestamp: 'x',
        generation: 3,
        managedFields: [],
        selfLink: '/x',
        finalizers: ['a/b'],
      },
      { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } },
    ),
  );
  expect(plain(body)).toEqual({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' }, spec: {} });
  expect(dropped).toEqual([]);
});

test('what somebody declared stays', () => {
  const metadata = {
    labels: { team: 'a', 'app.kubernetes.io/instance': 'shop', 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: {
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      'argocd.argoproj.io/sync-options': 'Prune=false',
    },
    finalizers: ['example.org/mine'],
    ownerReferences: [{ kind: 'Tenant' }],
  };
  const spec = { finalizers: ['kubernetes', 'example.org/mine'] };
  expect(plain(declared(manifest(metadata, { spec })).body)).toEqual({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', ...metadata },
    spec,
  });
});

test.each<[string, JsonObject, JsonObject, string]>([
  ['Kubernetes', { 'kubernetes.io/metadata.name': 'shop' }, {}, 'kubernetes.io/metadata.name'],
  [
    'kubectl',
    {},
    { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
    'kubectl.kubernetes.io/last-applied-configuration',
  ],
  [
    'Argo CD',
    {},
    { 'argocd.argoproj.io/tracking-id': 'shop:/Namespace:x/shop' },
    'argocd.argoproj.io/tracking-id',
  ],
  ['Argo CD', { 'argocd.argoproj.io/instance': 'shop' }, {}, 'argocd.argoproj.io/instance'],
  ['Flux', { 'kustomize.toolkit.fluxcd.io/name': 'apps' }, {}, 'kustomize.toolkit.fluxcd.io/name'],
  ['Flux', { 'helm.toolkit.fluxcd.io/namespace': 'apps' }, {}, 'helm.toolkit.fluxcd.io/namespace'],
  ['Helm', {}, { 'meta.helm.sh/release-name': 'shop' }, 'meta.helm.sh/release-name'],
])('what %s writes is left out and named', (writer, labels, annotations, key) => {
  const { body, dropped } = declared(
    manifest({ labels: { ...labels, team: 'a' }, annotations: { ...annotations, owner: 'b' } }),
  );
  expect(plain(body)).toMatchObject({ metadata: { labels: { team: 'a' }, annotations: { owner: 'b' } } });
  expect(JSON.stringify(body)).not.toContain(key);
  expect(dropped).toEqual([{ key, writer }]);
});

const LONG = `${'a'.repeat(62)}-b`;
test.each<[string, string, string, boolean]>([
  ['names the same Application', 'shop:/Namespace:x/shop', 'shop', true],
  ['names one that no label can hold whole', `${LONG}:/Namespace:x/shop`, 'a'.repeat(62), true],
  ['names another', 'blog:/Namespace:x/shop', 'shop', false],
])('the instance label is Argo CD’s where the tracking ID %s', (_, id, label, isArgos) => {
  const { dropped } = declared(
    manifest({
      labels: { 'app.kubernetes.io/instance': label },
      annotations: { 'argocd.argoproj.io/tracking-id': id },
    }),
  );
  expect(dropped.some(({ key }) => key === 'app.kubernetes.io/instance')).toBe(isArgos);
});
