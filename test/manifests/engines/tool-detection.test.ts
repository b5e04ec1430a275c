import type { Engine } from '../../../lib/manifests/engines/engines';
import { fluxArtifact } from '../../../lib/manifests/engines/flux-artifact';
import { kustomizeParts } from '../../../lib/manifests/engines/kustomize-build';
import { isToolFile, toolDetection, usedFiles } from '../../../lib/manifests/engines/tool-detection';

const detection = (files: Readonly<Record<string, string>>, root = 'apps') =>
  toolDetection(
    root,
    Object.entries(files).map(([path, text]) => ({ path, text })),
  );
const leftOut = (engine: Engine, files: Readonly<Record<string, string>>, path: string, root?: string) =>
  detection(files, root).treatmentOf(engine, path).leftOutBy;
const changedBy = (engine: Engine, files: Readonly<Record<string, string>>, path: string) => [
  ...detection(files).treatmentOf(engine, path).changedBy.keys(),
];
const lists = (...entries: string[]) => JSON.stringify({ kind: 'Kustomization', resources: entries });

test.each(['kustomization.yaml', 'a/kustomization.yml', 'Kustomization', 'x/MyChart.yaml', 'a.jsonnet'])(
  '%s is a file of a tool',
  (path) => {
    expect(isToolFile(path)).toBe(true);
  },
);
test.each(['.argocd-source.yaml', 'a/.argocd-source-shop.yaml'])('%s is one as well', (path) => {
  expect(isToolFile(path)).toBe(true);
});
test.each(['my-kustomization.yaml', 'Chart.yml', 'kustomization.yaml/shop.yaml', 'a.jsonnet.yaml'])(
  '%s is none',
  (path) => {
    expect(isToolFile(path)).toBe(false);
  },
);

test.each<[Engine, string | undefined]>([
  ['flux', 'apps/kustomization.yaml'],
  ['argocd', 'apps/kustomization.yaml'],
])('%s applies what the kustomization lists', (engine, file) => {
  const files = { 'apps/kustomization.yaml': lists('a.yaml', './sub/b.yaml') };
  expect(leftOut(engine, files, 'apps/a.yaml')).toBeUndefined();
  expect(leftOut(engine, files, 'apps/sub/b.yaml')).toBeUndefined();
  expect(leftOut(engine, files, 'apps/sub/a.yaml')).toBe(file);
  expect(leftOut(engine, files, 'other/a.yaml')).toBeUndefined();
});

test.each(['resources', 'bases', 'components'])('%s name folders, which have lists of their own', (field) => {
  const files = {
    'apps/kustomization.yaml': JSON.stringify({ [field]: ['sub'] }),
    'apps/sub/kustomization.yml': lists('a.yaml'),
  };
  expect(leftOut('flux', files, 'apps/sub/a.yaml')).toBeUndefined();
  expect(leftOut('flux', files, 'apps/sub/b.yaml')).toBe('apps/sub/kustomization.yml');
  expect(leftOut('flux', files, 'apps/b.yaml')).toBe('apps/kustomization.yaml');
});

test('where kustomize fails, nothing is left out', () => {
  expect(leftOut('flux', { 'apps/kustomization.yaml': '{' }, 'apps/a.yaml')).toBeUndefined();
  const circle = { 'apps/kustomization.yaml': lists('sub'), 'apps/sub/kustomization.yaml': lists('..') };
  expect(leftOut('flux', circle, 'apps/sub/a.yaml')).toBeUndefined();
});

test('a web of folders that list each other over and over has an end', () => {
  const folders = Array.from({ length: 14 }, (_, i) => ['apps', ...Array<string>(i).fill('d')].join('/'));
  const files = Object.fromEntries(
    folders.map((folder) => [
      `${folder}/kustomization.yaml`,
      lists(...Array<string>(50).fill('d'), 'other.yaml'),
    ]),
  );
  expect(leftOut('flux', files, `${folders.at(-1) ?? ''}/a.yaml`)).toBe(
    `${folders.at(-1) ?? ''}/kustomization.yaml`,
  );
});

