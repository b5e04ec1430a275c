// Near misses beside each place that readers take in different ways. What sigs.k8s.io/yaml makes of them: test/conformance.
import { InputError } from '../../lib/input/error';
import { documentValue, parseDocuments } from '../../lib/manifests/read';

const FILE = 'dist/a.yaml';
const read = (text: string) => parseDocuments(FILE, text).map((document) => documentValue(FILE, document));

test.each<[string, number | undefined, RegExp]>([
  ['a: 1\n~: 2\n', 2, /does not accept null as a key/],
  [': 1\n', 1, /does not accept null as a key/],
  ['? [a]\n: 1\n', 1, /does not accept a list or a map as a key/],
  ['1.5: a\n', 1, /a key that is a fraction/],
  ['9007199254740993: a\n', 1, /a key that is a fraction/],
  ['a: &x [1, *x]\n', 1, /inside the value that/],
  ['a: &b.c 1\n', 1, /does not accept the anchor name/],
  ['a: !!int x\n', 1, /does not fit/],
  ['a: !!bool 1\n', 1, /does not fit/],
  ['a: !!null 1\n', 1, /does not fit/],
  ['a: !!merge <<\n', 1, /no meaning/],
  ['!!merge a: { b: 1 }\n', 1, /no meaning/],
  ['!!merge "<<": { b: 1 }\n', 1, /no meaning/],
  ['a: 1\n!!merge <<: { a: 2 }\n', 2, /readers differ on which one wins/],
  ['a: "b\\/c"\n', 1, /escape/],
  ['a: "b\\"', 1, /closing quote/],
  ["a: 'b''", 1, /closing quote/],
  ['a: [b:]\n', 1, /':' without a space/],
  ['a: { b:[] }\n', 1, /':' without a space/],
  ['a: [:b]\n', 1, /':' without a space/],
  ['a: [b?c]\n', 1, /':' without a space/],
  ['a:\n- \tb\n', 2, /a tab is used/],
  ['-\t\n b\n', 1, /a tab is used/],
  ['-\t# note\n b\n', 1, /a tab is used/],
  ['a: 1\n\t\nb: 2\n', 2, /a tab is used/],
  ['a: |\n \tb\n', 1, /begins with a tab/],
  ['a: | ---\n', 1, /text follows/],
  ['a: |2\n    \nb: 1\n', 1, /blank lines at the end/],
  ['a: |+\n   b\n  ', 1, /blank lines at the end/],
  ['|\n a\n', 1, /block of text/],
  ['# only\n...\n', 2, /an empty document/],
  ['a: 1\n...\n b\n', 3, /what follows '\.\.\.'/],
  ['a: 1\n---: 2\n', 2, /on the line of '---'/],
  ['x: { <<: { a: 1 },\n  <<: { a: 2 } }\n', 2, /readers differ on which one wins/],
  ['% x\n', 1, /Unknown directive/],
  ['%FOO\n---\na: 1\n', 1, /Unknown directive/],
])('refuses %j', (text, line, message) => {
  expect(() => read(text)).toThrow(InputError);
  expect(() => read(text)).toThrow(
    expect.objectContaining({
      problems: [expect.objectContaining({ file: FILE, line, message: expect.stringMatching(message) })],
    }),
  );
});

test.each<[string, unknown]>([
  ['012: 1\nyes: 2\n', { '10': 1, true: 2 }],
  ['a: &x [1]\nb: *x\n', { a: [1], b: [1] }],
  ['a: &x { b: 1 }\nc:\n  !!merge <<: *x\n  d: 2\n', { a: { b: 1 }, c: { b: 1, d: 2 } }],
  ['a: !!int 07\nb: !!bool on\nc: !!null ~\n', { a: 7, b: true, c: null }],
  ['a: "b\\\\/c"\nb: "\\\\"\n', { a: 'b\\/c', b: '\\' }],
  ["a: 'b'''\nb: ''''\n", { a: "b'", b: "'" }],
  ['a: [b:c, "d":e, http://f/]\n', { a: ['b:c', { d: 'e' }, 'http://f/'] }],
  ['a: b?c\n', { a: 'b?c' }],
  ['a:\tb\n', { a: 'b' }],
  ['a: |\n  -\tb\n', { a: '-\tb\n' }],
  ['{\n\t"a": 1\n}\n', { a: 1 }],
  ['a: |\n  b\n  \tc\n', { a: 'b\n\tc\n' }],
  ['a: | # note\n  b\n', { a: 'b\n' }],
  ['a: |2-\n    b\n  \nc: 1\n', { a: '  b', c: 1 }],
  ['a: 1\n...\n# end\n', { a: 1 }],
  ['a: 0b-1\n', { a: -1 }],
])('reads %j', (text, value) => {
  expect(read(text)).toEqual([value]);
});
