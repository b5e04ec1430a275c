// What docs/security.md promises of a run: whose code is run, what git is handed, and what is read. Each trap leaves a file
// where it was sprung.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { binary, cli, commit, CONFIGS, folder, git, link, repository, snapshot, write } from '../scratch';

const SPRUNG = 'sprung';
const trap = (root: string) =>
  `require('node:fs').writeFileSync(${JSON.stringify(join(root, SPRUNG))}, '');\n`;
const sprung = (root: string) => existsSync(join(root, SPRUNG));

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n';

test("a folder of manifests is judged without running the project's code", () => {
  const root = repository({ 'deploy/a.yaml': NAMESPACE });
  const code = trap(root);
  write(root, {
    'config/namespaces/a.ts': code,
    'main.ts': code,
    'cdk8s.yaml': 'app: node main.ts\n',
    'package.json': JSON.stringify({ name: 'a', main: 'main.ts', scripts: { prepare: 'node main.ts' } }),
    'node_modules/cdk8s-liqo/index.js': code,
    '.npmrc': 'node-options=--require ./main.ts\n',
  });
  for (const command of ['check', 'plan'])
    expect(binary(root, [command, 'deploy', '--against', 'HEAD'])).toMatchObject({ status: 0 });
  expect(sprung(root)).toBe(false);
});

test('with config/cluster.ts, that one is run, and no namespace', () => {
  const root = repository({ ...CONFIGS, 'deploy/a.yaml': NAMESPACE });
  link(root);
  write(root, { 'config/namespaces/a.ts': trap(root) });
  expect(cli(root, ['check', 'deploy', '--against', 'HEAD']).status).toBe(0);
  expect(sprung(root)).toBe(false);
  write(root, { 'config/cluster.ts': `${trap(root)}${CONFIGS['config/cluster.ts']?.toString() ?? ''}` });
  expect(cli(root, ['check', 'deploy', '--against', 'HEAD']).status).toBe(0);
  expect(sprung(root)).toBe(true);
});

test('of the baseline only data is read', () => {
  const root = repository(CONFIGS);
  link(root);
  expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
  const code = trap(root);
  write(root, {
    'config/cluster.ts': code,
    'config/namespaces/demo/shop.ts': code,
    'config/policies.ts': code,
  });
  const baseline = commit(root);
  write(root, { ...CONFIGS, 'config/policies.ts': undefined });
  for (const command of ['check', 'plan', 'synth'])
    expect(cli(root, [command, '--against', `git:${baseline}`])).toMatchObject({ status: 0 });
  expect(sprung(root)).toBe(false);
});

const SPECS = [
  ...[
    '--output=x',
    '--upload-pack=touch x',
    '-x',
    '--help',
    'git:--output=x',
    'git:-x',
    'git:HEAD:--output=x',
  ],
  ...[
    'git:HEAD::(glob)**',
    'git:HEAD:../..',
    'git:HEAD^{/--output=x}',
    'git:HEAD:/etc',
    'git::dist',
    'git:@{-9}',
  ],
];

test.each(SPECS)('a baseline of %j is no option of git', (against) => {
  const root = repository({ 'deploy/a.yaml': NAMESPACE });
  const before = snapshot(root);
  const { status, out, err } = cli(root, ['check', 'deploy', `--against=${against}`]);
  expect([status, out]).toEqual([2, '']);
  expect(err).toMatch(/^error: /);
  expect(err).not.toMatch(/usage: git|has a bug/);
  expect(cli(root, ['check', 'deploy'], { CDK8S_LIQO_AGAINST: against })).toMatchObject({
    status: 2,
    out: '',
  });
  expect(snapshot(root)).toEqual(before);
});

test.each(['--output=x', 'git:--output=x'])('nor in config/cluster.ts: %j', (baseline) => {
  const root = repository({
    ...CONFIGS,
    'config/cluster.ts': `export default { id: 'venice', baseline: ${JSON.stringify(baseline)} };\n`,
  });
  expect(cli(root, ['check'])).toMatchObject({ status: 2, out: '' });
  expect(existsSync(join(root, 'x'))).toBe(false);
});

