// What `print` prints is what `synth` writes, and nothing is written by it.
import { parseAllDocuments } from 'yaml';
import { cli, CONFIGS, folder, snapshot, write, type Files } from '../scratch';

const MANAGED: Files = {
  ...CONFIGS,
  'config/cluster.ts':
    "import { defineCluster } from 'cdk8s-liqo';\nexport default defineCluster({ id: 'venice', runtimeClass: { name: 'liqo', managed: true } });\n",
};

/** The texts of dist, in the order of their paths. */
const distOf = (root: string, part: string) =>
  [...snapshot(root)].filter(([path]) => path.startsWith(`dist/${part}`)).map(([, text]) => text);

test('byte for byte what dist holds, all of it or one namespace', () => {
  const root = folder(MANAGED);
  expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
  const written = snapshot(root);
  const all = cli(root, ['print']);
  expect(all).toMatchObject({ status: 0, err: '' });
  expect(all.out.length).toBe(distOf(root, '').join('').length);
  for (const text of distOf(root, '')) expect(all.out).toContain(text);
  expect(cli(root, ['print', 'shop'])).toEqual({
    status: 0,
    err: '',
    out: distOf(root, 'namespaces/demo/shop.yaml').join(''),
  });
  expect(snapshot(root)).toEqual(written);
});

test('json is a List of the same objects', () => {
  const root = folder(MANAGED);
  const objects = parseAllDocuments(cli(root, ['print']).out).map((one) => one.toJS() as unknown);
  expect(JSON.parse(cli(root, ['print', '--format', 'json']).out)).toEqual({
    apiVersion: 'v1',
    kind: 'List',
    items: objects,
  });
});

test('nothing is judged: what check rejects is printed', () => {
  const root = folder(CONFIGS);
  cli(root, ['synth', '--against', 'none']);
  const shop = CONFIGS['config/namespaces/demo/shop.ts']
    ?.toString()
    .replace('DefaultName', 'EnforceSameName');
  write(root, { 'config/namespaces/demo/shop.ts': shop });
  expect(cli(root, ['check', '--against', './dist']).status).toBe(1);
  expect(cli(root, ['print', 'shop'])).toMatchObject({
    status: 0,
    out: expect.stringContaining('EnforceSameName'),
  });
});

test('a namespace that no config declares', () => {
  expect(cli(folder(CONFIGS), ['print', 'shpo'])).toEqual({
    status: 2,
    out: '',
    err: "error: no config declares the namespace 'shpo'\n  did you mean 'shop'?\n",
  });
});