test('below a folder without one, Flux takes each as a whole, and Argo CD takes none', () => {
  const files = { 'apps/x/kustomization.yaml': lists('a.yaml') };
  expect(leftOut('flux', files, 'apps/a.yaml')).toBeUndefined();
  expect(leftOut('flux', files, 'apps/x/a.yaml')).toBeUndefined();
  expect(leftOut('flux', files, 'apps/x/y/a.yaml')).toBe('apps/x/kustomization.yaml');
  expect(leftOut('flux', files, 'apps/xx/b.yaml')).toBeUndefined();
  expect(leftOut('argocd', files, 'apps/x/b.yaml')).toBeUndefined();
});

test.each(['', '.'])('the root of the repository may be the folder: %j', (root) => {
  const files = { 'kustomization.yaml': lists('a.yaml') };
  expect(leftOut('flux', files, 'a.yaml', root)).toBeUndefined();
  expect(leftOut('flux', files, 'b.yaml', root)).toBe('kustomization.yaml');
  expect(leftOut('flux', { 'x/Kustomization': lists() }, 'x/b.yaml', root)).toBe('x/Kustomization');
});

test('a chart counts for Argo CD, in the folder itself', () => {
  expect(leftOut('argocd', { 'apps/Chart.yaml': '' }, 'apps/a.yaml')).toBe('apps/Chart.yaml');
  expect(leftOut('argocd', { 'apps/x/Chart.yaml': '' }, 'apps/x/a.yaml')).toBeUndefined();
  expect(leftOut('flux', { 'apps/Chart.yaml': '' }, 'apps/a.yaml')).toBeUndefined();
});

test('what Helm takes for templates is changed and not left out', () => {
  const chart = { 'apps/Chart.yaml': 'version: 1' };
  expect(leftOut('argocd', chart, 'apps/templates/a.yaml')).toBeUndefined();
  expect(changedBy('argocd', chart, 'apps/templates/a.yaml')).toEqual(['Chart.yaml']);
  expect(leftOut('argocd', chart, 'apps/templates.yaml')).toBe('apps/Chart.yaml');
  const released = detection({ 'apps/Chart.yaml': 'version: 2' });
  expect(released.treatmentOf('argocd', 'apps/templates/a.yaml')).toEqual(
    detection(chart).treatmentOf('argocd', 'apps/templates/a.yaml'),
  );
});

test('of a chart and a kustomization in one folder, Argo CD takes what it meets last', () => {
  const both = { 'apps/kustomization.yaml': lists('a.yaml'), 'apps/Chart.yaml': '' };
  expect(leftOut('argocd', both, 'apps/a.yaml')).toBeUndefined();
  expect(leftOut('argocd', both, 'apps/b.yaml')).toBe('apps/kustomization.yaml');
  const other = { 'apps/my-Chart.yaml': '', 'apps/kustomization.yaml': lists('a.yaml') };
  expect(leftOut('argocd', other, 'apps/a.yaml')).toBe('apps/my-Chart.yaml');
});

test('says what is not judged, of the tools that meet the file', () => {
  const patched = { 'apps/kustomization.yaml': '{resources: [a.yaml], namePrefix: x}' };
  expect(changedBy('flux', patched, 'apps/a.yaml')).toEqual(['.']);
  expect(changedBy('argocd', patched, 'apps/a.yaml')).toEqual(['.']);
  expect(detection(patched).fileAt('.')).toBe('apps/kustomization.yaml');
  const plain = { 'apps/kustomization.yaml': '{resources: [a.yaml], images: [{name: a}], patches: null}' };
  expect(changedBy('flux', plain, 'apps/a.yaml')).toEqual([]);
  const deeper = {
    'apps/kustomization.yaml': lists('x', 'y'),
    'apps/x/kustomization.yaml': '{resources: [a.yaml], patches: [{path: p.yaml}]}',
    'apps/y/kustomization.yaml': lists('a.yaml'),
  };
  expect(changedBy('flux', deeper, 'apps/x/a.yaml')).toEqual(['x']);
  expect(changedBy('flux', deeper, 'apps/y/a.yaml')).toEqual([]);
  expect(changedBy('flux', { 'apps/kustomization.yaml': '{' }, 'apps/a.yaml')).toEqual(['.']);
  const both = {
    'apps/kustomization.yaml': '{resources: [x], patches: [{path: p.yaml}]}',
    'apps/x/kustomization.yaml': '{resources: [a.yaml], patches: [{path: p.yaml}]}',
  };
  expect(changedBy('flux', both, 'apps/x/a.yaml')).toEqual(['x', '.']);
  const argo = { 'apps/.argocd-source.yaml': '', 'apps/x/b.jsonnet': '' };
  expect(changedBy('argocd', argo, 'apps/a.yaml')).toEqual(['.argocd-source.yaml', 'x/b.jsonnet']);
  expect(changedBy('flux', argo, 'apps/a.yaml')).toEqual([]);
});

