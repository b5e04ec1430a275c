import { InputError } from '../../lib/input/error';
import {
  decode,
  isManifestFile,
  lineOf,
  MAX_FILE_SIZE,
  readManifests,
  checkSize,
} from '../../lib/manifests/read';

const FILE = 'dist/a.yaml';
const object = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: ${data}\n`;

/** The value under `data` as it is read. */
const read = (data: string) => readManifests(FILE, object(data))[0]?.body['data'];

// What sigs.k8s.io/yaml (go-yaml 2) makes of it.
test.each([
  ['yes', true],
  ['On', true],
  ['n', false],
  ['NO', false],
  ['true', true],
  ['"yes"', 'yes'],
  ['012', 10],
  ['-0o12', -10],
  ['0x1F', 31],
  ['0b11', 3],
  ['1_000', 1000],
  ['09', 9],
  ['1_', 1],
  ['_1', '_1'],
  ['e6', 'e6'],
  ['E5', 'E5'],
  ['.', '.'],
  ['.5', 0.5],
  ['._5', '._5'],
  ['-1', -1],
  ['1e', '1e'],
  ['9223372036854775808', 9223372036854775808],
  ['1:30', '1:30'],
  ['1.5e3', 1500],
  ['2001-01-01', '2001-01-01'],
  ['2001-01-01T00:00:00Z', '2001-01-01T00:00:00Z'],
  ['~', null],
  ['', null],
  ['null', null],
  ['v1', 'v1'],
  ['1.2.3', '1.2.3'],
  ['{ <<: { a: 1 }, b: 2 }', { a: 1, b: 2 }],
  ['[&x one, *x]', ['one', 'one']],
])('reads %s as YAML 1.1 does', (text, value) => {
  expect(read(text)).toEqual(value);
});

test.each(['__proto__', 'constructor', 'toString'])('a key called %s is data', (key) => {
  const data = read(`{ ${key}: { polluted: "true" } }`);
  expect(Object.entries(data ?? {})).toEqual([[key, { polluted: 'true' }]]);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

const names = (text: string, file = FILE) =>
  readManifests(file, text).map(({ kind, name }) => `${kind}/${name}`);
const json = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };

test.each([
  ['nothing', '', []],
  ['comments only', '# a\n---\n# b\n', []],
  ['empty documents', '---\n---\n', []],
  ['several documents', `${object('1')}---\n${object('2')}`, ['ConfigMap/a', 'ConfigMap/a']],
  ['Windows line ends', object('1').replaceAll('\n', '\r\n'), ['ConfigMap/a']],
  ['a byte order mark', `\ufeff${object('1')}`, ['ConfigMap/a']],
  ['a document end', `${object('1')}...\n`, ['ConfigMap/a']],
  ['JSON inside YAML', JSON.stringify(json), ['ConfigMap/a']],
  [
    'a List',
    `apiVersion: v1\nkind: List\nitems:\n- ${JSON.stringify(json)}\n- ${JSON.stringify(json)}\n`,
    ['ConfigMap/a', 'ConfigMap/a'],
  ],
  [
    'a List in a List',
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'List', items: [json] }],
    }),
    ['ConfigMap/a'],
  ],
  [
    'a typed List, whose items name no kind',
    'apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: { name: a }\n',
    ['ConfigMap/a'],
  ],
  ['a map that is no object', 'a: 1\n', []],
  [
    'items under any kind',
    `kind: Bundle\napiVersion: v1\nitems:\n- ${JSON.stringify(json)}\n`,
    ['ConfigMap/a'],
  ],
  ['items that are no objects', 'kind: Menu\napiVersion: a/v1\nitems: [soup]\n', ['Menu/']],
  ['a comment behind a marker', `--- # one\n${object('1')}`, ['ConfigMap/a']],
  [
    'a document end before a marker',
    `${object('1')}...\n# next\n---\n${object('2')}`,
    ['ConfigMap/a', 'ConfigMap/a'],
  ],
  ['a document end in a text', object('|\n  ...\n  --- a\n'), ['ConfigMap/a']],
  ['a merge key after keys that it does not set', object('{ a: 1, <<: { b: 2 } }'), ['ConfigMap/a']],
  ['tags for what it is anyway', object('{ a: !!str 1, b: !!int "2" }'), ['ConfigMap/a']],
])('reads %s', (_, text, expected) => {
  expect(names(text)).toEqual(expected);
});

