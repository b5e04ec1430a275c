// docs/cdk8s.md in a cdk8s app of somebody else's, with the packed package and the real cdk8s-cli: its main.ts and its
// cdk8s.yaml are used as they stand there.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { install, pack, type Packed } from '../packed';
import {
  cdk8s,
  CLEAN,
  commit,
  folder,
  git,
  PROJECT,
  snapshot,
  write,
  type Files,
  type Ran,
} from '../scratch';

const PAGE = readFileSync(join(PROJECT, 'docs/cdk8s.md'), 'utf8');
const MAIN = /```ts\n(\/\/ main\.ts\n.*?)```/s.exec(PAGE)?.[1] ?? '';
const SETTINGS = /```yaml\n(# cdk8s\.yaml\n.*?)```/s.exec(PAGE)?.[1] ?? '';
const [RECIPE = '', ALONE = ''] = [...PAGE.matchAll(/```sh\n(.*?)```/gs)].map(([, shell = '']) => shell);
const YAML = 'dist/shop.k8s.yaml';

let packed: Packed;
/** What the app writes before anybody changes it. */
let output: Files = {};
beforeAll(() => {
  packed = pack();
  const root = app();
  expect(cdk8s(root)).toMatchObject({ status: 2, out: expect.stringContaining('could-not-judge') }); // outside git
  const written = [...snapshot(root)].filter(([path]) => path.startsWith('dist/'));
  output = Object.fromEntries(written);
});

/** The app of the page, outside git. */
function app(files: Files = {}): string {
  const root = folder({
    'main.ts': MAIN,
    'cdk8s.yaml': SETTINGS,
    'package.json': '{ "name": "app", "private": true }\n',
    '.gitignore': 'node_modules\n',
    ...files,
  });
  install(packed, root);
  return root;
}

/** The app with its output, as origin's main branch has it. */
function deployed(): string {
  const root = app(output);
  git(root, 'init', '-q', '-b', 'main');
  commit(root);
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  return root;
}

const main = (from: string, to: string): Files => ({ 'main.ts': replaced(MAIN, from, to) });
const settings = (from: string, to: string): Files => ({ 'cdk8s.yaml': replaced(SETTINGS, from, to) });
function replaced(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}
const nonsense = settings('\n      id: venice\n      baseline: origin/main\n', ' nonsense\n');
const OTHER_STRATEGY = main("'DefaultName'", "'EnforceSameName'");

const text = (path: string) => output[path]?.toString() ?? '';

interface Reported {
  readonly status: number | null;
  readonly violations: readonly { ruleName: string; recommendation: string; fix: string }[];
  readonly rules: readonly string[];
  readonly out: string;
  readonly err: string;
}

function synth(root: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Reported {
  const file = join(folder(), 'report.json');
  const ran: Ran = cdk8s(root, ['--validation-reports-output-file', file, ...args], env);
  const { reports } = JSON.parse(readFileSync(file, 'utf8')) as { reports: Pick<Reported, 'violations'>[] };
  const violations = reports.flatMap((one) => one.violations);
  return { ...ran, violations, rules: violations.map(({ ruleName }) => ruleName) };
}

describe('the example', () => {
  test('type-checks as strictly as TypeScript can', () => {
    const root = app();
    const tsc = join(PROJECT, 'node_modules/typescript/bin/tsc');
    const args = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--module', 'node16'];
    const { status, stdout } = spawnSync(
      process.execPath,
      [tsc, ...args, '--target', 'es2022', '--skipLibCheck', 'main.ts'],
      { cwd: root, env: CLEAN, encoding: 'utf8' },
    );
    expect([status, stdout]).toEqual([0, '']);
  });

  test('writes what a config would, in an order that can be applied', () => {
    const objects = parseAllDocuments(text(YAML)).map((one) => one.toJS() as unknown);
    expect(objects).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'shop', labels: { team: 'retail', 'liqo.io/scheduling-enabled': 'true' } },
      },
      {
        apiVersion: 'offloading.liqo.io/v1beta1',
        kind: 'NamespaceOffloading',
        metadata: { name: 'offloading', namespace: 'shop', labels: { team: 'retail' } },
        spec: {
          namespaceMappingStrategy: 'DefaultName',
          podOffloadingStrategy: 'LocalAndRemote',
          clusterSelector: {
            nodeSelectorTerms: [
              {
                matchExpressions: [{ key: 'topology.liqo.io/region', operator: 'In', values: ['south'] }],
              },
            ],
          },
        },
      },
      expect.objectContaining({
        kind: 'Deployment',
        metadata: expect.objectContaining({ namespace: 'shop' }),
      }),
    ]);
    expect(text('dist/blog.k8s.yaml')).toContain('namespace: blog\n');
  });
});

