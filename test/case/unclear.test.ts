// Of a folder that a tool renders nobody can tell what it gives. That is said once something that decides about it changes.
import { examine } from '../../lib/case/examine';
import { namespace, offloading } from '../judge/given';
import { commit, repository, write, type Files } from '../scratch';

const LABEL = 'labels: { liqo.io/scheduling-enabled: "true" }';
const shop = (name = 'shop') => `${namespace(name, LABEL)}---\n${offloading(name)}`;
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: plain }\n';

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
};

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
  ['the overlay goes', { 'apps/overlay': undefined }, ['apps/overlay/kustomization.yaml']],
])('%s', (_, change, expected) => {
  expect(unclearAfter(change)).toEqual(expected);
});
