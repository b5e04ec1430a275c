import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../lib/input/error';
import { openBaseline, type Baseline } from '../../lib/manifests/baseline';
import { findTarget } from '../../lib/manifests/baseline-target';
import { Repository } from '../../lib/manifests/git';
import { KnownTexts } from '../../lib/manifests/known';
import { writeFile } from '../../lib/manifests/write';
import { namespace, offloading } from '../judge/given';
import { commit, folder, git, repository, write, type Files } from '../scratch';

const dist = (...names: string[]): Files =>
  Object.fromEntries(names.map((name) => [`dist/${name}.yaml`, namespace(name)]));

function open(root: string, against?: string, known = new KnownTexts(), merges = false): Baseline {
  return openBaseline({ against, root, repository: Repository.around(root), folder: 'dist', known, merges });
}

const names = ({ manifests }: Baseline) => manifests.map(({ name }) => name).sort();
const opened = (root: string, against?: string) => {
  const baseline = open(root, against);
  return [baseline.kind, baseline.ref, names(baseline)];
};

/** The one problem of a baseline that cannot be opened. */
function problem(root: string, against?: string, merges = false) {
  try {
    open(root, against, undefined, merges);
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.problems[0];
    throw thrown;
  }
  return undefined;
}

describe('the default', () => {
  test.each([
    ['origin/HEAD', ['HEAD', 'main', 'master']],
    ['origin/main', ['main', 'master']],
    ['origin/master', ['master']],
  ])('is %s where origin has %j', (ref, branches) => {
    const root = repository(dist('deployed'));
    for (const branch of branches) git(root, 'update-ref', `refs/remotes/origin/${branch}`, 'HEAD');
    write(root, dist('new'));
    commit(root);
    expect(opened(root)).toEqual(['git', ref, ['deployed']]);
  });

  test('passes over an origin/HEAD whose branch is gone', () => {
    const root = repository(dist('deployed'));
    git(root, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/gone');
    git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    write(root, dist('new'));
    commit(root);
    expect(opened(root)).toEqual(['git', 'origin/main', ['deployed']]);
  });

  test('is not guessed where a main branch of origin is broken', () => {
    const root = repository(dist('deployed'));
    write(root, { '.git/refs/remotes/origin/main': 'nonsense\n' });
    expect(problem(root)?.message).toMatch(
      /^git cannot look up a ref: .*broken ref refs\/remotes\/origin\/main/,
    );
  });

  test('is HEAD without a remote, whatever lies on the disk', () => {
    const root = repository(dist('deployed'));
    write(root, { dist: undefined });
    expect(opened(root)).toEqual(['git', 'HEAD', ['deployed']]);
  });

  test('is nothing that can be guessed where the main branch of origin is not known', () => {
    const root = repository(dist('deployed'));
    git(root, 'update-ref', 'refs/remotes/origin/feature', 'HEAD');
    expect(problem(root)).toMatchObject({ command: expect.stringContaining('git fetch origin') });
  });

  test('is the dist on disk outside git, and in a repository without a commit', () => {
    const root = folder(dist('deployed'));
    expect(opened(root)).toEqual(['folder', './dist', ['deployed']]);
    git(root, 'init', '-q');
    expect(opened(root)).toEqual(['folder', './dist', ['deployed']]);
  });

  test('is nothing at all where nothing is, and says so', () => {
    expect(open(folder())).toMatchObject({
      kind: 'none',
      manifests: [],
      description: expect.stringMatching(/first run/),
    });
  });
});

describe('a folder that is judged as it lies there', () => {
  const judged =
    (root: string, against: string | undefined, folder = 'dist') =>
    () =>
      openBaseline({
        against,
        root,
        repository: Repository.around(root),
        folder,
        judged: join(root, folder),
        known: new KnownTexts(),
      });

  test('is not compared with itself by default', () => {
    const root = folder(dist('deployed'));
    expect(judged(root, undefined)).toThrow(
      /there is no git commit, so the earlier contents of dist\/ are unknown/,
    );
    git(root, 'init', '-q');
    expect(judged(root, undefined)).toThrow(/there is no git commit/);
    commit(root);
    expect(judged(root, undefined)().ref).toBe('HEAD');
  });

  test.each(['./dist', './dist/', '.', './link', './dist/deployed.yaml'])(
    'is not compared with itself as %s',
    (against) => {
      const root = repository(dist('deployed'));
      symlinkSync('dist', join(root, 'link'));
      expect(judged(root, against)).toThrow(/compared with itself/);
    },
  );

  test.each(['./dist2', './other/dist', './list.yaml'])('is compared with %s', (against) => {
    const text = namespace('deployed');
    const root = repository({
      ...dist('new'),
      'dist2/a.yaml': text,
      'other/dist/a.yaml': text,
      'list.yaml': text,
    });
    expect(names(judged(root, against)())).toEqual(['deployed']);
  });
});

describe('what is named', () => {
  const root = () => {
    const made = repository({ ...dist('first'), 'deploy/x.yaml': namespace('elsewhere') });
    git(made, 'tag', 'v1');
    git(made, 'branch', 'feature/a');
    write(made, dist('second'));
    commit(made);
    return made;
  };

  test.each([
    ['git:HEAD~1', ['git', 'HEAD~1', ['first']]],
    ['HEAD~1', ['git', 'HEAD~1', ['first']]],
    ['git:v1', ['git', 'v1', ['first']]],
    ['feature/a', ['git', 'feature/a', ['first']]],
    ['git:HEAD:deploy', ['git', 'HEAD', ['elsewhere']]],
    ['git:HEAD:./deploy/', ['git', 'HEAD', ['elsewhere']]],
    ['git:HEAD:.', ['git', 'HEAD', ['elsewhere', 'first', 'second']]],
    ['./deploy', ['folder', './deploy', ['elsewhere']]],
    ['./deploy/x.yaml', ['file', './deploy/x.yaml', ['elsewhere']]],
    ['none', ['none', undefined, []]],
  ])('%s', (against, expected) => {
    expect(opened(root(), against)).toEqual(expected);
  });

  test('a file may hold several documents, JSON or a List', () => {
    const made = folder({
      'all.yaml': `${namespace('a')}---\n${namespace('b')}`,
      'list.json': JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'c' } }],
      }),
    });
    expect(opened(made, './all.yaml')[2]).toEqual(['a', 'b']);
    expect(opened(made, join(made, 'list.json'))[2]).toEqual(['c']);
  });

  test.each([
    ['', /the baseline is empty/],
    ['git:', /ref "" is empty/],
    ['git:nowhere', /no git ref 'nowhere'/],
    [`git:${'0'.repeat(40)}`, /all zeros, which CI gives as the commit before a new branch/],
    ['nowhere', /no git ref 'nowhere'/],
    ['git:HEAD:nowhere', /has no folder 'nowhere'/],
    ['git:HEAD:../x', /outside the repository/],
    ['git:--output=/tmp/x', /begins with '-'/],
    ['--output=/tmp/x', /begins with '-'/],
    ['git:HEAD:/etc', /outside the repository/],
    ['git:HEAD\u001b', /control characters/],
    ['git:HEAD^{tree}', /no git ref/],
    ['./nowhere', /does not exist/],
    ['deploy', /no git ref 'deploy'/],
    ['dist', /no git ref 'dist'/],
  ])('%j cannot be judged against', (against, message) => {
    const made = root();
    write(made, { 'v1/a.yaml': namespace('trap') });
    expect(problem(made, against)).toMatchObject({ message: expect.stringMatching(message) });
  });

  test('a folder that contains no manifest is none', () => {
    const made = repository({ ...dist('first'), 'docs/a.md': '' });
    expect(problem(made, 'git:HEAD:docs')).toMatchObject({
      message: expect.stringMatching(/^HEAD:docs \(\w+\) contains no manifest/),
    });
  });

  test('git: reads the ref, even where a folder has its name', () => {
    const made = root();
    write(made, { 'v1/a.yaml': namespace('trap'), 'main/dist/a.yaml': namespace('trap'), HEAD: 'trap' });
    git(made, 'add', '-A');
    expect(opened(made, 'git:v1')[2]).toEqual(['first']);
    expect(opened(made, 'git:main')[2]).toEqual(['first', 'second']);
    expect(opened(made)[2]).toEqual(['first', 'second']);
  });

  test('a branch and a tag of one name are ambiguous, written in full they are not', () => {
    const made = root();
    git(made, 'branch', 'v1');
    expect(problem(made, 'git:v1')).toMatchObject({ message: expect.stringContaining('ambiguous') });
    expect(opened(made, 'git:refs/tags/v1')[2]).toEqual(['first']);
  });

  test('a bare word is a ref, and never the folder of that name', () => {
    const made = root();
    write(made, { 'v1/a.yaml': namespace('trap') });
    expect(opened(made, 'v1')[2]).toEqual(['first']);
    expect(problem(made, 'deploy')).toMatchObject({ remedy: expect.stringContaining('./deploy') });
  });

  test.each([
    ['origin/main', 'main'],
    ['main2', 'main2'],
    ['git:origin/a/b', 'a/b'],
  ])('of %s that is not here, the command that brings it is told', (against, branch) => {
    expect(problem(root(), against)).toMatchObject({
      command: `git fetch origin +refs/heads/${branch}:refs/remotes/origin/${branch}`,
    });
  });

  test.each(['a b', 'x;y', '$(x)', '-x', 'HEAD~9', 'a..b'])('of %j no command is made', (against) => {
    expect(problem(root(), `git:${against}`)?.command).toBeUndefined();
  });

  test('a bare word outside git is no path either', () => {
    expect(problem(folder(), 'main')).toMatchObject({
      message: expect.stringContaining('not a git repository'),
    });
  });
});

