// Bad input: one clear error, exit status 2, no stack trace, nothing written.
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import {
  binary,
  cli,
  commit,
  CONFIGS,
  folder,
  git,
  link,
  repository,
  snapshot,
  write,
  type Files,
  type Ran,
} from '../scratch';

const SHOP = 'config/namespaces/demo/shop.ts';

function deployed(files: Files = {}): string {
  const root = repository({
    ...CONFIGS,
    'dist/namespaces/demo/other.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: other }\n',
  });
  if (files['dist'] !== undefined) write(root, { dist: undefined });
  write(root, files);
  return root;
}

function expectRefused({ status, out, err }: Ran, message: RegExp | string) {
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(/^error: /);
  expect(err.replace(/\s+/g, ' ')).toMatch(message);
  expect(err).not.toMatch(/^\s+at .*(node:|\.js:)/m);
  expect(err).not.toContain('has a bug');
}

test.each<[string, Files, RegExp]>([
  [
    'a config with a syntax error',
    { [SHOP]: 'export default {' },
    /at config\/namespaces\/demo\/shop\.ts:1:\d+/,
  ],
  [
    'a config that throws',
    { [SHOP]: '\nthrow new Error("no");' },
    /the config throws: no at config\/namespaces\/demo\/shop\.ts:2:\d+/,
  ],
  [
    'a config without default export',
    { [SHOP]: 'export const a = 1;' },
    /no default export at config\/namespaces\/demo\/shop\.ts/,
  ],
  ['a promise', { [SHOP]: "export default Promise.resolve({ name: 'shop' });" }, /is a promise/],
  [
    'an unknown key',
    { [SHOP]: "export default { name: 'shop', ofloading: {} };" },
    /unknown key 'ofloading' at config\/namespaces\/demo\/shop\.ts \/ofloading did you mean 'offloading'\?/,
  ],
  [
    'a name that is not DNS-1123',
    { [SHOP]: "export default { name: 'Shop' };" },
    /"Shop" is not a DNS-1123 label/,
  ],
  [
    'an empty config folder',
    { 'config/namespaces': undefined },
    /there is no namespace config at config\/namespaces write a first one with npx cdk8s-liqo init/,
  ],
  ['no config at all', { config: undefined }, /there is no config\/cluster\.ts/],
  [
    'constructs that throw',
    { [SHOP]: "export default { name: 'shop', constructs() {\n throw new Error('no');\n} };" },
    /constructs of namespace 'shop' throws: no at config\/namespaces\/demo\/shop\.ts:2/,
  ],
  [
    'a rule that is misspelt',
    { 'config/cluster.ts': "export default { id: 'v', severities: { orphand: 'off' } };" },
    /did you mean 'orphaned'/,
  ],
  [
    'an approval that is malformed',
    { 'config/approvals/a.yaml': '- { namespace: a }\n' },
    /the key 'reason' is missing at config\/approvals\/a\.yaml:1 \/0/,
  ],
  ['a dist that is a file', { dist: 'x' }, /dist is a file, not a folder/],
  [
    "somebody else's file in the place of one of ours",
    { 'dist/namespaces/demo/shop.yaml': 'a: 1\n' },
    /did not write is in the place of a generated one at dist\/namespaces\/demo\/shop\.yaml/,
  ],
  ['a broken file in dist that is not ours', { 'dist/x.yaml': 'a: [' }, /broken YAML: .* at dist\/x\.yaml:1/],
])('%s', (_, files, message) => {
  const root = deployed(files);
  const before = snapshot(root);
  expectRefused(cli(root, ['synth']), message);
  expect(snapshot(root)).toEqual(before);
});

test.each<[string, string, RegExp]>([
  [
    'a config that calls process.exit',
    'process.exit(0);',
    /the config ends the process: it calls process\.exit\(0\) at config\/namespaces\/demo\/shop\.ts:1/,
  ],
  [
    'a config that calls process.exit when it is looked at',
    "export default { name: 'shop', get labels() { process.exit(0); } };",
    /process\.exit\(0\) at config\/namespaces\/demo\/shop\.ts:1/,
  ],
  [
    'a config that hides process.exit',
    "try { process.exit(0); } catch {}\nexport default { name: 'shop' };",
    /process\.exit\(0\)/,
  ],
])('%s', (_, config, message) => {
  const root = deployed({ [SHOP]: config });
  const before = snapshot(root);
  expectRefused(binary(root, ['synth']), message);
  expect(snapshot(root)).toEqual(before);
});

