// Repositories that are made to mislead git, or us about what it said.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../lib/input/error';
import { Repository } from '../../lib/manifests/git';
import { commit, folder, git, repository, write } from '../scratch';

const OFFLOADING = 'kind: NamespaceOffloading\n';

function around(root: string): Repository {
  const found = Repository.around(root);
  if (found === undefined) throw new Error('no repository');
  return found;
}

test('a file that is called like the commit hides nothing of it', () => {
  const root = repository({ 'old/shop.yaml': OFFLOADING });
  const first = git(root, 'rev-parse', 'HEAD');
  write(root, { old: undefined, [first]: '' });
  const second = commit(root);
  expect(around(root).manifestsWith(first, ['NamespaceOffloading'])).toEqual(['old/shop.yaml']);
  expect(around(root).manifestsWith(second, ['NamespaceOffloading'])).toEqual([]);
});

test.each<[string, (repository: Repository, missing: string) => unknown]>([
  ['what a commit holds', (one, missing) => one.manifestsWith(missing, ['a'])],
  ['whether a folder ever was there', (one, missing) => one.everHeld(missing, 'dist')],
  ['whether a commit is an ancestor', (one, missing) => one.isAncestor(missing, 'HEAD')],
  ['common ancestors', (one, missing) => one.mergeBases('main', missing, ['HEAD'])],
  ['a list of files', (one, missing) => one.list(missing, ['dist'])],
  ['a difference', (one, missing) => one.diff(missing, 'HEAD', ['dist'])],
  ['a log', (one, missing) => one.firstParents(missing, 'dist')],
  ['a blob', (one, missing) => one.read([missing])],
])('%s that git cannot tell is an error, not nothing', (_, ask) => {
  const one = around(repository({ 'dist/a.yaml': '' }));
  expect(() => ask(one, '1'.repeat(40))).toThrow(InputError);
});

test('a folder that looks like a bare repository is not taken for one: its config names commands', () => {
  const canary = join(folder(), 'ran');
  const config = `[core]
  repositoryformatversion = 1
  bare = false
  worktree = ..
[extensions]
  partialClone = origin
[remote "origin"]
  promisor = true
  url = ext::sh -c touch% ${canary}
[protocol "ext"]
  allow = always
`;
  const root = repository({
    'project/dist/a.yaml': '',
    'project/HEAD': 'ref: refs/heads/main\n',
    'project/refs/heads/main': `${'1'.repeat(40)}\n`,
    'project/objects/info/x': '',
    'project/config': config,
  });
  expect(() => Repository.around(join(root, 'project'))?.resolve('main')).toThrow(/bare repository/);
  expect(existsSync(canary)).toBe(false);
  // And where git does take it for one, the command runs: otherwise this test proves nothing.
  expect(() => git(join(root, 'project'), 'cat-file', '-p', 'main')).toThrow('');
  expect(existsSync(canary)).toBe(true);
});

test.each(['GIT_GLOB_PATHSPECS', 'GIT_NOGLOB_PATHSPECS', 'GIT_ICASE_PATHSPECS', 'GIT_LITERAL_PATHSPECS'])(
  '%s changes nothing',
  (name) => {
    const root = repository({ '.gitignore': 'ignored\n', 'dist/a.yaml': '', 'DIST/a.yaml': '' });
    process.env[name] = '1';
    try {
      const one = around(root);
      expect(one.list('HEAD', ['dist/']).map(({ path }) => path)).toEqual(['dist/a.yaml']);
      expect(one.list('HEAD', ['di*/'])).toEqual([]);
      expect(one.ignored(['ignored', 'kept', 'dist/a.yaml', 'a\nb/ignored'])).toEqual([
        'ignored',
        'a\nb/ignored',
      ]);
    } finally {
      Reflect.deleteProperty(process.env, name);
    }
  },
);

test.each(['\r', '\u0085', '\u2028', '\u2029'])('a file that holds a diff after %j moves no line', (end) => {
  const fake = ['', 'diff --git a/b b/b', '@@ -1 +1,999 @@', ''].join(end);
  const root = repository({ 'dist/a.yaml': 'a\n', 'dist/b.yaml': 'a\n' });
  const first = git(root, 'rev-parse', 'HEAD');
  write(root, { 'dist/a.yaml': `a\n${fake}\n`, 'dist/b.yaml': 'b\n' });
  commit(root);
  const diff = around(root).diff(first, 'HEAD', ['dist']);
  expect([...diff]).toEqual([
    ['dist/a.yaml', [{ old: { start: 1, count: 0 }, now: { start: 2, count: 1 } }]],
    ['dist/b.yaml', [{ old: { start: 1, count: 1 }, now: { start: 1, count: 1 } }]],
  ]);
});