describe('a ref without dist', () => {
  test('is a first run where its history never had one', () => {
    const root = repository({ 'README.md': 'x' });
    expect(open(root)).toMatchObject({
      kind: 'git',
      manifests: [],
      description: expect.stringContaining('a first run'),
    });
  });

  test('is unreadable where its history had one', () => {
    const root = repository(dist('deployed'));
    write(root, { dist: undefined });
    commit(root);
    commit(root, 'later');
    expect(problem(root)).toMatchObject({
      message: expect.stringMatching(/has no dist\/, but its history had one/),
    });
  });

  test('is unreadable where a merged branch had one and the merge dropped it', () => {
    const root = repository({ 'README.md': 'x' });
    git(root, 'checkout', '-q', '-b', 'side');
    write(root, dist('deployed'));
    commit(root);
    git(root, 'checkout', '-q', 'main');
    commit(root, 'other');
    git(root, 'merge', '-q', '--no-ff', '-s', 'ours', '-m', 'merge', 'side');
    expect(problem(root)).toMatchObject({ message: expect.stringContaining('its history had one') });
  });

  test('is unreadable in a shallow clone, which says what to fetch', () => {
    const origin = repository(dist('deployed'));
    write(origin, { dist: undefined, 'README.md': 'x' });
    commit(origin);
    const root = join(folder(), 'clone');
    git(origin, 'clone', '-q', '--depth', '1', `file://${origin}`, root);
    expect(problem(root)).toMatchObject({
      message: expect.stringContaining('shallow'),
      command: 'git fetch --unshallow',
    });
  });
});