test('what a kustomization uses counts as its own: files, components, and what these use', () => {
  const used = {
    'apps/kustomization.yaml': '{resources: [a.yaml], patches: [{path: t.txt}], components: [c]}',
    'apps/t.txt': 'one',
    'apps/c/kustomization.yaml': '{namePrefix: x, patches: [{path: u.txt}, {path: ..}]}',
    'apps/c/u.txt': 'one',
    'apps/unused.txt': 'one',
  };
  const made = (files: Readonly<Record<string, string>>) =>
    detection({ ...used, ...files })
      .treatmentOf('flux', 'apps/a.yaml')
      .changedBy.get('.');
  expect(made({ 'apps/unused.txt': 'two' })).toBe(made({}));
  for (const file of ['apps/t.txt', 'apps/c/kustomization.yaml', 'apps/c/u.txt'])
    expect(made({ [file]: 'namePrefix: y' })).not.toBe(made({}));
});

test('names the files that kustomizations use', () => {
  const text = `{resources: [a.yaml], patches: [{path: p.yaml}, {patch: "- op: a\\n"}], transformers: [https://x.example/t]}`;
  expect(usedFiles([{ path: 'apps/kustomization.yaml', text }])).toEqual(['apps/p.yaml']);
  expect(usedFiles([{ path: 'apps/shop.yaml', text }])).toEqual([]);
});

const unclear = (text: string, engine: Engine = 'flux') =>
  detection({ 'apps/kustomization.yaml': text })
    .unclear(engine)
    .map(({ file, why }) => {
      expect(file).toBe('apps/kustomization.yaml');
      return why;
    });

test.each([
  ['{resources: [../base, a.yaml, ./b.yaml, ..]}', ['it takes in base, ., beside the folder']],
  ['{bases: [../base], components: [../../x]}', ['it takes in base, ../x, beside the folder']],
  ['{patches: [{path: ../p.yaml}]}', ['it takes in p.yaml, beside the folder']],
  [
    '{resources: [offloading, sub/x.txt, a.json]}',
    ['it takes in apps/offloading, apps/sub/x.txt, which is not read'],
  ],
  ['{transformers: [t.yaml]}', ['its transformers are not read']],
  ['{transformers: [], validators: [v.yaml]}', []],
  ['', []],
  [`a: ${'x'.repeat(300_000)}`, ['it cannot be read as one YAML map of some size']],
  ['{resources: [https://x.example/a, github.com/a/b?ref=v1, "git@x.example:a", x.example/a//b]}', []],
  ['{resources: [a.yaml], generators: ["a: 1\\n"], patches: [{patch: "- op: a\\n"}]}', []],
  ['{', ['it cannot be read as one YAML map of some size']],
  ['[a.yaml]', ['it cannot be read as one YAML map of some size']],
  ['resources: [a.yaml]\n---\nresources: []', ['it cannot be read as one YAML map of some size']],
  ['resources: [a.yaml]\nresources: []', ['it cannot be read as one YAML map of some size']],
])('of %j nobody can tell what it gives: %j', (text, reasons) => {
  expect(unclear(text)).toEqual(reasons);
  expect(unclear(text, 'argocd')).toEqual(reasons);
});

