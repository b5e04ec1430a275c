// Exit status 2: what a script reads of it, in every format, and what becomes of a report that does not arrive.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '../report/sarif-schema';
import { branch, cli, CLEAN, commit, CONFIGS, copied, git, PROJECT, repository, write } from '../scratch';
import type { Files } from '../scratch';

const deployed = copied((): string => {
  const root = repository(CONFIGS);
  expect(cli(root, ['synth']).status).toBe(0);
  commit(root, 'dist');
  branch(root);
  return root;
});

interface Told {
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly { readonly descriptor: { readonly id: string } }[];
  }[];
}
const codesIn = (text: string) =>
  (JSON.parse(text) as Told).invocations.flatMap((one) =>
    one.toolExecutionNotifications.map(({ descriptor }) => descriptor.id),
  );

interface Case {
  readonly files?: Files;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}
const BROKEN = 'a: [\n';

test.each<[string, string, Case]>([
  ['config-invalid', 'a config that throws', { files: { 'config/namespaces/a.ts': 'throw 1;' } }],
  ['config-invalid', 'an unknown key', { files: { 'config/cluster.ts': 'export default { idd: 1 };' } }],
  [
    'config-invalid',
    'an unknown rule',
    { files: { 'config/cluster.ts': "export default { id: 'v', severities: { nope: 'off' } };" } },
  ],
  [
    'config-invalid',
    'an include of nothing',
    {
      files: { 'config/namespaces/a.ts': "export default { name: 'a', include: [{ path: 'gone.yaml' }] };" },
    },
  ],
  [
    'approval-invalid',
    'an approval of nothing',
    { files: { 'config/approvals/a.yaml': '- { rule: nope, reason: a }' } },
  ],
  ['approval-invalid', 'a torn approval', { files: { 'config/approvals/a.yaml': BROKEN } }],
  ['inventory-invalid', 'a torn inventory', { files: { 'config/inventory.yaml': BROKEN } }],
  ['input-unreadable', 'a torn manifest', { files: { 'dist/by-hand.yaml': BROKEN } }],
  ['baseline-unknown', 'a ref that is not there', { args: ['check', '--against', 'gone'] }],
  ['baseline-unknown', 'a file that is not there', { args: ['check', '--against', './gone'] }],
  [
    'baseline-unknown',
    'a torn baseline',
    { args: ['check', '--against', './a.txt'], files: { 'a.txt': BROKEN } },
  ],
  ['git-failed', 'no git', { env: { PATH: '' } }],
  ['usage', 'a report among what is judged', { args: ['check', '--report', 'json=dist/r.json'] }],
  ['baseline-unknown', 'plan', { args: ['plan', '--against', 'gone'] }],
  ['config-invalid', 'synth', { args: ['synth'], files: { 'config/namespaces/a.ts': 'throw 1;' } }],
  ['target-unknown', 'explain of nothing', { args: ['explain', 'nowhere'] }],
  ['usage', 'explain of what is none', { args: ['explain', 'a/b'] }],
  ['input-unreadable', 'status of a torn cluster', { args: ['status', '-'], input: BROKEN }],
  [
    'inventory-invalid',
    'import --check',
    {
      args: ['import', '--check', '-'],
      files: { 'config/inventory.yaml': BROKEN },
    },
  ],
])('%s: %s', (code, _, { files = {}, args = ['check'], env, input }) => {
  const root = deployed();
  write(root, files);
  const { status, out, err } = cli(root, [...args, '--format', 'json'], env, input);
  expect([status, new Set(codesIn(out))]).toEqual([2, new Set([code])]);
  expect(err).toMatch(/^error: /);
  expect(JSON.parse(out)).not.toHaveProperty('findings');
});

test('clone-shallow, merge-failed: what git cannot say', () => {
  const root = deployed();
  write(root, { 'README.md': 'theirs\n' });
  const theirs = commit(root);
  git(root, 'checkout', '-q', '-b', 'ours', 'main');
  write(root, { 'README.md': 'ours\n' });
  commit(root);
  const told = cli(root, ['check', '--format', 'json', '--against', `git:${theirs}`]);
  expect([told.status, codesIn(told.out)]).toEqual([2, ['merge-failed']]);

  git(root, 'update-ref', 'refs/heads/theirs', theirs);
  const shallow = repository({});
  git(shallow, 'fetch', '-q', '--depth', '1', `file://${root}`, 'ours', 'theirs:refs/remotes/origin/main');
  git(shallow, 'checkout', '-q', '--detach', 'FETCH_HEAD');
  const cut = cli(shallow, ['check', '--format', 'json', '--against', 'origin/main']);
  expect([cut.status, codesIn(cut.out)]).toEqual([2, ['clone-shallow']]);
});

