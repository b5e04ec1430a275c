// Of a folder that a tool renders nobody can tell what it gives. That is said once something that decides about it changes.
import { examine } from '../../lib/case/examine';
import { namespace, offloading } from '../judge/given';
import { commit, repository, write, type Files } from '../scratch';

const LABEL = 'labels: { liqo.io/scheduling-enabled: "true" }';
const shop = (name = 'shop') => `${namespace(name, LABEL)}---\n${offloading(name)}`;
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: plain }\n';

/** A kustomization with a namespace that its patch and its component leave alone. */
const kinds = (patch = 'path: a.yaml', more = '') =>
  `resources: [shop.yaml, c.yaml]\ncomponents: [../own${more}]\npatches: [{ ${patch} }]\n`;

/** A namespace that a kustomization patches, a base with an overlay, and a plain file. */
const FIRST: Files = {
  'apps/patched/kustomization.yaml':
    'resources: [shop.yaml]\npatches: [{ path: patch.yaml, target: { kind: Namespace } }]\n',
  'apps/patched/shop.yaml': shop(),
  'apps/patched/patch.yaml': '- { op: add, path: /metadata/labels/a, value: b }\n',
  'apps/base/kustomization.yaml': 'resources: [blog.yaml]\n',
  'apps/base/blog.yaml': shop('blog'),
  'apps/overlay/kustomization.yaml': 'namePrefix: x-\nresources: [../base]\n',
  'apps/plain/c.yaml': CONFIG_MAP,
  'apps/mixed/kustomization.yaml':
    'resources: [shop.yaml, deep]\nnamePrefix: x-\ncomponents: [../part]\npatches: [{ path: patch.yaml }]\n',
  'apps/mixed/shop.yaml': namespace('mixed'),
  'apps/mixed/patch.yaml': CONFIG_MAP,
  'apps/mixed/deep/kustomization.yaml':
    'resources: [c.yaml]\nconfigMapGenerator: [{ name: g, files: [g.txt] }]\n',
  'apps/mixed/deep/c.yaml': CONFIG_MAP,
  'apps/mixed/deep/g.yaml': 'a: b\n',
  'apps/part/kustomization.yaml': 'kind: Component\nresources: [c.yaml]\n',
  'apps/part/c.yaml': CONFIG_MAP,
  'apps/kinds/kustomization.yaml': kinds(),
  'apps/kinds/shop.yaml': namespace('kinds'),
  'apps/kinds/c.yaml': CONFIG_MAP,
  'apps/kinds/a.yaml': CONFIG_MAP,
  'apps/own/kustomization.yaml': 'kind: Component\nresources: [c.yaml]\n',
  'apps/own/c.yaml': CONFIG_MAP,
  'apps/chart/Chart.yaml': 'name: x\n',
  'apps/chart/values.yaml': 'a: b\n',
  'apps/few/kustomization.yaml': 'resources: [c.yaml]\nnamePrefix: x-\n',
  'apps/few/c.yaml': CONFIG_MAP,
};
const MIXED = ['apps/mixed/kustomization.yaml'];
const KINDS = ['apps/kinds/kustomization.yaml'];
const CHART = ['apps/chart/Chart.yaml'];
const FEW = ['apps/few/kustomization.yaml'];

function unclearAfter(change: Files): string[] {
  const root = repository(FIRST);
  write(root, change);
  commit(root);
  const { findings } = examine({ root, against: 'HEAD~1', progress: () => undefined }, 'apps').verdict;
  return [
    ...new Set(findings.filter(({ rule }) => rule === 'folder-incomplete').map(({ file = '' }) => file)),
  ].sort();
}

