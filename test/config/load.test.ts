import { loadConfig } from '../../lib/config/load';
import { InputError, type InputProblem } from '../../lib/input/error';
import { CONFIGS, folder, type Files } from '../scratch';

const DEFINE = "import { defineNamespace } from 'cdk8s-liqo';\n";
const CLUSTER = { 'config/cluster.ts': CONFIGS['config/cluster.ts'] };
const one = (config: string) => `export default ${config};\n`;

/** A project with these files below config/namespaces. */
const project = (namespaces: Files, more: Files = CLUSTER) =>
  folder({
    ...more,
    ...Object.fromEntries(
      Object.entries(namespaces).map(([path, text]) => [`config/namespaces/${path}`, text]),
    ),
  });

const names = (root: string) =>
  loadConfig(root).namespaces.map(({ config, folder: inside }) => `${inside}:${config.name}`);

function problems(root: string): readonly InputProblem[] {
  try {
    loadConfig(root);
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.problems;
    throw thrown;
  }
  return [];
}

describe('finds configs', () => {
  test('in every folder, of every kind of file, and passes over the others', () => {
    const root = project({
      'a.ts': `${DEFINE}export default defineNamespace({ name: 'a' });\n`,
      'x/b.mts': one("{ name: 'b' }"),
      'x/y/c.js': "module.exports = { name: 'c' };\n",
      'x/_shared.ts': 'throw new Error();',
      '_old/d.ts': 'throw new Error();',
      '.hidden/d.ts': 'throw new Error();',
      'types.d.ts': 'export {};',
      'a.test.ts': 'throw new Error();',
      'README.md': '',
    });
    expect(names(root)).toEqual([':a', 'x:b', 'x/y:c']);
  });

  test('in arrays, loops, imports and JSON', () => {
    const root = project({
      'many.ts':
        "import { team } from './_team';\nimport data from './data.json';\nexport default data.map((name) => ({ name, labels: { team } }));\n",
      '_team.ts': "export const team = 'a';\n",
      'data.json': '["x", "y"]',
    });
    expect(names(root)).toEqual([':x', ':y']);
  });

  test('in the folder that one names, instead of its own', () => {
    expect(
      names(
        project({
          'x/a.ts': one("[{ name: 'a', folder: 'y/z' }, { name: 'b', folder: '' }, { name: 'c' }]"),
        }),
      ),
    ).toEqual(['y/z:a', ':b', 'x:c']);
  });
});

test('a config sees one library, and only what configs need of it', () => {
  const root = project({
    'a.ts':
      "import * as library from 'cdk8s-liqo';\nexport default { name: 'a', labels: Object.fromEntries(Object.keys(library).map((key) => [key, ''])) };\n",
  });
  expect(
    Object.keys(loadConfig(root).namespaces[0]?.config.labels ?? {})
      .filter((key) => key !== 'default')
      .sort(),
  ).toEqual([
    'antiAffinity',
    'apiServerSupport',
    'defineCluster',
    'defineNamespace',
    'definePolicies',
    'directConnections',
    'place',
    'reflect',
    'remoteAccessModes',
    'remoteRuntimeClass',
    'remoteStorageClass',
    'sameNodePorts',
  ]);
});

