import fc from 'fast-check';
import {
  difference,
  equivalent,
  EVERYTHING,
  isEmpty,
  isSubset,
  overlaps,
  type Selection,
  type Witness,
} from '../../lib/selector/algebra';
import { matchesSelector, type Labels } from '../../lib/selector/match';
import { parseSelector } from '../../lib/selector/parse';
import type { NodeSelector, Requirement, Term } from '../../lib/selector/term';
import { everyLabels, requirement, selector } from './arbitrary';

const MAX = '9223372036854775807';
const DIGITS = Array.from('0123456789');
const UPPER = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const LOWER = UPPER.map((letter) => letter.toLowerCase());
/** Every label value that reads as 2. */
const TWOS = Array.from({ length: 63 }, (_, n) => '2'.padStart(n + 1, '0'));
const terms = (...texts: string[]): Term[] =>
  texts.map((text) => ({ matchExpressions: parseSelector(text), matchFields: [] }));
const nodes = (operator: 'In' | 'NotIn', name: string, labels = ''): Term => ({
  matchExpressions: parseSelector(labels),
  matchFields: [{ key: 'metadata.name', operator, values: [name] }],
});
const answer = (decision: { answer: string; witness?: Witness }) => [
  decision.answer,
  decision.witness?.labels,
];

describe('isEmpty', () => {
  test.each([
    ['a', { a: '' }],
    ['!a', {}],
    ['a!=1', {}],
    ['a,a!=', { a: '0' }],
    ['a,a notin (,0,1,a)', { a: '2' }],
    [`a,a notin (,${DIGITS.join(',')})`, { a: 'A' }],
    [`a,a notin (,${[...DIGITS, ...UPPER].join(',')})`, { a: 'a' }],
    ['a=1,b=2', { a: '1', b: '2' }],
    ['a in (long,xy,ab),a!=ab', { a: 'xy' }],
    ['a>1', { a: '2' }],
    ['a>9', { a: '10' }],
    ['a<1', { a: '0' }],
    ['a>1,a<3', { a: '2' }],
    ['a>1,a<3,a!=2', { a: '02' }],
    ['a>1,a<3,a notin (2,02,002)', { a: '0002' }],
    [`a>1,a<3,a notin (${TWOS.slice(0, -1).join(',')})`, { a: TWOS.at(-1) }],
    [`a>9223372036854775806`, { a: MAX }],
    [`a<${MAX},a>9223372036854775805`, { a: '9223372036854775806' }],
    ['a in (1,01,001),a>0', { a: '1' }],
    ['a>8,a notin (9)', { a: '09' }],
  ])('%s: no, by %j', (text, labels) => {
    expect(answer(isEmpty(terms(text)))).toEqual(['no', labels]);
  });

  test.each([
    'a,!a',
    'a=1,a=2',
    'a=1,a!=1',
    '!a,a>0',
    'a=x,a>0',
    'a>1,a<2',
    `a>${MAX}`,
    'a<0',
    'a in (1,2),a in (3)',
    '!a,a in (,b)',
    `a>1,a<3,a notin (${TWOS.join(',')})`,
  ])('%s: yes', (text) => {
    expect(isEmpty(terms(text))).toEqual({ answer: 'yes' });
  });

  test('no terms and terms without requirements are empty, everything is not', () => {
    expect(isEmpty([])).toEqual({ answer: 'yes' });
    expect(isEmpty(terms(''))).toEqual({ answer: 'yes' });
    expect(isEmpty([{}])).toEqual({ answer: 'yes' });
    expect(isEmpty(EVERYTHING)).toEqual({ answer: 'no', witness: { labels: {} } });
  });

  test('a range without a value left gives no witness, least of all a missing label', () => {
    expect(answer(isEmpty(terms(`a,a notin (${TWOS.join(',')})`, 'a>1,a<3')))).toEqual(['no', { a: '' }]);
  });

  test('an error of another kind is no answer', () => {
    const broken = {
      get matchExpressions(): never {
        throw new TypeError('broken');
      },
    };
    expect(() => isEmpty([broken])).toThrow(TypeError);
  });

  test('the smallest witness: fewest keys, then shortest, then first in order', () => {
    expect(answer(isEmpty(terms('a,b', 'long-key=long-value')))).toEqual([
      'no',
      { 'long-key': 'long-value' },
    ]);
    expect(answer(isEmpty(terms('a=xyz', 'a=xy')))).toEqual(['no', { a: 'xy' }]);
    expect(answer(isEmpty(terms('b=x', 'a=y', 'a=x')))).toEqual(['no', { a: 'x' }]);
  });
});