describe('a folder that is new', () => {
  const offloads = (name: string) => `${offloading(name)}---\n${namespace(name)}`;

  test('counts what offloaded namespaces in another place and is gone from there as deployed', () => {
    const root = repository({
      'old/dist/namespaces/a.yaml': offloads('a'),
      'manifests/b.yaml': offloads('b'),
      'manifests/c.yaml': offloads('c'),
      'README.md': 'kind: NamespaceOffloading',
    });
    write(root, { old: undefined, 'manifests/b.yaml': undefined });
    expect(opened(root)).toEqual(['git', 'HEAD', ['a', 'b', 'offloading', 'offloading']]);
    expect(open(root).description).toMatch(
      /^HEAD \(\w{12}\), where manifests\/b.yaml and 1 more file declared the objects that this change moves$/,
    );
    expect(opened(root, 'git:HEAD:old/dist')).toEqual(['git', 'HEAD', ['a', 'offloading']]);
    expect(open(root, 'git:HEAD:old/dist').description).toMatch(/^HEAD:old\/dist \(\w{12}\)$/);
  });

  test('is unreadable where what is gone from another place is', () => {
    const root = repository({ 'manifests/a.yaml': `{{ x }}\n${offloads('a')}` });
    write(root, { manifests: undefined });
    expect(problem(root)).toMatchObject({ file: 'manifests/a.yaml' });
  });

  test('is one where the others are where they were', () => {
    const root = repository({
      'clusters/florence/dist/a.yaml': offloads('a'),
      'README.md': 'kind: NamespaceOffloading',
    });
    write(root, { 'README.md': undefined });
    expect(opened(root)).toEqual(['git', 'HEAD', []]);
  });
});

