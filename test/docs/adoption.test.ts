// docs/adoption.md, word for word: its commands in a scratch repository, and the screen that it shows.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENABLED, liveNamespace, liveOffloading, liqoctl, list, term } from '../adopt/given';
import { node, virtualNode } from '../manifests/given';
import { readManifests } from '../../lib/manifests/read';
import { CLEAN, cli, commit, folder, git, PROJECT, repository, snapshot, type Files } from '../scratch';

const PAGE = readFileSync(join(PROJECT, 'docs/adoption.md'), 'utf8');
const BLOCKS = [...PAGE.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
const [INIT = '', CLUSTER = '', FOLDER = ''] = BLOCKS;

const SOUTH = term('topology.liqo.io/region', 'In', 'south');
/** As a cluster shows them. */
const bodies = (yaml: string) =>
  readManifests('a.yaml', yaml).map(({ body }) => ({
    ...body,
    metadata: { ...Object(body['metadata']), uid: '6f6c1f0e', resourceVersion: '48213' },
  }));
const LIVE = [
  liveNamespace(
    'shop',
    { ...ENABLED, team: 'shops' },
    { 'argocd.argoproj.io/tracking-id': 'shops:/Namespace:shop/shop' },
  ),
  liveOffloading('shop', { clusterSelector: { nodeSelectorTerms: [SOUTH] } }),
  liveOffloading('services', { podOffloadingStrategy: 'Local' }),
  ...bodies(virtualNode('naples')),
  ...bodies(node('naples', 'topology.liqo.io/region: south')),
];

const OUTSIDE = folder({ 'cluster.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: LIVE }) });

/** Runs a block as a shell would, with the binary as it is built and a kubectl that prints a cluster of ours. */
function run(root: string, block: string) {
  const prelude = [
    'set -eu',
    // Who follows the page sets the ID by hand.
    `npx() { shift; ${process.execPath} ${join(PROJECT, 'build/cli/main.js')} "$@"; [ "$1" != init ] || sed -i 's/<cluster-id>/venice/' config/cluster.ts; }`,
    `kubectl() { cat ${join(OUTSIDE, 'cluster.json')}; }`,
  ];
  const script = [...prelude, block].join('\n');
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: root,
    env: CLEAN,
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

function scratch(files: Files): string {
  const root = repository({
    'README.md': 'ours\n',
    ...files,
  });
  git(root, 'update-ref', 'refs/remotes/origin/HEAD', 'HEAD');
  return root;
}

test('the page has three blocks of commands', () => {
  expect(BLOCKS).toHaveLength(3);
});

test('from the cluster', () => {
  const root = scratch({});
  expect(run(root, INIT)).toMatchObject({ status: 0, err: '' });
  expect(existsSync(join(root, 'config/cluster.ts'))).toBe(true);
  const { status, out, err } = run(root, CLUSTER);
  expect(err).toBe('');
  expect(status).toBe(0);
  expect(out).toContain('passed: 0 errors, 0 warnings, 0 infos\n');
  const [, screen = ''] = /\$ npx cdk8s-liqo import live\.json\n(.*?)```/s.exec(PAGE) ?? [];
  expect(out.slice(0, screen.length)).toBe(screen);
  expect(screen).toContain('2 namespaces imported');
});

test('from manifests', () => {
  const deploy = {
    'deploy/shops/shop.yaml':
      list({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: ENABLED } }) +
      `---\n${liqoctl('shop', { clusterSelector: { nodeSelectorTerms: [SOUTH] } })}`,
    'deploy/blog.yaml': liqoctl('blog'),
  };
  const root = scratch(deploy);
  const { status, out, err } = run(root, FOLDER);
  expect(err).toBe('');
  expect(status).toBe(0);
  expect(out.match(/^ {2}(error|warning|info) .*$/gm)).toBeNull();
  expect(out.match(/^passed: 0 errors, 0 warnings, 0 infos$/gm)).toHaveLength(2);
  const files = [...snapshot(root).keys()];
  expect(files.filter((path) => /^(deploy|dist)/.test(path)).sort()).toEqual([
    'dist/namespaces/blog.yaml',
    'dist/namespaces/shops/shop.yaml',
  ]);
  commit(root);
  // What is committed is the baseline from now on.
  expect(cli(root, ['check', '--against', 'HEAD'])).toMatchObject({ status: 0 });
});
