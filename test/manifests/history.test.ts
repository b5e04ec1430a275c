// What objects were at earlier commits, read from real repositories.
import { spawnSync } from 'node:child_process';
import { Repository } from '../../lib/manifests/git';
import { readPast, type Past, type Wanted } from '../../lib/manifests/history';
import { KnownTexts } from '../../lib/manifests/known';
import { identityOf, valueAt, type Manifest } from '../../lib/manifests/manifest';
import { readManifests } from '../../lib/manifests/read';
import { CLEAN, commit, folder, git, repository, write, type Files } from '../scratch';

const offloading = (namespace: string, strategy: string) =>
  `apiVersion: offloading.liqo.io/v1beta1
kind: NamespaceOffloading
metadata: { name: offloading, namespace: ${namespace} }
spec: { namespaceMappingStrategy: ${strategy} }
`;
const [SHOP] = readManifests('shop.yaml', offloading('shop', 'DefaultName')) as [Manifest];
const FILE = 'dist/namespaces/shop.yaml';

/** A repository with one commit for each set of files. */
function made(...commits: readonly Files[]): string {
  const [first = {}, ...others] = commits;
  const root = repository(first);
  for (const files of others) {
    write(root, files);
    commit(root);
  }
  return root;
}

const strategies = (manifests: readonly Manifest[]) =>
  manifests.map(({ body }) => valueAt(body, 'spec', 'namespaceMappingStrategy'));

function past(root: string, commits?: number, wanted: Wanted = [SHOP]): Past {
  const found = Repository.around(root);
  if (found === undefined) throw new Error('no repository');
  const head = git(root, 'rev-parse', 'HEAD');
  const listed = git(root, 'ls-tree', '-r', '--name-only', 'HEAD', '--', 'dist/').split('\n');
  const manifests = listed
    .filter((path) => path !== '')
    .flatMap((path) => readManifests(path, git(root, 'show', `HEAD:${path}`)));
  const source = { repository: found, commit: head, folder: 'dist', manifests, known: new KnownTexts() };
  return readPast(source, wanted, commits);
}

/** The strategies that each commit left, the newest first. */
const left = ({ steps }: Past, one = SHOP) =>
  (steps.get(identityOf(one)) ?? []).map((step) => strategies(step.manifests));

test('each commit that touched the object, with what it left of it', () => {
  const root = made(
    { [FILE]: offloading('shop', 'DefaultName') },
    { 'dist/other.yaml': offloading('other', 'DefaultName') },
    { [FILE]: undefined },
    { 'README.md': 'x' },
    { [FILE]: offloading('shop', 'EnforceSameName') },
  );
  const found = past(root);
  expect(left(found)).toEqual([['EnforceSameName'], [], ['DefaultName']]);
  expect(found).toMatchObject({ complete: true });
  expect(found.cut).toBeUndefined();
  const commits = git(root, 'log', '--format=%H', '--', FILE).split('\n');
  expect(found.steps.get(identityOf(SHOP))?.map((step) => step.commit)).toEqual(commits);
});

test('an object that moves to another file is the same object', () => {
  const text = offloading('shop', 'DefaultName');
  const root = made({ [FILE]: text }, { [FILE]: undefined, 'dist/moved.yaml': text });
  expect(left(past(root))).toEqual([['DefaultName'], ['DefaultName']]);
});

test('two files that declare it are two forms', () => {
  const root = made(
    { [FILE]: offloading('shop', 'DefaultName') },
    { 'dist/second.yaml': offloading('shop', 'EnforceSameName') },
  );
  expect(left(past(root)).map((forms) => [...forms].sort())).toEqual([
    ['DefaultName', 'EnforceSameName'],
    ['DefaultName'],
  ]);
});

test('names that are written with escapes are found', () => {
  const escaped = offloading('"sh\\u006fp"', 'EnforceSameName');
  const root = made({ [FILE]: escaped }, { [FILE]: offloading('shop', 'DefaultName') });
  expect(left(past(root))).toEqual([['DefaultName'], ['EnforceSameName']]);
});

test('the namespace default is found where nobody wrote it', () => {
  const text = 'apiVersion: v1\nkind: Secret\nmetadata: { name: x }\n';
  const [wanted] = readManifests('x.yaml', text) as [Manifest];
  expect(wanted.namespace).toBe('default');
  const root = made({ [FILE]: text }, { [FILE]: undefined });
  const steps = past(root, undefined, [wanted]).steps.get(identityOf(wanted)) ?? [];
  expect(steps.map(({ manifests }) => manifests.length)).toEqual([0, 1]);
});

