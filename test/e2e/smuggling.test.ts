// A change that Liqo refuses does not get into dist, whatever is tried.
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import {
  branch,
  cdk8s,
  cli,
  commit,
  CONFIGS,
  copied,
  git,
  link,
  repository,
  snapshot,
  write,
} from '../scratch';

const SHOP = 'config/namespaces/demo/shop.ts';
const changed = { [SHOP]: CONFIGS[SHOP]?.toString().replace('DefaultName', 'EnforceSameName') };
const without = { [SHOP]: CONFIGS[SHOP]?.toString().replace(/, offloading: .*\}/, '}') };
const approval = (rule: string) => ({
  'config/approvals/plat-1.yaml': `- { namespace: shop, rule: ${rule}, reason: PLAT-1 }\n`,
});

/** A project whose main branch is deployed, checked out on a branch of its own. */
const deployed = copied((): string => {
  const root = repository(CONFIGS);
  expect(cli(root, ['synth']).status).toBe(0);
  commit(root, 'dist');
  branch(root);
  link(root);
  return root;
});

/** What is in dist, on the disk. */
const dist = (root: string) => [...snapshot(root)].filter(([path]) => path.startsWith('dist/'));

const tricks: [string, (root: string) => void][] = [
  ['as it is', () => undefined],
  [
    'after rm -rf dist',
    (root) => {
      write(root, { dist: undefined });
    },
  ],
  [
    'after committing the removal of dist',
    (root) => {
      write(root, { dist: undefined });
      commit(root);
    },
  ],
  [
    'after a run before',
    (root) => {
      cli(root, ['synth']);
    },
  ],
  [
    'in a commit',
    (root) => {
      commit(root);
    },
  ],
  [
    'with a folder called like the ref',
    (root) => {
      write(root, { 'origin/main/dist/x.yaml': '', HEAD: '' });
      commit(root);
    },
  ],
  [
    'with a branch called like the ref',
    (root) => {
      git(root, 'branch', 'origin/main');
    },
  ],
  [
    'with dist written by hand to agree, and committed',
    (root) => {
      const file = 'dist/namespaces/demo/shop.yaml';
      write(root, { [file]: snapshot(root).get(file)?.replace('DefaultName', 'EnforceSameName') });
      commit(root);
    },
  ],
  [
    'with an approval',
    (root) => {
      write(root, approval('unoffload'));
    },
  ],
  [
    'with the rule lowered',
    (root) => {
      write(root, {
        'config/cluster.ts':
          "export default { id: 'venice', severities: { 'webhook-skipped': 'off', 'selector-invalid': 'off' } };\n",
      });
    },
  ],
];

test.each(tricks)('a changed strategy, %s', (_, prepare) => {
  const root = deployed();
  write(root, changed);
  prepare(root);
  const before = dist(root);
  const { status, out } = cli(root, ['synth']);
  expect([status, out]).toEqual([1, expect.stringContaining('mapping-strategy-immutable')]);
  expect(dist(root)).toEqual(before);
});

