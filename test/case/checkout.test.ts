// Where the new side of a change is read from, and what refuses to be read at all.
import { existsSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { examine, examinePublication } from '../../lib/case/examine';
import { InputError } from '../../lib/input/error';
import { MergeTree } from '../../lib/manifests/merge-tree';
import { namespace, offloading } from '../judge/given';
import { commit, CONFIGS, folder, git, parted, repository, write, type Files } from '../scratch';

const quiet = () => undefined;
const rulesOf = (root: string, dir?: string, against = 'main', noMerge = false) =>
  examine({ root, against, noMerge, progress: quiet }, dir)
    .verdict.findings.map(({ rule, namespace: of }) => (of === undefined ? rule : `${rule} ${of}`))
    .filter((one) => one !== 'dist-stale');

function problemOf(root: string, dir?: string, against = 'main') {
  try {
    rulesOf(root, dir, against);
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.problems[0];
    throw thrown;
  }
  return undefined;
}

const LABEL = 'labels: { liqo.io/scheduling-enabled: "true" }';
const offloads = (name: string, spec?: string) => `${namespace(name, LABEL)}---\n${offloading(name, spec)}`;

const NAMESPACE = (name: string, more = '') =>
  `import { defineNamespace } from 'cdk8s-liqo';\nexport default defineNamespace({ name: '${name}', ${more} offloading: {} });\n`;
const POLICIES = (allowed: string) =>
  `import { definePolicies } from 'cdk8s-liqo';\nimport { offloading } from '${allowed}';\nexport default definePolicies([{ name: 'p', namespaces: 'data=personal', offloading }]);\n`;

describe('configs of a branch that is behind main', () => {
  test('are compiled with what main made of all that they import', () => {
    const root = parted(
      {
        ...CONFIGS,
        'shared/regions.ts': "export const offloading = 'required' as const;\n",
        'config/policies.ts': POLICIES('../shared/regions'),
      },
      { 'shared/regions.ts': "export const offloading = 'forbidden' as const;\n" },
      { 'config/namespaces/crm.ts': NAMESPACE('crm', "labels: { data: 'personal' },") },
    );
    expect(rulesOf(root)).toEqual(['policy crm']);
    expect(rulesOf(root, undefined, 'main', true)).not.toContain('policy crm');
  });

  test('find the packages of the project, and what a build made beside them and git ignores', () => {
    const root = parted(
      {
        ...CONFIGS,
        '.gitignore': 'node_modules\nconfig/made.json\n',
        'config/policies.ts':
          "import { definePolicies } from 'cdk8s-liqo';\nimport made from './made.json';\nimport { offloading } from 'some-package';\nexport default definePolicies([{ name: made.name, namespaces: 'data=personal', offloading }]);\n",
      },
      { 'README.md': 'x' },
      { 'config/namespaces/crm.ts': NAMESPACE('crm', "labels: { data: 'personal' },") },
    );
    write(root, {
      'config/made.json': '{ "name": "from-a-build" }',
      'node_modules/some-package/package.json': '{ "name": "some-package", "main": "index.js" }',
      'node_modules/some-package/index.js': "exports.offloading = 'forbidden';\n",
    });
    const { findings } = examine({ root, against: 'main', progress: quiet }, undefined).verdict;
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'policy', message: expect.stringContaining("'from-a-build'") }),
    );
  });

  test('find what they read of config/, whatever it is called', () => {
    const config = (file: string) =>
      `import { readFileSync } from 'node:fs';\nimport { defineNamespace } from 'cdk8s-liqo';\nconst names = readFileSync('${file}', 'utf8').trim().split(',');\nexport default names.map((name) => defineNamespace({ name, offloading: {} }));\n`;
    const root = parted(
      {
        ...CONFIGS,
        'config/teams.csv': 'one,two\n',
        'config/namespaces/teams.ts': config('config/teams.csv'),
      },
      { 'config/teams.csv': 'one,two,main\n' },
      { 'README.md': 'x' },
    );
    const cwd = process.cwd();
    process.chdir(root);
    try {
      expect(rulesOf(root)).toEqual([]);
      expect(realpathSync(process.cwd())).toBe(root);
      write(root, { 'config/namespaces/teams.ts': config('config/none.csv') });
      expect(() => rulesOf(root)).toThrow(/none\.csv/);
      expect(realpathSync(process.cwd())).toBe(root);
    } finally {
      process.chdir(cwd);
    }
  });

  test('that both sides changed are named', () => {
    const root = parted(
      CONFIGS,
      { 'config/cluster.ts': CONFIGS['config/cluster.ts']?.toString().replace('venice', 'rome') },
      { 'config/cluster.ts': CONFIGS['config/cluster.ts']?.toString().replace('venice', 'milan') },
    );
    expect(problemOf(root)).toEqual({
      code: 'merge-failed',
      message: expect.stringMatching(
        /^this branch and 'main' have both changed this file and git cannot merge it/,
      ),
      file: 'config/cluster.ts',
      remedy: 'merge main into this branch first, or rebase it',
    });
  });

  test('do not mind what git cannot merge of dist, which is made anew', () => {
    const generated = (text: string) => ({
      'dist/namespaces/demo/shop.yaml': `# dist/namespaces/demo/shop.yaml: generated by cdk8s-liqo from config/namespaces/demo/shop.ts\n${text}`,
    });
    const both = { ...CONFIGS, ...generated(namespace('shop')) };
    const sides = [namespace('shop', 'labels: { a: b }'), namespace('shop', 'labels: { a: c }')] as const;
    const root = parted(both, generated(sides[0]), generated(sides[1]));
    const { findings } = examine({ root, against: 'main', progress: quiet }, undefined).verdict;
    const stale = findings.filter(({ rule }) => rule === 'dist-stale').map(({ file }) => file);
    expect(stale).toEqual(['dist/namespaces/demo/blog.yaml']);
    expect(problemOf(root, 'dist')).toMatchObject({ file: 'dist/namespaces/demo/shop.yaml' });
  });

  test('are judged merged and published as they lie there', () => {
    const root = parted(
      CONFIGS,
      { 'config/namespaces/main.ts': NAMESPACE('main') },
      { 'config/namespaces/work.ts': NAMESPACE('work') },
    );
    const { report, compiled } = examinePublication({ root, against: 'main', progress: quiet });
    expect(report.verdict.findings).toEqual([]);
    expect([...compiled.files.keys()].filter((path) => /main|work/.test(path))).toEqual([
      'dist/namespaces/work.yaml',
    ]);
  });
});

