import { matchesRequirement, matchesSelector, matchesTerm } from '../../lib/selector/match';
import { parseSelector } from '../../lib/selector/parse';
import type { Operator, Term } from '../../lib/selector/term';

const term = (selector: string): Term => ({ matchExpressions: parseSelector(selector), matchFields: [] });

test.each<[operator: Operator, values: string[], label: string | undefined, matches: boolean]>([
  ['In', ['a', 'b'], 'b', true],
  ['In', ['a'], 'b', false],
  ['In', [''], '', true],
  ['In', [''], undefined, false],
  ['NotIn', ['a'], 'b', true],
  ['NotIn', ['a'], 'a', false],
  ['NotIn', ['a'], undefined, true],
  ['Exists', [], '', true],
  ['Exists', [], undefined, false],
  ['DoesNotExist', [], undefined, true],
  ['DoesNotExist', [], '', false],
  ['Gt', ['1'], '2', true],
  ['Gt', ['1'], '02', true],
  ['Gt', ['1'], '+2', true],
  ['Gt', ['2'], '2', false],
  ['Gt', ['1'], undefined, false],
  ['Gt', ['1'], 'many', false],
  ['Gt', ['1'], '2.5', false],
  ['Gt', ['1'], '0x9', false],
  ['Gt', ['1'], '', false],
  ['Gt', ['9'], '10', true],
  ['Lt', ['10'], '9', true],
  ['Lt', ['10'], '-9', true],
  ['Lt', ['2'], '2', false],
  ['Lt', ['2'], undefined, false],
  ['Gt', ['9223372036854775806'], '9223372036854775807', true],
  ['Gt', ['1'], '9223372036854775808', false],
  ['Lt', ['1'], '-9223372036854775808', true],
  ['Lt', ['1'], '-9223372036854775809', false],
])('%s %j on the label %j: %s', (operator, values, label, matches) => {
  const labels: Record<string, string> = label === undefined ? {} : { key: label };
  expect(matchesRequirement({ key: 'key', operator, values }, labels)).toBe(matches);
});

test('keys of every object are ordinary labels', () => {
  for (const key of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    expect(matchesRequirement({ key, operator: 'Exists', values: [] }, {})).toBe(false);
    const labels = Object.fromEntries([[key, 'x']]);
    expect(matchesRequirement({ key, operator: 'In', values: ['x'] }, labels)).toBe(true);
  }
});

test.each([
  ['a=1,b', { a: '1', b: '' }, true],
  ['a=1,b', { a: '1' }, false],
  ['a=1,a=2', { a: '1' }, false],
  ['', { a: '1' }, false],
])('the term %j on %j: %s', (selector, labels, matches) => {
  expect(matchesTerm(term(selector), labels)).toBe(matches);
});

test('matchFields look at the name of the node, with matchExpressions', () => {
  const onNode = (name: string): Term => ({
    matchExpressions: parseSelector('a'),
    matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }],
  });
  expect(matchesTerm(onNode('liqo-naples'), { a: '' }, 'liqo-naples')).toBe(true);
  expect(matchesTerm(onNode('liqo-naples'), { a: '' }, 'liqo-rome')).toBe(false);
  expect(matchesTerm(onNode('liqo-naples'), {}, 'liqo-naples')).toBe(false);
});

test.each<[key: string, operator: 'In' | 'NotIn', value: string, matches: boolean]>([
  ['metadata.namespace', 'In', '', true],
  ['metadata.namespace', 'In', 'liqo-naples', false],
  ['metadata.namespace', 'NotIn', '', false],
  ['metadata.name', 'In', '', false],
  ['metadata.name', 'NotIn', '', true],
])('the field %s %s %j of a node called liqo-naples: %s', (key, operator, value, matches) => {
  const onField = { matchExpressions: [], matchFields: [{ key, operator, values: [value] }] };
  expect(matchesTerm(onField, {}, 'liqo-naples')).toBe(matches);
});

test('terms are alternatives, and no terms match nothing', () => {
  expect(matchesSelector([term('a'), term('b')], { b: '' })).toBe(true);
  expect(matchesSelector([term('a'), term('b')], { c: '' })).toBe(false);
  expect(matchesSelector([], { a: '' })).toBe(false);
});
