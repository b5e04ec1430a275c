import { EngineView } from '../../../lib/manifests/engines/engine-view';
import { ENGINES, type Engine } from '../../../lib/manifests/engines/engines';
import { manifests, namespace, offloading } from '../../judge/given';
import { flux, unitsFor } from '../../judge/units';
import { State } from '../../../lib/judge/state';

type Files = Readonly<Record<string, string>>;
const viewOf = (files: Files, folder = 'apps', known: readonly Engine[] = []) =>
  new EngineView({
    folder,
    known,
    steering: Object.entries(files).map(([path, text]) => ({ path, text })),
  });
const leftOut = (engine: Engine, files: Files, path: string, root?: string) => {
  const place = viewOf(files, root).placeOf(engine, path);
  return place?.how === 'left out' ? place.by : undefined;
};
const unclear = (files: Files, engine: Engine = 'flux') =>
  viewOf(files, 'apps', [engine])
    .unclear()
    .map(({ file, why }) => ({ file, why }));
const lists = (...entries: string[]) => JSON.stringify({ kind: 'Kustomization', resources: entries });

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
  const isRead = (path: string) => viewOf(files, 'apps', ['flux']).placeOf('flux', path) === undefined;
  expect([isRead('apps/x/a.yaml'), isRead('apps/a.json'), isRead('x/b.json')]).toEqual([true, false, false]);
  const json = { 'apps/x/kustomization.yaml': lists('a.json') };
  expect(viewOf(json, 'apps', ['flux']).placeOf('flux', 'apps/x/a.json')).toBeUndefined();
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

const UNREAD = 'the file is too large, or is not a single YAML map';
const harmful = (...fields: string[]) => `its ${fields.join(', ')} may change or drop objects`;
test.each([
  ['{resources: [../base, a.yaml, ./b.yaml]}', ['it includes base from outside the folder']],
  ['{bases: [../base, ../../x, ..//y]}', ['it includes base, ../x, y from outside the folder']],
  [
    '{resources: [offloading, sub/x.txt, a.json]}',
    ['it includes apps/offloading, apps/sub/x.txt, which cannot be read here'],
  ],
  ['{resources: ["*"]}', ['it includes apps/*, which cannot be read here']],
  ['{resources: [a.yaml, ./a.yaml, "./"]}', ['it includes apps/a.yaml, apps more than once']],
  ['{patches: [{path: p.yaml}], namespace: x}', [harmful('patches')]],
  ['{namespace: [x]}', [harmful('namespace')]],
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
  const taken = (path: string) => `it includes ${path} more than once`;
  const diamond = {
    ...top,
    [a]: lists('../base'),
    [b]: lists('../base'),
    'apps/base/kustomization.yaml': lists(),
  };
  expect(unclear(diamond)).toMatchObject([{ why: taken('apps/base') }]);
  expect(unclear({ ...top, [a]: lists('..'), [b]: lists() })).toEqual([{ file: a, why: taken('apps') }]);
  // Folders that are pointed at one by one: a base and its overlays.
  expect(unclear({ [a]: lists('../b'), [b]: lists() })).toEqual([]);
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
  expect(unclear(chart, 'argocd')).toEqual([
    { file: 'apps/Chart.yaml', why: 'the folder holds a Helm chart' },
  ]);
  expect(leftOut('argocd', chart, 'apps/a.yaml')).toBeUndefined();
  expect(unclear({ ...chart, 'apps/kustomization.yaml': lists() }, 'argocd')).toEqual([]); // met last
  expect(unclear({ 'apps/my-Chart.yaml': '', 'apps/kustomization.yaml': lists() }, 'argocd')).toHaveLength(1);
  const argo = { 'apps/.argocd-source.yaml': '', 'apps/x/b.jsonnet': '' };
  expect(unclear(argo, 'argocd').map(({ file }) => file)).toEqual(Object.keys(argo));
  expect(unclear(argo)).toEqual([]);
  const inChart = { 'apps/x/Chart.yaml': '', 'apps/x/files/b.jsonnet': '', 'apps/x/.argocd-source.yaml': '' };
  expect(unclear(inChart, 'argocd').map(({ file }) => file)).toEqual([
    'apps/x/Chart.yaml',
    'apps/x/.argocd-source.yaml',
  ]);
});