describe('isSubset', () => {
  test.each([
    ['a=1', 'a'],
    ['a in (1,2)', 'a in (1,2,3)'],
    ['a=1,b=2', 'a=1'],
    ['!a', 'a!=1'],
    ['a>5', 'a>4'],
    ['a>4', 'a'],
    ['a=5', 'a>4,a<6'],
    ['a notin (1,2)', 'a!=1'],
    ['a>2,a<4', 'a>1'],
    ['a=1,a=2', 'b'],
  ])('%s is part of %s', (a, b) => {
    expect(isSubset(terms(a), terms(b))).toEqual({ answer: 'yes' });
  });

  test.each([
    ['a', 'a=1', { a: '' }],
    ['a!=1', 'a', {}],
    ['a!=1', '!a', { a: '' }],
    ['a>1,a<3', 'a=2', { a: '02' }],
    ['a>4', 'a>5', { a: '5' }],
    ['a in (center,south)', 'a in (south)', { a: 'center' }],
    ['a in (center,south)', 'a in (center,south),!maintenance', { a: 'south', maintenance: '' }],
    ['b', 'a', { b: '' }],
    ['a', 'a>0', { a: '' }],
    ['a>0', 'a=1,b', { a: '1' }],
  ])('%s is no part of %s, by %j', (a, b, labels) => {
    expect(answer(isSubset(terms(a), terms(b)))).toEqual(['no', labels]);
  });

  test('several terms cover together what none covers alone', () => {
    expect(isSubset(EVERYTHING, terms('a', '!a')).answer).toBe('yes');
    expect(isSubset(terms('a'), terms('a=1', 'a!=1')).answer).toBe('yes');
    expect(isSubset(terms('b'), terms('a,b', '!a,b')).answer).toBe('yes');
    expect(isSubset(terms('a>0'), terms('a>0,a<5', 'a>4')).answer).toBe('yes');
    expect(answer(isSubset(terms('a>0'), terms('a>0,a<5', 'a>5')))).toEqual(['no', { a: '5' }]);
    expect(answer(isSubset(EVERYTHING, terms('a=1', '!a')))).toEqual(['no', { a: '' }]);
    expect(isSubset(terms('a'), EVERYTHING).answer).toBe('yes');
    expect(isSubset([], terms('a')).answer).toBe('yes');
  });
});

test('integers cover no words, however long the witness must be', () => {
  const left = (...taken: string[]) =>
    answer(isSubset(terms(`a,a notin (${taken.join(',')})`), terms('a>0', 'a<1')));
  expect(left('')).toEqual(['no', { a: 'A' }]);
  expect(left('', ...UPPER, ...LOWER)).toEqual(['no', { a: '0A' }]);
});

test('overlaps shows what both match, or that nothing is', () => {
  expect(answer(overlaps(terms('a=1'), terms('b')))).toEqual(['yes', { a: '1', b: '' }]);
  expect(answer(overlaps(terms('a!=1'), terms('a!=2')))).toEqual(['yes', {}]);
  expect(overlaps(terms('a=1'), terms('a=2', '!a'))).toEqual({ answer: 'no' });
  expect(overlaps(EVERYTHING, [])).toEqual({ answer: 'no' });
});

test('equivalent looks both ways', () => {
  expect(equivalent(terms('a in (x)'), terms('a=x')).answer).toBe('yes');
  expect(equivalent(terms('a', 'a=1'), terms('a')).answer).toBe('yes');
  expect(answer(equivalent(terms('a'), terms('a=1')))).toEqual(['no', { a: '' }]);
  expect(answer(equivalent(terms('a=1'), terms('a')))).toEqual(['no', { a: '' }]);
});

test('difference is yes where something is left', () => {
  expect(answer(difference(terms('a in (1,2)'), terms('a=1')))).toEqual(['yes', { a: '2' }]);
  expect(difference(terms('a=1'), terms('a in (1,2)'))).toEqual({ answer: 'no' });
});