describe('the plugin', () => {
  test('passes what is deployed as it is, and a change that harms nobody', () => {
    const root = deployed();
    expect(synth(root)).toMatchObject({
      status: 0,
      rules: [],
      out: expect.stringMatching(
        /^Judged against origin\/main \([0-9a-f]{12}\)\.\npassed: 0 errors, 0 warnings, 0 infos$/m,
      ),
    });
    write(root, main("'retail'", "'food'"));
    expect(synth(root)).toMatchObject({ status: 0, rules: [] });
  });

  test('rejects a changed strategy in words; the output has it already', () => {
    const root = deployed();
    write(root, OTHER_STRATEGY);
    const rejected = synth(root);
    expect(rejected).toMatchObject({
      status: 2,
      violations: [
        {
          ruleName: 'mapping-strategy-immutable',
          recommendation: expect.stringContaining('changes it from DefaultName to EnforceSameName'),
          fix: expect.stringContaining('Set it back to DefaultName'),
          violatingConstructs: [
            { resourceName: 'namespace shop', manifestPath: YAML, locations: [`${YAML}:24`] },
          ],
        },
      ],
    });
    expect(rejected.out).toContain('  How to fix: Set it back to DefaultName.');
    expect(rejected.out).toContain('rejected: 1 error, 0 warnings, 0 infos\n');
    const lines = snapshot(root).get(YAML)?.split('\n') ?? [];
    expect(lines[23]).toContain('namespaceMappingStrategy: EnforceSameName');
  });

  test('rejects a namespace that is gone, unless an approval names it', () => {
    const root = deployed();
    write(
      root,
      main(
        "new NamespaceOffloading(new Chart(app, 'blog')",
        "false && new NamespaceOffloading(new Chart(app, 'blog')",
      ),
    );
    const { status, violations } = synth(root);
    expect([status, violations.length]).toEqual([2, 1]);
    expect(violations[0]).toMatchObject({
      ruleName: 'unoffload',
      fix: expect.stringContaining('config/approvals/'),
      violatingConstructs: [{ resourceName: 'namespace blog', manifestPath: 'dist/blog.k8s.yaml' }],
    });
    write(root, {
      'config/approvals/a.yaml': '- { namespace: blog, rule: unoffload, reason: PLAT-1 moved }\n',
    });
    expect(synth(root)).toMatchObject({
      status: 0,
      rules: [],
      out: expect.stringMatching(/approved unoffload\n(.*\n)+.*Approved: PLAT-1 moved/),
    });
  });

  test('is found by name where cdk8s keeps its plugins, at that version alone', () => {
    const root = deployed();
    write(root, { ...OTHER_STRATEGY, ...settings('./node_modules/cdk8s-liqo', 'cdk8s-liqo') });
    const plugins = folder();
    const modules = join(plugins, 'cdk8s-liqo/0.1.0/node_modules');
    mkdirSync(modules, { recursive: true });
    cpSync(join(root, 'node_modules'), modules, { recursive: true, verbatimSymlinks: true });
    expect(synth(root, ['--plugins-dir', plugins]).rules).toEqual(['mapping-strategy-immutable']);
    write(root, settings('version: 0.1.0', 'version: ^0.1.0'));
    expect(cdk8s(root)).toMatchObject({ status: 1, err: expect.stringContaining('Cannot be a range') });
  });

  test('in CI, by the recipes of the page', () => {
    const root = deployed();
    const ci = (recipe = RECIPE) =>
      spawnSync('sh', ['-c', recipe], { cwd: root, env: CLEAN, encoding: 'utf8' }).status;
    expect(ci()).toBe(0);
    write(root, main("'nginx:1.27'", "'nginx:1.28'"));
    expect(ci()).toBe(1);
    write(root, OTHER_STRATEGY);
    expect(ci()).toBe(2);
    commit(root);
    expect(ci()).toBe(2);
    write(root, { 'cdk8s.yaml': SETTINGS.slice(0, SETTINGS.indexOf('validations:')) });
    expect(ci()).toBe(1); // construct-metadata.json is gone with the plugin
    commit(root);
    expect([ci(), ci(ALONE)]).toEqual([0, 1]);
  });
});

describe('the plugin judges nothing, and fails in words,', () => {
  test.each<[string, string[], NodeJS.ProcessEnv, Files, RegExp]>([
    ['against the output', [], { CDK8S_LIQO_AGAINST: './dist' }, {}, /compared with itself/],
    ['of an output elsewhere', ['-o', 'elsewhere'], {}, {}, /elsewhere\/.* which is not in 'dist'/],
    ['of standard output', ['--stdout'], {}, {}, /which is not in 'dist'/],
    ['with nonsense for properties', [], {}, nonsense, /"nonsense" is not a valid object/],
  ])('%s', (_, args, env, files, why) => {
    const root = deployed();
    write(root, { ...OTHER_STRATEGY, ...files });
    const { status, violations, out, err } = synth(root, args, env);
    expect([status, violations.map(({ ruleName }) => ruleName)]).toEqual([2, ['could-not-judge']]);
    expect(violations[0]?.recommendation).toMatch(why);
    expect(out + err).not.toMatch(/^\s+at .*\.js:\d+/m);
  });
});
