import { problemsReport } from '../../lib/report/problems';

test('says what is wrong, where, and what to do', () => {
  expect(
    problemsReport(
      [
        {
          message: "unknown key 'offloadin'",
          file: 'config/a.ts',
          path: '/0/offloadin',
          remedy: "did you mean 'offloading'?",
        },
        { message: 'broken YAML', file: 'dist/a.yaml', line: 3, column: 7, excerpt: 'a: [\n   ^' },
        { message: 'no command was given' },
      ],
      80,
    ),
  ).toBe(`error: unknown key 'offloadin'
  at config/a.ts /0/offloadin
  did you mean 'offloading'?
error: broken YAML
  at dist/a.yaml:3:7
    a: [
       ^
error: no command was given
`);
});

test('wraps sentences, and leaves excerpts as they are', () => {
  const excerpt = `${'x'.repeat(90)}\n${' '.repeat(89)}^`;
  const lines = problemsReport(
    [{ message: 'word '.repeat(30), remedy: 'word '.repeat(30), excerpt }],
    40,
  ).split('\n');
  expect(lines.filter((line) => line.length > 40)).toEqual([
    `    ${'x'.repeat(90)}`,
    `    ${' '.repeat(89)}^`,
  ]);
});

test('stops after fifty, and counts the rest', () => {
  const many = Array.from({ length: 60 }, (_, i) => ({ message: `problem ${i}` }));
  const lines = problemsReport(many, 80).trimEnd().split('\n');
  expect(lines).toHaveLength(51);
  expect(lines.at(-1)).toBe('and 10 more errors');
});

test('obeys no control character', () => {
  const evil = '\u001b]0;x\u0007';
  expect(
    problemsReport([{ message: evil, file: evil, path: evil, excerpt: evil, remedy: evil }], 80),
  ).not.toMatch(/[\u001b\u0007]/);
});