describe('where the repository is', () => {
  test('shallow, the tip is enough', () => {
    const origin = repository(dist('first'));
    write(origin, dist('second'));
    commit(origin);
    const root = join(folder(), 'clone');
    git(origin, 'clone', '-q', '--depth', '1', `file://${origin}`, root);
    expect(opened(root)).toEqual(['git', 'origin/HEAD', ['first', 'second']]);
  });

  test('a worktree, its own HEAD counts', () => {
    const root = repository(dist('first'));
    const tree = join(folder(), 'tree');
    git(root, 'worktree', 'add', '-q', tree);
    write(tree, dist('second'));
    commit(tree);
    expect(opened(tree)[2]).toEqual(['first', 'second']);
    expect(opened(root)[2]).toEqual(['first']);
  });

  test('larger than the project, the same folder is read', () => {
    const root = repository({ 'liqo/dist/a.yaml': namespace('inside'), ...dist('outside') });
    const project = join(root, 'liqo');
    const baseline = open(project);
    expect(names(baseline)).toEqual(['inside']);
    expect(baseline.manifests[0]?.source.file).toBe('liqo/dist/a.yaml');
    expect(opened(project, 'git:HEAD:dist')[2]).toEqual(['outside']);
    expect(opened(project, 'git:HEAD:./dist')[2]).toEqual(['inside']);
  });

  test('of SHA-256, blobs are known as well', () => {
    const root = folder(dist('a'));
    git(root, 'init', '-q', '-b', 'main', '--object-format=sha256');
    commit(root);
    expect(opened(root)[2]).toEqual(['a']);
  });

  test('is for the folder to say, not for variables that a hook hands down', () => {
    const root = repository(dist('deployed'));
    process.env['GIT_DIR'] = '/nonexistent';
    process.env['GIT_INDEX_FILE'] = '/nonexistent/index';
    try {
      expect(opened(root)).toEqual(['git', 'HEAD', ['deployed']]);
    } finally {
      delete process.env['GIT_DIR'];
      delete process.env['GIT_INDEX_FILE'];
    }
  });

  test('gone from under a worktree, it is no first run', () => {
    const root = repository(dist('deployed'));
    const tree = join(folder(), 'tree');
    git(root, 'worktree', 'add', '-q', tree);
    renameSync(join(root, '.git'), join(root, 'moved'));
    expect(() => open(tree)).toThrow('git cannot read the repository');
  });

  test('broken, it is no first run', () => {
    const root = repository(dist('deployed'));
    write(root, { '.git/config': '[core\n' });
    expect(() => Repository.around(root)).toThrow(InputError);
  });

  test('full of replacements, the real objects are read', () => {
    const root = repository(dist('deployed'));
    const blob = git(root, 'rev-parse', 'HEAD:dist/deployed.yaml');
    write(root, { 'x.yaml': namespace('fake') });
    git(root, 'replace', blob, git(root, 'hash-object', '-w', 'x.yaml'));
    expect(opened(root)[2]).toEqual(['deployed']);
  });

  test('on a detached HEAD, HEAD counts', () => {
    const root = repository(dist('deployed'));
    git(root, 'checkout', '-q', '--detach');
    expect(opened(root)[2]).toEqual(['deployed']);
  });
});

