import { DeclaredUnits, formAfter } from '../../../lib/manifests/engines/declared-units';
import { readManifests } from '../../../lib/manifests/read';

const units = (text: string) => new DeclaredUnits(readManifests('gitops/x.yaml', text));

const application = (spec: string, metadata = '') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a, namespace: argocd${metadata} }\nspec: ${spec}\n`;
const kustomization = (spec: string, apiVersion = 'kustomize.toolkit.fluxcd.io/v1') =>
  `apiVersion: ${apiVersion}\nkind: Kustomization\nmetadata: { name: a, namespace: flux-system }\nspec: ${spec}\n`;

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

test.each([
  [application('{ syncPolicy: { automated: { prune: true } } }'), 'always', false],
  [application('{ syncPolicy: { automated: {} } }'), 'on request', false],
  [application('{}'), 'on request', false],
  [application('{}', `, finalizers: [${FINALIZER}]`), 'on request', true],
  [application('{}', `, finalizers: [${FINALIZER}/background]`), 'on request', true],
  [application('{}', `, finalizers: [${FINALIZER}s, other/x, 7]`), 'on request', false],
  [kustomization('{ prune: true, deletionPolicy: Orphan }'), 'always', false],
  [kustomization('{ prune: false, deletionPolicy: Delete }'), 'never', true],
  [kustomization('{ prune: false, deletionPolicy: WaitForTermination }'), 'never', true],
  [kustomization('{ prune: true, deletionPolicy: MirrorPrune }'), 'always', true],
  [kustomization('{ prune: true }'), 'always', true],
  [kustomization('{ prune: false }'), 'never', false],
  [kustomization('{}'), 'never', false],
])('what a unit prunes and deletes: %#', (text, prunes, deletes) => {
  expect(units(text).all).toMatchObject([{ prunes, deletes }]);
});

test('what is called so in another group is none', () => {
  expect(units(kustomization('{}', 'kustomize.config.k8s.io/v1beta1')).all).toEqual([]);
  expect(units('apiVersion: app.k8s.io/v1\nkind: Application\nmetadata: { name: a }\n').all).toEqual([]);
  expect(units('apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: a }\n').all).toEqual(
    [],
  );
});

const applying = (text: string, file: string) => units(text).applying(file).length === 1;

test('an Application applies the files of its folders and no deeper', () => {
  const two = application('{ sources: [{ path: dist/a }, { path: ./dist/b/ }] }');
  expect(['dist/a/x.yaml', 'dist/b/x.yaml'].map((file) => applying(two, file))).toEqual([true, true]);
  const others = ['dist/a/c/x.yaml', 'dist/x.yaml', 'dist/ab/x.yaml', 'x.yaml'];
  expect(others.map((file) => applying(two, file))).toEqual([false, false, false, false]);
  expect(applying(application('{ source: { path: dist/a } }'), 'dist/a/x.yaml')).toBe(true);
  expect(applying(application('{ source: { chart: x } }'), 'dist/a/x.yaml')).toBe(false);
});

test('a Kustomization applies all that lies below its path', () => {
  const one = kustomization('{ path: ./dist/a }');
  expect(['dist/a/x.yaml', 'dist/a/c/d/x.yaml'].map((file) => applying(one, file))).toEqual([true, true]);
  expect(['dist/x.yaml', 'dist/ab/x.yaml', 'x.yaml'].map((file) => applying(one, file))).toEqual([
    false,
    false,
    false,
  ]);
  expect(applying(kustomization('{ path: ./ }'), 'dist/x.yaml')).toBe(true);
});

const form = (was: string, is: string) => {
  const [before, after] = [units(was), units(is)];
  const [one] = before.all;
  return one && formAfter(one, { before, after });
};

test('a unit is the same one by engine, namespace and name', () => {
  const one = kustomization('{ path: ./a }');
  expect(form(one, kustomization('{ path: ./b }'))?.folders).toMatchObject([{ folder: 'b' }]);
  expect(form(one, application('{}'))).toBeUndefined();
  expect(form(one, one.replace('flux-system', 'other'))).toBeUndefined();
});

test('kustomizations are followed once, however many files are asked about', () => {
  let reads = 0;
  const file = {
    path: 'dist/a/kustomization.yaml',
    get text() {
      reads += 1;
      return 'resources: [../b/x.yaml]\n';
    },
  };
  const all = new DeclaredUnits(readManifests('gitops/x.yaml', kustomization('{ path: dist/a }')), {
    steering: [file],
  });
  expect(all.applying('dist/b/x.yaml')).toHaveLength(1);
  const first = reads;
  expect(all.applying('dist/b/y.yaml')).toHaveLength(0);
  expect(reads).toBe(first);
});

test('what has no name, or one that is no text, is none: no cluster takes it', () => {
  for (const name of ['name: a', 'name: 7', 'generateName: a-', 'name: ""'])
    expect(units(application('{}').replace('name: a', name)).all).toHaveLength(name === 'name: a' ? 1 : 0);
});

const source = (spec: string, name = 'x') =>
  `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { ${spec} }\n`;
const REFERENCE = 'sourceRef: { kind: GitRepository, name: x }';

test.each([
  ['ignore: "/apps/shop"', ['apps/bar/a.yaml']],
  ['ignore: "/*\\n!/apps\\n/apps/bar/"', ['apps/shop/a.yaml']],
  ['ignore: "*.yml"', ['apps/shop/a.yaml', 'apps/bar/a.yaml']],
  ['sparseCheckout: [./apps/shop]', ['apps/shop/a.yaml']],
  ['sparseCheckout: [docs]', []],
  ['sparseCheckout: []', ['apps/shop/a.yaml', 'apps/bar/a.yaml']],
])('a Kustomization applies what its source fetches: %s', (spec, files) => {
  for (const path of ['apps', './']) {
    const one = units(kustomization(`{ path: ${path}, ${REFERENCE} }`) + source(spec));
    const all = ['apps/shop/a.yaml', 'apps/bar/a.yaml'];
    expect(all.filter((file) => one.applying(file).length === 1)).toEqual(files);
  }
  expect(
    units(kustomization(`{ path: apps, ${REFERENCE} }`) + source(spec, 'other')).applying('apps/shop/a.yaml'),
  ).toHaveLength(1);
});

test('of several sources of one name, the nearest is that of a Kustomization', () => {
  const at = (file: string, text: string) => readManifests(file, text);
  const all = new DeclaredUnits([
    ...at('a/apps.yaml', kustomization(`{ path: apps, ${REFERENCE} }`)),
    ...at('b/apps.yaml', kustomization(`{ path: apps, ${REFERENCE} }`)),
    ...at('a/flux/source.yaml', source('ignore: /apps')),
    ...at('b/flux/source.yaml', source('url: x')),
  ]);
  expect(all.applying('apps/x.yaml').map(({ declared }) => declared.source.file)).toEqual(['b/apps.yaml']);
});
