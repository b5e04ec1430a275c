// The engines' own objects beside dist: published with it, by the same rules.
import { join } from 'node:path';
import { cli, commit, CONFIGS, link, repository, snapshot, write } from '../scratch';

const cluster = (gitops: string) => ({
  'config/cluster.ts': `import { defineCluster } from 'cdk8s-liqo';\nexport default defineCluster({ id: 'venice'${gitops} });\n`,
});
const BOTH = cluster(", gitops: { argocd: { repoURL: 'https://example.com/r.git' }, flux: {} }");

function project(): string {
  const root = repository({ ...CONFIGS, ...BOTH, 'gitops/flux/mine.yaml': 'a: 1\n', 'gitops/README.md': '' });
  link(root);
  expect(cli(root, ['synth']).out).toContain('dist and gitops: 5 added, 0 changed, 0 removed, 0 unchanged');
  commit(root);
  return root;
}

const written = (root: string) =>
  [...snapshot(root).keys()].filter((path) => path.startsWith('gitops/')).sort();
const OWN = ['gitops/README.md', 'gitops/flux/mine.yaml'];

test('they are published with dist, renewed, and removed with their setting; what is not ours stays', () => {
  const root = project();
  const namespaces = ['argocd', 'flux'].map((engine) => `gitops/${engine}/venice.namespaces.demo.yaml`);
  const health = 'gitops/argocd-health/argocd-cm.yaml';
  expect(written(root)).toEqual([...OWN, ...namespaces, health].sort());

  const foreign = { 'gitops/flux/venice.namespaces.other.yaml.cdk8s-liqo.tmp': 'half' };
  write(root, { ...foreign, 'config/namespaces/other/a.ts': "export default { name: 'a' };\n" });
  expect(cli(root, ['synth']).out).toContain('dist and gitops: 3 added, 0 changed, 0 removed, 5 unchanged');
  expect(written(root)).toHaveLength(7);

  write(root, cluster(''));
  expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
  expect(written(root)).toEqual(OWN);
});

test('check says where one is stale, and where somebody else has its place', () => {
  const root = project();
  const file = 'gitops/flux/venice.namespaces.demo.yaml';
  const text = snapshot(root).get(file) ?? '';
  write(root, { [file]: text.replace('prune: true', 'prune: false') });
  expect(cli(root, ['check'])).toMatchObject({
    status: 1,
    out: expect.stringContaining(`${file} is not what the configs`),
  });
  write(root, { [file]: 'kind: Kustomization\n' });
  expect(cli(root, ['check'])).toMatchObject({ status: 2, err: expect.stringContaining(file) });
});

test('in a project below the root of its repository the paths lead there', () => {
  const files = Object.entries({ ...CONFIGS, ...BOTH }).map(([path, text]) => [
    `clusters/venice/${path}`,
    text,
  ]);
  const root = repository(Object.fromEntries(files));
  link(root);
  expect(cli(root, ['-C', 'clusters/venice', 'synth']).status).toBe(0);
  const texts = snapshot(join(root, 'clusters/venice'));
  expect(texts.get('gitops/flux/venice.namespaces.demo.yaml')).toContain(
    '"./clusters/venice/dist/namespaces/demo"',
  );
  expect(texts.get('gitops/argocd/venice.namespaces.demo.yaml')).toContain(
    'path: clusters/venice/dist/namespaces/demo',
  );
});

test.each([
  ['argocd: {}', '/gitops/argocd'],
  ["argocd: { repoURL: 'r', destination: {} }", '/gitops/argocd/destination'],
  ["argocd: { repoURL: 'r', destination: { server: 'a', name: 'b' } }", '/gitops/argocd/destination'],
  ["argocd: { repoURL: 'r', protection: 'yes' }", '/gitops/argocd/protection'],
  ["argocd: { repoURL: 'platform' }", 'is no URL of a repository'],
  ['argocd: { repoURL: 7 }', '7 is no string'],
  ["argocd: { repoURL: 'https://me:secret@example.com/r.git' }", 'has credentials in it'],
  ["health: { someFailed: 'ok' }", '/gitops/health/someFailed'],
  ["flux: { interval: '10' }", 'is no duration such as 10m or 1h30m'],
  ["flux: { timeout: '' }", '/gitops/flux/timeout'],
  ['flux: { sourceRef: {} }', '/gitops/flux/sourceRef'],
  ['flux: { force: true }', '/gitops/flux/force'],
])('{ %s } is a mistake: %s', (gitops, said) => {
  const root = repository({ ...CONFIGS, ...cluster(`, gitops: { ${gitops} } as never`) });
  link(root);
  expect(cli(root, ['synth'])).toMatchObject({ status: 2, err: expect.stringContaining(said) });
});
