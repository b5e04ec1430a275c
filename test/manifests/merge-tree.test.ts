// A merge is git's own: what it takes up, what it refuses, and that nothing of it stays in the repository.
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../lib/input/error';
import { findTarget } from '../../lib/manifests/baseline-target';
import { Repository } from '../../lib/manifests/git';
import { MergeTree } from '../../lib/manifests/merge-tree';
import { commit, folder, git, parted, repository, snapshot, write, type Files } from '../scratch';

const MAIN: Files = { 'a.yaml': 'one\n\n\n\ntwo\n', 'b.yaml': 'b\n', '.gitignore': 'ignored/\n' };

const behind = (theirs: Files, ours: Files, base: Files = MAIN) => parted(base, theirs, ours);

interface Outcome {
  readonly files: Readonly<Record<string, string>>;
  readonly conflicts: readonly string[];
}

function mergeOf(root: string, without: readonly string[] = []): Outcome {
  const repo = Repository.around(root);
  const target = findTarget({ against: 'main', root, repository: repo, folder: '.', merges: true });
  if (repo === undefined || target.kind !== 'git' || target.merge === undefined) throw new Error('no merge');
  const merge = MergeTree.of(repo, { ...target, merge: target.merge });
  try {
    merge.write(new Set(without));
    const files = [...snapshot(merge.folder)].map(([path, text]) => [path, text] as const);
    return { files: Object.fromEntries(files), conflicts: merge.conflicts };
  } finally {
    merge.remove();
  }
}

function failure(root: string) {
  try {
    mergeOf(root);
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.problems[0];
    throw thrown;
  }
  return undefined;
}

