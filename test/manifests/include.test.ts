import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../lib/input/error';
import { readIncluded } from '../../lib/manifests/include';
import { folder } from '../scratch';

const repository = folder({
  'apps/shop/web.yaml': 'a: 1\n',
  'apps/shop/db.yml': 'b: 1\n',
  'apps/shop/deep/job.json': '{}',
  'apps/shop/notes.md': '#',
  'apps/blog/web.yaml': 'c: 1\n',
  'shared/base.yaml': 'd: 1\n',
  'venice/local.yaml': 'e: 1\n',
  'venice/dist/x.yaml': 'f: 1\n',
  'apps/binary.yaml': Buffer.from([0xff, 0xfe, 0x00]),
});
const outside = folder({ 'secret.yaml': 'g: 1\n' });
symlinkSync(outside, join(repository, 'out'));
symlinkSync(outside, join(repository, 'venice', 'away'));

const read = (path: string, root = repository) =>
  readIncluded(path, { root, boundary: repository }).map(({ file }) => file);

test.each([
  ['apps/shop/web.yaml', ['apps/shop/web.yaml']],
  ['./apps/shop/web.yaml', ['apps/shop/web.yaml']],
  ['apps/shop', ['apps/shop/db.yml', 'apps/shop/deep/job.json', 'apps/shop/web.yaml']],
  ['apps/shop/', ['apps/shop/db.yml', 'apps/shop/deep/job.json', 'apps/shop/web.yaml']],
  ['apps/*/web.yaml', ['apps/blog/web.yaml', 'apps/shop/web.yaml']],
  ['apps/shop/**/*.json', ['apps/shop/deep/job.json']],
  ['apps/{shop,blog}/*.yaml', ['apps/blog/web.yaml', 'apps/shop/web.yaml']],
])('%s', (path, files) => {
  expect(read(path)).toEqual(files);
});

test('a project in a folder may take what lies elsewhere in its repository', () => {
  const venice = join(repository, 'venice');
  expect(read('../shared/base.yaml', venice)).toEqual(['../shared/base.yaml']);
  expect(read('../apps/*/web.yaml', venice)).toEqual(['../apps/blog/web.yaml', '../apps/shop/web.yaml']);
});

test('the text is that of the file', () => {
  expect(readIncluded('apps/shop/db.yml', { root: repository, boundary: repository })).toEqual([
    { file: 'apps/shop/db.yml', text: 'b: 1\n' },
  ]);
});

const VENICE = join(repository, 'venice');

test.each<[string, RegExp, string]>([
  ['../x.yaml', /points outside the repository/, repository],
  ['apps/../../x', /points outside the repository/, repository],
  ['../../**/*.yaml', /points outside the repository/, VENICE],
  ['out/secret.yaml', /points outside the repository/, repository],
  ['out', /points outside the repository/, repository],
  ['out/*.yaml', /points outside the repository/, repository],
  ['dist/x.yaml', /points into dist/, VENICE],
  ['dist', /points into dist/, VENICE],
  ['.', /symbolic link/, VENICE],
  ['/etc', /is absolute/, repository],
  ['C:/x', /is absolute/, repository],
  ['a\\b', /backslash/, repository],
  ['a\nb', /control characters/, repository],
  ['', /is empty/, repository],
  ['.git/config.yaml', /points into \.git/, repository],
  ['apps/.GIT/config.yaml', /points into \.git/, repository],
  ['apps/none.yaml', /matches no manifest/, repository],
  ['apps/shop/*.txt', /matches no manifest/, repository],
  ['apps/binary.yaml', /binary/, repository],
])('%j is refused', (path, message, root) => {
  expect(() => read(path, root)).toThrow(InputError);
  expect(() => read(path, root)).toThrow(message);
});

test('a folder around dist leaves dist out', () => {
  const root = folder({ 'a.yaml': '', 'dist/b.yaml': '' });
  expect(readIncluded('.', { root, boundary: root }).map(({ file }) => file)).toEqual(['a.yaml']);
});
