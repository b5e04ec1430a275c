// The plugin with a context such as cdk8s-cli makes it; test/e2e/cdk8s.test.ts runs it under the real one.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Validation } from 'cdk8s-cli/plugins';
import { LiqoValidation } from '../../lib/plugin/validation';
import type { Violation } from '../../lib/report/cdk8s';
import { namespace, offloading } from '../judge/given';
import { commit, folder, git, repository, write, type Files } from '../scratch';

const cwd = process.cwd();
afterEach(() => {
  process.chdir(cwd);
  delete process.env['CDK8S_LIQO_AGAINST'];
});

const EVERYWHERE = 'clusterSelector: { nodeSelectorTerms: [] }';
const LABELLED = 'labels: { liqo.io/scheduling-enabled: "true" }';
const a = (spec: string) => `${namespace('a', LABELLED)}---\n${offloading('a', spec)}`;
const DIST: Files = { 'dist/a.k8s.yaml': a(`{ ${EVERYWHERE} }`) };
const CHANGED: Files = {
  'dist/a.k8s.yaml': a(`{ namespaceMappingStrategy: EnforceSameName, ${EVERYWHERE} }`),
};

async function validate(root: string, properties?: unknown, manifests = ['dist/a.k8s.yaml']) {
  const violations: Violation[] = [];
  const statuses: string[] = [];
  const said: string[] = [];
  process.chdir(root);
  await new LiqoValidation(properties as never).validate({
    manifests,
    report: {
      addViolation: (one) => violations.push(one),
      submit: (status) => statuses.push(status),
    },
    logger: { log: (message) => said.push(message) },
  });
  return {
    status: statuses.join(),
    rules: violations.map(({ ruleName }) => ruleName),
    violations,
    said: said.join(),
  };
}

async function expectNotJudged(root: string, why: RegExp, properties?: unknown, manifests?: string[]) {
  const { status, rules, violations, said } = await validate(root, properties, manifests);
  expect([status, ...new Set(rules), said]).toEqual(['failure', 'could-not-judge', '']);
  expect(violations.map(({ recommendation, fix }) => `${recommendation}; ${fix}`).join('\n')).toMatch(why);
}

test('is what cdk8s-cli asks of a plugin', () => {
  const plugin: Validation = new LiqoValidation({ id: 'venice' });
  expect(typeof plugin.validate).toBe('function');
});

test('is content with what is deployed, and says against what', async () => {
  expect(await validate(repository(DIST))).toMatchObject({
    status: 'success',
    rules: [],
    said: expect.stringMatching(/^Judged against HEAD \(.*\)\.\npassed: 0 errors, 0 warnings, 0 infos$/),
  });
});

test('says that a first run is one', async () => {
  const root = repository({ 'README.md': 'x' });
  write(root, DIST);
  expect(await validate(root)).toMatchObject({
    status: 'success',
    said: expect.stringMatching(/a\sfirst\srun/),
  });
});

test('an error is a violation, the rest is text', async () => {
  const root = repository({ ...DIST, 'dist/b.k8s.yaml': offloading('b', '{}') });
  write(root, CHANGED);
  const { status, violations, said } = await validate(root);
  expect(status).toBe('failure');
  expect(violations).toEqual([
    {
      ruleName: 'mapping-strategy-immutable',
      recommendation: expect.stringContaining('from DefaultName to EnforceSameName'),
      fix: expect.stringContaining('Set it back'),
      violatingResources: [
        {
          resourceName: 'namespace a',
          manifestPath: 'dist/a.k8s.yaml',
          locations: [expect.stringMatching(/^dist\/a\.k8s\.yaml:\d+$/)],
        },
      ],
    },
  ]);
  expect(said).toContain('cluster-selector-absent: 1, first dist/b.k8s.yaml');
  expect(said).toContain('rejected: 1 error, 0 warnings');
  expect(said).not.toContain('mapping-strategy-immutable');
});