test('reads JSON, where the last of two equal keys wins as in encoding/json', () => {
  expect(
    names('{"apiVersion":"v1","kind":"Secret","kind":"ConfigMap","metadata":{"name":"a"}}', 'a.json'),
  ).toEqual(['ConfigMap/a']);
});

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...'bcdefghi'.split('').map((one, i) => {
    const before = 'abcdefghi'.charAt(i);
    return `${one}: &${one} [${Array(10).fill(`*${before}`).join(', ')}]`;
  }),
].join('\n');

test.each([
  ['broken YAML', 'a: [1\nb: 2\n', { line: 2, message: /broken YAML/ }],
  ['a tab as indent', 'a:\n\tb: 1\n', { line: 2, message: /broken YAML/ }],
  ['duplicate keys', 'a: 1\nb: 2\na: 3\n', { line: 3, message: /unique/ }],
  [
    'conflict markers',
    `<<<<<<< HEAD\n${object('1')}=======\n${object('2')}>>>>>>> x\n`,
    { message: /broken YAML/ },
  ],
  [
    'a Git LFS pointer',
    'version https://git-lfs.github.com/spec/v1',
    { message: /bare value/, remedy: /LFS/ },
  ],
  ['a list', '- a\n', { message: /a list/ }],
  ['an alias bomb', bomb, { message: /alias/ }],
  ['a number that JSON does not have', 'a: .inf\n', { message: /no such number/ }],
  ['an alias to nowhere', 'a: *b\n', { message: /alias/i }],
  ['a YAML 1.2 document', `%YAML 1.2\n---\n${object('yes')}`, { message: /%YAML 1\.2/ }],
  ['a merge key that overrides', object('{ a: 1,\n  <<: { a: 2 } }'), { line: 5, message: /readers differ/ }],
  [
    'an alias that overrides',
    'x: &x { a: 1 }\ny:\n  a: 2\n  <<: [*x]\n',
    { line: 4, message: /readers differ/ },
  ],
  ['a tag that hides a kind', 'kind: !!binary TmFtZXNwYWNl\n', { line: 1, message: /tag/ }],
  ['a tag of its own', 'a: 1\nb: !mine 2\n', { line: 2, message: /tag/ }],
  ['a set', 'a: !!set { b }\n', { message: /tag/ }],
  [
    'what follows a document end',
    `${object('1')}...\n\n# next\n${object('2')}`,
    { line: 8, message: /Kubernetes ignores what follows/ },
  ],
  ['content behind a marker', '--- { a: 1 }\n', { line: 1, message: /kubectl ignores content/ }],
  ['a second document that is broken', `${object('1')}---\na: {\n`, { message: /broken YAML/ }],
])(
  'refuses %s',
  (_, text, { line, message, remedy }: { line?: number; message: RegExp; remedy?: RegExp }) => {
    const reading = () => readManifests(FILE, text);
    expect(reading).toThrow(InputError);
    expect(reading).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({
            file: FILE,
            message: expect.stringMatching(message),
            ...(line !== undefined && { line }),
            ...(remedy !== undefined && { remedy: expect.stringMatching(remedy) }),
          }),
        ],
      }),
    );
  },
);