test.each(['a b', 'ä', "it's", '"', '*', 'new\nline', ':(top)', '-x'])('a file called %j is read', (name) => {
  expect(opened(repository({ [`dist/${name}.yaml`]: namespace('a') }))[2]).toEqual(['a']);
});

test.each([
  ['broken YAML', 'a: [', /broken YAML/],
  ['duplicate keys', 'a: 1\na: 2\n', /unique/],
  ['a binary file', Buffer.from([0, 1, 2, 255]), /binary/],
  ['a file that is too large', Buffer.alloc(33 * 1024 * 1024, '#'), /33 MiB/],
  ['a Git LFS pointer', 'version https://git-lfs', /bare value/],
])('%s at the ref is named, and never passed over', (_, content, message) => {
  const root = repository({ ...dist('good'), 'dist/bad.yaml': content });
  write(root, { 'dist/bad.yaml': undefined });
  expect(problem(root)).toMatchObject({ file: 'dist/bad.yaml', message: expect.stringMatching(message) });
});

test('a link at the ref cannot be judged', () => {
  const root = folder(dist('good'));
  symlinkSync('/etc', join(root, 'dist/link'));
  git(root, 'init', '-q', '-b', 'main');
  commit(root);
  expect(problem(root)).toMatchObject({
    file: 'dist/link',
    message: expect.stringContaining('symbolic link'),
  });
});

test.each([
  ['README.md', '../README.md', true],
  ['notes', '../README.md', true],
  ['a.yaml', '../README.md', false],
  ['kustomization.yaml', '../README.md', false],
  ['Kustomization', '../README.md', false],
  ['more', '../other', false],
  ['gone', 'nowhere', true],
  ['gone.yaml', 'nowhere.yaml', true],
  ['gone.yaml', '../../nowhere.yaml', false],
  ['kustomization.yaml', 'nowhere.yaml', false],
  ['gone.yaml', '/nowhere/a.yaml', false],
  ['out', '/etc/hostname', false],
])('a link %s to %s at the ref is passed over: %s', (name, target, passes) => {
  const root = folder({ ...dist('good'), 'README.md': 'x', 'other/a.yaml': namespace('a') });
  symlinkSync(target, join(root, 'dist', name));
  git(root, 'init', '-q', '-b', 'main');
  commit(root);
  const read = () => opened(root)[2];
  if (passes) expect(read()).toEqual(['good']);
  else expect(read).toThrow(/symbolic link/);
});

test('a submodule at the ref cannot be judged', () => {
  const root = repository(dist('good'));
  const inner = join(root, 'dist/sub');
  mkdirSync(inner);
  git(inner, 'init', '-q', '-b', 'main');
  commit(inner);
  commit(root);
  expect(problem(root)).toMatchObject({ message: expect.stringContaining('submodule') });
});

test('what a kustomization reads is no manifest, at a commit and in a folder', () => {
  const files = (folder: string) => ({
    [`${folder}/kustomization.yaml`]:
      '{ kind: Kustomization, resources: [a.yaml], patches: [{ path: p.yaml }] }',
    [`${folder}/a.yaml`]: namespace('a'),
    [`${folder}/p.yaml`]: '- { op: remove, path: /metadata/labels }\n',
  });
  const root = repository({ ...files('dist'), ...files('old') });
  for (const against of ['HEAD', './old']) expect(names(open(root, against))).toEqual(['a']);
  write(root, { 'old/kustomization.yaml': undefined });
  expect(open(root, './old').strays).toMatchObject([{ file: 'dist/p.yaml', isList: true }]);
});