describe('facts', () => {
  const facts = (text: string) => ({ facts: parseSelector(text) });

  test('exclude what no candidate is, and stand in the witness', () => {
    expect(isEmpty(terms('!id'), facts('id')).answer).toBe('yes');
    expect(isSubset(terms('a'), terms('a,id'), facts('id')).answer).toBe('yes');
    expect(answer(isEmpty(terms('a'), facts('id=x')))).toEqual(['no', { a: '', id: 'x' }]);
  });

  test('that contradict each other leave nothing', () => {
    expect(isEmpty(EVERYTHING, facts('id,!id')).answer).toBe('yes');
    expect(overlaps(EVERYTHING, EVERYTHING, facts('id,!id')).answer).toBe('no');
  });
});

describe('names of nodes', () => {
  test('are never absent, and never anything but a name', () => {
    expect(isEmpty([nodes('NotIn', 'a')])).toEqual({ answer: 'no', witness: { labels: {}, name: '0' } });
    expect(isEmpty([nodes('In', 'liqo-naples')])).toEqual({
      answer: 'no',
      witness: { labels: {}, name: 'liqo-naples' },
    });
    expect(isEmpty([nodes('In', 'no name')]).answer).toBe('yes');
    expect(isSubset(EVERYTHING, [nodes('In', 'a'), nodes('NotIn', 'a')]).answer).toBe('yes');
  });

  test('have no upper-case letters', () => {
    const noneOf = (names: readonly string[]) => [
      {
        matchFields: names.map((name) => ({
          key: 'metadata.name',
          operator: 'NotIn',
          values: [name],
        })),
      },
    ];
    expect(isEmpty(noneOf(DIGITS))).toEqual({ answer: 'no', witness: { labels: {}, name: 'a' } });
    expect(isEmpty(noneOf([...DIGITS, ...LOWER]))).toEqual({
      answer: 'no',
      witness: { labels: {}, name: '00' },
    });
  });

  test('decide between witnesses as labels do', () => {
    expect(isEmpty([nodes('In', 'b'), nodes('In', 'a')])).toMatchObject({ witness: { name: 'a' } });
    expect(isEmpty([nodes('In', 'abc'), nodes('In', 'xy')])).toMatchObject({ witness: { name: 'xy' } });
    expect(isEmpty([nodes('In', 'n', 'a'), ...terms('a')])).toEqual({
      answer: 'no',
      witness: { labels: { a: '' } },
    });
  });

  test('are another key than a label that is called like it', () => {
    expect(overlaps([nodes('In', 'a')], terms('metadata.name=b'))).toEqual({
      answer: 'yes',
      witness: { labels: { 'metadata.name': 'b' }, name: 'a' },
    });
  });

  test('and labels are asked together', () => {
    expect(isSubset([nodes('In', 'a', 'x')], [nodes('In', 'a')]).answer).toBe('yes');
    expect(isSubset([nodes('In', 'a')], [nodes('In', 'a', 'x')])).toEqual({
      answer: 'no',
      witness: { labels: {}, name: 'a' },
    });
  });

  test('of another field are undecided', () => {
    const other = { matchFields: [{ key: 'metadata.uid', operator: 'In', values: ['x'] }] };
    expect(isEmpty([other])).toMatchObject({
      answer: 'undecided',
      reason: expect.stringContaining('metadata.uid'),
    });
  });
});

