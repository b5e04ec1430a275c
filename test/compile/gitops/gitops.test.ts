import { spawnSync } from 'node:child_process';
import Ajv from 'ajv';
import { gitopsOf } from '../../../lib/compile/gitops/gitops';
import type { GitOpsConfig } from '../../../lib/config/types';
import { argoHealthScript } from '../../../lib/manifests/engines/health';
import { writeFile } from '../../../lib/manifests/write';
import { folder } from '../../scratch';
import { APPLICATION, KUSTOMIZATION } from './crds';

const ajv = new Ajv({ allErrors: true });
const isApplication = ajv.compile(APPLICATION);
const isKustomization = ajv.compile(KUSTOMIZATION);

const PATHS = [
  'dist/cluster/runtime-class.yaml',
  'dist/namespaces/demo/shop.yaml',
  'dist/namespaces/demo/deep/news.yaml',
  'dist/namespaces/other/blog.yaml',
  'dist/workloads/demo/shop.yaml',
];

interface Body {
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

const HEALTH = 'gitops/argocd-health/argocd-cm.yaml';
const filesOf = (gitops: GitOpsConfig, { paths = PATHS, prefix = '' } = {}) =>
  gitopsOf({ id: 'venice', gitops }, { prefix, paths });

/** The engines' objects by file, each checked against its CRD. */
function written(gitops: GitOpsConfig, where: Parameters<typeof filesOf>[1] = {}): Record<string, Body> {
  const files = [...filesOf(gitops, where)].filter(([path]) => path !== HEALTH);
  return Object.fromEntries(
    files.map(([path, object]) => {
      const body = JSON.parse(JSON.stringify(object)) as Body;
      const isValid = path.startsWith('gitops/argocd/') ? isApplication : isKustomization;
      expect([isValid(body), isValid.errors]).toEqual([true, null]);
      return [path, body];
    }),
  );
}

const ARGO = { repoURL: 'https://example.com/platform.git' };

test('an Application for each folder: its namespaces, then its workloads', () => {
  const files = written({ argocd: ARGO }, { prefix: 'clusters/venice/' });
  expect(
    Object.values(files).map(({ metadata: { name }, spec: { sources } }) => [
      name,
      (sources as { path: string }[]).map(({ path }) => path),
    ]),
  ).toEqual([
    ['venice.cluster', ['clusters/venice/dist/cluster']],
    [
      'venice.namespaces.demo',
      ['clusters/venice/dist/namespaces/demo', 'clusters/venice/dist/workloads/demo'],
    ],
    ['venice.namespaces.demo.deep', ['clusters/venice/dist/namespaces/demo/deep']],
    ['venice.namespaces.other', ['clusters/venice/dist/namespaces/other']],
  ]);
});

test('an Application with every setting, and with none', () => {
  const paths = ['dist/namespaces/shop.yaml'];
  const [plain] = Object.values(written({ argocd: ARGO }, { paths }));
  expect(plain).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'venice.namespaces', namespace: 'argocd' },
    spec: {
      project: 'default',
      destination: { server: 'https://kubernetes.default.svc' },
      sources: [{ ...ARGO, targetRevision: 'HEAD', path: 'dist/namespaces' }],
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        retry: { limit: 10, refresh: true, backoff: { duration: '30s', factor: 2, maxDuration: '10m' } },
      },
    },
  });
  const settings = {
    ...ARGO,
    targetRevision: 'release',
    namespace: 'gitops',
    project: 'platform',
    destination: { name: 'venice' },
    automated: false,
    deletionPolicy: 'Delete',
  } as const;
  expect(Object.values(written({ argocd: settings }, { paths }))).toMatchObject([
    {
      metadata: { namespace: 'gitops', finalizers: ['resources-finalizer.argocd.argoproj.io'] },
      spec: {
        project: 'platform',
        destination: { name: 'venice' },
        sources: [{ targetRevision: 'release' }],
      },
    },
  ]);
  expect(Object.values(written({ argocd: settings }, { paths }))[0]?.spec).not.toHaveProperty('syncPolicy');
});

test('a Kustomization for each outermost folder and layer; workloads wait for what they stand on', () => {
  const files = written({ flux: {} }, { prefix: 'clusters/venice/' });
  expect(
    Object.values(files).map(({ metadata: { name }, spec: { path, dependsOn } }) => [name, path, dependsOn]),
  ).toEqual([
    ['venice.cluster', './clusters/venice/dist/cluster', undefined],
    ['venice.namespaces.demo', './clusters/venice/dist/namespaces/demo', [{ name: 'venice.cluster' }]],
    ['venice.namespaces.other', './clusters/venice/dist/namespaces/other', [{ name: 'venice.cluster' }]],
    [
      'venice.workloads.demo',
      './clusters/venice/dist/workloads/demo',
      [{ name: 'venice.cluster' }, { name: 'venice.namespaces.demo' }],
    ],
  ]);
});