// Other tests merge at the same time: what is left is looked for in a folder of our own.
const TEMPORARY = folder();
beforeEach(() => {
  jest.spyOn(os, 'tmpdir').mockReturnValue(TEMPORARY);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const temporary = () => readdirSync(TEMPORARY).filter((name) => name.startsWith('cdk8s-liqo-merge-'));

/** What a set variable makes of a call. */
function withEnv<T>(env: NodeJS.ProcessEnv, call: () => T): T {
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    return call();
  } finally {
    for (const name of Object.keys(env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  }
}

test('lines that both sides changed in one file are merged', () => {
  const root = behind({ 'a.yaml': 'one!\n\n\n\ntwo\n' }, { 'a.yaml': 'one\n\n\n\ntwo!\n' });
  expect(mergeOf(root)).toEqual({
    files: expect.objectContaining({ 'a.yaml': 'one!\n\n\n\ntwo!\n' }),
    conflicts: [],
  });
});

test('what is not committed yet counts, staged, changed, new or gone; what git ignores does not', () => {
  const root = behind({ 'main.yaml': 'main\n' }, { 'staged.yaml': 'old\n' });
  write(root, { 'staged.yaml': 'staged\n' });
  git(root, 'add', '-A');
  write(root, {
    'a.yaml': 'changed\n',
    'sub/new.yaml': 'new\n',
    'b.yaml': undefined,
    'ignored/x.yaml': 'x\n',
  });
  expect(mergeOf(root).files).toEqual({
    '.gitignore': undefined, // no file that anybody reads
    'main.yaml': 'main\n',
    'staged.yaml': 'staged\n',
    'a.yaml': 'changed\n',
    'sub/new.yaml': 'new\n',
  });
});

test('nothing changes in the repository, and nothing stays in the temporary folder', () => {
  const root = behind({ 'main.yaml': 'main\n' }, { 'ours.yaml': 'ours\n' });
  write(root, { 'new.yaml': 'new\n', 'a.yaml': 'changed\n' });
  write(root, { '.git/hooks/post-index-change': '#!/bin/sh\ntouch "$GIT_DIR/../hooked"\n' });
  chmodSync(join(root, '.git/hooks/post-index-change'), 0o755);
  const state = () => [
    readFileSync(join(root, '.git/index')).toString('latin1'),
    git(root, 'count-objects', '-v'),
    git(root, 'for-each-ref'),
    snapshot(root),
    existsSync(join(root, 'hooked')),
  ];
  const [before, kept] = [state(), temporary()];
  mergeOf(root);
  expect(state()).toEqual(before);
  expect(temporary()).toEqual(kept);
});

test('files in conflict are named, whatever they are called', () => {
  const names = ['a b.yaml', 'ä.yaml', 'x\ny.yaml', '-x.yaml'];
  const all = (text: string) => Object.fromEntries(names.map((name) => [name, text]));
  const root = behind(all('theirs\n'), all('ours\n'), { ...MAIN, ...all('base\n') });
  const { conflicts, files } = mergeOf(root, names);
  expect([...conflicts].sort()).toEqual([...names].sort());
  expect(Object.keys(files).sort()).toEqual(['a.yaml', 'b.yaml']);
});

test('a file that one side changed and the other took away is in conflict', () => {
  const root = behind({ 'b.yaml': undefined }, { 'b.yaml': 'changed\n' });
  expect(mergeOf(root).conflicts).toEqual(['b.yaml']);
});

test('a criss-cross is merged as git does, over both of its ancestors', () => {
  const root = behind({ 'm.yaml': 'm\n' }, { 'w.yaml': 'w\n' });
  git(root, 'tag', 'before');
  git(root, 'merge', '-q', '-m', 'merge', 'main');
  git(root, 'checkout', '-q', 'main');
  git(root, 'merge', '-q', '-m', 'merge', 'before');
  write(root, { 'a.yaml': 'main\n' });
  commit(root);
  git(root, 'checkout', '-q', 'work');
  expect(mergeOf(root)).toMatchObject({
    files: { 'a.yaml': 'main\n', 'm.yaml': 'm\n', 'w.yaml': 'w\n' },
    conflicts: [],
  });
});

test("git's filters apply as in a commit and in a checkout", () => {
  const attributes = { '.gitattributes': '*.yaml filter=shout\n' };
  const root = repository({ ...MAIN, ...attributes });
  git(root, 'config', 'filter.shout.clean', 'tr a-z A-Z');
  git(root, 'config', 'filter.shout.smudge', 'tr A-Z a-z');
  git(root, 'checkout', '-q', '-b', 'work');
  git(root, 'checkout', '-q', 'main');
  write(root, { 'm.yaml': 'main\n' });
  commit(root);
  git(root, 'checkout', '-q', 'work');
  write(root, { 'new.yaml': 'New\n' });
  expect(mergeOf(root).files).toMatchObject({ 'm.yaml': 'main\n', 'new.yaml': 'new\n' });
});

test('links stay links', () => {
  const root = behind({ 'm.yaml': 'm\n' }, {});
  symlinkSync('b.yaml', join(root, 'link.yaml'));
  write(root, { 'README.md': 'read me\n', 'docs/a.md': '' });
  symlinkSync('../README.md', join(root, 'docs/link'));
  const repo = Repository.around(root);
  const target = findTarget({ against: 'main', root, repository: repo, folder: '.', merges: true });
  if (repo === undefined || target.kind !== 'git' || target.merge === undefined) throw new Error('no merge');
  const merge = MergeTree.of(repo, { ...target, merge: target.merge });
  merge.write(new Set());
  expect(snapshot(merge.folder).has('link.yaml')).toBe(false);
  expect(existsSync(join(merge.folder, 'link.yaml'))).toBe(true);
  expect(readFileSync(join(merge.folder, 'docs/link'), 'utf8')).toBe('read me\n'); // and lead where they led
  merge.remove();
});

test('a repository in the work tree that has no commit is left out, as no commit could hold it', () => {
  const root = behind({ 'm.yaml': 'm\n' }, {});
  for (const nested of ['vendored', "odd 'name"]) {
    write(root, { [`${nested}/x.yaml`]: 'x\n' });
    git(join(root, nested), 'init', '-q');
  }
  write(root, { 'new.yaml': 'new\n' });
  const { files } = mergeOf(root);
  expect(Object.keys(files).sort()).toEqual(
    ['.gitignore', 'a.yaml', 'b.yaml', 'm.yaml', 'new.yaml'].slice(1),
  );
});

describe('one clear error, and nothing left', () => {
  const kept = temporary();
  afterEach(() => {
    expect(temporary()).toEqual(kept);
  });

  test('for a merge that is still in conflict', () => {
    const root = behind({ 'b.yaml': 'theirs\n' }, { 'b.yaml': 'ours\n' });
    git(root, 'branch', 'other', 'main');
    git(root, 'checkout', '-q', 'main');
    write(root, { 'c.yaml': 'c\n' });
    commit(root);
    git(root, 'checkout', '-q', 'work');
    expect(() => git(root, 'merge', '-q', 'other')).toThrow();
    expect(failure(root)).toMatchObject({
      file: 'b.yaml',
      message: expect.stringMatching(/still has conflicts/),
    });
  });

  test('for histories that have nothing in common', () => {
    const root = repository(MAIN);
    git(root, 'checkout', '-q', '--orphan', 'work');
    commit(root);
    expect(failure(root)).toMatchObject({ message: expect.stringMatching(/no commit in common/) });
  });

  test('for a git that cannot merge without a work tree', () => {
    const root = behind({ 'm.yaml': 'm\n' }, { 'w.yaml': 'w\n' });
    const script = [
      '#!/bin/sh',
      'for word; do case "$word" in',
      'merge-tree) echo "usage: git merge-tree <base-tree> <branch1> <branch2>" >&2; exit 129 ;;',
      'version) echo "git version 2.34.1"; exit 0 ;;',
      'esac; done',
      `PATH=${process.env['PATH'] ?? ''} exec git "$@"`,
    ];
    const bin = folder({ git: script.join('\n') });
    chmodSync(join(bin, 'git'), 0o755);
    const found = withEnv({ PATH: `${bin}:${process.env['PATH'] ?? ''}` }, () => failure(root));
    expect(found).toMatchObject({
      message: expect.stringMatching(/^git 2\.34\.1 cannot compute .* needs git 2\.38$/),
      remedy: expect.stringContaining('merge main into this branch'),
    });
  });

  test('for a merge driver that fails', () => {
    const root = behind(
      { 'a.yaml': 'one!\n\n\n\ntwo\n' },
      { 'a.yaml': 'one\n\n\n\ntwo!\n' },
      { ...MAIN, '.gitattributes': '*.yaml merge=fails\n' },
    );
    git(root, 'config', 'merge.fails.driver', 'exit 200');
    const outcome = failure(root) ?? mergeOf(root).conflicts;
    expect(JSON.stringify(outcome)).toMatch(/cannot merge|a\.yaml/);
  });

  test('for a temporary folder that is not there', () => {
    const root = behind({ 'm.yaml': 'm\n' }, { 'w.yaml': 'w\n' });
    const elsewhere = jest.spyOn(os, 'tmpdir').mockReturnValue(join(root, 'nowhere'));
    const found = failure(root);
    elsewhere.mockRestore();
    expect(found).toMatchObject({
      message: expect.stringMatching(/temporary folder for a merge cannot be used/),
    });
  });

  test('for a clean filter that fails', () => {
    const root = behind(
      { 'm.yaml': 'm\n' },
      { 'w.yaml': 'w\n' },
      { ...MAIN, '.gitattributes': '*.yaml filter=f\n' },
    );
    git(root, 'config', 'filter.f.clean', 'exit 1');
    git(root, 'config', 'filter.f.required', 'true');
    write(root, { 'new.yaml': 'new\n' });
    expect(failure(root)).toMatchObject({
      message: expect.stringMatching(/^git cannot add the work tree to a merge: /),
    });
  });
});
