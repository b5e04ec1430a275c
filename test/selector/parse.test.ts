import fc from 'fast-check';
import { parseSelector, SelectorSyntaxError } from '../../lib/selector/parse';

type Row = [selector: string, ...requirements: [key: string, operator: string, values: string[]][]];

const accepted: Row[] = [
  [''],
  [' \t\r\n'],
  ['a', ['a', 'Exists', []]],
  ['!a', ['a', 'DoesNotExist', []]],
  ['! a', ['a', 'DoesNotExist', []]],
  ['a=1', ['a', 'In', ['1']]],
  ['a==1', ['a', 'In', ['1']]],
  ['a!=1', ['a', 'NotIn', ['1']]],
  ['a = 1 , b', ['a', 'In', ['1']], ['b', 'Exists', []]],
  ['a\t=\r\n1', ['a', 'In', ['1']]],
  ['a=', ['a', 'In', ['']]],
  ['a!=', ['a', 'NotIn', ['']]],
  ['a=,b', ['a', 'In', ['']], ['b', 'Exists', []]],
  ['a=1,a=2', ['a', 'In', ['1']], ['a', 'In', ['2']]],
  ['a in (1,2)', ['a', 'In', ['1', '2']]],
  ['a in(1)', ['a', 'In', ['1']]],
  ['a notin ( 1 , 2 )', ['a', 'NotIn', ['1', '2']]],
  ['a in ()', ['a', 'In', ['']]],
  ['a in (,)', ['a', 'In', ['']]],
  ['a in (,b)', ['a', 'In', ['', 'b']]],
  ['a in (b,)', ['a', 'In', ['b', '']]],
  ['a in (b,,c)', ['a', 'In', ['b', '', 'c']]],
  ['a in (b,b)', ['a', 'In', ['b']]],
  ['a>1', ['a', 'Gt', ['1']]],
  ['a < 007', ['a', 'Lt', ['007']]],
  ['in', ['in', 'Exists', []]],
  ['notin,in', ['notin', 'Exists', []], ['in', 'Exists', []]],
  ['in in (in)', ['in', 'In', ['in']]],
  ['a=in', ['a', 'In', ['in']]],
  ['a in (in,notin)', ['a', 'In', ['in', 'notin']]],
  ['topology.liqo.io/region=south', ['topology.liqo.io/region', 'In', ['south']]],
];

test.each(accepted)('reads %j', (selector, ...requirements) => {
  expect(parseSelector(selector)).toEqual(
    requirements.map(([key, operator, values]) => ({ key, operator, values })),
  );
});

const refused: [selector: string, column: number, problem: RegExp][] = [
  [',', 1, /^found ",", expected a label key/],
  ['a,', 3, /expected a label key after ','/],
  ['a,,b', 3, /expected a label key after ','/],
  ['!', 2, /^the selector ends, expected a label key/],
  ['!!a', 2, /expected a label key/],
  ['!a=1', 3, /expected ',' or the end/],
  ['a b', 3, /expected 'in'/],
  ['a constructor', 3, /expected 'in'/],
  ['a in', 5, /expected '\('/],
  ['a in b', 6, /expected '\('/],
  ['a in (b', 8, /expected ',' or '\)'/],
  ['a in (b c)', 9, /expected ',' or '\)'/],
  ['a in (b,,)', 10, /expected/],
  ['a in (=)', 7, /expected/],
  ['a===1', 4, /expected a value/],
  ['a=(1)', 3, /expected a value/],
  ['a=1 2', 5, /expected ',' or the end/],
  ['a>x', 3, /integer of 64 bits/],
  ['a>', 3, /integer of 64 bits/],
  ['a<-1', 3, /must consist of/],
  ['a>9223372036854775808', 3, /integer of 64 bits/],
  ['-a', 1, /letter or digit at both ends/],
  ['b,a/b/c=1', 3, /more than one '\/'/],
  ['/a', 1, /empty prefix/],
  ['A.b/c', 1, /DNS-1123 subdomain/],
  [`${'k'.repeat(64)}=1`, 1, /64 characters/],
  [`a=${'v'.repeat(64)}`, 3, /64 characters/],
  ['a=ä', 3, /must consist of/],
  ['a\u00a0=1', 1, /must consist of/],
];

test.each(refused)('refuses %j at column %i', (selector, column, problem) => {
  const read = () => parseSelector(selector);
  expect(read).toThrow(SelectorSyntaxError);
  expect(read).toThrow(problem);
  expect(read).toThrow(expect.objectContaining({ column }));
});

test('draws the place, and shows no control character', () => {
  const error = new SelectorSyntaxError('wrong', 'a\u001b[2J b', 7);
  expect(error.drawing()).toBe('a [2J b\n      ^');
});

test('throws nothing but its own error, with a column inside the selector or just behind it', () => {
  const alphabet = fc.constantFrom(...Array.from(' \t\r\n=!(),<>ain/.-_19\u00a0ä\u0000'), 'in', 'notin');
  const text = fc.oneof(
    fc.array(alphabet, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.string(),
  );
  fc.assert(
    fc.property(text, (selector) => {
      try {
        parseSelector(selector);
      } catch (thrown) {
        if (!(thrown instanceof SelectorSyntaxError)) throw thrown;
        expect(thrown.column).toBeGreaterThanOrEqual(1);
        expect(thrown.column).toBeLessThanOrEqual(selector.length + 1);
      }
    }),
    { numRuns: 2000 },
  );
});