test('workloads wait for each Kustomization that may hold their namespaces', () => {
  const waiting = (...paths: string[]) =>
    Object.values(written({ flux: {} }, { paths })).flatMap(({ metadata: { name }, spec: { dependsOn } }) =>
      name.includes('workloads') ? [((dependsOn ?? []) as { name: string }[]).map((one) => one.name)] : [],
    );
  expect(waiting('dist/namespaces/a.yaml', 'dist/workloads/x/a.yaml')).toEqual([['venice.namespaces']]);
  expect(
    waiting(
      'dist/namespaces/x/a.yaml',
      'dist/namespaces/y/a.yaml',
      'dist/namespaces/xy/a.yaml',
      'dist/workloads/x/a.yaml',
    ),
  ).toEqual([['venice.namespaces.x']]);
  expect(waiting('dist/namespaces/x/a.yaml', 'dist/namespaces/y/a.yaml', 'dist/workloads/a.yaml')).toEqual([
    ['venice.namespaces.x', 'venice.namespaces.y'],
  ]);
  expect(waiting('dist/workloads/x/a.yaml')).toEqual([[]]);
});

test('a Kustomization with every setting, and with none', () => {
  const paths = ['dist/namespaces/shop.yaml'];
  const [plain] = Object.values(written({ flux: {} }, { paths }));
  expect(plain).toMatchObject({
    metadata: { namespace: 'flux-system' },
    spec: {
      interval: '10m',
      retryInterval: '1m',
      timeout: '5m',
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      prune: true,
      wait: true,
      deletionPolicy: 'Orphan',
    },
  });
  const settings = {
    sourceRef: { kind: 'OCIRepository', name: 'platform', namespace: 'sources' },
    namespace: 'gitops',
    interval: '1h30m',
    retryInterval: '30s',
    timeout: '1m',
    prune: false,
    wait: false,
    deletionPolicy: 'Delete',
  } as const;
  const { namespace, ...spec } = settings;
  const [set] = Object.values(written({ flux: settings }, { paths }));
  expect(set).toMatchObject({ metadata: { namespace }, spec });
});

const exprs = (gitops: GitOpsConfig) =>
  Object.values(written(gitops)).map(({ metadata: { name }, spec }) => [name, spec['healthCheckExprs']]);

test('Kustomizations of namespaces ask for the health of their offloadings, where they wait', () => {
  const checks = [expect.objectContaining({ kind: 'NamespaceOffloading' })];
  expect(exprs({ flux: {} })).toEqual([
    ['venice.cluster', undefined],
    ['venice.namespaces.demo', checks],
    ['venice.namespaces.other', checks],
    ['venice.workloads.demo', undefined],
  ]);
  expect(exprs({ flux: { wait: false } }).map(([, asked]) => asked)).toEqual(Array(4).fill(undefined));
  const healthy = { flux: {}, health: { someFailed: 'healthy' } } as const;
  expect(JSON.stringify(exprs(healthy))).not.toBe(JSON.stringify(exprs({ flux: {} })));
});

test('the health check for Argo CD is a patch of one key of argocd-cm', () => {
  const patch = (gitops: GitOpsConfig) => filesOf(gitops).get(HEALTH) as { data: Record<string, string> };
  const { data, ...others } = patch({ argocd: ARGO });
  expect(others).toEqual({});
  const key = 'resource.customizations.health.offloading.liqo.io_NamespaceOffloading';
  expect(data).toEqual({ [key]: argoHealthScript({}) });
  const health = { noClusterSelected: 'healthy' } as const;
  expect(patch({ argocd: ARGO, health }).data[key]).toBe(argoHealthScript(health));
  expect(filesOf({ flux: {} }).has(HEALTH)).toBe(false);
});

test('both engines at once, and neither', () => {
  expect(Object.keys(written({ argocd: ARGO, flux: {} })).map((path) => path.split('/')[1])).toEqual([
    ...Array<string>(4).fill('argocd'),
    ...Array<string>(4).fill('flux'),
  ]);
  expect(written({})).toEqual({});
});

const withKubectl = spawnSync('kubectl', ['version', '--client']).status === 0 ? test : test.skip;

withKubectl("kubectl puts the health check beside what somebody else's ConfigMap has", () => {
  const mine = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm' }, data: { url: 'u' } };
  const root = folder({
    'cm.json': JSON.stringify(mine),
    'patch.yaml': writeFile(HEALTH, 'config/cluster.ts', [
      { body: filesOf({ argocd: ARGO }).get(HEALTH) ?? {} },
    ]),
  });
  const { stdout } = spawnSync(
    'kubectl',
    ['patch', '--local', '-f', 'cm.json', '--patch-file', 'patch.yaml', '-o', 'json'],
    { cwd: root, encoding: 'utf8' },
  );
  expect(JSON.parse(stdout)).toMatchObject({
    data: {
      url: 'u',
      'resource.customizations.health.offloading.liqo.io_NamespaceOffloading': argoHealthScript(),
    },
  });
  const applied = spawnSync('kubectl', ['create', '--dry-run=client', '-f', 'patch.yaml'], { cwd: root });
  expect(applied.status).not.toBe(0);
});

test.each([
  'with space/',
  'yes/',
  '- list: "x"/',
  "it's # no comment/",
  'a\nkind: Secret/',
  '\u001b[31mred\u2028/',
  '${name}/',
])('a project in an odd folder is a path, and no YAML: %j', (prefix) => {
  const [argo] = Object.values(written({ argocd: ARGO }, { prefix, paths: ['dist/namespaces/a.yaml'] }));
  expect(argo?.spec['sources']).toMatchObject([{ path: `${prefix}dist/namespaces` }]);
  const [flux] = Object.values(written({ flux: {} }, { prefix, paths: ['dist/namespaces/a.yaml'] }));
  expect(flux?.spec['path']).toBe(`./${prefix}dist/namespaces`);
});