describe('one clear error', () => {
  const A = 'config/namespaces/a.ts';

  test.each<[string, string, object]>([
    [
      'a syntax error',
      'export default {\n  name: "a",,\n};\n',
      { file: A, line: 2, column: 13, excerpt: expect.stringContaining('^') },
    ],
    [
      'an import that is not there',
      "import './gone';\nexport default { name: 'a' };\n",
      { file: A, line: 1, message: expect.stringContaining('./gone') },
    ],
    [
      'a package that is not there',
      "import 'no-such-package';\nexport default { name: 'a' };\n",
      { file: A, message: expect.stringContaining("Cannot find module 'no-such-package'") },
    ],
    [
      'one that throws',
      "const a: string = 'a';\n\nthrow new Error(`no ${a}`);\n",
      { file: A, line: 3, message: 'the config throws: no a' },
    ],
    ['one that throws no Error', "throw 'words';\n", { file: A, message: 'the config throws: words' }],
    ['one that throws undefined', 'throw undefined;\n', { file: A, message: 'the config throws: undefined' }],
    [
      'no default export',
      "export const config = { name: 'a' };\n",
      { file: A, message: 'the config has no default export' },
    ],
    ['an empty file', '', { file: A, message: 'the config has no default export' }],
    [
      'a promise',
      one("Promise.resolve({ name: 'a' })"),
      { file: A, message: expect.stringContaining('promise') },
    ],
    ['an empty array', one('[]'), { file: A, message: expect.stringContaining('empty array') }],
    ['null', one('null'), { file: A, path: '/', message: 'null is not a valid object' }],
    [
      'a function',
      one("() => ({ name: 'a' })"),
      { file: A, path: '/', message: 'a function is not a valid object' },
    ],
    ['a list in a list', one("[[{ name: 'a' }]]"), { file: A, path: '/0' }],
    [
      'a config that refers to itself',
      "const a: Record<string, unknown> = { name: 1 };\na['labels'] = a;\nexport default a;\n",
      { file: A, message: expect.stringContaining('refers to itself') },
    ],
    [
      'a getter that throws',
      "export default { name: 'a', get labels() { throw new Error('lazy'); } };\n",
      { file: A, line: 1, message: 'the config throws: lazy' },
    ],
    [
      'a proxy that throws',
      "export default new Proxy({}, { ownKeys() { throw new Error('proxy'); } });\n",
      { file: A, message: 'the config throws: proxy' },
    ],
    [
      'a date',
      one("{ name: 'a', labels: new Date(0) }"),
      { file: A, message: expect.stringContaining('/labels is not a plain object') },
    ],
    [
      'a hole in an array',
      one("[, { name: 'a' }]"),
      { file: A, path: '/0', message: expect.stringContaining('is not a valid object') },
    ],
    [
      'what has no text',
      'throw Object.create(null);\n',
      { file: A, message: expect.stringContaining('an error without a message') },
    ],
    [
      'an Error whose parts throw',
      "throw Object.defineProperties(new Error('x'), { stack: { get() { throw 1; } }, message: { get() { throw 2; } } });\n",
      { file: A },
    ],
    [
      'two of one name in a file',
      one("[{ name: 'a' }, { name: 'a' }]"),
      { file: A, path: '/1/name', message: expect.stringContaining(`${A} /0`) },
    ],
  ])('for %s', (_, text, expected) => {
    const found = problems(project({ 'a.ts': text }));
    expect(found[0]).toMatchObject(expected);
  });

  test('with the lines of a helper that throws, and the config that called it', () => {
    const [found] = problems(
      project({
        'a.ts': "import { fail } from './_fail';\n\nexport default fail();\n",
        '_fail.ts': "interface X { a: 1 }\n\nexport function fail(): X {\n  throw new Error('deep');\n}\n",
      }),
    );
    expect(found).toMatchObject({
      file: 'config/namespaces/_fail.ts',
      line: 4,
      remedy: `it was called while ${A} was loaded`,
      excerpt: expect.stringContaining(`at ${A}:3`),
    });
  });

  test('for two configs of one namespace, naming both', () => {
    const [found] = problems(project({ 'a.ts': one("{ name: 'x' }"), 'b/c.ts': one("{ name: 'x' }") }));
    expect(found).toMatchObject({
      file: 'config/namespaces/b/c.ts',
      path: '/name',
      message: expect.stringContaining("'x' is declared twice, here and in config/namespaces/a.ts"),
    });
  });

  test('for everything at once, over all files', () => {
    const found = problems(
      project(
        {
          'a.ts': one("{ nam: 'a' }"),
          'b.ts': 'throw new Error("b");',
          'c.ts': one("[{ name: 'C' }, { name: 'c', labels: { a: 1 } }]"),
        },
        { 'config/cluster.ts': one("{ id: 'Venice', baselin: 'x' }") },
      ),
    );
    expect(found.map(({ file, path }) => `${file ?? ''} ${path ?? ''}`).sort()).toEqual([
      'config/cluster.ts /baselin',
      'config/cluster.ts /id',
      'config/namespaces/a.ts /',
      'config/namespaces/a.ts /nam',
      'config/namespaces/b.ts ',
      'config/namespaces/c.ts /0/name',
      'config/namespaces/c.ts /1/labels/a',
    ]);
  });

  test.each<[string, Files, Files, RegExp]>([
    ['no cluster config', { 'a.ts': one("{ name: 'a' }") }, {}, /no config\/cluster\.ts/],
    ['no namespace config', {}, CLUSTER, /no namespace config/],
    ['nothing but a helper', { '_a.ts': '' }, CLUSTER, /no namespace config/],
    [
      'a folder that would look like a manifest',
      { 'x.yaml/a.ts': one("{ name: 'a' }") },
      CLUSTER,
      /'x\.yaml' is not a valid folder name/,
    ],
    [
      'a folder with a blank',
      { 'x y/a.ts': one("{ name: 'a' }") },
      CLUSTER,
      /'x y' is not a valid folder name/,
    ],
    ['a line end in a file name', { 'a\nb.ts': one("{ name: 'a' }") }, CLUSTER, /control characters/],
  ])('for %s', (_, namespaces, more, message) => {
    expect(problems(project(namespaces, more))).toMatchObject([{ message: expect.stringMatching(message) }]);
  });
});

test('a cluster by itself is loaded without its namespaces', () => {
  const root = project({ 'a.ts': 'throw new Error();' });
  expect(loadConfig(root, 'cluster')).toMatchObject({ cluster: { id: 'venice' }, namespaces: [] });
});

test('quotes and dollars in file names are nothing special', () => {
  expect(names(project({ "it's ${x} `y`.ts": one("{ name: 'a' }") }))).toEqual([':a']);
});

test('a config is read once: what was checked is what is compiled', () => {
  const root = project({
    'a.ts':
      "let n = 0;\nexport default { get name() { n += 1; return n === 1 ? 'a' : '../../../evil'; } };\n",
  });
  const [loaded] = loadConfig(root).namespaces;
  expect([loaded?.config.name, loaded?.config.name, loaded?.config.name]).toEqual(['a', 'a', 'a']);
});

test('a file whose name is a pattern to esbuild is refused by its name', () => {
  expect(problems(project({ 'a*.ts': one("{ name: 'a' }") }))[0]).toMatchObject({
    file: 'config/namespaces/a*.ts',
  });
});