const BOMB = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from('bcdefghij', (name, i) => {
    const before = 'abcdefghij'.charAt(i);
    return `${name}: &${name} [${Array(10).fill(`*${before}`).join(', ')}]`;
  }),
].join('\n');

test.each<[string, string | Buffer, RegExp]>([
  ['broken YAML', 'a: [\n', /broken YAML: .* at dist\/bad\.yaml:\d/],
  ['a YAML alias bomb', BOMB, /alias.* at dist\/bad\.yaml/],
  [
    'a file of 100 MB',
    Buffer.alloc(100_000_000, '#'),
    /96 MiB, more than the limit of 32 MiB at dist\/bad\.yaml/,
  ],
  ['a binary file', Buffer.from([0x89, 0x50, 0, 0xff]), /binary, not UTF-8 text at dist\/bad\.yaml/],
  ['duplicate keys', 'a: 1\na: 2\n', /unique at dist\/bad\.yaml:2/],
])('a baseline with %s', (_, content, message) => {
  const root = repository({ ...CONFIGS, 'dist/bad.yaml': content });
  write(root, { dist: undefined });
  const before = snapshot(root);
  expectRefused(cli(root, ['synth']), message);
  expect(snapshot(root)).toEqual(before);
});

test('a label called __proto__ at the baseline is a label like any other', () => {
  const other = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: other\n  labels:\n    __proto__: x\n';
  const root = repository({ ...CONFIGS, 'dist/other.yaml': other });
  write(root, { 'dist/other.yaml': undefined });
  expect(cli(root, ['synth'])).toMatchObject({
    status: 1,
    out: expect.stringContaining('namespace-removed'),
  });
});

test.each([
  [['synth', '--against'], /--against <baseline> needs a value/],
  [['synth', '--against='], /the baseline is empty/],
  [
    ['check', '--against', 'git:nowhere'],
    /there is no git ref 'nowhere' here .* git fetch origin \+refs\/heads\/nowhere:refs\/remotes\/origin\/nowhere/,
  ],
  [['check', '--against=git:--output=x'], /begins with '-'/],
  [['check', '--against=-x'], /'-x' looks like an option/],
  [['check', '--against', 'git:empty'], /has no dist\/, but its history had one/],
  [['check', '--against', './nowhere'], /does not exist at \.\/nowhere/],
  [['check', '--format', 'xml'], /no format 'xml' there are text, json/],
  [['check', '--output', '/nowhere/x.json'], /the report cannot be written/],
  [['snyth'], /no command 'snyth' did you mean synth\?/],
  [[], /no command was given/],
])('%j', (args, message) => {
  const root = deployed();
  git(root, 'checkout', '-q', '-b', 'empty');
  write(root, { dist: undefined });
  commit(root);
  git(root, 'checkout', '-q', 'main');
  const before = snapshot(root);
  expectRefused(cli(root, args), message);
  expect(snapshot(root)).toEqual(before);
});

test('an empty CDK8S_LIQO_AGAINST', () => {
  expectRefused(cli(deployed(), ['check'], { CDK8S_LIQO_AGAINST: '' }), /the baseline is empty/);
});

test('no git installed', () => {
  const bin = folder();
  symlinkSync(process.execPath, join(bin, 'node'));
  expectRefused(cli(deployed(), ['synth'], { PATH: bin }), /git is not installed/);
});

test('outside a repository, git is not needed', () => {
  const root = folder(CONFIGS);
  expect(cli(root, ['synth'], { PATH: folder() }).status).toBe(0);
});

test('a dist that nobody may write to', () => {
  const root = deployed();
  chmodSync(join(root, 'dist/namespaces/demo'), 0o555);
  const before = snapshot(root);
  const mayAnyway = process.getuid?.() === 0;
  const ran = cli(root, ['synth', '--against', './dist']);
  chmodSync(join(root, 'dist/namespaces/demo'), 0o755);
  if (mayAnyway) {
    expect(ran.status).toBe(0); // root is not held back; test/manifests/dist.test.ts has the refusal
    return;
  }
  expectRefused(ran, /dist cannot be written: EACCES/);
  expect(snapshot(root)).toEqual(before);
});

test('what a config prints does not end up among the findings', () => {
  const root = deployed({
    [SHOP]:
      "console.log('noise');\nexport default { name: 'shop', constructs() { process.stdout.write('more'); } };",
  });
  link(root);
  const { out, err } = binary(root, ['check', '--format', 'json', '--against', 'none']);
  expect(() => JSON.parse(out) as unknown).not.toThrow();
  expect(err).toContain('noise');
  expect(err).toContain('more');
});

