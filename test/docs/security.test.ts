// What docs/security.md claims of the sources and the packages, and that each of its promises names a test.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, PROJECT } from '../scratch';

const text = (path: string) => readFileSync(join(PROJECT, path), 'utf8');
const json = (path: string) => JSON.parse(text(path)) as Record<string, object | undefined>;
const sorted = (all: Iterable<string>) => [...new Set(all)].sort();

const SOURCES = git(PROJECT, 'ls-files', '--cached', '--others', '--exclude-standard', 'lib', 'main.ts')
  .split('\n')
  .map((path) => ({ path, code: text(path) }));
const all = (pattern: RegExp) =>
  SOURCES.flatMap(({ path, code }) => [...code.matchAll(pattern)].map(([, found = '']) => ({ path, found })));

/** The rows of a table of docs/security.md, by what stands above its first column. */
function rows(head: string): string[][] {
  const [, table = ''] = text('docs/security.md').split(new RegExp(`^\\| ${head} .*\\n\\|[-| ]+\\n`, 'm'));
  return (table.split('\n\n')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
const names = (head: string) => rows(head).map(([cell = '']) => cell.replaceAll('`', ''));

test('there are promises', () => {
  expect(rows('promise').length).toBeGreaterThan(20);
});
test.each(rows('promise').map(([promise = '', file = '', name = '']) => [promise, file, name]))(
  'a test stands behind it: %s',
  (_, file, name) => {
    const said = text(file);
    expect([`'${name}`, `"${name}`, `\`${name}`].some((start) => said.includes(start))).toBe(true);
  },
);

test('lib imports of Node only what reads files, and git, configs and JSON in one place each', () => {
  const imports = all(/from '(node:[^']+)'/g);
  expect(sorted(imports.map(({ found }) => found))).toEqual([
    ...[
      'node:child_process',
      'node:crypto',
      'node:fs',
      'node:module',
      'node:os',
      'node:path',
      'node:path/posix',
    ],
    ...['node:util', 'node:vm', 'node:worker_threads'],
  ]);
  const users = (...modules: string[]) =>
    sorted(imports.filter(({ found }) => modules.includes(found)).map(({ path }) => path));
  expect(users('node:child_process')).toEqual(['lib/manifests/git-process.ts']);
  expect(users('node:vm', 'node:module')).toEqual(['lib/config/bundle.ts']);
  expect(users('node:worker_threads')).toEqual(
    ['thread', 'warden', 'worker'].map((one) => `lib/case/config-${one}.ts`),
  );
  // Modules of ours that are loaded when they are needed, by name.
  expect(sorted(all(/\b(require\('[^']+'\))/g).map(({ path }) => path))).toEqual([
    'lib/case/read-configs.ts',
    'lib/cli/arguments.ts',
    'lib/cli/run.ts',
    'lib/config/compiled-app.ts',
    'lib/input/schema.ts',
  ]);
  expect(all(/\b(eval\(|new Function|fetch\(|WebSocket|import\(|process\.binding)/g)).toEqual([]);
});

test('the variables of the environment that we read are those of the table', () => {
  const named = all(/\benv\['([^']+)'\]/g).map(({ found }) => found);
  expect(sorted(named)).toEqual(names('variable').sort());
  const whole = all(/(process\.env)\b(?!\[')/g).map(({ path }) => path);
  expect(sorted(whole)).toEqual(['lib/cli/console.ts', 'lib/manifests/git-process.ts']);
});

test('every dependency is in docs/dependencies.md, and nothing else', () => {
  const { dependencies = {}, devDependencies = {} } = json('package.json');
  const listed = [...text('docs/dependencies.md').matchAll(/^\|([^|]+)\|([^|]+)\|$/gm)].flatMap(
    ([, first = '', second = '']) => [
      ...[...first.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
      ...[...second.matchAll(/`(@types\/[^`]+)`/g)].map(([, name = '']) => name),
    ],
  );
  expect(sorted(listed)).toEqual(sorted([...Object.keys(dependencies), ...Object.keys(devDependencies)]));
});

test('the packages that run a script when they are installed are those of the table', () => {
  const packages = Object.entries(json('package-lock.json')['packages'] ?? {}) as [
    string,
    { hasInstallScript?: boolean },
  ][];
  const scripts = packages.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(sorted(scripts.map(([path]) => path.replace(/^.*node_modules\//, '')))).toEqual(
    names('package').sort(),
  );
});

test('the linter refuses a regular expression of lib that takes more than linear time', () => {
  const eslint = join(PROJECT, 'node_modules/eslint/bin/eslint.js');
  const args = [eslint, '--print-config', 'lib/index.ts'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: PROJECT, encoding: 'utf8' });
  expect(JSON.parse(stdout)).toMatchObject({
    rules: {
      'regexp/no-super-linear-backtracking': [2, { report: 'potential' }],
      'regexp/no-super-linear-move': [2, { report: 'potential' }],
    },
  });
  expect(all(/(eslint-disable[^*]*regexp|new RegExp)/g)).toEqual([]);
});
