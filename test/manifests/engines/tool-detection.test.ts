import type { Engine } from '../../../lib/manifests/engines/engines';
import { fluxArtifact } from '../../../lib/manifests/engines/flux-artifact';
import { kustomizeParts } from '../../../lib/manifests/engines/kustomize-build';
import { isToolFile, toolDetection } from '../../../lib/manifests/engines/tool-detection';

type Files = Readonly<Record<string, string>>;
const detection = (files: Files, root = 'apps') =>
  toolDetection(
    root,
    Object.entries(files).map(([path, text]) => ({ path, text })),
  );
const leftOut = (engine: Engine, files: Files, path: string, root?: string) =>
  detection(files, root).leftOutBy(engine, path);
const unclear = (files: Files, engine: Engine = 'flux') => detection(files).unclear(engine);
const lists = (...entries: string[]) => JSON.stringify({ kind: 'Kustomization', resources: entries });

test.each([
  ...['kustomization.yaml', 'a/kustomization.yml', 'Kustomization', 'x/MyChart.yaml', 'a.jsonnet'],
  ...['.argocd-source.yaml', 'a/.argocd-source-shop.yaml'],
])('%s is a file of a tool', (path) => {
  expect(isToolFile(path)).toBe(true);
});
test.each(['my-kustomization.yaml', 'Chart.yml', 'kustomization.yaml/shop.yaml', 'a.jsonnet.yaml'])(
  '%s is none',
  (path) => {
    expect(isToolFile(path)).toBe(false);
  },
);

test.each<Engine>(['flux', 'argocd'])('%s applies what the kustomization lists', (engine) => {
  const files = {
    'apps/kustomization.yaml': lists('a.yaml', './sub/b.yaml', 'x//c.yaml', 'github.com/d.yaml'),
  };
  for (const path of ['a.yaml', 'sub/b.yaml', 'x/c.yaml', 'github.com/d.yaml'])
    expect(leftOut(engine, files, `apps/${path}`)).toBeUndefined();
  expect(leftOut(engine, files, 'apps/sub/a.yaml')).toBe('apps/kustomization.yaml');
  expect(leftOut(engine, files, 'other/a.yaml')).toBeUndefined();
  expect(unclear(files, engine)).toEqual([]);
});

test.each(['resources', 'bases'])('%s name folders, which have lists of their own', (field) => {
  const files = {
    'apps/kustomization.yaml': JSON.stringify({ [field]: ['sub/'] }),
    'apps/sub/kustomization.yml': lists('a.yaml', '../other'),
    'apps/other/Kustomization': lists('c.yaml'),
  };
  expect(leftOut('flux', files, 'apps/sub/a.yaml')).toBeUndefined();
  expect(leftOut('flux', files, 'apps/other/c.yaml')).toBeUndefined();
  expect(leftOut('flux', files, 'apps/sub/b.yaml')).toBe('apps/sub/kustomization.yml');
  expect(leftOut('flux', files, 'apps/other/b.yaml')).toBe('apps/other/Kustomization');
  expect(leftOut('flux', files, 'apps/b.yaml')).toBe('apps/kustomization.yaml');
  expect(unclear(files)).toEqual([]);
});

test('below a folder without one, Flux takes each as a whole, and Argo CD takes none', () => {
  const files = { 'apps/x/kustomization.yaml': lists('a.yaml') };
  expect(leftOut('flux', files, 'apps/a.yaml')).toBeUndefined();
  expect(leftOut('flux', files, 'apps/x/a.yaml')).toBeUndefined();
  expect(leftOut('flux', files, 'apps/x/y/a.yaml')).toBe('apps/x/kustomization.yaml');
  expect(leftOut('flux', files, 'apps/xx/b.yaml')).toBeUndefined();
  expect(leftOut('argocd', files, 'apps/x/b.yaml')).toBeUndefined();
  const { isBuilt } = detection(files);
  expect([isBuilt('flux', 'apps/x/b.yaml'), isBuilt('flux', 'apps/b.yaml')]).toEqual([true, false]);
  expect([isBuilt('argocd', 'apps/x/b.yaml'), isBuilt('flux', 'x/b.yaml')]).toEqual([false, false]);
});

test('what the outermost takes in is built once', () => {
  const files = { 'apps/x/kustomization.yaml': lists('y'), 'apps/x/y/kustomization.yaml': lists('a.yaml') };
  expect(leftOut('flux', files, 'apps/x/y/a.yaml')).toBeUndefined();
  expect(unclear(files)).toEqual([]);
  expect(leftOut('flux', { ...files, 'apps/x/kustomization.yaml': lists() }, 'apps/x/y/a.yaml')).toBe(
    'apps/x/kustomization.yaml',
  );
});