test.each<[string, Files, string[]]>([
  ['nothing of it changes', { 'apps/plain/c.yaml': `${CONFIG_MAP}data: { a: b }\n` }, []],
  ['a manifest beside it is new', { 'apps/plain/d.yaml': shop('other') }, []],
  [
    'what it takes in changes',
    { 'apps/patched/shop.yaml': shop('store') },
    ['apps/patched/kustomization.yaml'],
  ],
  [
    'the patch changes',
    { 'apps/patched/patch.yaml': '- { op: remove, path: /metadata/labels }\n' },
    ['apps/patched/kustomization.yaml'],
  ],
  [
    'the base of an overlay changes',
    { 'apps/base/blog.yaml': shop('news') },
    ['apps/overlay/kustomization.yaml'],
  ],
  [
    'the overlay itself changes',
    { 'apps/overlay/kustomization.yaml': 'namePrefix: y-\nresources: [../base]\n' },
    ['apps/overlay/kustomization.yaml'],
  ],
  [
    'what it takes in beside a namespace changes',
    {
      'apps/mixed/deep/c.yaml': `${CONFIG_MAP}data: { a: b }\n`,
      'apps/mixed/deep/g.yaml': 'a: c\n',
      'apps/part/c.yaml': `${CONFIG_MAP}data: { a: b }\n`,
    },
    [],
  ],
  [
    'it takes in one more',
    {
      'apps/mixed/deep/kustomization.yaml': 'resources: [c.yaml, d.yaml]\n',
      'apps/mixed/deep/d.yaml': CONFIG_MAP.replace('name: c', 'name: d'),
    },
    [],
  ],
  ['it takes in one more namespace', { 'apps/mixed/deep/c.yaml': namespace('more') }, MIXED],
  ['a component brings a namespace', { 'apps/part/c.yaml': namespace('more') }, MIXED],
  [
    'a component comes to say more',
    { 'apps/part/kustomization.yaml': 'kind: Component\nnameSuffix: -y\n' },
    MIXED,
  ],
  ['the patch of a base changes', { 'apps/mixed/patch.yaml': `${CONFIG_MAP}data: { a: b }\n` }, MIXED],
  [
    'one without a namespace says more',
    { 'apps/few/kustomization.yaml': 'resources: [c.yaml]\nnamePrefix: y-\n' },
    [],
  ],
  ['one without a namespace gets one', { 'apps/few/c.yaml': namespace('few') }, FEW],
  [
    'one gets what is not read',
    { 'apps/few/kustomization.yaml': 'resources: [c.yaml, c.txt]\nnamePrefix: x-\n' },
    FEW,
  ],
  [
    'one comes to generate',
    { 'apps/few/kustomization.yaml': 'generators: [g.yaml]\n', 'apps/few/g.yaml': CONFIG_MAP },
    FEW,
  ],
  ['a patch of another kind changes', { 'apps/kinds/a.yaml': `${CONFIG_MAP}data: { a: b }\n` }, []],
  ['a patch comes to be for a namespace', { 'apps/kinds/a.yaml': namespace('kinds', LABEL) }, KINDS],
  ['a patch is for several', { 'apps/kinds/a.yaml': `${CONFIG_MAP}---\n${namespace('kinds')}` }, KINDS],
  [
    'a target picks more than the patch names',
    { 'apps/kinds/kustomization.yaml': kinds('path: a.yaml, target: { labelSelector: a=b }') },
    KINDS,
  ],
  [
    'a target picks another kind',
    { 'apps/kinds/kustomization.yaml': kinds('path: a.yaml, target: { kind: ConfigMap }') },
    [],
  ],
  [
    'a target picks several kinds',
    { 'apps/kinds/kustomization.yaml': kinds('path: a.yaml, target: { kind: "ConfigMap|Namespace" }') },
    KINDS,
  ],
  [
    'a patch may change the kind',
    { 'apps/kinds/kustomization.yaml': kinds('path: a.yaml, options: { allowKindChange: true }') },
    KINDS,
  ],
  [
    'a component takes in one more',
    {
      'apps/own/kustomization.yaml': 'kind: Component\nresources: [c.yaml, d.yaml]\n',
      'apps/own/d.yaml': CONFIG_MAP.replace('name: c', 'name: d'),
    },
    [],
  ],
  [
    'a component comes to name a namespace',
    { 'apps/own/kustomization.yaml': 'kind: Component\nnamespace: x\nresources: [c.yaml]\n' },
    KINDS,
  ],
  [
    'a component comes to patch what takes it in',
    {
      'apps/own/kustomization.yaml':
        'kind: Component\npatches: [{ path: p.yaml, target: { kind: Namespace } }]\n',
    },
    KINDS,
  ],
  [
    'a component comes to patch another kind',
    {
      'apps/own/kustomization.yaml':
        'kind: Component\npatches: [{ path: p.yaml, target: { kind: ConfigMap } }]\n',
    },
    [],
  ],
  [
    'a component of a component comes to rename',
    {
      'apps/own/kustomization.yaml': 'kind: Component\ncomponents: [../deep, ../own]\n',
      'apps/deep/kustomization.yaml': 'kind: Component\nnamePrefix: x-\n',
    },
    KINDS,
  ],
  [
    'nobody knows a component',
    { 'apps/kinds/kustomization.yaml': kinds('path: a.yaml', ', ../gone') },
    KINDS,
  ],
  ['a chart changes, beside namespaces of Liqo', { 'apps/chart/values.yaml': 'a: c\n' }, CHART],
  ['the overlay goes', { 'apps/overlay': undefined }, ['apps/overlay/kustomization.yaml']],
])('%s', (_, change, expected) => {
  expect(unclearAfter(change)).toEqual(expected);
});