test.each([
  ['a timer that ends the process', 'setTimeout(() => process.exit(0), 0);'],
  ['a tick that ends the process', 'process.nextTick(() => process.exit(0));'],
  ['a tick that ends it as Node does', "process.nextTick(() => Reflect.get(process, 'reallyExit')(0));"],
  ['a listener that lowers the status', "process.on('exit', () => { process.exitCode = 0; });"],
  ['a timer that never ends', 'setInterval(() => undefined, 1000);'],
  ['a promise that nobody waits for', "Promise.reject(new Error('later'));"],
  ['a timer that throws', "setTimeout(() => { throw new Error('later'); }, 0);"],
  [
    'a listener for what nobody caught',
    "process.on('uncaughtException', () => process.exit(0)); process.nextTick(() => { throw new Error('later'); });",
  ],
  [
    'a report of its own',
    "require('node:fs').writeFileSync = () => undefined; process.stdout.write = () => true; process.stderr.write = () => true;",
  ],
  ['a message of its own', "require('node:worker_threads').parentPort?.postMessage({ problems: [] });"],
  [
    'what it puts in the place of what everybody uses',
    'process.nextTick(() => undefined); Array.prototype.some = () => false; Map.prototype.get = Map.prototype.get; Object.is = () => true; RegExp.prototype.test = function (text) { return this.exec(text) !== null; };',
  ],
])('%s has no say in a rejection', (_, code) => {
  const root = deployed();
  cli(root, ['synth', '--against', 'none']);
  commit(root);
  const changed = CONFIGS[SHOP]?.toString().replace('DefaultName', 'EnforceSameName') ?? '';
  write(root, { [SHOP]: `${code}\n${changed}` });
  const { status, out, err } = binary(root, ['synth']);
  expect([status, out, err]).toEqual([
    1,
    expect.stringContaining('mapping-strategy-immutable'),
    'dist was left as it was\n',
  ]);
});

test.each([
  ['aborts', 'process.abort();', /the config throws: process\.abort\(\) is not supported in workers/],
  [
    'changes the folder',
    "process.chdir('/');",
    /the config throws: process\.chdir\(\) is not supported in workers/,
  ],
])('a config that %s is an error of its own', (_, code, message) => {
  const root = deployed();
  link(root);
  write(root, { [SHOP]: `${code}\n${CONFIGS[SHOP]?.toString() ?? ''}` });
  expectRefused(binary(root, ['check', '--against', 'none']), message);
});

test('configs that end their thread are no verdict', () => {
  const root = deployed();
  link(root);
  write(root, {
    [SHOP]: 'const all: unknown[] = [];\nfor (;;) all.push(new Array(1e6).fill(all.length));\n',
  });
  const ran = binary(root, ['check', '--against', 'none'], { NODE_OPTIONS: '--max-old-space-size=64' });
  expectRefused(ran, /the configs ended before they were read/);
});

test('constructs that reject later are one error', () => {
  const root = deployed();
  write(root, {
    [SHOP]: "export default { name: 'shop', constructs: async () => { throw new Error('c'); } };\n",
  });
  expectRefused(binary(root, ['synth']), /it returns a promise/);
});

test.each([
  ['nothing', ''],
  ['a comment', '# nothing\n'],
  [
    'an error of the API server',
    '{"apiVersion":"v1","kind":"Status","status":"Failure","message":"Forbidden"}',
  ],
  ['a table', '{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{},"rows":[]}'],
  ['a list of APIs', '{"kind":"APIGroupList","apiVersion":"v1","groups":[]}'],
])('a baseline on standard input that is %s is no empty cluster', (_, input) => {
  const root = deployed();
  expectRefused(
    cli(root, ['check', '--against', '-'], {}, input),
    /the baseline (contains no object|is an error)/,
  );
});

test('a list of nothing is an empty cluster', () => {
  const root = deployed();
  const { status, err } = cli(
    root,
    ['synth', '--against', '-'],
    {},
    '{"apiVersion":"v1","kind":"List","items":[]}',
  );
  expect([status, err]).toEqual([0, '']);
});

test('a folder without manifests, now and at the baseline, is not what was meant', () => {
  const root = deployed({ 'sub/README.md': 'x' });
  commit(root);
  expectRefused(cli(root, ['check', 'sub']), /it contains no manifest/);
  write(root, { empty: undefined, 'empty/x.txt': '' });
  expectRefused(cli(root, ['check', '--against', './empty']), /contains no object/);
});