test('a chart makes the folder unclear for each engine that gets it', () => {
  const below = { 'apps/x/Chart.yaml': '' };
  for (const engine of ENGINES)
    expect(unclear(below, engine)).toEqual([
      { file: 'apps/x/Chart.yaml', why: 'the folder holds a Helm chart' },
    ]);
  expect(unclear({ 'apps/Chart.yaml': '' })).toHaveLength(1);
  expect(unclear({ 'apps/x/my-Chart.yaml': '' })).toEqual([]);
  for (const engine of ENGINES)
    expect(unclear({ ...below, 'apps/kustomization.yaml': lists('a.yaml') }, engine)).toEqual([]);
  expect(unclear({ ...below, '.sourceignore': '/apps/x' })).toEqual([]);
  expect(unclear({ ...below, '.sourceignore': '/apps/x' }, 'argocd')).toHaveLength(1);
});

test('what Flux does not fetch steers only Argo CD', () => {
  const files = { 'apps/x/kustomization.yaml': lists('a.yaml') };
  expect(
    leftOut('flux', { ...files, '.sourceignore': 'kustomization.yaml' }, 'apps/x/b.yaml'),
  ).toBeUndefined();
  expect(leftOut('flux', files, 'apps/x/b.yaml')).toBe('apps/x/kustomization.yaml');
  expect(leftOut('flux', { 'apps/Kustomization': lists('a.yaml') }, 'apps/b.yaml')).toBe(
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

const PARTS: readonly (readonly [string, object])[] = [
  ['patches', { patches: [{ path: 'b.yaml' }] }],
  ['patchesStrategicMerge', { patchesStrategicMerge: ['b.yaml'] }],
  ['patchesJson6902', { patchesJson6902: [{ target: {}, path: './b.yaml' }] }],
  ['files', { configMapGenerator: [{ files: ['key.yaml=b.yaml'] }] }],
  ['envs', { secretGenerator: [{ envs: ['b.yaml'] }] }],
  ['env', { secretGenerator: [{ env: 'b.yaml' }] }],
  ['replacements', { replacements: [{ path: 'b.yaml' }] }],
  ['openapi', { openapi: { path: 'b.yaml' } }],
  ['transformers', { transformers: ['b.yaml'] }],
  ['configurations', { configurations: ['b.yaml'] }],
  ['helmCharts', { helmCharts: [{ name: 'x', valuesFile: 'b.yaml' }] }],
];
test.each(PARTS)('what %s names is no manifest, unless resources name it too', (_, fields) => {
  const isNone = (more: object, path = 'b') =>
    viewOf({
      'apps/kustomization.yaml': JSON.stringify({ namePrefix: 'x', ...fields, ...more }),
    }).isNoManifest(`apps/${path}.yaml`);
  expect(isNone({ resources: ['a.yaml'] })).toBe(true);
  expect(isNone({ resources: ['a.yaml', 'b.yaml'] })).toBe(false);
  expect(isNone({ resources: ['a.yaml'] }, 'key')).toBe(false);
});

test('what one names beside its folder is no manifest either', () => {
  const one = { 'apps/x/kustomization.yaml': JSON.stringify({ patches: [{ path: '../_patches/b.yaml' }] }) };
  expect(viewOf(one).isNoManifest('apps/_patches/b.yaml')).toBe(true);
  expect(viewOf(one).isNoManifest('apps/_patches/c.yaml')).toBe(false);
});

test.each([
  { commonAnnotations: { note: 'b.yaml' } },
  { namespace: 'b.yaml' },
  { configMapGenerator: [{ name: 'b.yaml', literals: ['a=b.yaml'] }], namePrefix: 'x' },
  { patches: [{ patch: 'b.yaml\n' }] },
])('a string that names no file names none: %j', (fields) => {
  const text = (more: object) => ({ 'apps/kustomization.yaml': JSON.stringify({ ...fields, ...more }) });
  expect(viewOf(text({ resources: ['b.yaml'] })).isNoManifest('apps/b.yaml')).toBe(false);
});

test('nobody has to read what no engine applies, and everybody what one may', () => {
  const isNone = (files: Files, path: string, known: readonly Engine[] = []) =>
    viewOf(files, 'apps', known).isNoManifest(path);
  const top = { 'apps/kustomization.yaml': lists('a.yaml') };
  expect(isNone(top, 'apps/b.yaml')).toBe(true);
  expect(isNone({ 'apps/kustomization.yaml': '{' }, 'apps/b.yaml')).toBe(false);
  expect(isNone({ 'apps/kustomization.yaml': '{patches: [{path: p.yaml}]}' }, 'apps/b.yaml')).toBe(false);
  const below = { 'apps/x/kustomization.yaml': lists('a.yaml') };
  expect(isNone(below, 'apps/x/b.yaml')).toBe(false);
  expect(isNone(below, 'apps/x/b.yaml', ['flux'])).toBe(true);
  expect(isNone({ '.sourceignore': '/apps/b.yaml' }, 'apps/b.yaml')).toBe(false);
  expect(isNone({ '.sourceignore': '/apps/b.yaml' }, 'apps/b.yaml', ['flux'])).toBe(true);
});

test('the templates of a chart are no manifests, unless a kustomization lists them', () => {
  const chart = { 'apps/x/Chart.yaml': '' };
  const isNone = (files: Files, path: string, known: readonly Engine[] = []) =>
    viewOf(files, 'apps', known).isNoManifest(path);
  expect(isNone(chart, 'apps/x/templates/a.yaml')).toBe(true);
  expect(isNone(chart, 'apps/xx/a.yaml')).toBe(false);
  expect(isNone({ 'apps/x/my-Chart.yaml': '' }, 'apps/x/a.yaml')).toBe(false);
  const listed = { ...chart, 'apps/kustomization.yaml': lists('x/templates/a.yaml') };
  expect(isNone(listed, 'apps/x/templates/a.yaml')).toBe(false);
  // Flux does not get the chart, and reads what lies around it.
  expect(isNone({ ...chart, '.sourceignore': 'Chart.yaml' }, 'apps/x/a.yaml')).toBe(false);
});

test('labels of a kustomization go on what it takes in, the outermost last', () => {
  const files = {
    'apps/kustomization.yaml': JSON.stringify({ resources: ['x', 'a.yaml'], commonLabels: { one: 'top' } }),
    'apps/x/kustomization.yaml': JSON.stringify({
      resources: ['b.yaml'],
      labels: [{ pairs: { one: 'x', two: 'x' } }],
    }),
  };
  const labels = (path: string) => Object.fromEntries(viewOf(files).labelsFor(path));
  expect(labels('apps/x/b.yaml')).toEqual({ one: 'top', two: 'x' });
  expect(labels('apps/a.yaml')).toEqual({ one: 'top' });
  expect(labels('apps/x/c.yaml')).toEqual({});
  expect(labels('b.yaml')).toEqual({});
});

describe('what Flux fills in', () => {
  const spec =
    '{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: r, operator: In, values: ["${region:=eu}"] }] }] } }';
  const given = (text: string, known: readonly Engine[] = [], units = unitsFor({}, new State([]))) => {
    const all = manifests(text, 'apps/a.yaml');
    return new EngineView({ folder: 'apps', manifests: all, known, units }).unclear().map(({ why }) => why);
  };
  const SAID = ["Flux substitutes variables in the NamespaceOffloading of 'shop'"];

  test('is unclear unless Argo CD alone is the engine', () => {
    const text = offloading('shop', spec);
    expect(given(text)).toEqual(SAID);
    expect(given(text, ['flux'])).toEqual(SAID);
    expect(given(text, ['argocd'])).toEqual([]);
  });

  test('is what stands in a namespace or its offloading, and is no text that looks like it', () => {
    expect(given(namespace('"${name}"'))).toHaveLength(1);
    expect(given(namespace('shop', 'labels: { team: "${team}" }'))).toHaveLength(1);
    expect(given(namespace('shop', 'annotations: { note: "${HOME}" }'))).toEqual([]);
    expect(given(namespace('shop', 'labels: { team: "$${team}" }'))).toEqual([]);
    expect(given(namespace('shop', 'labels: { team: "$team" }'))).toEqual([]);
    const map =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\ndata: { a: "${HOME}" }\n';
    expect(given(map)).toEqual([]);
  });

  test('is nothing where an annotation or each Kustomization says so', () => {
    const off = 'annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }';
    expect(given(offloading('shop', spec, { metadata: off }))).toEqual([]);
    const all = manifests(offloading('shop', spec), 'dist/namespaces/a.yaml');
    const units = unitsFor(flux(), new State(all));
    expect(units.applying('dist/namespaces/a.yaml')).toHaveLength(1);
    const view = new EngineView({ folder: 'dist', manifests: all, known: ['flux'], units });
    expect(view.unclear()).toEqual([]);
  });
});
