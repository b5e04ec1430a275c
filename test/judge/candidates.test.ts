import fc from 'fast-check';
import { Candidates } from '../../lib/judge/candidates';
import { EVERYTHING, overlaps, type Selection } from '../../lib/selector/algebra';
import { parseSelector } from '../../lib/selector/parse';

const selection = (...texts: string[]): Selection =>
  texts.map((text) => ({ matchExpressions: parseSelector(text) }));

/** The numbers of the earlier selections that each one is compared with. */
function compared(
  all: readonly { selection: Selection; providers?: readonly string[] }[],
): (readonly number[])[] {
  const candidates = new Candidates<number>(all.map((one) => one.selection));
  return all.map(({ selection: asked, providers = [] }, i) => {
    const found = [...candidates.for(asked, providers)];
    candidates.add(asked, providers, i);
    return found;
  });
}

test('one label keeps thousands apart', () => {
  const all = Array.from({ length: 2000 }, (_, i) => ({ selection: selection(`id=${i},zone in (a,b)`) }));
  expect(compared(all).flat()).toEqual([]);
});

test('what shares a value is compared, and what asks for none with everything', () => {
  expect(
    compared([
      { selection: selection('id=a') },
      { selection: selection('id in (a,b)', 'id=c') },
      { selection: selection('id=c') },
      { selection: selection('id!=a') },
      { selection: EVERYTHING },
      { selection: selection('id=z') },
    ]),
  ).toEqual([[], [0], [1], [0, 1, 2], [0, 1, 2, 3], [3, 4]]);
});

test('an invalid term is compared with everything: nobody knows what it matches', () => {
  const wrong: Selection = [
    {
      matchExpressions: [
        { key: 'id', operator: 'In', values: ['a'] },
        { key: 'x', operator: 'Like' },
      ],
    },
  ];
  expect(
    compared([{ selection: selection('id=b') }, { selection: wrong }, { selection: selection('id=c') }]),
  ).toEqual([[], [0], [1]]);
});

test('what is known to select one provider is compared, whatever its labels say', () => {
  const all = [
    { selection: selection('id=a'), providers: ['rome'] },
    { selection: selection('id=b'), providers: ['rome'] },
    { selection: selection('id=c'), providers: ['turin'] },
  ];
  expect(compared(all)).toEqual([[], [0], []]);
});

test('whatever overlaps is compared', () => {
  const term = fc.constantFrom(
    'a=1',
    'a=2',
    'a in (1,2)',
    'a!=1',
    'a',
    '!a',
    'a=1,b=1',
    'a=2,b=1',
    'b=1',
    'b=2',
    'a=1,a=2',
  );
  const selections = fc.array(fc.array(term, { minLength: 1, maxLength: 3 }), { maxLength: 8 });
  fc.assert(
    fc.property(selections, (texts) => {
      const all = texts.map((one) => ({ selection: selection(...one) }));
      compared(all).forEach((found, i) => {
        all.slice(0, i).forEach((other, j) => {
          if (overlaps(other.selection, all[i]?.selection ?? []).answer === 'yes') expect(found).toContain(j);
        });
      });
    }),
  );
});