describe('manifests of a branch that is behind main', () => {
  const narrow =
    '{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: a, operator: Exists }] }] } }';

  test('are judged with what lies in the work tree and in no commit yet', () => {
    const root = parted({ 'deploy/a.yaml': offloads('a') }, { 'deploy/b.yaml': offloads('b') }, {});
    expect(rulesOf(root, 'deploy')).toEqual([]);
    write(root, { 'deploy/a.yaml': offloads('a', narrow) });
    expect(rulesOf(root, 'deploy')).toEqual(['clusters-deselected a']);
  });

  test('keep what main made of an object that the branch changed elsewhere', () => {
    const wide = offloads('a');
    const root = parted(
      { 'deploy/a.yaml': offloads('a', narrow) },
      { 'deploy/a.yaml': wide },
      { 'deploy/z.yaml': offloads('z') },
    );
    expect(rulesOf(root, 'deploy')).toEqual([]);
    expect(rulesOf(root, 'deploy', 'main', true)).toEqual(['clusters-deselected a']);
  });

  test('a folder that main has taken away is empty after the merge', () => {
    const root = parted(
      { 'deploy/a.yaml': offloads('a') },
      { deploy: undefined, 'x.md': '' },
      { 'y.md': '' },
    );
    expect(problemOf(root, 'deploy')).toMatchObject({
      message: expect.stringContaining('but its history had one'),
    });
  });
});

