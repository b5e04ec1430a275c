import fc from 'fast-check';
import { matchesTerm } from '../../lib/selector/match';
import { parseSelector } from '../../lib/selector/parse';
import { isSatisfiable } from '../../lib/selector/satisfiable';
import { everyLabels, term } from './arbitrary';

const MAX = '9223372036854775807';

test.each([
  ['a', true],
  ['a,!a', false],
  ['a=1,a=2', false],
  ['a in (1,2),a in (2,3)', true],
  ['a=1,a!=1', false],
  ['!a,a!=1', true],
  ['!a,a>0', false],
  ['a=x,a>0', false],
  ['a>1,a<3', true],
  ['a>1,a<2', false],
  ['a>1,a<3,a!=2', true], // 02
  [`a>${MAX}`, false],
  [`a>${String(2n ** 63n - 2n)}`, true],
  ['a<0', false], // a label value cannot begin with a dash
  ['a<1', true],
  ['a=,a', true],
  ['a!=,a', true],
  ['a=1,b=2', true],
  ['', false],
])('%j: %s', (selector, satisfiable) => {
  expect(isSatisfiable({ matchExpressions: parseSelector(selector), matchFields: [] })).toBe(satisfiable);
});

test('NotIn can exclude a number in all its spellings', () => {
  const zeros = (digit: string) => Array.from({ length: 63 }, (_, n) => digit.padStart(n + 1, '0'));
  const excluding = (values: string[]) => parseSelector(`a>1,a<3,a notin (${values.join(',')})`);
  expect(isSatisfiable({ matchExpressions: excluding(zeros('2')), matchFields: [] })).toBe(false);
  expect(isSatisfiable({ matchExpressions: excluding(zeros('2').slice(1)), matchFields: [] })).toBe(true);
});

test('looks at fields by themselves', () => {
  const field = (...values: string[]) =>
    values.map((one) => ({ key: 'metadata.name', operator: 'In', values: [one] }) as const);
  expect(isSatisfiable({ matchExpressions: [], matchFields: field('n') })).toBe(true);
  expect(isSatisfiable({ matchExpressions: [], matchFields: field('n', 'm') })).toBe(false);
  expect(isSatisfiable({ matchExpressions: parseSelector('a,!a'), matchFields: field('n') })).toBe(false);
});

test('says what trying every label set says', () => {
  fc.assert(
    fc.property(term, (given) => {
      expect(isSatisfiable(given)).toBe(everyLabels.some((labels) => matchesTerm(given, labels)));
    }),
    { numRuns: 1000 },
  );
});