const CLASS = 'apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: { name: x }\nhandler: x\n';
test.each<[string, Files, boolean]>([
  ['says something else', { 'apps/chart/values.yaml': 'a: c\n' }, false],
  ['comes to give a namespace', { 'apps/chart/templates/n.yaml': namespace('n') }, true],
  ['comes to give a class', { 'apps/chart/templates/c.yaml': CLASS }, true],
  ['comes to give any kind', { 'apps/chart/templates/c.yaml': 'kind: {{ .Values.kind }}\n' }, true],
  ['comes to give what Liqo reads', { 'apps/chart/values.yaml': 'group: liqo.io\n' }, true],
  ['says something else, and a namespace of Liqo comes', { 'apps/shop.yaml': shop() }, true],
])('where nothing is of Liqo, a chart %s', (_, change, isFound) => {
  const root = repository({
    'apps/plain.yaml': namespace('plain'),
    'apps/chart/Chart.yaml': 'name: x\n',
    'apps/chart/values.yaml': 'a: b\n',
  });
  write(root, change);
  commit(root);
  const { findings } = examine({ root, against: 'HEAD~1', progress: () => undefined }, 'apps').verdict;
  const found = findings.filter(({ rule }) => rule === 'folder-incomplete').map(({ file }) => file);
  expect(found).toEqual(isFound ? CHART : []);
});

const KUSTOMIZATION = (path: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { path: ${path}, prune: true, interval: 1m, sourceRef: { kind: GitRepository, name: flux-system } }
`;

/** What is found, by rule, of files that come to a repository of two clusters with a Kustomization of one name each. */
function foundIn(change: Files): string[] {
  const root = repository({
    'clusters/p/apps.yaml': KUSTOMIZATION('./apps/p'),
    'clusters/q/apps.yaml': KUSTOMIZATION('./apps/q'),
    'apps/p/a.yaml': namespace('shop'),
  });
  write(root, change);
  commit(root);
  const { findings } = examine({ root, against: 'HEAD~1', progress: () => undefined }, '.').verdict;
  return findings.filter(({ existing }) => existing !== true).map(({ rule }) => rule);
}

test.each<[string, Files, string[]]>([
  ['a namespace on the other cluster is another object', { 'apps/q/a.yaml': namespace('shop') }, []],
  ['on the same cluster it is the same', { 'apps/p/b.yaml': namespace('shop') }, ['duplicate-object']],
  ['what no unit reaches may be no object', { 'talos.yaml': 'cluster: x\n' }, []],
  ['what one reaches may not', { 'apps/p/values.yaml': 'cluster: x\n' }, ['not-an-object']],
  ['nor need it have a name', { 'x.yaml': 'apiVersion: a.b/v1\nkind: Schema\n' }, []],
  ['what one reaches must', { 'apps/p/x.yaml': 'apiVersion: a.b/v1\nkind: Schema\n' }, ['object-nameless']],
])('%s', (_, change, expected) => {
  expect(foundIn(change)).toEqual(expected);
});

test('a template that changes is one, and what no unit reads may be broken', () => {
  const template = (name: string) => `kind: Namespace\nmetadata: { name: {{ .Values.${name} }} }\n`;
  const unit = KUSTOMIZATION('./apps/plain');
  const with_ = (files: Files, change: Files) => {
    const root = repository({ ...FIRST, ...files });
    write(root, change);
    commit(root);
    try {
      const { findings } = examine({ root, against: 'HEAD~1', progress: () => undefined }, 'apps').verdict;
      return findings.filter(({ rule }) => rule === 'folder-incomplete').map(({ file = '' }) => file);
    } catch (thrown) {
      return [String(thrown)];
    }
  };
  const plain = { 'apps/plain/t.yaml': template('a') };
  expect(with_({}, plain)).toEqual(['apps/plain/t.yaml']);
  expect(with_(plain, { 'apps/plain/c.yaml': undefined })).toEqual([]);
  expect(with_(plain, { 'apps/plain/t.yaml': template('b') })).toEqual(['apps/plain/t.yaml']);
  const known = { 'clusters/unit.yaml': unit };
  expect(with_(known, { 'apps/other/t.yaml': template('a'), 'apps/other/u.yaml': 'a: [' })).toEqual([]);
  expect(with_(known, plain)).toEqual(['apps/plain/t.yaml']);
  expect(with_(known, { 'apps/plain/u.yaml': 'a: [' })[0]).toContain('broken YAML');
  const broken = { ...known, 'apps/plain/u.yaml': 'a: [' };
  expect(with_(broken, { 'apps/plain/u.yaml': undefined })[0]).toContain('at HEAD~1 (');
  expect(with_({ ...known, 'apps/other/u.yaml': 'a: [' }, { 'apps/other/u.yaml': undefined })).toEqual([]);
});