describe('a sparse checkout', () => {
  const UNIT =
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec: { path: ./deploy, prune: true, sourceRef: { kind: GitRepository, name: x } }\n';
  const files = {
    'deploy/a.yaml': offloads('a'),
    'clusters/apps.yaml': UNIT,
    'deploy/x/b.yaml': offloads('b'),
  };
  const sparse = (root: string) => {
    git(root, 'sparse-checkout', 'set', '--no-cone', '/deploy/*.yaml', '!/deploy/x/');
    return root;
  };

  test('takes nothing away', () => {
    const root = sparse(repository(files));
    expect(existsSync(join(root, 'clusters'))).toBe(false);
    expect(rulesOf(root, 'deploy')).toEqual([]);
    expect(rulesOf(root, 'deploy', 'main', true)).toEqual([]);
    expect(rulesOf(sparse(parted(files, { 'c.md': '' }, { 'd.md': '' })), 'deploy')).toEqual([]);
  });

  test('takes away what is taken away', () => {
    const root = sparse(repository(files));
    write(root, { 'deploy/a.yaml': undefined, 'other/new.yaml': 'a: b\n' });
    expect(rulesOf(root, 'deploy')).toEqual(['namespace-removed a']);
    git(root, 'rm', '-q', '--cached', '--sparse', 'clusters/apps.yaml');
    expect(rulesOf(root, 'deploy')).toEqual(['namespace-removed a', 'engine-handover b']);
  });
});

describe('a pushed branch, judged without a merge', () => {
  test('removes what it drops', () => {
    const root = repository({ 'deploy/a.yaml': offloads('a') });
    write(root, { 'deploy/b.yaml': offloads('b') });
    commit(root);
    git(root, 'tag', 'was');
    git(root, 'reset', '-q', '--hard', 'HEAD~1');
    expect(rulesOf(root, 'deploy', 'was')).toEqual([]);
    expect(rulesOf(root, 'deploy', 'was', true)).toEqual(['namespace-removed b']);
  });
});

describe('a folder of another repository', () => {
  const inner = (root: string) => {
    git(root, 'init', '-q', '-b', 'main');
    write(root, { 'deploy/a.yaml': offloads('a') });
    commit(root);
  };
  test.each([
    [
      'a clone below',
      (root: string) => {
        write(root, { 'apps/x': '' });
        inner(join(root, 'apps'));
      },
    ],
    [
      'a worktree below',
      (root: string) => {
        write(root, { 'deploy/a.yaml': offloads('a') });
        commit(root);
        git(root, 'worktree', 'add', '-q', 'apps', '-b', 'other');
      },
    ],
    [
      'a submodule',
      (root: string) => {
        const origin = folder({});
        inner(origin);
        git(root, '-c', 'protocol.file.allow=always', 'submodule', '-q', 'add', origin, 'apps');
      },
    ],
  ])('is refused, with the place to judge it from: %s', (_, make) => {
    const root = repository({ 'README.md': '' });
    make(root);
    expect(problemOf(root, 'apps/deploy')).toMatchObject({
      message: expect.stringMatching(/belongs to another repository, apps,/),
      remedy: 'judge it from there: cdk8s-liqo -C apps check',
    });
    expect(rulesOf(join(root, 'apps'), 'deploy', 'HEAD')).toEqual([]);
  });

  test('beside the judged one has no part in it', () => {
    const root = repository({ 'deploy/a.yaml': offloads('a') });
    git(root, 'clone', '-q', '.', 'vendor');
    expect(rulesOf(root, 'deploy')).toEqual([]);
  });

  test('outside is refused against a commit', () => {
    const root = repository({ 'deploy/a.yaml': offloads('a') });
    const beside = folder({ 'deploy/a.yaml': offloads('a') });
    expect(problemOf(root, join(beside, 'deploy'))).toMatchObject({
      message: expect.stringMatching(/^the folder '.*\/deploy' is outside the repository/),
    });
  });
});