/** Ways that are refused before anything is judged: exit status 2, and a sentence that names the way. */
const refused: [string, (root: string) => void, RegExp][] = [
  [
    'with dist-stale switched off, and dist edited by hand',
    (root) => {
      write(root, {
        'config/cluster.ts': "export default { id: 'venice', severities: { 'dist-stale': 'off' } };\n",
      });
    },
    /cannot change the severity of 'dist-stale'/,
  ],
  ...['HEAD', 'git:HEAD~0', '@', './dist', '/tmp'].map((baseline): (typeof refused)[number] => [
    `with ${baseline} as the baseline of cluster.ts`,
    (root) => {
      write(root, { 'config/cluster.ts': `export default { id: 'venice', baseline: '${baseline}' };\n` });
      commit(root);
    },
    /baseline/,
  ]),
  [
    'with dist ignored',
    (root) => {
      write(root, { '.gitignore': 'node_modules\ndist/\n' });
      git(root, 'rm', '-rq', '--cached', 'dist');
      commit(root);
    },
    /git ignores dist, /,
  ],
  [
    'with one file of dist ignored',
    (root) => {
      const [file = ''] = [...snapshot(root).keys()].filter((path) => path.startsWith('dist/namespaces/'));
      write(root, { '.gitignore': `node_modules\n${file}\n` });
      git(root, 'rm', '-q', '--cached', file);
      commit(root);
    },
    /git ignores dist\/namespaces\/.*yaml, /,
  ],
  [
    'with a kustomization that hides it',
    (root) => {
      write(root, { 'dist/kustomization.yaml': 'resources: []\n' });
    },
    /changes what Flux or Argo CD applies/,
  ],
  [
    'with a file that Flux is told to leave out',
    (root) => {
      write(root, { 'dist/namespaces/.sourceignore': '*\n' });
    },
    /changes what Flux or Argo CD applies/,
  ],
  [
    'with a repository that cannot be found any more',
    (root) => {
      renameSync(join(root, '.git'), join(root, 'elsewhere'));
      write(root, { '.git': 'gitdir: /nonexistent/x\n', dist: undefined });
    },
    /git cannot read the repository/,
  ],
];

test.each(refused)('a changed strategy, %s', (_, prepare, message) => {
  const root = deployed();
  write(root, changed);
  prepare(root);
  const before = dist(root);
  const { status, out, err } = cli(root, ['synth']);
  expect([status, out, err]).toEqual([2, '', expect.stringMatching(message)]);
  expect(dist(root)).toEqual(before);
});

test.each(['/nonexistent', '.git'])('a GIT_DIR of %s leads nobody away from the repository', (GIT_DIR) => {
  const root = deployed();
  write(root, changed);
  const { status, out } = cli(root, ['synth'], { GIT_DIR });
  expect([status, out]).toEqual([1, expect.stringContaining('mapping-strategy-immutable')]);
});

test('a changed strategy, in a List that constructs add', () => {
  const root = deployed();
  const list = `(chart) => { new ApiObject(chart, 'list', { apiVersion: 'v1', kind: 'List', items: [{
    apiVersion: 'offloading.liqo.io/v1beta1', kind: 'NamespaceOffloading',
    metadata: { name: 'offloading', namespace: 'shop' }, spec: { namespaceMappingStrategy: 'EnforceSameName' } }] }); }`;
  write(root, {
    'config/namespaces/demo/blog.ts': `import { ApiObject } from 'cdk8s';
export default { name: 'blog', offloading: { podOffloadingStrategy: 'Local' }, constructs: ${list} };\n`,
  });
  const { status, out } = cli(root, ['synth']);
  expect([status, out]).toEqual([1, expect.stringContaining('mapping-strategy-immutable')]);
});

test('two commits on one branch are judged as one change', () => {
  const root = deployed();
  write(root, { ...without, ...approval('unoffload') });
  expect(cli(root, ['synth']).status).toBe(0);
  commit(root, 'unoffload');
  write(root, changed);
  const before = dist(root);
  const { status, out } = cli(root, ['synth']);
  expect([status, out]).toEqual([1, expect.stringContaining('mapping-strategy-immutable')]);
  expect(dist(root)).toEqual(before);
});

test('two merges are two changes, and the approval is spent by the first', () => {
  const root = deployed();
  write(root, { ...without, ...approval('unoffload') });
  const first = cli(root, ['synth']);
  expect([first.status, first.out]).toEqual([0, expect.stringContaining('Approved: PLAT-1')]);
  commit(root, 'unoffload');
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  write(root, changed);
  expect(cli(root, ['synth']).status).toBe(0);
  commit(root, 'offload anew');
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  write(root, without);
  const third = cli(root, ['synth']);
  expect([third.status, third.out]).toEqual([1, expect.stringContaining('plat-1.yaml:1 is already spent')]);
});

