// cdk8s-liqo status with the built binary: from standard input and a file, and what it refuses.
import { stringify } from 'yaml';
import { kubectl, liveNamespace, liveOffloading, LOOPING, offloadingStatus, SELECTED } from '../live';
import { cli, CONFIGS, folder, link, snapshot, write } from '../scratch';

const LIVE = [
  ...['kube-system', 'shop', 'blog'].map((name) => liveNamespace(name)),
  liveOffloading('shop'),
  liveOffloading('blog', { podOffloadingStrategy: 'Local' }),
];
const FAILED = [
  ...LIVE.slice(0, 3),
  liveOffloading(
    'shop',
    {},
    { status: offloadingStatus('AllFailed', 'shop-venice', { naples: [SELECTED, LOOPING] }) },
  ),
];

function project(): string {
  const root = folder(CONFIGS);
  link(root);
  return root;
}

test.each([
  ['standard input', ['status', '-'], kubectl(...LIVE)],
  ['standard input by default', ['status'], kubectl(...LIVE)],
  ['standard input, as YAML', ['status', '-'], stringify(JSON.parse(kubectl(...LIVE)))],
])('all is as wanted, from %s; nothing is written', (_, args, input) => {
  const root = project();
  const before = snapshot(root);
  const { status, out, err } = cli(root, args, {}, input);
  expect([status, err]).toEqual([0, '']);
  expect(out).toBe(`  blog  ready       1 of 1 cluster ready, as blog-venice
  shop  ready       1 of 1 cluster ready, as shop-venice

in sync: 2 namespaces, 2 ready
`);
  expect(snapshot(root)).toEqual(before);
});

test('not all is, from a file', () => {
  const root = project();
  write(root, { 'live.json': kubectl(...FAILED) });
  const { status, out, err } = cli(root, ['status', 'live.json']);
  expect([status, err]).toEqual([1, '']);
  expect(out).toMatch(
    /^ {2}blog {2}missing {5}there is no NamespaceOffloading\n {2}shop {2}failed {6}no twin/,
  );
  expect(out).toMatch(/\nout of sync: 2 namespaces, 1 missing, 1 failed\n$/);
});

test('dist alone will do where there is no config', () => {
  const root = project();
  cli(root, ['synth', '--against', 'none']);
  write(root, { config: undefined });
  expect(cli(root, ['status', '-'], {}, kubectl(...LIVE)).status).toBe(0);
  expect(cli(root, ['status', '-'], {}, kubectl(...FAILED)).status).toBe(1);
});

test('json, to a file', () => {
  const root = project();
  const { status, out } = cli(
    root,
    ['status', '--format', 'json', '--output', 'o.json'],
    {},
    kubectl(...LIVE),
  );
  expect([status, out]).toEqual([0, '']);
  expect(JSON.parse(snapshot(root).get('o.json') ?? '')).toMatchObject({
    version: 1,
    asWanted: true,
    summary: { ready: 2, failed: 0 },
  });
});

test.each([
  ['nothing', ['status', '-'], '', /neither a Namespace nor a NamespaceOffloading/],
  [
    'an error of the API server',
    ['status', '-'],
    '{"apiVersion":"v1","kind":"Status"}',
    /neither a Namespace/,
  ],
  ['broken JSON', ['status', '-'], '{ "items": [', /broken JSON/],
  ['a manifest', ['status', '-'], 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n', /has no UID/],
  ['no file', ['status', 'gone.yaml'], '', /'gone.yaml' does not exist/],
  ['a folder', ['status', 'config'], '', /'config' is a folder/],
])('%s is exit status 2', (_, args, input, message) => {
  const { status, out, err } = cli(project(), args, {}, input);
  expect([status, out]).toEqual([2, '']);
  expect(err.replace(/\s+/g, ' ')).toMatch(message);
  expect(err).not.toMatch(/at .*\.js:/);
});
