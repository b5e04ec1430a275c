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