test.each(['sarif', 'junit', 'markdown', 'github', 'json', 'text'])(
  '%s says it on standard output',
  (format) => {
    const { status, out, err } = cli(deployed(), ['check', '--format', format, '--against', 'gone']);
    expect([status, err]).toEqual([2, expect.stringContaining("there is no git ref 'gone'")]);
    if (format === 'text')
      expect(out).toBe(''); // standard error has it
    else expect(out).toContain('baseline-unknown');
    if (format === 'sarif') {
      validate(JSON.parse(out));
      expect(validate.errors ?? []).toEqual([]);
    }
  },
);

test.each([
  ['explain', 'nowhere'],
  ['status', 'gone.yaml'],
])('%s says it in the file of --output', (...command) => {
  const root = deployed();
  expect(cli(root, [...command, '--format', 'json', '--output', 'o.json'])).toMatchObject({
    status: 2,
    out: '',
  });
  expect(codesIn(readFileSync(join(root, 'o.json'), 'utf8'))).toHaveLength(1);
});

const withFull = existsSync('/dev/full') ? test : test.skip;

withFull.each([
  ['standard output', ['check']],
  ['standard output', ['plan', '--format', 'json']],
  ['standard output', ['explain', 'shop']],
  ['standard output', ['--help']],
  ['a file', ['check', '--report', 'json=/dev/full', '--report', 'markdown=r.md']],
  ['a file', ['check', '--output', '/dev/full']],
  ['a file', ['explain', 'shop', '--output', '/dev/full']],
])('%s that is full is no verdict: %j', (where, args) => {
  const root = deployed();
  const to = where === 'a file' ? '' : '> /dev/full';
  const command = `"$0" "$1" ${args.join(' ')} ${to}`;
  const main = join(PROJECT, 'build/cli/main.js');
  const { status, stderr } = spawnSync('bash', ['-c', command, process.execPath, main], {
    cwd: root,
    env: CLEAN,
    encoding: 'utf8',
  });
  expect([status, stderr.match(/error: the report cannot be written: ENOSPC/g)]).toEqual([
    2,
    [expect.any(String)],
  ]);
  if (args.includes('markdown=r.md'))
    expect(readFileSync(join(root, 'r.md'), 'utf8')).toContain('could not judge');
});

withFull('synth publishes nothing if its report does not arrive', () => {
  const root = deployed();
  write(root, { 'config/namespaces/a.ts': "export default { name: 'a' };" });
  const main = join(PROJECT, 'build/cli/main.js');
  const command = 'exec "$0" "$1" synth > /dev/full';
  expect(spawnSync('bash', ['-c', command, process.execPath, main], { cwd: root, env: CLEAN }).status).toBe(
    2,
  );
  expect(existsSync(join(root, 'dist/namespaces/a.yaml'))).toBe(false);
});

test('a report whose reader stops early is no verdict', () => {
  const root = repository({});
  const many = Array.from(
    { length: 600 },
    (_, i) =>
      `apiVersion: offloading.liqo.io/v1beta1\nkind: NamespaceOffloading\nmetadata: { name: no, namespace: a${i} }\n`,
  );
  write(root, { 'deploy/a.yaml': many.join('---\n') });
  const main = join(PROJECT, 'build/cli/main.js');
  const command = '"$0" "$1" check deploy --against none --format json | head -1; echo "${PIPESTATUS[0]}"';
  const { stdout, stderr } = spawnSync('bash', ['-c', command, process.execPath, main], {
    cwd: root,
    env: CLEAN,
    encoding: 'utf8',
  });
  expect([stdout, stderr]).toEqual([
    '{\n2\n',
    'error: the report cannot be written: its reader closed the pipe before the end\n',
  ]);
});

withFull('errors that nobody can be told leave the status as it is', () => {
  const main = join(PROJECT, 'build/cli/main.js');
  const command = 'exec "$0" "$1" check --against gone 2> /dev/full';
  const { status } = spawnSync('bash', ['-c', command, process.execPath, main], {
    cwd: deployed(),
    env: CLEAN,
  });
  expect(status).toBe(2);
});