test.each(['', '.'])('the root of the repository may be the folder: %j', (root) => {
  const files = { 'kustomization.yaml': lists('a.yaml') };
  expect(leftOut('flux', files, 'a.yaml', root)).toBeUndefined();
  expect(leftOut('flux', files, 'b.yaml', root)).toBe('kustomization.yaml');
  expect(leftOut('flux', { 'x/Kustomization': lists() }, 'x/b.yaml', root)).toBe('x/Kustomization');
});

test('an empty kustomization takes in nothing, and of an unreadable one nobody knows', () => {
  for (const text of ['', '# a\n', '{}'])
    expect(leftOut('flux', { 'apps/kustomization.yaml': text }, 'apps/a.yaml')).toBe(
      'apps/kustomization.yaml',
    );
  expect(leftOut('flux', { 'apps/kustomization.yaml': '{' }, 'apps/a.yaml')).toBeUndefined();
});

const UNREAD = 'it cannot be read as one YAML map of some size';
const harmful = (...fields: string[]) => `its ${fields.join(', ')} may change or drop what it takes in`;
test.each([
  ['{resources: [../base, a.yaml, ./b.yaml]}', ['it takes in base, beside the folder']],
  ['{bases: [../base, ../../x, ..//y]}', ['it takes in base, ../x, y, beside the folder']],
  [
    '{resources: [offloading, sub/x.txt, a.json]}',
    ['it takes in apps/offloading, apps/sub/x.txt, which is not read'],
  ],
  ['{resources: ["*"]}', ['it takes in apps/*, which is not read']],
  ['{resources: [a.yaml, ./a.yaml, "./"]}', ['it takes in apps/a.yaml, apps, which is taken in already']],
  ['{patches: [{path: p.yaml}], namespace: x}', [harmful('namespace', 'patches')]],
  ['{components: [c]}', [harmful('components')]],
  ['{replacements: [{}], configMapGenerator: [{name: a}]}', [harmful('replacements')]],
  ['{transformers: [t.yaml]}', [harmful('transformers')]],
  ['{Resources: [a.yaml]}', [harmful('Resources')]],
  ['{labels: [{pairs: {kustomize.toolkit.fluxcd.io/prune: disabled}}]}', [harmful('labels')]],
  ['{commonAnnotations: {argocd.argoproj.io/hook: Skip}}', [harmful('commonAnnotations')]],
  ['{commonLabels: {liqo.io/scheduling-enabled: "false"}}', [harmful('commonLabels')]],
  ['{', [UNREAD]],
  ['[a.yaml]', [UNREAD]],
  ['resources: [a.yaml]\n---\nresources: []', [UNREAD]],
  ['resources: [a.yaml]\nresources: []', [UNREAD]],
  [`a: ${'x'.repeat(300_000)}`, [UNREAD]],
])('of %j nobody can tell what it gives: %j', (text, reasons) => {
  for (const engine of ['flux', 'argocd'] as const)
    expect(unclear({ 'apps/kustomization.yaml': text }, engine)).toEqual(
      reasons.map((why) => ({ file: 'apps/kustomization.yaml', why })),
    );
});

test.each([
  '{resources: [https://x.example/a, github.com/a/b?ref=v1, "git@x.example:a", x.example/a//b]}',
  '{resources: [a.yaml], images: [{name: a}], replicas: [{name: a, count: 2}]}',
  '{configMapGenerator: [{name: a, literals: [b=c]}], secretGenerator: [], generatorOptions: {}}',
  '{labels: [{pairs: {team: a}}], commonLabels: {app.kubernetes.io/part-of: a}, commonAnnotations: {a: b}}',
  '{patches: [], components: null, namespace: , transformers: []}',
  '',
])('%j is plain', (text) => {
  expect(unclear({ 'apps/kustomization.yaml': text })).toEqual([]);
});

