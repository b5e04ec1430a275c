import fc from 'fast-check';
import { canonicalSelector } from '../../lib/selector/canonical';
import { matchesSelector } from '../../lib/selector/match';
import { parseSelector } from '../../lib/selector/parse';
import type { NodeSelector } from '../../lib/selector/term';
import { everyLabels, selector } from './arbitrary';

const terms = (...texts: string[]): NodeSelector =>
  texts.map((text) => ({ matchExpressions: parseSelector(text), matchFields: [] }));

test.each([
  ['the order of terms', ['b', 'a'], ['a', 'b']],
  ['the order of requirements', ['b=1,a=1'], ['a=1,b=1']],
  ['the order of values', ['a in (2,1)'], ['a in (1,2)']],
  ['repeated terms', ['a', 'b', 'a'], ['a', 'b']],
  ['repeated requirements', ['a,b,a'], ['a,b']],
  ['terms that repeat once their parts are sorted', ['a,b', 'b,a'], ['a,b']],
])('does not depend on %s', (_, one, other) => {
  expect(canonicalSelector(terms(...one))).toEqual(canonicalSelector(terms(...other)));
});

test.each([
  ['other values', ['a=1'], ['a=2']],
  ['another operator', ['a=1'], ['a!=1']],
  ['one term or two', ['a,b'], ['a', 'b']],
  ['one value with a comma or two', ['a in (1,2)'], ['a=1', 'a=2']],
])('tells apart %s', (_, one, other) => {
  expect(canonicalSelector(terms(...one))).not.toEqual(canonicalSelector(terms(...other)));
});

test('sorts by characters, not by a language', () => {
  expect(canonicalSelector(terms('a in (b,B,10,9)'))).toEqual(terms('a in (10,9,B,b)'));
});

test('keeps what a selector matches, is the same again, and the same for any order', () => {
  fc.assert(
    fc.property(selector, fc.infiniteStream(fc.nat()), (given, numbers) => {
      const canonical = canonicalSelector(given);
      for (const labels of everyLabels) {
        expect(matchesSelector(canonical, labels)).toBe(matchesSelector(given, labels));
      }
      expect(canonicalSelector(canonical)).toEqual(canonical);
      const shuffle = <T>(list: readonly T[]) =>
        list
          .map((one) => ({ one, at: numbers.next().value ?? 0 }))
          .sort((x, y) => x.at - y.at)
          .map(({ one }) => one);
      const mixed = shuffle([...given, ...given]).map((term) => ({
        ...term,
        matchExpressions: shuffle(term.matchExpressions).map((one) => ({
          ...one,
          values: shuffle(one.values),
        })),
      }));
      expect(canonicalSelector(mixed)).toEqual(canonical);
    }),
  );
});
