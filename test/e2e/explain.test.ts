// cdk8s-liqo explain with the built binary: in a repository, outside one, and for manifests of a file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, CONFIGS, folder, link, PROJECT, repository, snapshot, write, type Files } from '../scratch';

const INVENTORY = readFileSync(join(PROJECT, 'config/inventory.yaml'), 'utf8');
const FILES: Files = {
  ...CONFIGS,
  'config/inventory.yaml': INVENTORY,
  'config/namespaces/demo/shop.ts':
    "export default { name: 'shop', offloading: { clusterSelector: ['topology.liqo.io/region=south'] } };\n",
  'pods.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: plain }\nspec: {}\n---\n' +
    'apiVersion: v1\nkind: Pod\nmetadata: { name: escaping }\nspec: { runtimeClassName: liqo }\n',
};

function project(): string {
  const root = folder(FILES);
  link(root);
  return root;
}

test('a namespace, outside git and before anything is in dist; nothing is written', () => {
  const root = project();
  const before = snapshot(root);
  const { status, out, err } = cli(root, ['explain', 'shop']);
  expect([status, err]).toEqual([0, '']);
  expect(out).toContain("  naples    yes  'shop-venice'\n");
  expect(out).toContain('  florence  no   topology.liqo.io/region=south (it has center)\n');
  expect(snapshot(root)).toEqual(before);
});

test('no baseline is needed: neither one that cannot be reached nor one that is named wrongly', () => {
  const root = repository({
    ...FILES,
    'config/cluster.ts': "export default { id: 'venice', baseline: 'origin/gone' };\n",
  });
  link(root);
  expect(cli(root, ['check']).status).toBe(2);
  expect(cli(root, ['explain', 'shop'], { CDK8S_LIQO_AGAINST: 'git:gone' })).toMatchObject({
    status: 0,
    err: '',
  });
});

test('manifests of a file, as if they stood in the namespace; 0 whatever the answer', () => {
  const root = project();
  const { status, out } = cli(root, ['explain', 'shop', '--file', 'pods.yaml']);
  expect(status).toBe(0);
  expect(out).toMatch(/^shop\/Pod\/plain\n/);
  expect(out).toMatch(/ {2}florence {5}hangs {2}virtual node florence; no twin namespace/);
  const one = cli(root, ['explain', 'shop/pod/escaping', '--file', 'pods.yaml']);
  expect(one.out).toMatch(/^shop\/Pod\/escaping\n/);
  write(root, {
    'bad.yaml': 'kind: Pod\napiVersion: v1\nmetadata: { name: a }\nspec: { nodeSelector: [] }\n',
  });
  const rejected = cli(root, ['explain', 'shop', '--file', 'bad.yaml']);
  expect([rejected.status, rejected.out]).toEqual([0, expect.stringContaining('Rejected: ')]);
});

test('files of dist that are not ours count', () => {
  const root = project();
  write(root, {
    'dist/extra/web.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { template: { spec: {} } }\n',
  });
  const { status, out } = cli(root, ['explain', 'shop/deployments/web']);
  expect([status, out]).toEqual([0, expect.stringContaining('shop/Deployment/web')]);
});

test('dist alone, where there is no config', () => {
  const root = project();
  expect(cli(root, ['synth']).status).toBe(0);
  write(root, { 'config/cluster.ts': undefined, 'config/namespaces': undefined });
  const { status, out } = cli(root, ['explain', 'shop']);
  expect(status).toBe(0);
  expect(out).toContain('its ID is not known here');
  write(root, { dist: undefined });
  expect(cli(root, ['explain', 'shop'])).toMatchObject({
    status: 2,
    out: '',
    err: expect.stringContaining('there is no config/cluster.ts'),
  });
});

test('without an inventory it is said', () => {
  const root = project();
  write(root, { 'config/inventory.yaml': undefined });
  const { status, out } = cli(root, ['explain', 'shop']);
  expect([status, out]).toEqual([0, expect.stringContaining('there is no inventory')]);
});

test('json and markdown, on stdout or in a file', () => {
  const root = project();
  const parsed: unknown = JSON.parse(cli(root, ['explain', 'shop', '--format', 'json']).out);
  expect(parsed).toMatchObject({ version: 1, namespace: 'shop', inventory: 'complete', workloads: [] });
  const args = ['explain', 'shop', '--file', 'pods.yaml', '--format', 'markdown', '--output', 'o.md'];
  expect(cli(root, args)).toMatchObject({ status: 0, out: '', err: '' });
  expect(readFileSync(join(root, 'o.md'), 'utf8')).toContain('| naples | **yes** |');
});

test.each<[string, readonly string[], RegExp]>([
  ['a namespace that is misspelt', ['explain', 'shpo'], /'shpo'\n {2}did you mean 'shop'\?/],
  ['a workload that is not there', ['explain', 'shop/Deployment/web'], /no workload 'Deployment\/web'/],
  ['half a workload', ['explain', 'shop/web'], /neither a namespace nor a workload/],
  ['nothing', ['explain'], /explain needs a </],
  ['a file that is not there', ['explain', 'shop', '--file', 'gone.yaml'], /'gone.yaml' does not exist/],
  ['a folder', ['explain', 'shop', '--file', 'config'], /'config' is a folder/],
  ['broken YAML', ['explain', 'shop', '--file', 'broken.yaml'], /broken YAML/],
  [
    'a file without pods',
    ['explain', 'shop', '--file', 'none.yaml'],
    /it contains no object that creates pods/,
  ],
  ['an inventory of no form', ['-C', 'other', 'explain', 'shop'], /inventory\.yaml/],
])('2 for %s', (_, args, message) => {
  const root = project();
  write(root, {
    'broken.yaml': 'a: [\n',
    'none.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n',
  });
  const other = join(root, 'other');
  write(other, { ...FILES, 'config/inventory.yaml': 'providers: 3\n' });
  link(other);
  const { status, out, err } = cli(root, args);
  expect([status, out, err]).toEqual([2, '', expect.stringMatching(message)]);
});
