// cdk8s-liqo plan in a repository: what a merge would do, before and after dist is written.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cli,
  commit,
  CONFIGS,
  copied,
  git,
  link,
  PROJECT,
  repository,
  snapshot,
  write,
  type Files,
} from '../scratch';

const shop = (selector: string): Files => ({
  'config/namespaces/demo/shop.ts': `export default { name: 'shop', offloading: { clusterSelector: ['${selector}'] } };\n`,
});

const deployed = copied((): string => {
  const inventory = readFileSync(join(PROJECT, 'config/inventory.yaml'), 'utf8');
  const wide = shop('topology.liqo.io/region in (center,south)');
  const root = repository({ ...CONFIGS, ...wide, 'config/inventory.yaml': inventory });
  link(root);
  expect(cli(root, ['synth']).status).toBe(0);
  commit(root, 'dist');
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  write(root, shop('topology.liqo.io/region=south'));
  return root;
});

test('shows what the configs would change, and that the judge rejects it', () => {
  const root = deployed();
  const before = snapshot(root);
  const { status, out, err } = cli(root, ['plan']);
  expect([status, err]).toEqual([1, '']);
  expect(out).toMatch(/^ {2}~ shop\n/);
  expect(out).toContain('    loses florence\n');
  expect(out).toContain("Deleted for good: the twin namespace 'shop-venice'");
  expect(out).toMatch(/0 to create, 1 to change, 0 to delete, 1\s+unchanged\./);
  expect(out).toMatch(
    /\nrejected: 1 error, .*\ndist\/ does not have this yet, and synth refuses to write it\.\n$/,
  );
  expect(snapshot(root)).toEqual(before);
});

test('a dist that does not have it yet rejects nothing, in no format', () => {
  const root = deployed();
  write(root, shop('topology.liqo.io/region in (center,south,north)'));
  const { status, out } = cli(root, ['plan']);
  expect(status).toBe(0);
  expect(out).toMatch(/\npassed: 0 errors, .*\ndist\/ does not have this yet: npx cdk8s-liqo synth\n$/);
  const markdown = cli(root, ['plan', '--format', 'markdown']);
  expect(markdown).toMatchObject({ status: 0, out: expect.stringContaining('dist/ does not have this yet') });
  expect(out + markdown.out).not.toContain('dist-stale');
  expect(cli(root, ['synth']).status).toBe(0);
  expect(cli(root, ['plan']).out).not.toContain('dist/ does not have');
});

test('an approval makes it pass, and it is still shown', () => {
  const root = deployed();
  write(root, {
    'config/approvals/a.yaml':
      '- { namespace: shop, rule: clusters-deselected, clusters: [florence], reason: PLAT-1 }\n',
  });
  expect(cli(root, ['synth']).status).toBe(0);
  const { status, out } = cli(root, ['plan']);
  expect(status).toBe(0);
  expect(out).toContain('loses florence');
  expect(out).toContain('    approved clusters-deselected\n      Approved: PLAT-1\n');
});

test('plans a folder of manifests as well', () => {
  const root = deployed();
  const text = readFileSync(join(root, 'dist/namespaces/demo/blog.yaml'), 'utf8');
  write(root, { 'deploy/blog.yaml': text });
  commit(root, 'deploy');
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  write(root, {
    'deploy/blog.yaml': undefined,
    'deploy/other.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: other }\n',
  });
  const { status, out } = cli(root, ['plan', 'deploy']);
  expect(status).toBe(1);
  expect(out).toMatch(/^ {2}- blog\n[^]*\n {2}\+ other\n/);
});

test('json and markdown, on stdout or in a file; other formats are wrong usage', () => {
  const root = deployed();
  const parsed: unknown = JSON.parse(cli(root, ['plan', '--format', 'json']).out);
  expect(parsed).toMatchObject({
    version: 1,
    namespaces: [{ namespace: 'shop' }],
    stale: ['dist/namespaces/demo/shop.yaml'],
  });
  expect(cli(root, ['plan', '--format', 'markdown', '--output', 'plan.md'])).toMatchObject({
    status: 1,
    out: '',
  });
  expect(readFileSync(join(root, 'plan.md'), 'utf8')).toContain('| shop | changed |');
  const wrong = cli(root, ['plan', '--format', 'sarif', '--output', 'plan.sarif']);
  expect([wrong.status, existsSync(join(root, 'plan.sarif'))]).toEqual([2, false]);
  expect(wrong.err).toContain("no format 'sarif'");
});

test('nothing to do says so', () => {
  const root = deployed();
  git(root, 'checkout', '-q', '.');
  const { status, out } = cli(root, ['plan']);
  expect(status).toBe(0);
  expect(out).toMatch(/^Plan for namespaces: 0 to create, 0 to change, 0 to delete, 2 unchanged\.\n/);
});
