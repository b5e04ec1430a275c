import fs from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../lib/input/error';
import { compareDist, publish, readDist } from '../../lib/manifests/dist';
import { writeFile } from '../../lib/manifests/write';
import { folder, write, type Files } from '../scratch';

jest.mock('node:fs', () => ({ ...jest.requireActual<typeof fs>('node:fs') }));
afterEach(() => jest.restoreAllMocks());

const A = 'dist/namespaces/a.yaml';
const B = 'dist/namespaces/deep/b.yaml';
const C = 'dist/workloads/c.yaml';
const FOREIGN = 'dist/namespaces/foreign.yaml';

const ours = (path: string, n: number) => writeFile(path, 'config/x.ts', [{ body: { n } }]);
const wanted = (...paths: string[]) => new Map(paths.map((path) => [path, ours(path, 1)]));

/** Every file below dist with its text. */
function texts(root: string): Record<string, string> {
  const paths = fs.readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .map((path) => `dist/${path}`)
      .filter((path) => fs.statSync(join(root, path)).isFile())
      .sort()
      .map((path) => [path, fs.readFileSync(join(root, path), 'utf8')]),
  );
}

function run(root: string, files: ReadonlyMap<string, string>) {
  const disk = readDist(root);
  const changes = compareDist(disk, files);
  publish(disk, files, changes);
  return changes;
}

test('a first run creates the folders and the files', () => {
  const root = folder();
  expect(run(root, wanted(A, B))).toEqual({ added: [A, B], changed: [], removed: [], unchanged: 0 });
  expect(texts(root)).toEqual({ [A]: ours(A, 1), [B]: ours(B, 1) });
});

test('adds, changes, removes with its empty folders, and leaves the rest untouched', () => {
  const root = folder({
    [A]: ours(A, 1),
    [B]: ours(B, 1),
    [C]: ours(C, 0),
    [FOREIGN]: 'a: 1\n',
    'dist/README.md': 'x',
  });
  const old = new Date(2001, 0);
  fs.utimesSync(join(root, A), old, old);
  const D = 'dist/cluster/d.yaml';
  expect(run(root, wanted(A, C, D))).toEqual({ added: [D], changed: [C], removed: [B], unchanged: 1 });
  expect(texts(root)).toEqual({
    [A]: ours(A, 1),
    [C]: ours(C, 1),
    [D]: ours(D, 1),
    [FOREIGN]: 'a: 1\n',
    'dist/README.md': 'x',
  });
  expect(fs.statSync(join(root, A)).mtime).toEqual(old);
  expect(fs.existsSync(join(root, 'dist/namespaces/deep'))).toBe(false);
});

test('a checkout with Windows line ends holds the same text', () => {
  const root = folder({ [A]: ours(A, 1).replaceAll('\n', '\r\n'), [B]: ours(B, 2).replaceAll('\n', '\r\n') });
  expect(run(root, wanted(A, B))).toEqual({ added: [], changed: [B], removed: [], unchanged: 1 });
});

test.each([
  'dist/kustomization.yaml',
  'dist/namespaces/kustomization.yml',
  'dist/deep/er/Kustomization',
  'dist/.sourceignore',
  'dist/.argocd-source.yaml',
  'dist/.argocd-source-app.yaml',
])('%s could hide everything else, and is refused', (path) => {
  expect(() => readDist(folder({ [path]: '' }))).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ file: path })] }),
  );
});

test('a manifest that Argo CD is told to skip is refused', () => {
  const root = folder({ [FOREIGN]: '# +argocd:skip-file-rendering\na: 1\n' });
  expect(() => readDist(root)).toThrow('changes what Flux or Argo CD applies');
});

test('what would make Argo CD skip a file of ours is not published', () => {
  const text = writeFile(A, 'config/x.ts', [{ body: { note: 'see +argocd:skip-file-rendering' } }]);
  const root = folder();
  expect(() => run(root, new Map([[A, text]]))).toThrow('makes Argo CD ignore the whole file');
  expect(fs.existsSync(join(root, 'dist'))).toBe(false);
});

test.each([
  'dist/namespaces/kustomization.namespace.yaml',
  'dist/my-kustomization.yaml',
  'dist/Kustomization/a.yaml',
  'dist/sourceignore',
])('%s steers nobody', (path) => {
  expect(() => readDist(folder({ [path]: 'a: 1\n' }))).not.toThrow();
});

test('a folder that holds something else stays', () => {
  const root = folder({ [B]: ours(B, 1), 'dist/namespaces/deep/notes.txt': 'x' });
  expect(run(root, wanted(A)).removed).toEqual([B]);
  expect(Object.keys(texts(root))).toEqual([A, 'dist/namespaces/deep/notes.txt']);
});

test('a copy of one of ours under another name is not ours', () => {
  const root = folder({ [A]: ours(A, 1), [FOREIGN]: ours(A, 1) });
  expect([...readDist(root).foreign.keys()]).toEqual([FOREIGN]);
  expect(run(root, wanted(A)).removed).toEqual([]);
});

test.each([
  ["somebody else's file", { [A]: 'a: 1\n' }],
  ['an empty file', { [A]: '' }],
  ['a folder', { [`${A}/x.txt`]: 'x' }],
])('%s in the place of one of ours is refused, and nothing is written', (_, files: Files) => {
  const root = folder({ ...files, [B]: ours(B, 0) });
  const before = texts(root);
  expect(() => run(root, wanted(A, B))).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ file: A })] }),
  );
  expect(texts(root)).toEqual(before);
});

