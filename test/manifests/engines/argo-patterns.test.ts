import { filePattern, folderPattern } from '../../../lib/manifests/engines/argo-patterns';

test.each([
  ['*.yaml', 'a/b.yaml', true],
  ['{a,b}.yaml', 'b.yaml', true],
  ['{a,b}.yaml', 'c.yaml', false],
  ['{config,{x,y}/*}.yaml', 'y/z.yaml', true],
  ['x/*', 'y/x/a', false],
  ['[ab]?.yaml', 'bc.yaml', true],
  ['a', 'a.yaml', false],
  ['{a', '{a', true],
  ['[', '[', false],
])('%s takes the file %s: %s', (pattern, path, expected) => {
  expect(filePattern(pattern)(path)).toBe(expected);
});

test.each([
  ['apps/*', 'apps/x', true],
  ['apps/*', 'apps/x/y', false],
  ['./apps/*/', 'apps/x', true],
  ['*', 'apps', true],
  ['apps/x*', 'apps/yx', false],
])('%s takes the folder %s: %s', (pattern, path, expected) => {
  expect(folderPattern(pattern)(path)).toBe(expected);
});

test('braces without end do not take for ever', () => {
  expect(filePattern('{a,b}'.repeat(40))('a'.repeat(40))).toBe(true);
});
