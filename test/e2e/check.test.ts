// check explains what synth refuses to write; its exit status and its JSON are a contract.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  binary,
  cli,
  commit,
  CONFIGS,
  copied,
  folder,
  git,
  PROJECT,
  repository,
  snapshot,
  write,
  CLEAN,
  type Ran,
} from '../scratch';

const SHOP = 'config/namespaces/demo/shop.ts';
const YAML = 'dist/namespaces/demo/shop.yaml';
const changed = { [SHOP]: CONFIGS[SHOP]?.toString().replace('DefaultName', 'EnforceSameName') };

const deployed = copied((): string => {
  const root = repository(CONFIGS);
  cli(root, ['synth']);
  commit(root, 'dist');
  return root;
});

interface Parsed {
  readonly version: number;
  readonly baseline: object;
  readonly findings: readonly { rule: string; severity: string }[];
  readonly summary: { errors: number };
}
const parsed = ({ out }: Ran) => JSON.parse(out) as Parsed;
const rules = (ran: Ran) => parsed(ran).findings.map(({ rule, severity }) => `${severity} ${rule}`);

test('a project that is deployed as it is', () => {
  const root = deployed();
  expect(cli(root, ['check'])).toEqual({
    status: 0,
    out: expect.stringMatching(
      /^Judged against HEAD \([0-9a-f]{12}\)\.\npassed: 0 errors, 0 warnings, 0 infos\n$/,
    ),
    err: '',
  });
});

test('a changed strategy: the finding in full, and dist-stale', () => {
  const root = deployed();
  write(root, changed);
  const before = snapshot(root);
  const ran = cli(root, ['check', '--format', 'json']);
  expect(ran.status).toBe(1);
  expect(parsed(ran)).toEqual({
    version: 1,
    baseline: { kind: 'git', ref: 'HEAD', commit: git(root, 'rev-parse', 'HEAD'), objects: 4 },
    findings: [
      {
        rule: 'mapping-strategy-immutable',
        category: 'refused',
        severity: 'error',
        namespace: 'shop',
        message: expect.stringContaining('from DefaultName to EnforceSameName'),
        remedy: expect.stringContaining('Set it back to DefaultName'),
        file: YAML,
        line: 19,
        config: SHOP,
      },
      expect.objectContaining({ rule: 'dist-stale', category: 'broken', severity: 'error', file: YAML }),
    ],
    summary: { errors: 2, warnings: 0, infos: 0, approved: 0 },
  });
  expect(snapshot(root)).toEqual(before);
});

test('against the commit before', () => {
  const root = deployed();
  expect(cli(root, ['check', '--against', 'git:HEAD~1'])).toMatchObject({
    status: 0,
    out: expect.stringContaining('HEAD~1 ('),
  });
  write(root, { [SHOP]: undefined });
  cli(root, ['synth', '--against', 'none']);
  commit(root);
  expect(rules(cli(root, ['check', '--against', 'git:HEAD~1', '--format', 'json']))).toEqual([
    'error namespace-removed',
  ]);
  expect(rules(cli(root, ['check', '--against', 'git:HEAD', '--format', 'json']))).toEqual([]);
});

test('an edited dist, a missing file, and one that no config gives', () => {
  const root = deployed();
  const text = snapshot(root).get(YAML) ?? '';
  const left = 'dist/namespaces/left.yaml';
  write(root, {
    [YAML]: text.replace('DefaultName', 'EnforceSameName'),
    'dist/namespaces/demo/blog.yaml': undefined,
    [left]: text.replace(YAML, left),
  });
  const ran = cli(root, ['check', '--format', 'json']);
  expect([ran.status, ...rules(ran)]).toEqual([1, 'error dist-stale']);
  expect(ran.out).toContain(
    'in 3 files: dist/namespaces/demo/blog.yaml is missing, dist/namespaces/demo/shop.yaml differs, and dist/namespaces/left.yaml has no config.',
  );
});