test('an object that left the output altogether is a violation', async () => {
  const root = repository({ ...DIST, 'dist/b.k8s.yaml': namespace('b') });
  write(root, { 'dist/b.k8s.yaml': undefined });
  expect((await validate(root)).violations).toMatchObject([
    {
      ruleName: 'namespace-removed',
      violatingResources: [{ resourceName: 'namespace b', manifestPath: 'dist/b.k8s.yaml' }],
    },
  ]);
});

test('an app that wrote nothing has removed everything', async () => {
  const root = repository(DIST);
  write(root, {
    'dist/a.k8s.yaml': undefined,
    'dist/construct-metadata.json': '{"version":"1.0.0","resources":{}}',
  });
  expect((await validate(root, {}, [])).rules).toEqual(['namespace-removed']);
});

test('manifests that cdk8s does not list are judged as well', async () => {
  const root = repository({ 'dist/a.k8s.yml': DIST['dist/a.k8s.yaml'] });
  write(root, { 'dist/a.k8s.yml': CHANGED['dist/a.k8s.yaml'] });
  expect((await validate(root, {}, [])).rules).toEqual(['mapping-strategy-immutable']);
});

test('the output may be another folder, and have an absolute path', async () => {
  const root = repository({ 'cdk8s.yaml': 'output: out/yaml\n', 'out/yaml/a.yaml': DIST['dist/a.k8s.yaml'] });
  write(root, { 'out/yaml/a.yaml': CHANGED['dist/a.k8s.yaml'] });
  const { rules } = await validate(root, {}, [join(root, 'out/yaml/a.yaml')]);
  expect(rules).toEqual(['mapping-strategy-immutable']);
});

describe('judges nothing, and fails,', () => {
  test.each([
    ['./dist', /overlaps the judged folder.*give the deployed state/],
    ['./dist', /compared with itself/],
    ['.', /compared with itself/],
    ['./dist/a.k8s.yaml', /compared with itself/],
    ['./link', /compared with itself/],
    ['git:nowhere', /there is no git ref 'nowhere'/],
    ['', /the baseline is empty/],
  ])('against %j', async (baseline, why) => {
    const root = repository(DIST);
    symlinkSync('dist', join(root, 'link'));
    write(root, CHANGED);
    process.env['CDK8S_LIQO_AGAINST'] = baseline;
    await expectNotJudged(root, why);
  });

  test('but a copy is a baseline, and so is a folder that only begins alike', async () => {
    const root = repository({ ...DIST, 'dist2/a.yaml': DIST['dist/a.k8s.yaml'] });
    write(root, CHANGED);
    process.env['CDK8S_LIQO_AGAINST'] = './dist2';
    expect((await validate(root)).rules).toEqual(['mapping-strategy-immutable']);
  });

  test('outside git', async () => {
    await expectNotJudged(
      folder(DIST),
      /there is no git commit, so the earlier contents of dist\/ are unknown/,
    );
  });

  test.each([['elsewhere/a.yaml'], ['dist2/a.yaml'], ['../a.yaml'], ['/tmp/a.yaml']])(
    'of %s',
    async (path) => {
      await expectNotJudged(repository(DIST), /which is not in 'dist'.* --no-validate/, {}, [
        'dist/a.k8s.yaml',
        path,
      ]);
    },
  );

  test('where git ignores the output', async () => {
    const root = repository({ '.gitignore': 'dist/\n' });
    write(root, DIST);
    await expectNotJudged(root, /git ignores dist.*git check-ignore/);
  });

  test('where a manifest cannot be read', async () => {
    const root = repository(DIST);
    write(root, { 'dist/b.yaml': 'a: [' });
    await expectNotJudged(root, /broken YAML/);
  });

  test.each([
    ['nonsense', /"nonsense" is not a valid object/],
    [[1], /\[1\] is not a valid object/],
    [{ baselin: 'main' }, /unknown key 'baselin'; did you mean 'baseline'/],
    [{ components: true }, /unknown key 'components'/],
    [{ id: 5 }, /5 is not a valid string/],
    [{ baseline: 'HEAD' }, /'HEAD' moves with every commit/],
    [{ baseline: 'none' }, /with 'none', every change would be judged against nothing/],
    [{ baseline: './dist' }, /'\.\/dist' is a path/],
    [{ severities: { unoffload: 'off' } }, /cannot change the severity of 'unoffload'/],
    [{ severities: { unoffloading: 'warning' } }, /there is no rule 'unoffloading'/],
    [{ runtimeClass: { name: 'virtual' } }, /remote pods keep the RuntimeClass 'virtual'/],
  ])('with properties %j', async (properties, why) => {
    await expectNotJudged(repository(DIST), why, properties);
  });
});