test('only the first parents count, and a merge is what it brought to its branch', () => {
  const root = made({ [FILE]: offloading('shop', 'DefaultName') });
  git(root, 'checkout', '-q', '-b', 'side');
  write(root, { [FILE]: undefined });
  commit(root);
  write(root, { [FILE]: offloading('shop', 'EnforceSameName') });
  commit(root);
  git(root, 'checkout', '-q', 'main');
  git(root, 'merge', '-q', '--no-ff', '-m', 'merge', 'side');
  expect(left(past(root))).toEqual([['EnforceSameName'], ['DefaultName']]);
});

test('so many commits as asked for, whether they touch the folder or not', () => {
  const root = made(
    { [FILE]: offloading('shop', 'DefaultName') },
    { 'a.txt': 'a' },
    { [FILE]: undefined },
    { 'b.txt': 'b' },
  );
  expect(left(past(root, 1))).toEqual([]);
  expect(left(past(root, 2))).toEqual([[], ['DefaultName']]);
  expect(
    past(root, 2)
      .steps.get(identityOf(SHOP))
      ?.map((step) => step.commit),
  ).toEqual([git(root, 'rev-parse', 'HEAD~1'), git(root, 'rev-parse', 'HEAD~2')]);
  expect(past(root, 3)).toMatchObject({ complete: false });
  expect(left(past(root, 4))).toEqual([[], ['DefaultName']]);
  expect(past(root, 4)).toMatchObject({ complete: true });
});

test('of a shallow clone the oldest commit is not believed', () => {
  const root = made(
    { [FILE]: offloading('shop', 'DefaultName') },
    { [FILE]: offloading('shop', 'EnforceSameName') },
    { [FILE]: offloading('shop', 'SelectedName') },
  );
  const clone = `${folder()}/clone`;
  spawnSync('git', ['clone', '-q', '--depth', '2', `file://${root}`, clone], { env: CLEAN });
  const found = past(clone);
  expect(left(found)).toEqual([['SelectedName']]);
  expect(found).toMatchObject({ complete: false, cut: { reason: 'this clone is shallow' } });
  expect(past(clone, 1).cut).toBeUndefined();
});

test('what cannot be read ends the history, and is named', () => {
  const root = made(
    { [FILE]: offloading('shop', 'DefaultName') },
    { 'dist/broken.yaml': 'shop: [\n' },
    { 'dist/broken.yaml': 'shop: 1\n' },
    { [FILE]: offloading('shop', 'EnforceSameName') },
  );
  const found = past(root);
  expect(left(found)).toEqual([['EnforceSameName']]);
  expect(found.complete).toBe(false);
  expect(found.cut?.reason).toMatch(
    /^the version of dist\/broken\.yaml before commit [0-9a-f]{12} cannot be read$/,
  );
});

test('a broken file that cannot hold the object is no obstacle', () => {
  const root = made(
    { [FILE]: offloading('shop', 'DefaultName') },
    { 'dist/broken.yaml': 'other: [\n' },
    { 'dist/broken.yaml': undefined, [FILE]: offloading('shop', 'EnforceSameName') },
  );
  expect(left(past(root))).toEqual([['EnforceSameName'], ['DefaultName']]);
});

test('a folder of the past that was a link ends it, whatever it is called', () => {
  const root = made({ [FILE]: offloading('shop', 'DefaultName') });
  spawnSync('ln', ['-s', 'namespaces', `${root}/dist/link`]);
  commit(root);
  write(root, { 'dist/link': undefined });
  commit(root);
  expect(past(root)).toMatchObject({
    complete: false,
    cut: { reason: expect.stringContaining('dist/link') },
  });
});

test('a link of the past ends it as well', () => {
  const root = made({ [FILE]: offloading('shop', 'DefaultName') });
  spawnSync('ln', ['-s', 'namespaces/shop.yaml', `${root}/dist/link.yaml`]);
  commit(root);
  write(root, { 'dist/link.yaml': undefined });
  commit(root);
  expect(past(root)).toMatchObject({
    complete: false,
    cut: { reason: expect.stringContaining('dist/link.yaml') },
  });
});

test('objects are found by what they say, without their names', () => {
  const root = made(
    { [FILE]: offloading('shop', 'EnforceSameName') },
    { 'dist/other.yaml': offloading('other', 'DefaultName') },
    { [FILE]: undefined },
  );
  const found = past(root, undefined, {
    words: new Set(['shop', 'nobody']),
    matches: ({ body }) => valueAt(body, 'spec', 'namespaceMappingStrategy') === 'EnforceSameName',
  });
  expect([...found.steps.keys()]).toEqual([identityOf(SHOP)]);
  expect(left(found)).toEqual([[], ['EnforceSameName']]);
});