test('folders that are taken in twice, or take each other in, are unclear', () => {
  const top = { 'apps/kustomization.yaml': lists('a', 'b') };
  const [a, b] = ['apps/a/kustomization.yaml', 'apps/b/kustomization.yaml'];
  const taken = (path: string) => `it takes in ${path}, which is taken in already`;
  const diamond = {
    ...top,
    [a]: lists('../base'),
    [b]: lists('../base'),
    'apps/base/kustomization.yaml': lists(),
  };
  expect(unclear(diamond)).toMatchObject([{ why: taken('apps/base') }]);
  expect(unclear({ ...top, [a]: lists('..'), [b]: lists() })).toEqual([{ file: a, why: taken('apps') }]);
  expect(unclear({ [a]: lists('../b'), [b]: lists() })).toEqual([{ file: a, why: taken('apps/b') }]);
  expect(unclear({ ...top, [a]: lists(), [b]: lists() })).toEqual([]);
  const both = { 'apps/kustomization.yaml': lists(), 'apps/kustomization.yml': lists() };
  expect(unclear(both)).toMatchObject([{ why: 'there is another one in its folder' }]);
});

test('what is unclear counts where an engine builds it', () => {
  const files = { 'apps/x/kustomization.yaml': lists('../../base') };
  expect(unclear(files)).toHaveLength(1);
  expect(unclear(files, 'argocd')).toEqual([]);
  expect(unclear({ ...files, 'apps/kustomization.yaml': lists('a.yaml') })).toEqual([]);
  expect(unclear({ ...files, 'apps/kustomization.yaml': lists('x') }, 'argocd')).toHaveLength(1);
});

test('what Argo CD runs, or is told beside the manifests, is unclear for Argo CD', () => {
  const chart = { 'apps/Chart.yaml': '' };
  expect(unclear(chart, 'argocd')).toEqual([{ file: 'apps/Chart.yaml', why: 'Helm renders the folder' }]);
  expect(leftOut('argocd', chart, 'apps/a.yaml')).toBeUndefined();
  expect(unclear({ 'apps/x/Chart.yaml': '' }, 'argocd')).toEqual([]);
  expect(unclear({ ...chart, 'apps/kustomization.yaml': lists() }, 'argocd')).toEqual([]); // met last
  expect(unclear({ 'apps/my-Chart.yaml': '', 'apps/kustomization.yaml': lists() }, 'argocd')).toHaveLength(1);
  const argo = { 'apps/.argocd-source.yaml': '', 'apps/x/b.jsonnet': '' };
  expect(unclear(argo, 'argocd').map(({ file }) => file)).toEqual(Object.keys(argo));
  for (const files of [chart, argo]) expect(unclear(files)).toEqual([]);
});

test('what Flux does not fetch steers only Argo CD', () => {
  const files = [{ path: 'apps/x/kustomization.yaml', text: lists('a.yaml') }];
  const hidden = fluxArtifact([{ path: '.sourceignore', text: 'kustomization.yaml' }]);
  expect(toolDetection('apps', files, hidden).leftOutBy('flux', 'apps/x/b.yaml')).toBeUndefined();
  expect(toolDetection('apps', files).leftOutBy('flux', 'apps/x/b.yaml')).toBe(files[0]?.path);
  const bare = [{ path: 'apps/Kustomization', text: lists('a.yaml') }];
  expect(toolDetection('apps', bare, fluxArtifact([])).leftOutBy('flux', 'apps/b.yaml')).toBe(
    'apps/Kustomization',
  );
});

test('a chain and a web of kustomizations have an end', () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => [
    `apps/${i}/kustomization.yaml`,
    lists(`../${i + 1}`),
  ]);
  const files = Object.fromEntries([...chain, ['apps/kustomization.yaml', lists('0')]]) as Files;
  expect(leftOut('flux', files, 'apps/a.yaml')).toBe('apps/kustomization.yaml');
  const folders = Array.from({ length: 14 }, (_, i) => ['apps', ...Array<string>(i).fill('d')].join('/'));
  const web = folders.map((one) => [`${one}/kustomization.yaml`, lists(...Array<string>(50).fill('d'))]);
  expect(leftOut('flux', Object.fromEntries(web) as Files, 'apps/d/d/a.yaml')).toBe(
    'apps/d/d/kustomization.yaml',
  );
});

test('files that a kustomization reads may be no objects', () => {
  const text = JSON.stringify({
    resources: ['a.yaml'],
    patches: [{ path: 'p.yaml' }, { patch: '- op: x\n' }],
    configMapGenerator: [{ files: ['key.yaml=data.yaml', 'plain.yaml'] }],
  });
  const parts = kustomizeParts([{ path: 'apps/kustomization.yaml', text }]);
  const found = ['a', 'p', 'key', 'data', 'plain'].filter((name) => parts.has(`apps/${name}.yaml`));
  expect(found).toEqual(['p', 'data', 'plain']);
});