test('a checkout and a folder that links lead to are the ones that they lead to', () => {
  const root = repository({ 'apps/deploy/a.yaml': offloads('a'), 'apps/deploy/b.yaml': offloads('b') });
  write(root, { 'apps/deploy/b.yaml': undefined });
  const outside = folder({});
  symlinkSync(root, join(outside, 'link'));
  symlinkSync('apps/deploy', join(root, 'deploy'));
  expect(rulesOf(join(outside, 'link'), 'apps/deploy')).toEqual(['namespace-removed b']);
  expect(rulesOf(root, 'deploy')).toEqual(['namespace-removed b']);
});

test("git's own remedy for a repository of another user is passed on", () => {
  const root = repository({ 'deploy/a.yaml': offloads('a') });
  process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'] = '1';
  try {
    expect(problemOf(root, 'deploy')).toMatchObject({
      message: expect.stringContaining('dubious ownership'),
      command: `git config --global --add safe.directory ${root}`,
    });
  } finally {
    delete process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'];
  }
});

describe('what decides is all that the policies import', () => {
  const first: Files = {
    ...CONFIGS,
    'config/policies.ts': POLICIES('../shared/rules'),
    'shared/rules/index.ts': "export { offloading } from './deep';\n",
    'shared/rules/deep.ts': "export const offloading = 'required' as const;\n",
    'shared/other.ts': 'export {};\n',
  };
  test.each<[string, Files, string[]]>([
    [
      'a file that they import',
      { 'shared/rules/deep.ts': "export const offloading = 'forbidden' as const;\n" },
      ['judge-changed'],
    ],
    [
      'a file that is imported in its place',
      { 'shared/rules.ts': "export const offloading = 'forbidden' as const;\n" },
      ['judge-changed'],
    ],
    ['a file that nothing imports', { 'shared/other.ts': 'export const a = 1;\n' }, []],
  ])('%s', (_, change, expected) => {
    const root = repository(first);
    write(root, change);
    expect(rulesOf(root).filter((one) => one === 'judge-changed')).toEqual(expected);
  });

  test('a file that was imported in place of another, and goes', () => {
    const root = repository({
      ...first,
      'shared/rules.ts': "export const offloading = 'required' as const;\n",
    });
    write(root, { 'shared/rules.ts': undefined });
    expect(rulesOf(root)).toContain('judge-changed');
  });
});

test('an inventory that comes with the change clears nothing in it', () => {
  const narrow = "clusterSelector: ['region=south']";
  const shop = (more: string) =>
    `import { defineNamespace } from 'cdk8s-liqo';\nexport default defineNamespace({ name: 'shop', offloading: { ${more} } });\n`;
  const inventory =
    'complete: true\nproviders: [{ id: naples, virtualNodes: [{ name: naples, labels: { region: south } }] }]\n';
  const change = (before: Files) => {
    const root = folder({ ...CONFIGS, 'config/namespaces/demo/shop.ts': shop(''), ...before });
    const { compiled } = examinePublication({ root, against: 'none', progress: quiet });
    write(root, Object.fromEntries(compiled.files));
    git(root, 'init', '-q', '-b', 'main');
    commit(root);
    write(root, { 'config/namespaces/demo/shop.ts': shop(narrow), 'config/inventory.yaml': inventory });
    return rulesOf(root);
  };
  expect(change({})).toContain('clusters-deselected shop');
  expect(change({ 'config/inventory.yaml': inventory })).not.toContain('clusters-deselected shop');
});

test('an inventory that comes with the change clears neither a policy nor a shared twin', () => {
  const of = (name: string, key: string) =>
    `${namespace(name, 'labels: { of: eu }')}---\n${offloading(name, `{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: x, clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: ${key}, operator: Exists }] }] } }`)}`;
  const inventory = `complete: true
providers:
  - { id: naples, virtualNodes: [{ name: naples, labels: { gpu: a, region: eu } }] }
  - { id: florence, virtualNodes: [{ name: florence, labels: { ssd: a, region: eu } }] }
`;
  const change = (before: Files) => {
    const root = repository({
      ...CONFIGS,
      'config/policies.ts': `import { definePolicies } from 'cdk8s-liqo';\nexport default definePolicies([{ name: 'eu', namespaces: 'of=eu', clusters: 'region=eu' }]);\n`,
      'deploy/k.yaml': namespace('k'),
      ...before,
    });
    write(root, {
      'config/inventory.yaml': inventory,
      'deploy/a.yaml': of('a', 'gpu'),
      'deploy/b.yaml': of('b', 'ssd'),
    });
    return rulesOf(root, 'deploy');
  };
  const found = ['policy a', 'policy b', 'remote-name-collision b'];
  expect(change({})).toEqual(expect.arrayContaining(found));
  const incomplete = inventory.replace('true', 'false');
  expect(change({ 'config/inventory.yaml': incomplete })).toEqual(expect.arrayContaining(found));
  for (const one of found) expect(change({ 'config/inventory.yaml': inventory })).not.toContain(one);
});

