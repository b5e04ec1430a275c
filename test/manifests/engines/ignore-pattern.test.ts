import { ignorePattern } from '../../../lib/manifests/engines/ignore-pattern';

// What fluxcd/pkg's own sourceignore/gitignore says, over which random patterns were tried as well.
test.each([
  ['a', 'a'],
  ['a', 'x/a'],
  ['a', 'a/x'],
  ['a/', 'a/x'],
  ['/a', 'a'],
  ['/a/', 'a/x/y'],
  ['a/b', 'a/b/c'],
  ['*', 'x/y'],
  ['**', 'x/y'],
  ['a*', 'abc'],
  ['*c', 'abc'],
  ['a*c*e', 'abcde'],
  ['a*bc', 'abcbc'],
  ['?', 'é'],
  ['[a-c]x', 'bx'],
  ['[^a-c]x', 'dx'],
  ['[!a]', '!'],
  ['[\\]]', ']'],
  ['[*]', '*'],
  ['\\*', '*'],
  ['\\ ', ' '],
  ['a  ', 'a'],
  ['a/** ', 'a/b'],
  ['/*/', 'a/b'],
  ['**/a', 'x/y/a/z'],
  ['a/**/b', 'a/x/y/b'],
  ['a/**', 'a/b/c'],
  ['a//', 'a/x'],
  ['//a', 'a'],
  ['a//b', 'a/b'],
  ['*/**', 'a'],
])('%j matches %j', (pattern, path) => {
  expect(ignorePattern(pattern)(path)).toBe(true);
});

test.each([
  ['a', 'ab'],
  ['a', 'A'],
  ['a/', 'a'],
  ['a/', 'x/a'],
  ['/a', 'x/a'],
  ['a/b', 'x/a/b'],
  ['/', 'a'],
  ['', 'a'],
  ['/**', 'a/b'],
  ['**/**', 'a/b'],
  ['a**/b', 'a/b'],
  ['**/a/b', 'a/x/a/b'],
  ['**//a', 'x/a'],
  ['a/**/', 'a'],
  ['**/c/', 'a/b'],
  ['a*c', 'abcd'],
  ['?', 'ab'],
  ['[!a]', 'b'],
  ['[b-a]', 'a'],
  ['[]', ']'],
  ['[]a]', 'a'],
  ['[a-]', 'a'],
  ['[-]', '-'],
  ['[a', 'a'],
  ['a\\', 'a'],
  ['[^]*]', 'a'],
  ['[^]a]', 'xa]'],
])('%j does not match %j', (pattern, path) => {
  expect(ignorePattern(pattern)(path)).toBe(false);
});

test('a hard pattern has an end', () => {
  const path = Array.from({ length: 400 }, () => 'a'.repeat(250)).join('/');
  expect(ignorePattern(`${'*a'.repeat(100)}b`)(path)).toBe(false);
  expect(ignorePattern(`${'a/**/'.repeat(50)}b`)(path)).toBe(false);
});
