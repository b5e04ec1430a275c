// Reports of a pull request in a scratch repository: where annotations stand, several reports of one run, and what is left
// of them where nothing could be judged.
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { commandsIn } from '../report/runner';
import { elementsIn } from '../report/xml';
import {
  branch,
  cli,
  commit,
  CONFIGS,
  copied,
  folder,
  git,
  repository,
  snapshot,
  write,
  type Files,
  type Ran,
} from '../scratch';

const SHOP = 'config/namespaces/demo/shop.ts';
const DIST = 'dist/namespaces/demo/shop.yaml';
const shop = (strategy: string): Files => ({
  [SHOP]: `// The shop.\nexport default {\n  name: 'shop',\n  offloading: { namespaceMappingStrategy: '${strategy}' },\n};\n`,
});

/** A repository whose main branch is deployed, on a branch of its own. */
const deployed = copied((files: Files): string => {
  const root = repository({ ...CONFIGS, ...files });
  expect(cli(root, ['synth']).status).toBe(0);
  commit(root, 'dist');
  branch(root);
  return root;
});

const annotations = ({ out }: Ran) =>
  commandsIn(out).map(({ command, properties: { file = '', line = '', title = '' } }) => [
    `${command} ${title}`,
    `${file}:${line}`,
  ]);