test.each(['--help', ':(glob)x', ':!x', 'a\nb', 'a\tb', '"a"', '*', '-', '@{u}', 'HEAD', '\u001b[2J'])(
  'files called %j are files',
  (name) => {
    const root = repository({ [`${name}/deploy/${name}.yaml`]: NAMESPACE });
    const deployed = git(root, 'rev-parse', 'HEAD');
    write(root, {
      [`${name}/deploy/${name}.yaml`]: undefined,
      [`${name}/deploy/b.yaml`]: NAMESPACE.replace(': a', ': b'),
    });
    const { status, out } = cli(join(root, name), [
      'check',
      'deploy',
      '--against',
      `git:${deployed}`,
      '--format',
      'json',
    ]);
    expect(status).not.toBe(2);
    expect(JSON.parse(out)).toMatchObject({ baseline: { objects: 1 } });
    expect(cli(join(root, name), ['plan', 'deploy', '--against', deployed]).out).toContain('1 to create');
  },
);

test("the repository's own git settings run nothing", () => {
  const root = repository({ ...CONFIGS, '.gitattributes': '* filter=evil diff=evil merge=evil\n' });
  const command = `touch '${join(root, SPRUNG)}'`;
  for (const name of [
    ...['core.fsmonitor', 'core.pager', 'core.editor', 'core.sshCommand', 'core.askPass', 'diff.external'],
    ...[
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'diff.evil.command',
      'diff.evil.textconv',
    ],
    ...[
      'merge.evil.driver',
      'gpg.program',
      'pager.log',
      'pager.grep',
      'pager.diff-tree',
      'core.alternateRefsCommand',
    ],
    ...['alias.rev-parse', 'alias.log', 'credential.helper', 'uploadpack.packObjectsHook'],
  ])
    git(root, 'config', name, `!${command}`.slice(/^(alias|credential)/.test(name) ? 0 : 1));
  git(root, 'config', 'log.showSignature', 'true');
  git(root, 'config', 'core.hooksPath', 'hooks');
  for (const hook of ['post-index-change', 'reference-transaction', 'fsmonitor-watchman', 'pre-commit']) {
    write(root, { [`hooks/${hook}`]: `#!/bin/sh\n${command}\n` });
    chmodSync(join(root, 'hooks', hook), 0o755);
  }
  expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
  for (const args of [
    ['check', '--format', 'github'],
    ['plan'],
    ['synth'],
    ['check', 'dist', '--format', 'sarif'],
  ])
    expect(cli(root, [...args, '--against', 'git:HEAD']).status).not.toBe(2);
  expect(sprung(root)).toBe(false);
  spawnSync('git', ['status'], { cwd: root }); // the traps are sharp
  expect(sprung(root)).toBe(true);
});

test.each(['config/inventory.yaml', 'config/approvals/a.yaml', 'deploy/b.yaml'])(
  '%s that is a link is not followed: /dev/zero has no end',
  (path) => {
    const root = repository({ 'deploy/a.yaml': NAMESPACE, 'config/approvals/kept.yaml': '' });
    symlinkSync('/dev/zero', join(root, path));
    const { status, out, err } = cli(root, ['check', 'deploy', '--against', 'HEAD']);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/link/);
  },
);

test('nor is a temporary file that is a link written through', () => {
  const root = repository(CONFIGS);
  const elsewhere = folder({ kept: 'kept' });
  write(root, { 'dist/namespaces/demo/x.md': '' });
  symlinkSync(join(elsewhere, 'kept'), join(root, 'dist/namespaces/demo/shop.yaml.cdk8s-liqo.tmp'));
  expect(cli(root, ['synth', '--against', 'none'])).toMatchObject({ status: 2, out: '' });
  expect([...snapshot(elsewhere)]).toEqual([['kept', 'kept']]);
});
