import fc from 'fast-check';
import { parseSelector } from '../../lib/selector/parse';
import { manifestTerms, printRequirement, printTerm } from '../../lib/selector/print';
import { requirement } from './arbitrary';

test.each(['a', '!a', 'a=1', 'a!=1', 'a=', 'a in (1,2)', 'a notin (1,2)', 'a>1', 'a<1'])(
  'prints %s as it is',
  (text) => {
    expect(parseSelector(text).map(printRequirement)).toEqual([text]);
  },
);

test('what is printed is read back as it was', () => {
  fc.assert(
    fc.property(fc.array(requirement, { minLength: 1 }), (list) => {
      expect(parseSelector(list.map(printRequirement).join(','))).toEqual(list);
    }),
  );
});

test('prints fields, for which there is no syntax, in brackets', () => {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: ['n'] } as const];
  expect(printTerm({ matchExpressions: parseSelector('a,b=1'), matchFields })).toBe(
    'a,b=1,[metadata.name=n]',
  );
});

test('a manifest holds no empty lists', () => {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: ['n'] } as const];
  expect(
    manifestTerms([
      { matchExpressions: parseSelector('a,b=1'), matchFields: [] },
      { matchExpressions: [], matchFields },
    ]),
  ).toEqual([
    {
      matchExpressions: [
        { key: 'a', operator: 'Exists' },
        { key: 'b', operator: 'In', values: ['1'] },
      ],
    },
    { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }] },
  ]);
});
