// The package as a user installs it: packed, unpacked in an empty project, required, imported, initialised, synthesized.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, pack } from '../packed';
import { CLEAN, folder, PROJECT, snapshot, write } from '../scratch';

/** An empty project with the packed package, and what it and `cdk8s synth` depend on. */
let project = '';
let packed: readonly string[] = [];
beforeAll(() => {
  const made = pack();
  packed = made.files;
  project = folder({ 'package.json': '{ "name": "project", "private": true }\n' });
  install(made, project);
});

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, env: CLEAN, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

test('holds the build and its docs, and nothing else', () => {
  const outside = packed.filter(
    (path) => !/^(build\/.*\.(js|d\.ts)|docs\/[a-z0-9-]+\.md|schemas\/v1\/[a-z]+\.json)$/.test(path),
  );
  expect(outside.sort()).toEqual(['LICENSE', 'README.md', 'cdk8s.yaml', 'main.ts', 'package.json']);
  expect(packed).toEqual(
    expect.arrayContaining(['build/index.js', 'build/index.d.ts', 'build/cli/main.js', 'docs/rules.md']),
  );
  expect(packed.filter((path) => /test|bench/.test(path))).toEqual([]);
});

test('names no dependency that only the tests need', () => {
  const { dependencies } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
    dependencies: object;
  };
  expect(Object.keys(dependencies)).toEqual([
    'ajv',
    'commander',
    'esbuild',
    'fastest-levenshtein',
    'picocolors',
    'picomatch',
    'yaml',
  ]);
});

const PRINT = 'console.log(JSON.stringify([typeof defineNamespace, typeof defineCluster, typeof synth]))';
test.each([
  ['require', '.cjs', `const { defineNamespace, defineCluster, synth } = require('cdk8s-liqo'); ${PRINT};\n`],
  ['import', '.mjs', `import { defineNamespace, defineCluster, synth } from 'cdk8s-liqo'; ${PRINT};\n`],
])('%s gives the public API', (_, ending, text) => {
  write(project, { [`use${ending}`]: text });
  expect(run(process.execPath, `use${ending}`)).toEqual({
    status: 0,
    out: '["function","function","function"]\n',
    err: '',
  });
});

test('the types resolve for both', () => {
  const text =
    "import { defineNamespace, synth, type ExitStatus, type NamespaceConfig } from 'cdk8s-liqo';\nexport const config: NamespaceConfig = defineNamespace({ name: 'a' });\nexport const status: ExitStatus = synth({ root: '.' });\n";
  write(project, { 'types.cts': text, 'types.mts': text });
  const tsc = join(PROJECT, 'node_modules/typescript/bin/tsc');
  const args = [
    '--noEmit',
    '--strict',
    '--module',
    'node16',
    '--target',
    'es2022',
    '--skipLibCheck',
    'types.cts',
    'types.mts',
  ];
  expect(run(process.execPath, tsc, ...args)).toEqual({ status: 0, out: '', err: '' });
});

test('schemas are found in it', () => {
  write(project, {
    'schema.cjs': "console.log(require('cdk8s-liqo/schemas/v1/check.json').title);\n",
  });
  expect(run(process.execPath, 'schema.cjs').out).toBe('The JSON of cdk8s-liqo check and synth\n');
});

test('init, then a first synth by either command', () => {
  const first = run('npx', '--no-install', 'cdk8s-liqo', 'init');
  expect(first).toMatchObject({ status: 0 });
  for (const file of [
    'cdk8s.yaml',
    'main.ts',
    'tsconfig.json',
    'config/cluster.ts',
    'config/namespaces/demo/liqo-demo.ts',
    '.gitignore',
    '.gitattributes',
    'package.json',
  ]) {
    expect(first.out).toContain(file);
  }
  for (const file of ['inventory.yaml', 'approvals/example.yaml']) {
    const [, path = ''] =
      /^# yaml-language-server: \$schema=(.*)$/m.exec(readFileSync(join(project, 'config', file), 'utf8')) ??
      [];
    expect(existsSync(join(project, 'config', file, '..', path))).toBe(true);
  }
  expect(first.out).toMatch(/replace or delete the example, config\/namespaces\/demo\/liqo-demo\.ts/);
  expect(first.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  const unset = run('npx', '--no-install', 'cdk8s-liqo', 'synth');
  expect([unset.status, unset.err]).toEqual([
    2,
    expect.stringMatching(/^error: the cluster's ID is not set yet/),
  ]);
  expect(snapshot(project).has('dist/namespaces/demo/liqo-demo.yaml')).toBe(false);
  const cluster = snapshot(project).get('config/cluster.ts') ?? '';
  write(project, { 'config/cluster.ts': cluster.replace('<cluster-id>', 'venice') });
  const synth = run('npx', '--no-install', 'cdk8s-liqo', 'synth');
  expect([synth.status, synth.out]).toEqual([
    0,
    expect.stringMatching(/dist: 1 added, 0 changed, 0 removed, 0 unchanged\n$/),
  ]);
  expect(snapshot(project).get('dist/namespaces/demo/liqo-demo.yaml')).toContain(
    'namespaceMappingStrategy: EnforceSameName',
  );

  write(project, { dist: undefined });
  const script = run('npm', 'run', 'synth');
  expect([script.status, script.out]).toEqual([0, expect.stringContaining('dist: 1 added')]);

  write(project, { dist: undefined });
  const app = run('npx', '--no-install', 'cdk8s', 'synth', '--check-upgrade=false');
  expect([app.status, app.err]).toEqual([0, expect.stringContaining('dist: 1 added')]);
  expect(snapshot(project).has('dist/namespaces/demo/liqo-demo.yaml')).toBe(true);

  const before = snapshot(project);
  const again = run('npx', '--no-install', 'cdk8s-liqo', 'init');
  expect(again.out).toContain('nothing to do');
  expect(again.out).not.toContain('an example');
  expect(snapshot(project)).toEqual(before);
});

test('init keeps what is there, and adds only what is missing', () => {
  const root = folder({
    'cdk8s.yaml': 'mine\n',
    '.gitignore': 'node_modules/\nmine',
    'config/namespaces/mine.ts': '',
    'package.json': '{ "scripts": { "synth": "mine" }, "devDependencies": { "tsx": "1" } }',
  });
  const { status } = spawnSync(
    process.execPath,
    [join(project, 'node_modules/cdk8s-liqo/build/cli/main.js'), '-C', root, 'init'],
    { env: CLEAN },
  );
  const after = snapshot(root);
  expect(status).toBe(0);
  expect(after.get('cdk8s.yaml')).toBe('mine\n');
  expect(after.get('.gitignore')).toBe('node_modules/\nmine\n.cdk8s-staging/\n*.cdk8s-liqo.tmp\n');
  expect([...after.keys()].filter((path) => path.startsWith('config/')).sort()).toEqual([
    'config/approvals/example.yaml',
    'config/cluster.ts',
    'config/inventory.yaml',
    'config/namespaces/mine.ts',
  ]);
  expect(JSON.parse(after.get('package.json') ?? '')).toEqual({
    scripts: { synth: 'mine' },
    devDependencies: { tsx: '1', 'cdk8s-cli': expect.any(String) },
  });
});

test('init says it in one error where it cannot write', () => {
  const root = folder({ config: 'a file', 'package.json': '{' });
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(project, 'node_modules/cdk8s-liqo/build/cli/main.js'), '-C', root, 'init'],
    { env: CLEAN, encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([2, expect.stringMatching(/^error: package.json cannot be extended: /)]);
});