test('an annotation stands on the line in dist where that is in the diff', () => {
  const root = deployed(shop('DefaultName'));
  write(root, shop('EnforceSameName'));
  expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
  commit(root);
  const ran = cli(root, ['check', '--format', 'github']);
  expect([ran.status, annotations(ran)]).toEqual([
    1,
    [['error mapping-strategy-immutable: shop', `${DIST}:19`]],
  ]);
  expect(ran.out.trimEnd().split('\n').at(-1)).toMatch(
    /^rejected: 1 error, .* judged against origin\/main \(/,
  );
});

test('on the config where dist is stale, committed or not', () => {
  const root = deployed(shop('DefaultName'));
  write(root, shop('EnforceSameName'));
  commit(root);
  const expected = [
    ['error mapping-strategy-immutable: shop', `${SHOP}:4`],
    ['error dist-stale', `${SHOP}:4`],
  ];
  expect(annotations(cli(root, ['check', '--format', 'github']))).toEqual(expected);
  expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
  expect(annotations(cli(root, ['check', '--format', 'github']))).toEqual(expected.slice(0, 1));
});

test('where neither is in the diff it stays in dist', () => {
  const root = deployed(shop('DefaultName'));
  write(root, shop('EnforceSameName'));
  expect(annotations(cli(root, ['check', '--format', 'github']))[0]?.[1]).toBe(`${DIST}:19`);
});

test('of an object that is gone: where it stood, or the config that had it', () => {
  const two = (...names: string[]) => ({
    [SHOP]: `export default [\n${names.map((one) => `  { name: '${one}' },\n`).join('')}];\n`,
  });
  const both = ['kept', 'gone'].map(
    (one) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: by-hand-${one} }\n`,
  );
  const hand = 'dist/hand.yaml';
  const root = deployed({ ...two('one', 'two'), [hand]: both.join('---\n') });
  write(root, { ...two('one'), [hand]: both[0] });
  expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
  commit(root);
  // What differs in the namespace alone is one annotation, where the first stands.
  expect(annotations(cli(root, ['check', '--format', 'github']))).toEqual([
    ['error namespace-removed: by-hand-gone and 1 more namespace', `${hand}:3`],
  ]);
  write(root, {
    'config/approvals/a.yaml': '- { namespace: by-hand-gone, rule: namespace-removed, reason: PLAT-1 }\n',
  });
  expect(annotations(cli(root, ['check', '--format', 'github']))).toEqual([
    ['error namespace-removed: two', `${SHOP}:2`],
    ['warning namespace-removed: by-hand-gone', `${hand}:3`],
  ]);
  write(root, { 'config/approvals/a.yaml': undefined });
  const { findings } = JSON.parse(cli(root, ['check', '--format', 'json']).out) as { findings: object[] };
  expect(findings).toMatchObject([
    { file: hand, line: 5, removed: true },
    { file: 'dist/namespaces/demo/two.yaml', removed: true, config: SHOP },
  ]);
});

test('the lines of a branch that main has gone past are those since it left', () => {
  const root = deployed(shop('DefaultName'));
  write(root, shop('EnforceSameName'));
  expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
  commit(root);
  git(root, 'checkout', '-q', 'main');
  write(root, { [SHOP]: `// Moved on.\n${readFileSync(join(root, SHOP), 'utf8')}` });
  commit(root);
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  git(root, 'checkout', '-q', 'work');
  expect(annotations(cli(root, ['check', '--format', 'github']))).toEqual([
    ['error mapping-strategy-immutable: shop', `${DIST}:19`],
  ]);
});

test("nobody's settings of git move a line, and no driver is run", () => {
  const root = deployed(shop('DefaultName'));
  write(root, { ...shop('EnforceSameName'), '.gitattributes': '*.yaml diff=evil\n' });
  for (const [name, value] of [
    ['diff.evil.command', 'touch ran'],
    ['diff.evil.textconv', 'touch ran; cat'],
    ['diff.external', 'touch ran'],
    ['diff.noprefix', 'true'],
    ['diff.context', '50'],
    ['diff.interHunkContext', '50'],
    ['diff.submodule', 'log'],
    ['color.ui', 'always'],
  ] as const)
    git(root, 'config', name, value);
  expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
  commit(root);
  expect(annotations(cli(root, ['check', '--format', 'github']))[0]?.[1]).toBe(`${DIST}:19`);
  expect(existsSync(join(root, 'ran'))).toBe(false);
});

const ALL = ['markdown=r.md', 'sarif=r.sarif', 'junit=r.xml', 'json=r.json', 'text=r.txt'].flatMap((one) => [
  '--report',
  one,
]);
const FILES = ['r.md', 'r.sarif', 'r.xml', 'r.json', 'r.txt'];

test.each(['check', 'synth'])(
  '%s writes several reports of one run, also of one that is rejected',
  (command) => {
    const root = deployed(shop('DefaultName'));
    write(root, shop('EnforceSameName'));
    const { status, out } = cli(root, [command, '--format', 'github', ...ALL]);
    const [md = '', sarif = '', xml = '', json = '', txt = ''] = FILES.map((one) =>
      readFileSync(join(root, one), 'utf8'),
    );
    expect([status, commandsIn(out)[0]?.command]).toEqual([1, 'error']);
    expect(md).toMatch(/^<!-- cdk8s-liqo -->\n### cdk8s-liqo: rejected against origin\/main/);
    expect(JSON.parse(sarif)).toMatchObject({ version: '2.1.0' });
    expect(elementsIn(xml).filter(({ name }) => name === 'failure').length).toBeGreaterThan(0);
    expect(JSON.parse(json)).toMatchObject({ version: 1, summary: { approved: 0 } });
    expect(txt).toMatch(/\nrejected: /);
  },
);

test('plan has its own formats', () => {
  const root = deployed(shop('DefaultName'));
  expect(cli(root, ['plan', '--report', 'markdown=p.md', '--report', 'json=p.json']).status).toBe(0);
  expect(readFileSync(join(root, 'p.md'), 'utf8')).toContain('### cdk8s-liqo plan: passed');
  expect(JSON.parse(readFileSync(join(root, 'p.json'), 'utf8'))).toMatchObject({ version: 1 });
});

test('a report that passed does not outlive a run that could not judge', () => {
  const root = deployed(shop('DefaultName'));
  expect(cli(root, ['check', ...ALL]).status).toBe(0);
  const { status, out, err } = cli(root, ['check', '--format', 'github', '--against', 'git:gone', ...ALL]);
  expect(status).toBe(2);
  expect(err).toContain("there is no git ref 'gone'");
  expect(commandsIn(out)).toMatchObject([
    { command: 'error', data: expect.stringContaining("'gone'") as string },
  ]);
  const left = FILES.map((one) => existsSync(join(root, one)) && readFileSync(join(root, one), 'utf8'));
  expect(left).toEqual([
    expect.stringContaining('### cdk8s-liqo: could not judge'),
    expect.stringContaining('"executionSuccessful": false'),
    expect.stringContaining('<error'),
    expect.stringContaining('"executionSuccessful": false'),
    expect.stringMatching(/^error: there is no git ref 'gone'/),
  ]);
});

test('nor does the one of --output', () => {
  const root = deployed(shop('DefaultName'));
  cli(root, ['check', '--format', 'json', '--output', 'o.json']);
  expect(existsSync(join(root, 'o.json'))).toBe(true);
  expect(cli(root, ['check', '--format', 'json', '--output', 'o.json', '--against', 'git:gone']).status).toBe(
    2,
  );
  expect(JSON.parse(readFileSync(join(root, 'o.json'), 'utf8'))).not.toHaveProperty('findings');
});

test.each<[string, readonly string[], RegExp]>([
  ['in dist', ['--report', 'markdown=dist/r.md'], /'dist\/r.md': what lies there is judged/],
  ['in config', ['--report', 'json=./config/approvals/r.yaml'], /what lies there is judged/],
  ['in dist by a link', ['--report', 'markdown=link/r.md'], /what lies there is judged/],
  ['in dist by --output', ['--output', 'dist/r.txt'], /what lies there is judged/],
  ['among the components', ['--report', 'json=components/r.json'], /what lies there is judged/],
  ["among the engines' objects", ['--output', 'gitops/argocd/r'], /what lies there is judged/],
  ['over a manifest', ['deploy', '--report', 'json=deploy/a.json'], /what lies there is judged/],
  ['over the baseline', ['--against', './live.yaml', '--output', 'live.yaml'], /what lies there is judged/],
  ["over git's config", ['--output', '.git/config'], /git's own files lie there/],
  ['for a hook', ['--report', 'markdown=.git/hooks/pre-commit'], /git's own files lie there/],
  ['in .git by a link', ['--report', 'markdown=hooks/pre-commit'], /git's own files lie there/],
  ['in another case', ['--output', '.GIT/config'], /git's own files lie there/],
  ['through a link', ['--report', 'markdown=out.md'], /'out.md': a link lies there/],
  ['through a link to nothing', ['--output', 'nothing.md'], /'nothing.md': a link lies there/],
  ['in a folder elsewhere', ['--output', 'away/r.md'], /'away\/r.md': a link lies there/],
  ['twice', ['--report', 'markdown=r', '--report', 'sarif=./r'], /two reports would be written to 'r'/],
  ['twice with --output', ['--output', 'r', '--report', 'sarif=r'], /two reports would be written to 'r'/],
  ['in a folder that is not there', ['--report', 'markdown=gone/r.md'], /there is no such folder/],
  ['that is a folder', ['--report', 'markdown=reports'], /cannot be written/],
])('a report %s is one clear error', (_, args, message) => {
  const root = deployed(shop('DefaultName'));
  mkdirSync(join(root, 'reports'));
  mkdirSync(join(root, 'deploy'));
  symlinkSync('dist', join(root, 'link'));
  symlinkSync('.git/hooks', join(root, 'hooks'));
  const elsewhere = folder({ 'kept.md': 'kept' });
  symlinkSync(join(elsewhere, 'kept.md'), join(root, 'out.md'));
  symlinkSync(join(elsewhere, 'new.md'), join(root, 'nothing.md'));
  symlinkSync(elsewhere, join(root, 'away'));
  const settings = readFileSync(join(root, '.git/config'), 'utf8');
  const before = snapshot(root);
  const { status, out, err } = cli(root, ['check', ...args]);
  expect(readFileSync(join(root, '.git/config'), 'utf8')).toBe(settings);
  expect(existsSync(join(root, '.git/hooks/pre-commit'))).toBe(false);
  expect([...snapshot(elsewhere)]).toEqual([['kept.md', 'kept']]);
  expect([status, out]).toEqual([2, '']);
  expect(err.replace(/\s+/g, ' ')).toMatch(message);
  expect(err.match(/error:/g)).toHaveLength(1);
  expect(snapshot(root)).toEqual(before);
});

test('a report beside what is judged is none of it', () => {
  const root = deployed(shop('DefaultName'));
  expect(cli(root, ['check', '.', '--output', 'report.md', '--against', 'none']).status).not.toBe(2);
  expect(existsSync(join(root, 'report.md'))).toBe(true);
});