test('a folder on disk stands for the judged one, with what decides what engines apply of it', () => {
  const root = folder({ 'old/x/a.yaml': namespace('a'), 'old/x/.sourceignore': '*', 'old/README.md': '' });
  const { manifests, steering } = open(root, './old');
  expect(manifests).toMatchObject([{ source: { file: 'old/x/a.yaml' }, appliedFrom: 'dist/x/a.yaml' }]);
  expect(steering).toEqual([{ path: 'dist/x/.sourceignore', text: '*' }]);
});

test('other files of the folder are no manifests', () => {
  expect(
    opened(repository({ ...dist('a'), 'dist/README.md': '- [', 'dist/x.bin': Buffer.from([0]) }))[2],
  ).toEqual(['a']);
});

test('what was just compiled is not parsed again', () => {
  const unreadable = 'a: [';
  const root = repository({ 'dist/a.yaml': unreadable });
  const known = new KnownTexts();
  known.add(unreadable, []);
  expect(open(root, undefined, known).manifests).toEqual([]);
});

test('approvals are those of the commit, none where the baseline is no commit', () => {
  const root = repository({ ...dist('a'), 'config/approvals/x.yaml': '[]\n', 'config/approvals/y.txt': 'x' });
  write(root, { 'config/approvals/new.yaml': '[]\n' });
  expect(open(root).approvals).toEqual([{ path: 'config/approvals/x.yaml', text: '[]\n' }]);
  expect(open(root, './dist').approvals).toBeUndefined();
});

/** A Kustomization of ours, or the same text in a place that its header does not name. */
const unit = (name: string, place = `gitops/flux/${name}.yaml`): Files => ({
  [place]: writeFile(`gitops/flux/${name}.yaml`, 'config/cluster.ts', [
    { body: { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name } } },
  ]),
});

test("units are the engines' objects of the commit, wherever they lie, none where the baseline is no commit", () => {
  const others = {
    ...unit('copy', 'gitops/flux/other.yaml'),
    ...unit('deep', 'gitops/flux/deep/x.yaml'),
    ...unit('elsewhere', 'gitops/elsewhere.yaml'),
    'gitops/flux/mine.yaml': '{ broken',
  };
  const root = repository({ ...dist('a'), ...unit('one'), ...others });
  symlinkSync('/etc/passwd', join(root, 'gitops/flux/link.yaml'));
  const inner = join(root, 'gitops/flux/sub.yaml');
  mkdirSync(inner);
  git(inner, 'init', '-q', '-b', 'main');
  commit(inner);
  commit(root);
  write(root, unit('new'));
  expect(open(root).units?.map(({ name }) => name)).toEqual(['one', 'elsewhere', 'deep', 'copy']);
  expect(open(root, './dist').units).toBeUndefined();
  write(root, { dist: undefined, 'copy/a.yaml': namespace('a') });
  expect(open(root, './copy').units).toBeUndefined();
});

test('a unit of ours that is broken there is no answer', () => {
  const root = repository({
    ...dist('a'),
    'gitops/flux/a.yaml': `${unit('a')['gitops/flux/a.yaml'] as string}---\n{`,
  });
  expect(problem(root)).toMatchObject({ file: 'gitops/flux/a.yaml', message: expect.stringMatching(/^at /) });
});