test('errors name files from the root of the repository, also where a merge stands for it', () => {
  const before: Files = { 'x/deploy/a.yaml': offloads('a'), 'README.md': 'x' };
  const link = (root: string) => {
    symlinkSync('a.yaml', join(root, 'x/deploy/b.yaml'));
  };
  const root = repository(before);
  link(root);
  expect(problemOf(join(root, 'x'), 'deploy')).toMatchObject({ file: 'x/deploy/b.yaml' });
  const apart = parted(before, { 'README.md': 'y' }, { 'x/other.txt': 'z' });
  link(apart);
  expect(problemOf(join(apart, 'x'), 'deploy')).toMatchObject({ file: 'x/deploy/b.yaml' });
  const alone = folder(before);
  link(alone);
  expect(problemOf(alone, 'x/deploy', 'none')).toMatchObject({ file: 'x/deploy/b.yaml' });
});

describe('what a merge gives is written to a temporary folder', () => {
  const FILES = {
    ...CONFIGS,
    'data/teams.csv': 'one\n',
    '.gitignore': 'node_modules\n*.local.yaml\nmade/\n',
  };
  const WORK = { 'config/namespaces/crm.ts': NAMESPACE('crm') };
  const hidden = (path: string) => (root: string) => {
    write(root, { [path]: 'x: 1\n' });
  };
  const nothing = () => undefined;

  test.each<[when: string, main: Files, then: (root: string) => void]>([
    ['main changed a config', { 'config/namespaces/web.ts': NAMESPACE('web') }, nothing],
    ['main changed a manifest', { 'other/web.yaml': namespace('web') }, nothing],
    ['main changed what a config might read', { 'data/teams.csv': 'one,two\n' }, nothing],
    ['main changed prose that lies in config/', { 'config/README.md': 'x' }, nothing],
    ['git ignores a file of dist', { 'README.md': 'x' }, hidden('dist/namespaces/x.local.yaml')],
    ['git ignores a folder of dist', { 'README.md': 'x' }, hidden('dist/made/x.yaml')],
    ['git ignores what might steer', { 'README.md': 'x' }, hidden('other/x.local.yaml')],
    [
      'git is told to pass over a change',
      { 'README.md': 'x' },
      (root) => {
        git(root, 'update-index', '--assume-unchanged', 'data/teams.csv');
      },
    ],
    [
      'another repository lies in the work tree',
      { 'README.md': 'x' },
      (root) => {
        git(root, 'init', '-q', 'other');
        git(join(root, 'other'), 'commit', '-q', '--allow-empty', '-m', 'x');
      },
    ],
  ])('if %s', (_, main, then) => {
    const root = parted(FILES, main, WORK);
    then(root);
    const written = jest.spyOn(MergeTree.prototype, 'write').mockClear();
    rulesOf(root);
    expect(written).toHaveBeenCalledTimes(1);
  });

  test('not if main changed prose alone: the work tree holds the rest', () => {
    const root = parted(FILES, { 'docs/README.md': 'x', 'map.png': 'x', LICENSE: 'x' }, WORK);
    write(root, { 'made/x.yaml': 'x: 1\n', 'other/new.yaml': offloads('new') });
    const written = jest.spyOn(MergeTree.prototype, 'write').mockClear();
    expect(rulesOf(root)).toEqual([]);
    expect(rulesOf(root, 'other')).toEqual([]);
    expect(written).not.toHaveBeenCalled();
  });
});