describe('undecided', () => {
  test.each<[string, Selection, Selection, RegExp]>([
    [
      'an operator that is none',
      [{ matchExpressions: [{ key: 'a', operator: 'Like', values: ['x'] }] }],
      terms('a'),
      /"Like" is not an operator/,
    ],
    [
      'an invalid value on the other side',
      terms('a'),
      [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['-'] }] }],
      /the value "-"/,
    ],
  ])('is %s', (_, a, b, reason) => {
    for (const decide of [isSubset, overlaps, equivalent, difference])
      expect(decide(a, b)).toMatchObject({ answer: 'undecided', reason: expect.stringMatching(reason) });
  });

  const many = (n: number, of: (i: number, j: number) => string): Term[] =>
    terms(...Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => of(i, j)).join(',')));

  test('is a question past the allowed steps, the same on every machine', () => {
    const a = many(30, (i, j) => `k${j}!=${i}`);
    const b = many(30, (i, j) => `k${(j * 7 + i) % 30} in (x${i},y${j},z)`);
    const hard = many(16, (i, j) => (i === j ? `k${j}` : `k${j}!=${i}`));
    expect(isSubset(a, b, { steps: 1000 }).answer).not.toBe('yes');
    expect(isSubset(EVERYTHING, hard, { steps: 10 })).toEqual(isSubset(EVERYTHING, hard, { steps: 10 }));
    expect(isSubset(terms('a'), terms('a'), { steps: 0 })).toMatchObject({ answer: 'undecided' });
    expect(isSubset(terms('a'), terms('a'), { steps: 1 })).toEqual({ answer: 'yes' });
  });

  test('is not what a witness shows that was found within the steps, if not the smallest one', () => {
    const left = (steps?: number) =>
      isSubset(terms('b', 'a'), terms('c'), steps === undefined ? {} : { steps });
    expect(left(1)).toMatchObject({ answer: 'undecided' });
    expect(left(2)).toEqual({ answer: 'no', witness: { labels: { b: '' } } });
    expect(left()).toEqual({ answer: 'no', witness: { labels: { a: '' } } });
  });

  test('is seldom: the term that covers most is cut out first', () => {
    expect(isSubset(terms('a=1'), terms('b', 'c', 'a'), { steps: 3 })).toEqual({ answer: 'yes' });
  });
});

// An independent brute force: every label set of the small world, matched as the scheduler matches.
const cost = (labels: Labels) => {
  const text = [
    ...Object.entries(labels)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map((pair) => pair.join('=')),
    '',
  ].join(',');
  return [Object.keys(labels).length, text.length, text] as const;
};
const smaller = (a: Labels, b: Labels) => {
  const [x, y] = [cost(a), cost(b)];
  if (x[0] !== y[0]) return x[0] < y[0];
  return x[1] !== y[1] ? x[1] < y[1] : x[2] < y[2];
};
const smallest = (holds: (labels: Labels) => boolean) =>
  everyLabels
    .filter(holds)
    .reduce<Labels | undefined>(
      (best, one) => (best === undefined || smaller(one, best) ? one : best),
      undefined,
    );
const witnessOf = (decision: { answer: string; witness?: Witness }) => decision.witness?.labels;

describe('says what trying everything says', () => {
  const given = fc.record({
    a: selector,
    b: selector,
    facts: fc.array(requirement, { maxLength: 1 }),
  });
  const matches = (one: NodeSelector, labels: Labels) => matchesSelector(one, labels);
  const all = (facts: Requirement[], labels: Labels) =>
    facts.length === 0 || matchesSelector([{ matchExpressions: facts, matchFields: [] }], labels);

  test('of subsets, overlaps and emptiness, with the smallest witness', () => {
    fc.assert(
      fc.property(given, ({ a, b, facts }) => {
        const outside = smallest((one) => all(facts, one) && matches(a, one) && !matches(b, one));
        const both = smallest((one) => all(facts, one) && matches(a, one) && matches(b, one));
        const any = smallest((one) => all(facts, one) && matches(a, one));
        expect(isSubset(a, b, { facts })).toEqual(
          outside === undefined ? { answer: 'yes' } : { answer: 'no', witness: { labels: outside } },
        );
        expect(overlaps(a, b, { facts })).toEqual(
          both === undefined ? { answer: 'no' } : { answer: 'yes', witness: { labels: both } },
        );
        expect(witnessOf(isEmpty(a, { facts }))).toEqual(any);
        expect(difference(a, b, { facts }).answer).toBe(outside === undefined ? 'no' : 'yes');
      }),
      { numRuns: 3000 },
    );
  });

  test('of everything, and of the same meaning', () => {
    fc.assert(
      fc.property(given, ({ a, b }) => {
        const missing = smallest((one) => !matches(a, one));
        expect(witnessOf(isSubset(EVERYTHING, a))).toEqual(missing);
        expect(equivalent(a, b).answer).toBe(
          everyLabels.every((one) => matches(a, one) === matches(b, one)) ? 'yes' : 'no',
        );
      }),
      { numRuns: 1000 },
    );
  });
});