test.each([
  [
    'a file',
    (root: string) => {
      write(root, { dist: 'x' });
    },
    /dist is a file/,
  ],
  [
    'a link',
    (root: string) => {
      fs.symlinkSync(folder(), join(root, 'dist'));
    },
    /dist is a symbolic link/,
  ],
  [
    'a folder with a link in it',
    (root: string) => {
      write(root, { [A]: '' });
      fs.symlinkSync('/', join(root, 'dist/out'));
    },
    /link or a device/,
  ],
])('a dist that is %s is refused', (_, prepare, message) => {
  const root = folder();
  prepare(root);
  expect(() => readDist(root)).toThrow(InputError);
  expect(() => readDist(root)).toThrow(message);
});

test('what a run that was killed left behind is swept', () => {
  const left = `${A}.cdk8s-liqo.tmp`;
  const root = folder({ [A]: ours(A, 1), [left]: 'half a fi' });
  run(root, wanted(A));
  expect(Object.keys(texts(root))).toEqual([A]);
});

test('a temporary file that is a link is not written through', () => {
  const elsewhere = folder({ kept: 'kept' });
  const file = 'components/shop-local/kustomization.yaml';
  const root = folder({ [file]: ours(file, 0) });
  fs.symlinkSync(join(elsewhere, 'kept'), join(root, `${file}.${process.pid}.cdk8s-liqo.tmp`));
  expect(() => run(root, wanted(file))).toThrow(/dist cannot be written: EEXIST/);
  expect(fs.readFileSync(join(elsewhere, 'kept'), 'utf8')).toBe('kept');
});

describe('a full disk', () => {
  const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const files = wanted(A, B, C);
  const before = { [A]: ours(A, 0), [B]: ours(B, 0), [FOREIGN]: 'a: 1\n' };

  test.each([1, 2, 3])('at the write of file %i leaves dist byte for byte as it was', (n) => {
    const root = folder(before);
    const { writeFileSync } = jest.requireActual<typeof fs>('node:fs');
    let calls = 0;
    jest.spyOn(fs, 'writeFileSync').mockImplementation((path, data) => {
      calls += 1;
      writeFileSync(path, calls === n ? 'half a' : data);
      if (calls === n) throw full();
    });
    expect(() => run(root, files)).toThrow(/dist cannot be written: ENOSPC/);
    expect(texts(root)).toEqual(before);
    jest.restoreAllMocks();
    run(root, files);
    expect(texts(root)).toEqual({ ...Object.fromEntries(files), [FOREIGN]: 'a: 1\n' });
  });

  test.each([1, 2, 3])('at the renaming of file %i tears none, and the next run heals', (n) => {
    const root = folder(before);
    const { renameSync } = jest.requireActual<typeof fs>('node:fs');
    let calls = 0;
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      calls += 1;
      if (calls === n) throw full();
      renameSync(from, to);
    });
    expect(() => run(root, files)).toThrow(InputError);
    for (const [path, text] of Object.entries(texts(root))) {
      expect([ours(path, 0), ours(path, 1), 'a: 1\n']).toContain(text);
    }
    jest.restoreAllMocks();
    run(root, files);
    expect(texts(root)).toEqual({ ...Object.fromEntries(files), [FOREIGN]: 'a: 1\n' });
  });

  test('a read-only dist is said to be one', () => {
    const root = folder(before);
    const denied = Object.assign(new Error("EACCES: permission denied, open 'x'"), { code: 'EACCES' });
    jest.spyOn(fs, 'writeFileSync').mockImplementation(() => {
      throw denied;
    });
    expect(() => run(root, files)).toThrow(/dist cannot be written: EACCES/);
    expect(texts(root)).toEqual(before);
  });
});

describe('components', () => {
  const MINE = 'components/shop-local/kustomization.yaml';
  const LEFT = 'components/shop-remote/kustomization.yaml.cdk8s-liqo.tmp';

  test('lie beside dist; leftovers are swept, and empty folders go', () => {
    const root = folder({ [MINE]: ours(MINE, 1), [LEFT]: 'x' });
    expect(run(root, wanted(A))).toEqual({ added: [A], changed: [], removed: [MINE], unchanged: 0 });
    expect(fs.readdirSync(join(root, 'components'))).toEqual(['shop-remote']);
    expect(fs.readdirSync(join(root, 'components/shop-remote'))).toEqual([]);
  });

  test.each<[string, Files]>([
    [
      'a file under another name',
      { 'components/shop-local/a.yaml': ours('components/shop-local/a.yaml', 1) },
    ],
    ['a copy of one', { 'components/b/kustomization.yaml': ours(MINE, 1) }],
    ['deeper folders', { 'components/a/b/kustomization.yaml': ours('components/a/b/kustomization.yaml', 1) }],
    ['a file instead of the folder', { components: 'x' }],
    ['a folder instead of a file', { [`${MINE}/x`]: 'x' }],
  ])('%s is none of our business', (_, files) => {
    const { ours: found, foreign, leftovers } = readDist(folder(files));
    expect([found.size, foreign.size, leftovers]).toEqual([0, 0, []]);
  });

  test.each(['components', 'components/shop-local'])('a link in the way is an obstacle: %s', (path) => {
    const root = folder({ 'elsewhere/a': '', 'components/other/a': '' });
    fs.rmSync(join(root, path), { recursive: true, force: true });
    fs.symlinkSync(join(root, 'elsewhere'), join(root, path));
    expect(() => run(root, wanted(MINE))).toThrow('did not write is in the place of');
    expect(fs.readdirSync(join(root, 'elsewhere'))).toEqual(['a']);
  });

  test('a link is not followed', () => {
    const root = folder({ 'elsewhere/kustomization.yaml': ours('components/x/kustomization.yaml', 1) });
    fs.mkdirSync(join(root, 'components'));
    fs.symlinkSync('../elsewhere', join(root, 'components/x'));
    expect(readDist(root).ours.size).toBe(0);
  });
});