describe('where the ref is no ancestor of HEAD', () => {
  /** What is still to be merged, undefined where nothing is. */
  const merging = (root: string, against: string) => {
    const request = { against, root, repository: Repository.around(root), folder: 'dist', merges: true };
    const target = findTarget(request);
    return target.kind === 'git' ? target.merge : undefined;
  };

  /** main and work, both one commit away from a common first one. */
  function parted(): string {
    const root = repository({ ...dist('base'), ...unit('base') });
    git(root, 'checkout', '-q', '-b', 'work');
    write(root, { ...dist('ours'), ...unit('ours') });
    commit(root);
    git(root, 'checkout', '-q', 'main');
    write(root, { ...dist('theirs'), ...unit('theirs') });
    commit(root);
    git(root, 'checkout', '-q', 'work');
    return root;
  }

  test('both sides of the merge are known, with what they have in common', () => {
    const root = parted();
    const [base, head] = ['main~1', 'HEAD'].map((ref) => git(root, 'rev-parse', ref));
    expect(merging(root, 'git:main')).toEqual({ heads: [head], bases: [base] });
    expect(open(root, 'git:main', undefined, true).description).toMatch(/as if HEAD were merged into it/);
    expect(open(root, 'git:main').description).not.toMatch(/merged/);
  });

  test('and where it is one, nothing is merged', () => {
    const root = parted();
    expect(merging(root, 'git:HEAD~1')).toBeUndefined();
    expect(merging(root, 'git:HEAD')).toBeUndefined();
  });

  test('while main is merged in, the parents of the next commit count', () => {
    const root = parted();
    git(root, 'merge', '-q', '--no-commit', '--no-ff', 'main');
    expect(merging(root, 'main')).toBeUndefined();
    git(root, 'commit', '-q', '-m', 'merge');
    expect(merging(root, 'main')).toBeUndefined();
  });

  test('while another branch is merged in, main is still to be merged', () => {
    const root = parted();
    git(root, 'branch', 'other', 'main~1');
    git(root, 'checkout', '-q', 'other');
    commit(root);
    git(root, 'checkout', '-q', 'work');
    git(root, 'merge', '-q', '--no-commit', '--no-ff', 'other');
    expect(merging(root, 'main')?.heads).toHaveLength(2);
  });

  test('a branch without a commit cannot be merged, and can be judged as it is', () => {
    const root = parted();
    git(root, 'checkout', '-q', '--orphan', 'new');
    expect(() => merging(root, 'main')).toThrow(/this branch has no commit yet/);
    expect(names(open(root, 'main'))).toContain('theirs');
  });

  test('approvals of the common ancestor are spent too, even where main has dropped them', () => {
    const root = repository({ ...dist('a'), 'config/approvals/a.yaml': 'spent' });
    git(root, 'checkout', '-q', '-b', 'work');
    commit(root);
    git(root, 'checkout', '-q', 'main');
    write(root, { 'config/approvals/a.yaml': undefined });
    commit(root);
    git(root, 'checkout', '-q', 'work');
    expect(open(root, 'main', undefined, true).approvals).toMatchObject([{ text: 'spent' }]);
  });

  test('all best ancestors of a criss-cross are known', () => {
    const root = parted();
    git(root, 'tag', 'before');
    git(root, 'merge', '-q', '-m', 'merge', 'main');
    git(root, 'checkout', '-q', 'main');
    git(root, 'merge', '-q', '-m', 'merge', 'before');
    const best = ['before', 'main^1'].map((ref) => git(root, 'rev-parse', ref));
    expect(new Set(merging(root, 'git:work')?.bases)).toEqual(new Set(best));
  });

  test('histories without an ancestor have none', () => {
    const root = repository(dist('a'));
    git(root, 'checkout', '-q', '--orphan', 'other');
    commit(root);
    expect(merging(root, 'git:main')?.bases).toEqual([]);
  });

  test('a shallow clone that does not hold it says what to fetch', () => {
    const origin = parted();
    const root = join(folder(), 'clone');
    git(origin, 'clone', '-q', '--depth', '1', '--no-single-branch', '-b', 'work', `file://${origin}`, root);
    expect(problem(root, 'git:origin/main', true)).toMatchObject({
      message: expect.stringContaining('does not have the commits between'),
      command: 'git fetch --unshallow',
    });
  });
});