describe('what a project says', () => {
  const CLUSTER = "export default { id: 'venice', severities: { 'cluster-selector-absent': 'info' } };\n";
  const POLICIES = "export default [{ name: 'north', clusters: 'region=north' }];\n";
  const ABSENT: Files = { 'dist/b.k8s.yaml': offloading('b', '{}') };

  test('in properties: severities, and the ID that names of twins end in', async () => {
    const root = repository(DIST);
    write(root, ABSENT);
    expect(await validate(root)).toMatchObject({ rules: ['cluster-selector-absent'] });
    expect(await validate(root, { severities: { 'cluster-selector-absent': 'warning' } })).toMatchObject({
      status: 'success',
      said: expect.stringContaining('warning cluster-selector-absent'),
    });
    const long = 'x'.repeat(63);
    write(root, {
      ...ABSENT,
      'dist/b.k8s.yaml': offloading('b'),
    });
    expect((await validate(root, { id: long })).rules).toEqual(['remote-name-invalid']);
    expect((await validate(root)).rules).toEqual([]);
  });

  test('in properties: a baseline, unless the environment names another', async () => {
    const root = repository(DIST);
    git(root, 'tag', 'deployed');
    write(root, CHANGED);
    commit(root);
    expect((await validate(root, { baseline: 'deployed' })).rules).toEqual(['mapping-strategy-immutable']);
    expect((await validate(root, { baseline: 'main' })).rules).toEqual([]);
    process.env['CDK8S_LIQO_AGAINST'] = 'deployed';
    expect((await validate(root, { baseline: 'main' })).rules).toEqual(['mapping-strategy-immutable']);
  });

  test('in properties: that they change is told', async () => {
    const root = repository({ ...DIST, 'cdk8s.yaml': 'app: a\n' });
    expect((await validate(root)).said).not.toContain('judge-changed');
    write(root, { 'cdk8s.yaml': 'app: b\n' });
    expect((await validate(root)).said).toContain('This change also edits cdk8s.yaml');
  });

  test('in config/, which then says all', async () => {
    const root = repository(DIST);
    write(root, { ...ABSENT, 'config/cluster.ts': CLUSTER });
    expect((await validate(root)).said).toContain('info cluster-selector-absent');
    await expectNotJudged(root, /already described in config\/cluster.ts; keep one/, { id: 'venice' });
    write(root, { 'config/policies.ts': POLICIES });
    expect((await validate(root)).rules).toEqual(['policy']);
    write(root, { 'config/cluster.ts': undefined });
    await expectNotJudged(root, /there is no config\/cluster.ts/);
  });

  test('in approvals, once', async () => {
    const root = repository({ ...DIST, ...ABSENT });
    git(root, 'branch', 'deployed');
    write(root, {
      'dist/b.k8s.yaml': undefined,
      'config/approvals/a.yaml': '- { namespace: b, rule: unoffload, reason: PLAT-1 }\n',
    });
    const properties = { baseline: 'deployed' };
    expect(await validate(root, properties)).toMatchObject({
      status: 'success',
      said: expect.stringContaining('Approved: PLAT-1'),
    });
    commit(root);
    git(root, 'branch', '-f', 'deployed');
    write(root, ABSENT);
    commit(root);
    git(root, 'branch', '-f', 'deployed');
    write(root, { 'dist/b.k8s.yaml': undefined });
    expect((await validate(root, properties)).rules).toEqual(['unoffload']);
  });
});
