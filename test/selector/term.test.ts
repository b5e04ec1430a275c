import { checkTerm, needsLabel, OPERATORS, parseInt64, requirementProblem } from '../../lib/selector/term';

test.each([
  ['0', 0n],
  ['007', 7n],
  ['+7', 7n],
  ['-7', -7n],
  ['9223372036854775807', 2n ** 63n - 1n],
  ['-9223372036854775808', -(2n ** 63n)],
  ['9223372036854775808', undefined],
  ['-9223372036854775809', undefined],
  ['', undefined],
  ['1_000', undefined],
  ['1e3', undefined],
  [' 1', undefined],
  ['٣', undefined],
])('reads %j as Go does', (text, value) => {
  expect(parseInt64(text)).toBe(value);
});

test('NotIn and DoesNotExist hold without the label', () => {
  expect(OPERATORS.filter(needsLabel)).toEqual(['In', 'Exists', 'Gt', 'Lt']);
});

test.each([
  [{ key: 'a', operator: 'Exists' }],
  [{ key: 'a', operator: 'Exists', values: null }],
  [{ key: 'a', operator: 'In', values: [''] }],
  [{ key: `${'p'.repeat(253)}/${'n'.repeat(63)}`, operator: 'NotIn', values: ['v'.repeat(63)] }],
  [{ key: 'a', operator: 'Gt', values: ['007'] }],
])('accepts %j', (requirement) => {
  expect(requirementProblem(requirement)).toBeUndefined();
});

test.each([
  [{ key: 'a', operator: 'exists' }, /not an operator/],
  [{ key: 'a', operator: 'toString' }, /not an operator/],
  [{ key: 'a', operator: 'In' }, /at least one value/],
  [{ key: 'a', operator: 'NotIn', values: [] }, /at least one value/],
  [{ key: 'a', operator: 'Exists', values: ['b'] }, /takes no values/],
  [{ key: 'a', operator: 'DoesNotExist', values: ['b'] }, /takes no values/],
  [{ key: 'a', operator: 'Lt', values: [] }, /exactly one value/],
  [{ key: 'a', operator: 'Gt', values: ['1', '2'] }, /exactly one value/],
  [{ key: 'a', operator: 'Lt', values: ['1.5'] }, /integer of 64 bits/],
  [{ key: `${'p'.repeat(254)}/n`, operator: 'Exists' }, /254 characters/],
  [{ key: 'a', operator: 'In', values: ['v'.repeat(64)] }, /64 characters/],
])('refuses %j', (requirement, problem) => {
  expect(requirementProblem(requirement)).toMatch(problem);
});

test('a term says everything that is wrong with it', () => {
  const checked = checkTerm({
    matchExpressions: [
      { key: '', operator: 'Exists' },
      { key: 'a', operator: 'In' },
      { key: 'b', operator: 'Exists' },
    ],
    matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a', 'b'] }],
  });
  expect(checked).toEqual({
    ok: false,
    problems: [expect.any(String), expect.any(String), expect.any(String)],
  });
});

test.each([
  [{ key: 'metadata.name', operator: 'Exists', values: ['a'] }, 'only In and NotIn are allowed'],
  [{ key: 'metadata.name', operator: 'Gt', values: ['1'] }, 'only In and NotIn are allowed'],
  [{ key: 'metadata.name', operator: 'In', values: ['a', 'b'] }, 'exactly one value is allowed'],
  [{ key: 'metadata.name', operator: 'NotIn', values: [] }, 'exactly one value is allowed'],
  [{ key: 'metadata.name', operator: 'In' }, 'exactly one value is allowed'],
])('refuses the field %j', (field, problem) => {
  expect(checkTerm({ matchFields: [field] })).toEqual({
    ok: false,
    problems: [expect.stringContaining(problem)],
  });
});

test('a good term is as it was, with its lists filled in', () => {
  const matchFields = [{ key: 'metadata.name', operator: 'NotIn', values: ['a'] }];
  expect(checkTerm({ matchExpressions: [{ key: 'a', operator: 'Exists' }], matchFields })).toEqual({
    ok: true,
    term: { matchExpressions: [{ key: 'a', operator: 'Exists', values: [] }], matchFields },
  });
  expect(checkTerm({})).toEqual({ ok: true, term: { matchExpressions: [], matchFields: [] } });
});
