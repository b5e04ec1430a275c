import fc from 'fast-check';
import { equivalent } from '../../lib/selector/algebra';
import { parseSelector } from '../../lib/selector/parse';
import { printTerm } from '../../lib/selector/print';
import { simplify } from '../../lib/selector/simplify';
import type { NodeSelector, Term } from '../../lib/selector/term';
import { selector } from './arbitrary';

const terms = (...texts: string[]): Term[] =>
  texts.map((text) => ({ matchExpressions: parseSelector(text), matchFields: [] }));

test.each([
  [['a', 'a=1'], ['a']],
  [['a=1', 'a=1,b'], ['a=1']],
  [['a,a=1'], ['a=1']],
  [['a>1,a>2'], ['a>2']],
  [['a,!a', 'b'], ['b']],
  [['a,b', '!a,b'], ['b']],
  [['a,!a'], []],
  [
    ['a', '!a'],
    ['!a', 'a'],
  ],
  [
    ['b=2', 'a=1'],
    ['a=1', 'b=2'],
  ],
  [
    ['a=1', 'a=2'],
    ['a=1', 'a=2'],
  ],
])('%j becomes %j', (given, expected) => {
  expect(
    simplify(terms(...given))
      .map(printTerm)
      .sort(),
  ).toEqual(expected);
});

test('shortens fields as it does expressions', () => {
  const named = (...fields: (readonly ['In' | 'NotIn', string])[]): Term => ({
    matchExpressions: parseSelector('a'),
    matchFields: fields.map(([operator, name]) => ({ key: 'metadata.name', operator, values: [name] })),
  });
  expect(simplify([named(['In', 'n'], ['NotIn', 'm'])]).map(printTerm)).toEqual(['a,[metadata.name=n]']);
  expect(simplify([named(['In', 'n']), named(['NotIn', 'n'])]).map(printTerm)).toEqual(['a']);
});

const size = (terms: NodeSelector) => terms.reduce((sum, one) => sum + 1 + one.matchExpressions.length, 0);

test('keeps the meaning, never grows, and is done at once', () => {
  fc.assert(
    fc.property(selector as fc.Arbitrary<NodeSelector>, (given) => {
      const simple = simplify(given);
      expect(equivalent(given, simple)).toEqual({ answer: 'yes' });
      expect(size(simple)).toBeLessThanOrEqual(size(given));
      expect(simplify(simple)).toEqual(simple);
    }),
    { numRuns: 1000 },
  );
});

test('leaves alone what cannot be decided', () => {
  const given = terms('a', 'a=1');
  expect(simplify(given, { steps: 0 })).toHaveLength(2);
});
