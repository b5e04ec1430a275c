import { InputError } from '../../../lib/input/error';
import { fluxArtifact } from '../../../lib/manifests/engines/flux-artifact';
import { ignoreFilesFor } from '../../../lib/manifests/engines/steering-files';

const FILE = 'dist/namespaces/demo/shop.yaml';

/** Whether Flux applies a file, where the root has a `.sourceignore` of these lines. */
const isApplied = (path: string, ...lines: string[]) =>
  fluxArtifact(lines.length === 0 ? [] : [{ path: '.sourceignore', text: lines.join('\n') }])(path) ===
  undefined;

test.each([
  ['/*'],
  ['dist'],
  ['dist/'],
  ['/dist/'],
  ['/dist/**'],
  ['**/demo'],
  ['*.yaml'],
  ['shop.yaml'],
  ['!shop.yaml', 'shop.yaml'],
  ['dist/\r'],
  ['/*', '!/clusters'],
])('a .sourceignore that leaves it out: %j %j', (...lines) => {
  expect(isApplied(FILE, ...lines)).toBe(false);
});

test.each([
  ['# dist'],
  ['', '  '],
  ['/demo'],
  ['dis'],
  ['dist/shop.yaml'],
  ['*.yml'],
  ['SHOP.yaml'],
  ['shop.yaml', '!shop.yaml'],
  ['/*', '!/dist'],
  ['/dist/', '!shop.yaml'],
  ['/dist/*', '!/dist/namespaces/'],
  ['/**'],
  ['**/**'],
  ['/dist**/namespaces'],
])('and one that does not: %j %j', (...lines) => {
  expect(isApplied(FILE, ...lines)).toBe(true);
});

test('one in a folder is for what lies below, and goes before those above', () => {
  const files = (above: string, below: string) => [
    { path: 'a/dist/.sourceignore', text: below },
    { path: '.sourceignore', text: above },
  ];
  expect(fluxArtifact(files('', '/x.yaml'))('a/dist/x.yaml')).toMatchObject({
    said: { file: 'a/dist/.sourceignore', line: 1 },
  });
  expect(fluxArtifact(files('# no', '/x.yaml'))('x.yaml')).toBeUndefined();
  expect(fluxArtifact(files('# no', '*.yaml'))('other/folder/x.yaml')).toBeUndefined();
  expect(fluxArtifact(files('/a', '!/x.yaml'))('a/dist/x.yaml')).toBeUndefined();
  expect(fluxArtifact(files('!x.yaml', 'x.yaml'))('a/dist/x.yaml')).toBeDefined();
});

test.each([
  'dist/a.zip/shop.yaml',
  'dist/.github/shop.yaml',
  'dist/cloudbuild.yaml',
  'dist/.sops.yaml',
  'dist/shop.json',
])('Flux by itself does not apply %s', (path) => {
  expect(isApplied(path)).toBe(false);
  expect(fluxArtifact([])(path)?.said).toBeUndefined();
});

test.each([
  'dist/a.zipped/shop.yaml',
  'dist/github/shop.yaml',
  'dist/my-cloudbuild.yaml',
  'dist/shop.yml',
  FILE,
])('and applies %s', (path) => {
  expect(isApplied(path)).toBe(true);
});

test('more patterns than anybody writes are refused', () => {
  expect(isApplied(FILE, ...Array<string>(1000).fill('x'))).toBe(true);
  expect(() => isApplied(FILE, ...Array<string>(1001).fill('x'))).toThrow(InputError);
});

test('where they lie for a folder', () => {
  expect(ignoreFilesFor('a/dist')).toEqual(['.sourceignore', 'a/.sourceignore', 'a/dist/.sourceignore']);
  expect(ignoreFilesFor('.')).toEqual(['.sourceignore']);
  expect(ignoreFilesFor('')).toEqual(['.sourceignore']);
  expect(ignoreFilesFor('../dist')).toEqual([]);
  expect(ignoreFilesFor('..dist')).toEqual(['.sourceignore', '..dist/.sourceignore']);
});

test.each([['dist '], ['dist/  '], ['/dist/** '], ['dist\\ ', 'dist']])(
  'blank lines at the end of %j say nothing',
  (...lines) => {
    expect(isApplied(FILE, ...lines)).toBe(false);
  },
);

test('a line that Flux may not read to its end is refused', () => {
  expect(isApplied(FILE, `# ${'x'.repeat(30_000)}`)).toBe(true);
  expect(() => isApplied(FILE, `# ${'x'.repeat(40_000)}`)).toThrow('line is too long');
});