test("somebody else's files in dist are judged with ours", () => {
  const root = deployed();
  write(root, { 'dist/namespaces/hand.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n' });
  expect(rules(cli(root, ['check', '--format', 'json']))).toEqual(['error duplicate-object']);
});

describe('a folder, as it lies there', () => {
  const offloading = (spec: string) =>
    `apiVersion: offloading.liqo.io/v1beta1\nkind: NamespaceOffloading\nmetadata: { name: offloading, namespace: a }\nspec: ${spec}\n`;

  test('is compared with the same folder at the ref, without any config', () => {
    const root = repository({
      'deploy/a.yaml': offloading('{ clusterSelector: { nodeSelectorTerms: [] } }'),
    });
    expect(cli(root, ['check', 'deploy'])).toMatchObject({ status: 0 });
    write(root, {
      'deploy/a.yaml': undefined,
      'deploy/x/b.yml': offloading('{ namespaceMappingStrategy: EnforceSameName }'),
    });
    const ran = cli(root, ['check', 'deploy', '--format', 'json']);
    expect([ran.status, ...rules(ran)]).toEqual([
      1,
      'error mapping-strategy-immutable',
      'error cluster-selector-absent',
      'warning engine-handover', // into a folder below, whose unit nobody knows
    ]);
  });

  test('is no baseline for itself, and nothing is deployed where git ignores it', () => {
    const outside = folder({ 'deploy/a.yaml': offloading('{}') });
    expect(cli(outside, ['check', 'deploy'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('there is no git commit'),
    });
    const ignored = repository({ '.gitignore': 'deploy/\n' });
    write(ignored, { 'deploy/a.yaml': offloading('{ clusterSelector: { nodeSelectorTerms: [] } }') });
    expect(cli(ignored, ['check', 'deploy'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('git ignores deploy'),
    });
    expect(cli(ignored, ['check', 'deploy', '--against', 'none']).status).toBe(0);
    write(ignored, { '.gitignore': 'other.yaml\n' });
    commit(ignored);
    expect(cli(ignored, ['check', 'deploy']).status).toBe(0);
    write(ignored, { 'deploy/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' });
    expect(cli(ignored, ['check', 'deploy'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('git ignores deploy/other.yaml'),
    });
  });

  test('must lie in the repository of the baseline', () => {
    const root = repository({ 'deploy/a.yaml': offloading('{}') });
    const outside = folder({ 'a.yaml': offloading('{}') });
    expect(cli(root, ['check', outside, '--against', 'git:HEAD:deploy'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('is outside the repository'),
    });
    expect(cli(root, ['check', outside, '--against', './deploy']).status).toBe(0);
  });

  test('may be wrong already, which --all does not accept', () => {
    const root = repository({ 'deploy/a.yaml': offloading('{}') });
    expect(cli(root, ['check', 'deploy'])).toMatchObject({
      status: 0,
      out: expect.stringContaining('Already so before'),
    });
    expect(cli(root, ['check', 'deploy', '--all']).status).toBe(1);
  });

  test('is compared with what kubectl prints, from standard input', () => {
    const root = folder({ 'deploy/a.yaml': offloading('{ clusterSelector: { nodeSelectorTerms: [] } }') });
    const list = (strategy: string) =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          {
            apiVersion: 'offloading.liqo.io/v1beta1',
            kind: 'NamespaceOffloading',
            metadata: { name: 'offloading', namespace: 'a' },
            spec: { namespaceMappingStrategy: strategy },
          },
        ],
      });
    const against = (strategy: string) =>
      cli(root, ['check', 'deploy', '--against', '-'], {}, list(strategy));
    expect(against('DefaultName')).toMatchObject({
      status: 0,
      out: expect.stringContaining('standard input'),
    });
    expect(against('EnforceSameName')).toMatchObject({
      status: 1,
      out: expect.stringContaining('mapping-strategy-immutable'),
    });
  });
});

describe('where the baseline comes from', () => {
  const root = () => {
    const made = deployed();
    git(made, 'branch', 'old');
    write(made, { [SHOP]: undefined });
    cli(made, ['synth', '--against', 'none']);
    commit(made);
    return made;
  };
  const ref = (made: string, args: string[], env = {}) => {
    const { ref: named } = parsed(cli(made, ['check', '--format', 'json', ...args], env)).baseline as {
      ref?: string;
    };
    return named;
  };

  test('--against, then CDK8S_LIQO_AGAINST, then the cluster, then HEAD', () => {
    const made = root();
    expect(ref(made, [])).toBe('HEAD');
    write(made, { 'config/cluster.ts': "export default { id: 'venice', baseline: 'main~1' };\n" });
    expect(ref(made, [])).toBe('main~1');
    expect(ref(made, [], { CDK8S_LIQO_AGAINST: 'old' })).toBe('old');
    expect(ref(made, ['--against', 'git:main'], { CDK8S_LIQO_AGAINST: 'old' })).toBe('main');
  });

  test('a branch that lags behind is judged as if it were merged', () => {
    const made = deployed();
    git(made, 'checkout', '-q', '-b', 'work');
    write(made, { 'config/namespaces/new.ts': "export default { name: 'new' };\n" });
    cli(made, ['synth']);
    commit(made);
    git(made, 'checkout', '-q', 'main');
    write(made, { [SHOP]: undefined });
    cli(made, ['synth', '--against', 'none']);
    commit(made);
    git(made, 'checkout', '-q', 'work');
    // work still holds shop, which main has let go since: the merge does not bring it back, and removes nothing
    const ran = cli(made, ['check', '--against', 'git:main', '--format', 'json']);
    expect([ran.status, ...rules(ran)]).toEqual([0]);
  });
});

test('--output writes the report to a file, -C works in a folder', () => {
  const root = deployed();
  const ran = cli(folder(), ['-C', root, 'check', '--format', 'json', '--output', 'report.json']);
  expect(ran).toEqual({ status: 0, out: '', err: '' });
  expect(JSON.parse(readFileSync(join(root, 'report.json'), 'utf8'))).toMatchObject({
    version: 1,
    findings: [],
  });
});

test('a reader that stops early has no report', () => {
  const root = deployed();
  write(root, { dist: undefined });
  const { status, stderr } = spawnSync(
    'bash',
    ['-c', `set -o pipefail; "${process.execPath}" "${PROJECT}/build/cli/main.js" check | true`],
    { cwd: root, env: CLEAN, encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([2, expect.stringContaining('closed the pipe before the end')]);
});

test('help and version go to standard output', () => {
  expect(cli(folder(), ['--help'])).toMatchObject({
    status: 0,
    out: expect.stringContaining('  check    '),
    err: '',
  });
  const { out } = cli(folder(), ['--help']);
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(cli(folder(), ['--version']).out).toBe(
    `${(JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string }).version}\n`,
  );
});

describe('dist is a function of the configs alone', () => {
  test('in another folder, time zone, language and order of files', () => {
    const [one, other] = [folder(), folder()];
    write(one, CONFIGS);
    write(other, Object.fromEntries(Object.entries(CONFIGS).reverse()));
    binary(one, ['synth'], { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
    binary(other, ['synth'], { TZ: 'UTC', LANG: 'C', CDK8S_DISABLE_SORT: '1' });
    const files = (root: string) => [...snapshot(root)].filter(([path]) => path.startsWith('dist/')).sort();
    expect(files(one)).toHaveLength(2);
    expect(files(other)).toEqual(files(one));
  });

  test('and a second run writes nothing', () => {
    const root = deployed();
    const times = () => [...snapshot(root).keys()].map((path) => statSync(join(root, path)).mtimeMs);
    const before = times();
    expect(cli(root, ['synth']).out).toMatch(/dist: 0 added, 0 changed, 0 removed, 2 unchanged\n$/);
    expect(times()).toEqual(before);
  });
});