test('what is unclear counts where an engine builds it', () => {
  const files = { 'apps/x/kustomization.yaml': lists('../../base') };
  expect(detection(files).unclear('flux')).toMatchObject([
    { file: 'apps/x/kustomization.yaml', why: expect.stringContaining('takes in base, beside') },
  ]);
  expect(detection(files).unclear('argocd')).toEqual([]);
  expect(detection({ ...files, 'apps/kustomization.yaml': lists('a.yaml') }).unclear('flux')).toEqual([]);
  expect(detection({ ...files, 'apps/kustomization.yaml': lists('x') }).unclear('argocd')).toHaveLength(1);
  const chart = { 'apps/Chart.yaml': '' };
  expect(detection(chart).unclear('argocd')).toEqual([
    { file: 'apps/Chart.yaml', why: 'Helm renders the folder' },
  ]);
  expect(detection(chart).unclear('flux')).toEqual([]);
});

test('nothing lies beside the root of the repository, and the folder itself not beside itself', () => {
  const top = { 'apps/kustomization.yaml': lists('x'), 'apps/x/kustomization.yaml': lists('..') };
  expect(detection(top).unclear('flux')).toEqual([
    {
      file: 'apps/x/kustomization.yaml',
      why: 'it takes in what takes it in, so nothing is applied any more',
    },
  ]);
  const root = { 'kustomization.yaml': lists('x'), 'x/kustomization.yaml': lists('../y.yaml') };
  expect(detection(root, '').unclear('flux')).toEqual([]);
});

test('a blank slash at the end, the order of fields, the name of the file and empty fields say nothing', () => {
  const changes = (file: string, text: string) =>
    detection({ [`apps/${file}`]: text, 'apps/sub/kustomization.yaml': lists('a.yaml') }).treatmentOf(
      'flux',
      'apps/sub/a.yaml',
    ).changedBy;
  const plain = changes('kustomization.yaml', '{resources: [sub], namespace: x, namePrefix: y}');
  expect([...plain.keys()]).toEqual(['.']);
  expect(changes('kustomization.yml', '{namePrefix: y, namespace: x, resources: [./sub/]}')).toEqual(plain);
  expect(changes('Kustomization', '{resources: [sub], commonLabels: {}, patches: []}').size).toBe(0);
});

test('a folder that is taken in twice is another one than one that is taken in once', () => {
  const given = (...overlays: string[]) =>
    detection({
      'apps/kustomization.yaml': lists(...overlays),
      'apps/a/kustomization.yaml': '{namespace: a, resources: [../base]}',
      'apps/b/kustomization.yaml': '{namespace: b, resources: [../base]}',
      'apps/base/kustomization.yaml': lists('x.yaml'),
    }).treatmentOf('flux', 'apps/base/x.yaml');
  expect(given('a', 'b')).toEqual(given('a', 'b'));
  expect(given('a', 'b').leftOutBy).toBeUndefined();
  expect(given('a')).not.toEqual(given('a', 'b'));
  expect(given('a')).not.toEqual(given('b'));
  expect(given('c')).toMatchObject({ leftOutBy: 'apps/kustomization.yaml' });
});

test('what Flux does not fetch steers only Argo CD', () => {
  const files = [{ path: 'apps/x/kustomization.yaml', text: lists('a.yaml') }];
  const hidden = fluxArtifact([{ path: '.sourceignore', text: 'kustomization.yaml' }]);
  expect(toolDetection('apps', files, hidden).treatmentOf('flux', 'apps/x/b.yaml').leftOutBy).toBeUndefined();
  expect(toolDetection('apps', files).treatmentOf('flux', 'apps/x/b.yaml').leftOutBy).toBe(files[0]?.path);
  const bare = [{ path: 'apps/Kustomization', text: lists('a.yaml') }];
  const treatment = toolDetection('apps', bare, fluxArtifact([])).treatmentOf('flux', 'apps/b.yaml');
  expect(treatment.leftOutBy).toBe('apps/Kustomization');
});

test('an empty kustomization takes in nothing', () => {
  expect(leftOut('flux', { 'apps/kustomization.yaml': '' }, 'apps/a.yaml')).toBe('apps/kustomization.yaml');
  expect(leftOut('flux', { 'apps/kustomization.yaml': '# a\n' }, 'apps/a.yaml')).toBeDefined();
});

