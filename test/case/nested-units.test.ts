// A Kustomization that a kustomization lists, and that is pointed at a folder below that of the list.
import { examine } from '../../lib/case/examine';
import { namespace, offloading } from '../judge/given';
import { commit, repository, write, type Files } from '../scratch';

const UNIT = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { path: ./apps/shop/app, prune: true, interval: 1m, sourceRef: { kind: GitRepository, name: flux-system } }
`;
const LABEL = 'labels: { liqo.io/scheduling-enabled: "true" }';

const FIRST: Files = {
  'apps/kustomization.yaml': 'resources: [shop/ks.yaml]\n',
  'apps/shop/ks.yaml': UNIT,
  'apps/shop/app/kustomization.yaml': 'resources: [shop.yaml]\n',
  'apps/shop/app/shop.yaml': `${namespace('shop', LABEL)}---\n${offloading('shop')}`,
};

function found(folder: string, first: Files, change: Files): string[] {
  const root = repository({ ...FIRST, ...first });
  write(root, change);
  commit(root);
  const { findings } = examine({ root, against: 'HEAD~1', progress: () => undefined }, folder).verdict;
  return findings.map(({ rule, existing }) => (existing === true ? `${rule} (existing)` : rule));
}

const GONE: Files = { 'apps/shop/app/shop.yaml': namespace('shop') };

test.each(['apps', '.'])('of %s, what such a unit applies is judged', (folder) => {
  expect(found(folder, {}, GONE)).toEqual(['unoffload']);
  const unlisted = { 'apps/shop/app/kustomization.yaml': 'resources: []\n' };
  expect(found(folder, {}, unlisted)).toEqual(['object-left-out']);
});

test('what only another unit reaches is still left out', () => {
  const other = { 'apps/blog/blog.yaml': `${namespace('blog', LABEL)}---\n${offloading('blog')}` };
  expect(found('apps', other, { 'apps/blog/blog.yaml': undefined })).toEqual([]);
});

test('a folder without a kustomization is applied as a whole', () => {
  const bare = { 'apps/shop/app/kustomization.yaml': undefined };
  expect(found('apps', bare, GONE)).toEqual(['unoffload']);
});

/** A layout of home-ops: the kustomization of a folder names its namespace, and what lies in it does not. */
const UNNAMED: Files = {
  'apps/kustomization.yaml': 'resources: [shop, blog]\n',
  'apps/shop/kustomization.yaml': 'namespace: shop\nresources: [namespace.yaml, offloading.yaml, ks.yaml]\n',
  'apps/shop/namespace.yaml': namespace('_', LABEL),
  'apps/shop/offloading.yaml': offloading('shop').replace(', namespace: shop', ''),
  'apps/shop/app/shop.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n',
  'apps/blog/kustomization.yaml': 'namespace: blog\nresources: [namespace.yaml]\ncomponents: [../part]\n',
  'apps/blog/namespace.yaml': namespace('_', LABEL),
  'apps/part/kustomization.yaml': 'kind: Component\nresources: [offloading.yaml]\n',
  'apps/part/offloading.yaml': offloading('shop').replace(', namespace: shop', ''),
};

const unoffloaded = (change: Files, first: Files = {}) => {
  const root = repository({ ...FIRST, ...UNNAMED, ...first });
  write(root, change);
  commit(root);
  const { findings } = examine({ root, against: 'HEAD~1', progress: () => undefined }, 'apps').verdict;
  return findings.map(({ rule, namespace: of }) => `${rule} ${of ?? ''}`.trim()).sort();
};

test.each<[string, Files, string[]]>([
  ['nothing', { 'README.yaml': '' }, []],
  [
    'an offloading goes',
    {
      'apps/shop/offloading.yaml': '',
      'apps/shop/kustomization.yaml': 'namespace: shop\nresources: [namespace.yaml, ks.yaml]\n',
    },
    ['scheduling-label-conflict shop', 'unoffload shop'],
  ],
  [
    'the offloading of a component goes',
    { 'apps/part/offloading.yaml': '' },
    ['scheduling-label-conflict blog', 'unoffload blog'],
  ],
  [
    'a namespace goes',
    { 'apps/shop/namespace.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: n }\n' },
    ['namespace-removed shop'],
  ],
  [
    'a namespace is renamed',
    {
      'apps/shop/kustomization.yaml':
        'namespace: store\nresources: [namespace.yaml, offloading.yaml, ks.yaml]\n',
    },
    ['namespace-removed shop'],
  ],
  [
    'another component takes it in',
    { 'apps/part/kustomization.yaml': 'kind: Component\nresources: [offloading.yaml]\nnamespace: blog\n' },
    [],
  ],
])('of namespaces that kustomizations name: %s', (_, change, expected) => {
  expect(unoffloaded(change)).toEqual(expected);
});

test('a guard that a namespace had before counts, under the name that kustomize gave it', () => {
  const guarded = namespace('_', `${LABEL}, annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }`);
  const root = repository({ ...FIRST, ...UNNAMED });
  write(root, { 'apps/shop/namespace.yaml': guarded, 'apps/shop/offloading.yaml': '' });
  commit(root);
  write(root, { 'apps/plain.yaml': '' });
  commit(root);
  write(root, { 'apps/shop/namespace.yaml': '' });
  commit(root);
  const { findings } = examine({ root, against: 'HEAD~1', progress: () => undefined }, 'apps').verdict;
  expect(findings.map(({ rule }) => rule)).not.toContain('namespace-removed');
});
