import { systemNamespaceOffloaded as rule } from '../../../lib/judge/rules/system-namespace-offloaded';
import { VENICE } from '../inventories';
import { application, helmChart, helmRelease } from '../chart';
import { DeclaredUnits } from '../../../lib/manifests/engines/declared-units';
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
  expect(find(rule, state(installs, offloading('argo'), offloading('gitops')))).toEqual([]);
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

test.each([
  'shop',
  'argocd-demo',
  'my-flux-system',
  'vault-ui',
  'cattle',
  'istio',
  'liqo-demo',
  'liqo-tenant',
  'kubernetes',
  'my-default',
])('passes over %s', (name) => {
  expect(find(rule, state(offloading(name), namespace('default'), namespace('kube-system')))).toEqual([]);
});

test.each([
  ['argocd', 'Argo CD'],
  ['flux-system', 'Flux'],
  ['cert-manager', 'cert-manager'],
  ['calico-system', 'Calico'],
  ['cattle-fleet-system', 'Rancher'],
  ['rook-ceph', 'Rook'],
  ['openshift-ingress', 'OpenShift'],
])('finds %s', (name, owner) => {
  expect(find(rule, state(offloading(name)))).toMatchObject([
    { namespace: name, message: expect.stringContaining(`'${name}' is a namespace of ${owner}: offloading`) },
  ]);
});

describe('namespaces of engines under another name', () => {
  const kustomization = (name: string, within = 'gitops') =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: ${within} }\nspec: { path: ./apps, prune: true, interval: 1m, sourceRef: { kind: GitRepository, name: gitops } }\n`;
  const app = (name: string, within: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: ${within} }\nspec: { project: default, source: { repoURL: x, path: apps }, destination: { namespace: shop } }\n`;
  const project =
    'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: a, namespace: deploy }\n';
  const found = (namespaceName: string, ...units: string[]) => {
    const given = new DeclaredUnits(state(...units).manifests);
    const after = state(offloading(namespaceName), ...units);
    return find(rule, after, state(), { ...FACTS, units: { before: given, after: given } }).map(
      ({ namespace: one }) => one,
    );
  };

  test('finds that of Flux by the Kustomization of its name, and that of Argo CD', () => {
    expect(found('gitops', kustomization('gitops'), kustomization('shop', 'shops'))).toEqual(['gitops']);
    expect(found('deploy', project)).toEqual(['deploy']);
    expect(found('deploy', app('a', 'deploy'), app('b', 'deploy'))).toEqual(['deploy']);
  });

  test('passes over those of tenants, and of what they deploy', () => {
    expect(found('shops', kustomization('gitops'), kustomization('shop', 'shops'))).toEqual([]);
    expect(found('team', app('a', 'team'), app('b', 'deploy'))).toEqual([]);
    expect(found('shop', app('a', 'deploy'))).toEqual([]);
  });
});