test.each([
  ['a config that goes', { [SHOP]: undefined }, 'namespace-removed'],
  [
    'a namespace that is renamed',
    { [SHOP]: CONFIGS[SHOP]?.toString().replace("'shop'", "'shop-2'") },
    'namespace-removed',
  ],
  [
    'a Namespace that somebody else shall manage',
    { [SHOP]: "export default { name: 'shop', manageNamespace: false, offloading: {} };\n" },
    'namespace-removed',
  ],
  ['offloading that goes', without, 'unoffload'],
])('%s is rejected, without a line of dist changed', (_, change, rule) => {
  const root = deployed();
  write(root, change);
  const before = dist(root);
  const { status, out } = cli(root, ['synth']);
  expect([status, out]).toEqual([1, expect.stringContaining(`error ${rule}`)]);
  expect(dist(root)).toEqual(before);
});

test('without a remote, HEAD is deployed; a HEAD whose dist was removed is no first run', () => {
  const root = deployed();
  git(root, 'update-ref', '-d', 'refs/remotes/origin/main');
  write(root, { ...changed, dist: undefined });
  expect(cli(root, ['synth']).out).toContain('mapping-strategy-immutable');
  commit(root);
  expect(cli(root, ['synth'])).toMatchObject({
    status: 2,
    err: expect.stringContaining('its history had one'),
  });
  expect(dist(root)).toEqual([]);
});

describe('through cdk8s synth', () => {
  test('a good change is published, and cdk8s has its copy', () => {
    const root = deployed();
    write(root, {
      [SHOP]: CONFIGS[SHOP]?.toString().replace(
        "'DefaultName'",
        "'DefaultName', clusterSelector: ['a', '!a']",
      ),
    });
    const { status, out, err } = cdk8s(root);
    expect([status, err]).toEqual([
      0,
      expect.stringMatching(/dist: 0 added, 1 changed, 0 removed, 1 unchanged\n$/),
    ]);
    expect(out).toContain('.cdk8s-staging/cdk8s-liqo.k8s.yaml');
    expect(snapshot(root).get('dist/namespaces/demo/shop.yaml')).toContain('key: a');
  });

  test('a changed strategy is rejected, and every finding can be read', () => {
    const root = deployed();
    write(root, changed);
    const before = dist(root);
    const { status, out, err } = cdk8s(root);
    expect(status).not.toBe(0);
    expect(out + err).toContain('error mapping-strategy-immutable');
    expect(out + err).toContain('dist was left as it was');
    expect(dist(root)).toEqual(before);
  });

  test.each([
    [['-o', 'dist'], {}],
    [['-o', 'dist/namespaces'], {}],
    [[], { CDK8S_OUTPUT: 'dist' }],
  ])('with %j and %j, nothing is judged or written, and the way back is said', (args, env) => {
    const root = deployed();
    write(root, changed);
    const { status, out, err } = cdk8s(root, args, env);
    expect(status).not.toBe(0);
    expect(out + err).toContain('git restore dist');
    expect(dist(root).some(([, text]) => text.includes('EnforceSameName'))).toBe(false);
    git(root, 'restore', 'dist');
    expect(git(root, 'status', '--porcelain', 'dist')).toBe('');
  });

  test('with --stdout, for which cdk8s takes a folder of its own, dist is left alone', () => {
    const root = deployed();
    write(root, changed);
    const before = dist(root);
    const { out, err } = cdk8s(root, ['--stdout']);
    expect(out + err).toContain('mapping-strategy-immutable');
    expect(dist(root)).toEqual(before);
  });

  test('with an output elsewhere, dist is left alone', () => {
    const root = deployed();
    mkdirSync(join(root, 'dist-preview'));
    write(root, {
      [SHOP]: CONFIGS[SHOP]?.toString().replace(
        "'DefaultName'",
        "'DefaultName', clusterSelector: ['a', '!a']",
      ),
    });
    const before = dist(root);
    const { status, err } = cdk8s(root, ['-o', 'dist-preview']);
    expect([status, err]).toEqual([0, expect.stringContaining('a preview in')]);
    expect(dist(root)).toEqual(before);
    expect(snapshot(root).get('dist-preview/cdk8s-liqo.k8s.yaml')).toContain('key: a');
  });
});