test('without one in the folder itself, two that take in one file are not as one that does', () => {
  const base = { 'apps/base/kustomization.yaml': lists('x.yaml') };
  const overlay = { 'apps/prod/kustomization.yaml': '{namespace: prod, resources: [../base]}' };
  const of = (files: Readonly<Record<string, string>>) =>
    detection(files).treatmentOf('flux', 'apps/base/x.yaml');
  expect(of(base).changedBy.size).toBe(0);
  expect([...of({ ...base, ...overlay }).changedBy.keys()]).toEqual(['.']);
  expect(detection({ ...base, ...overlay }).isBuilt('flux', 'apps/x.yaml')).toBe(false);
  expect(detection({ ...base, ...overlay }).isBuilt('flux', 'apps/base/deep/x.yaml')).toBe(true);
  expect(detection({ ...base, ...overlay }).isBuilt('argocd', 'apps/base/x.yaml')).toBe(false);
});

test('kustomizations that use each other in a circle, or on and on, have an end', () => {
  const components = (to: (i: number) => number) =>
    Object.fromEntries(
      Array.from({ length: 102 }, (_, i) => [
        `apps/${i}/kustomization.yaml`,
        `{namePrefix: x, patches: [{path: ../${to(i)}}]}`,
      ]),
    );
  const top = { 'apps/kustomization.yaml': '{resources: [a.yaml], patches: [{path: "0"}]}' };
  const keys = changedBy('flux', { ...components((i) => (i + 1) % 50), ...top }, 'apps/a.yaml');
  expect(keys).toEqual(['.']);
  expect(() => changedBy('flux', { ...components((i) => i + 1), ...top }, 'apps/a.yaml')).toThrow(/100 deep/);
});

test('kustomizations that take each other in without an end in sight are refused', () => {
  const chain = Array.from({ length: 102 }, (_, i) => [`apps/${i}/kustomization.yaml`, lists(`../${i + 1}`)]);
  const files = Object.fromEntries([...chain, ['apps/kustomization.yaml', lists('0')]]) as Record<
    string,
    string
  >;
  expect(() => leftOut('flux', files, 'apps/a.yaml')).toThrow(/more than 100 deep/);
  delete files['apps/90/kustomization.yaml'];
  expect(leftOut('flux', files, 'apps/a.yaml')).toBe('apps/kustomization.yaml');
});

test('many that are used side by side are not deep', () => {
  const all = Array.from({ length: 150 }, (_, i) => `${i}`);
  const files = Object.fromEntries(all.map((one) => [`apps/${one}/kustomization.yaml`, 'namePrefix: x']));
  const top = JSON.stringify({ resources: ['a.yaml'], patches: all.map((path) => ({ path })) });
  expect(changedBy('flux', { ...files, 'apps/kustomization.yaml': top }, 'apps/a.yaml')).toEqual(['.']);
});

test('what the outermost takes in is built once', () => {
  const files = { 'apps/x/kustomization.yaml': lists('y'), 'apps/x/y/kustomization.yaml': lists('a.yaml') };
  expect(changedBy('flux', files, 'apps/x/y/a.yaml')).toEqual([]);
});

test('which two ways lead to a file counts beside what changes both', () => {
  const given = (...overlays: string[]) =>
    detection({
      'apps/kustomization.yaml': JSON.stringify({ resources: overlays, namePrefix: 'x' }),
      ...Object.fromEntries(
        ['a', 'b', 'c'].map((one) => [
          `apps/${one}/kustomization.yaml`,
          `{namespace: ${one}, resources: [../base]}`,
        ]),
      ),
      'apps/base/kustomization.yaml': lists('x.yaml'),
    }).treatmentOf('flux', 'apps/base/x.yaml').changedBy;
  expect([...given('a', 'b').keys()]).toEqual(['.']);
  expect(given('a', 'b')).not.toEqual(given('a', 'c'));
});

test('files that a kustomization reads are no objects, unless it takes them in', () => {
  const text = JSON.stringify({
    resources: ['a.yaml', 'b.yaml'],
    patches: [{ path: 'a.yaml' }, { path: 'p.yaml' }],
    configMapGenerator: [{ files: ['key.yaml=data.yaml', 'plain.yaml'] }],
  });
  const parts = kustomizeParts([{ path: 'apps/kustomization.yaml', text }]);
  const found = ['a', 'b', 'p', 'key', 'data', 'plain'].filter((name) => parts.has(`apps/${name}.yaml`));
  expect(found).toEqual(['p', 'data', 'plain']);
});
