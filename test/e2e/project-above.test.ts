// From a subfolder of a project the project is found, and said; paths mean what they mean from there.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl, liveNamespace, liveOffloading } from '../live';
import { cli, CONFIGS, copied, commit, repository, snapshot, write } from '../scratch';

const SAID = 'working in ../.., the project above\n';

const project = copied((): string => {
  const root = repository({
    ...CONFIGS,
    'config/namespaces/live.yaml': kubectl(liveNamespace('shop'), liveOffloading('shop')),
  });
  cli(root, ['synth']);
  commit(root);
  return root;
});

test.each([
  [['check', '--against', 'HEAD'], 0],
  [['plan', '--against', 'HEAD'], 0],
  [['synth', '--against', 'HEAD'], 0],
  [['explain', 'shop'], 0],
  [['print', 'shop'], 0],
  [['status', 'live.yaml'], 1],
])('%j', (args, status) => {
  const root = project();
  const [above, here] = [
    cli(join(root, 'config/namespaces'), args),
    cli(
      project(),
      args.map((one) => one.replace(/^live/, 'config/namespaces/live')),
    ),
  ];
  expect(above).toEqual({ ...here, err: SAID + here.err });
  expect(above.status).toBe(status);
});

test('files are named from where somebody stands', () => {
  const root = project();
  const here = join(root, 'config/namespaces');
  const args = [
    'check',
    '--against',
    '../../dist',
    '--output',
    '../../r.txt',
    '--report',
    'json=../../r.json',
  ];
  expect(cli(here, args)).toMatchObject({ status: 0, out: '' });
  expect([...snapshot(root).keys()]).toEqual(expect.arrayContaining(['r.txt', 'r.json']));
});

test('quietly, where that is wanted', () => {
  expect(cli(join(project(), 'config/namespaces'), ['check', '-q', '--against', 'HEAD'])).toEqual({
    status: 0,
    out: '',
    err: '',
  });
});

test('not where a folder was named, or a folder of manifests', () => {
  const root = project();
  write(root, { 'deploy/a.yaml': '' });
  expect(cli(root, ['-C', 'deploy', 'check'])).toMatchObject({
    status: 2,
    err: expect.stringContaining('no config/cluster.ts'),
  });
  expect(cli(join(root, 'deploy'), ['check', '.', '--against', 'HEAD']).err).not.toContain('project above');
});

test('not beyond the repository', () => {
  const root = project();
  const inner = join(root, 'inner/deep');
  mkdirSync(inner, { recursive: true });
  mkdirSync(join(root, 'inner/.git'));
  expect(cli(inner, ['check'])).toMatchObject({
    status: 2,
    err: expect.not.stringContaining('project above'),
  });
});
