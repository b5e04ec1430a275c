import {
  dnsLabelProblem,
  dnsSubdomainProblem,
  labelKeyProblem,
  labelValueProblem,
} from '../../lib/selector/labels';

const long = (length: number) => 'a'.repeat(length);

test.each([
  [
    dnsLabelProblem,
    ['a', 'a-b', '0', '9a', long(63)],
    ['', 'A', '-a', 'a-', 'a.b', 'a_b', 'ä', 'a\n', long(64)],
  ],
  [
    dnsSubdomainProblem,
    ['a', 'a.b', 'a-b.c', long(253)],
    ['', '.a', 'a.', 'a..b', 'A', 'a_b', 'a.-b', long(254)],
  ],
  [
    labelKeyProblem,
    ['a', 'A_b.c-d', 'x.io/a', `${long(253)}/${long(63)}`, 'constructor'],
    ['', '/a', 'a/', 'a/b/c', 'X.io/a', '_a', 'a b', 'a\n', long(64), `${long(254)}/a`],
  ],
  [
    labelValueProblem,
    ['', 'a', 'A_b.c-d', '0', long(63)],
    ['-a', 'a-', '.', 'a b', 'a/b', 'ä', 'a\n', ' ', long(64)],
  ],
] as const)('%p', (problem, good, bad) => {
  for (const one of good) expect([one, problem(one)]).toEqual([one, undefined]);
  for (const one of bad) expect([one, problem(one)]).toEqual([one, expect.any(String)]);
});