test.each(['\r', '\u0085', '\u2028', '\u2029', '\u007f', '\u001b', '\u009f', '\ufffe'])(
  'refuses %j as it is, which readers take for different things; escaped it is text',
  (one) => {
    expect(() => readManifests(FILE, object(`"x"\n# a${one}  b: 1\n`))).toThrow(
      /contains the unescaped character U\+/,
    );
    const escaped = `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
    expect(read(`"${escaped}"`)).toBe(one);
  },
);

const nested = (levels: number) => ({
  brackets: `a: ${'['.repeat(levels)}${']'.repeat(levels)}\n`,
  braces: `${'{a: '.repeat(levels)}1${'}'.repeat(levels)}\n`,
  lists: `a:\n  ${'- '.repeat(levels)}1\n`,
  'explicit keys': `${'? '.repeat(levels)}a\n`,
  maps: Array.from({ length: levels }, (_, i) => `${' '.repeat(i)}a:\n`).join(''),
});
const JSON_NESTED = (levels: number) =>
  `${'{"kind":"List","apiVersion":"v1","items":['.repeat(levels)}${']}'.repeat(levels)}`;

test.each(Object.entries(nested(5000)))(
  'refuses %s nested too deeply, as a mistake of the file',
  (_, text) => {
    expect(() => readManifests(FILE, text)).toThrow(/nested too deeply: more than 200/);
  },
);
test.each(Object.entries(nested(150)))('%s of 150 levels are not too deep', (name, text) => {
  if (name === 'explicit keys')
    expect(() => readManifests(FILE, text)).toThrow(/does not accept a list or a map as a key/);
  else expect(readManifests(FILE, text)).toEqual([]);
});

test('nor does JSON run out of stack', () => {
  expect(() => readManifests('a.json', JSON_NESTED(100_000))).toThrow(/nested too deeply/);
  expect(readManifests('a.json', JSON_NESTED(90))).toEqual([]);
});

const lines = (length: number, line: (i: number) => string) =>
  Array.from({ length }, (_, i) => line(i)).join('');

test.each([
  ['aliases', `a: &a 1\n${lines(1001, (i) => `b${i}: *a\n`)}`, /more than 1000 aliases/],
  ['uses of one anchor', `a: &a 1\n${lines(200, (i) => `b${i}: *a\n`)}`, /Excessive alias count/],
  [
    'merge keys that hold much',
    `a: &a\n${lines(20_000, (i) => `  k${i}: 1\n`)}${lines(60, (i) => `b${i}:\n  <<: *a\n`)}`,
    /merge keys of the document are too large/,
  ],
  [
    'aliases of something large',
    `a: &a "${'x'.repeat(1_000_000)}"\n${lines(40, (i) => `b${i}: *a\n`)}`,
    /aliases of the document make it too large/,
  ],
  [
    'aliases in each other',
    `a0: &a0 [1]\n${lines(3, (i) => `a${i + 1}: &a${i + 1} ${'['.repeat(80)}*a${i}${']'.repeat(80)}\n`)}`,
    /nested too deeply/,
  ],
])('refuses many %s', (_, text, message) => {
  expect(() => readManifests(FILE, text)).toThrow(message);
});

test('reads the aliases that people write', () => {
  const text = `x: &x { team: a }\n${lines(50, (i) => `b${i}:\n  <<: *x\n  k: 1\n`)}`;
  expect(readManifests(FILE, text)).toEqual([]);
});

test.each([
  ['in the map itself', 'a: 1\nx: &x { a: 2 }\n<<: *x\n'],
  ['one merge further', 'x: &x { a: 2 }\ny: &y { <<: *x }\nz:\n  a: 1\n  <<: *y\n'],
  ['in a list', 'x: &x { b: 2 }\ny: &y { a: 2 }\nz:\n  a: 1\n  <<: [*x, *y]\n'],
  ['written there', 'z:\n  a: 1\n  <<: { a: 2 }\n'],
])("refuses a '<<' that sets an earlier key, %s", (_, text) => {
  expect(() => readManifests(FILE, text)).toThrow(/readers differ on which one wins/);
});

test.each([
  ['broken JSON', '{"a": 1,}', /broken JSON/],
  ['a JSON list', '[1]', /a list/],
])('refuses %s', (_, text, message) => {
  expect(() => readManifests('a.json', text)).toThrow(message);
});

test.each([
  ['a NUL', Buffer.from('a: "\0"')],
  ['invalid UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff])],
])('refuses a file with %s as binary', (_, content) => {
  expect(() => decode(FILE, content)).toThrow('the file is binary, not UTF-8 text');
});

test('refuses files above the limit by their size alone', () => {
  expect(() => {
    checkSize(FILE, MAX_FILE_SIZE);
  }).not.toThrow();
  expect(() => {
    checkSize(FILE, 100 * 1024 * 1024);
  }).toThrow(/100 MiB, more than the limit of 32 MiB/);
});

test('knows manifests by their ending, as Flux and Argo CD do', () => {
  const files = ['a.yaml', 'b/c.yml', 'd.json', 'README.md', 'a.yaml.bak', 'yaml', 'a.YAML'];
  expect(files.filter(isManifestFile)).toEqual(['a.yaml', 'b/c.yml', 'd.json']);
});

describe('lines', () => {
  const text = `# first
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: a
    labels:
      x/y: "1"
---
apiVersion: v1
kind: ConfigMap
metadata: { name: b }
`;
  const [inList, second] = readManifests(FILE, text);

  test.each([
    [['metadata', 'labels', 'x/y'], 10],
    [['metadata', 'labels', 'gone'], 10],
    [['metadata', 'name'], 8],
    [['spec', 'gone'], 5],
    [[], 5],
  ])('of %j inside a List: %i', (field, line) => {
    expect(inList && lineOf(inList, ...field)).toBe(line);
  });

  test('in JSON that is no YAML, the first', () => {
    const [one] = readManifests('a.json', '{"apiVersion":"v1","kind":"Secret","kind":"ConfigMap"}');
    expect(one && lineOf(one, 'kind')).toBe(1);
  });

  test('of another document', () => {
    expect(second && lineOf(second)).toBe(12);
    expect(second && lineOf(second, 'metadata', 'name')).toBe(14);
  });
});
