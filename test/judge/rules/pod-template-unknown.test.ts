import { podTemplateUnknown as rule } from '../../../lib/judge/rules/pod-template-unknown';
import { declaredPods } from '../../../lib/config/pod-templates';
import { State } from '../../../lib/judge/state';
import { workloadsOf } from '../../../lib/judge/workloads';
import { withDeclaredPods } from '../../../lib/manifests/pod-template';
import { notPlaced } from '../../../lib/manifests/not-placed';
import { find, manifests, namespace, offloading, state } from '../given';

const thing = (spec: string, name = 'x', apiVersion = 'example.com/v1', kind = 'Thing') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop }\nspec: ${spec}\n`;
const POD = '{ containers: [{ name: c, image: nginx }] }';
const OFFLOADED = [namespace('shop'), offloading('shop')];

test('finds a pod template of a kind that nobody knows, and says where it lies', () => {
  const found = find(rule, state(...OFFLOADED, thing(`{ parts: [{ template: { spec: ${POD} } }] }`)));
  expect(found).toMatchObject([
    {
      namespace: 'shop',
      message: expect.stringContaining(
        "Thing 'x' in 'shop' has a pod template at 'spec.parts.0.template.spec'",
      ),
      remedy: expect.stringContaining("kind: 'Thing', path: 'spec.parts.*.template'"),
    },
  ]);
});

test('is another finding once an include asks for a placement, which does not reach it', () => {
  const judged = (note: string) => {
    const file = `# dist/workloads/shop.yaml: generated\n---\n${note}${thing(`{ template: { spec: ${POD} } }`)}`;
    return find(rule, new State([...state(...OFFLOADED).manifests, ...manifests(file)]))[0]?.message;
  };
  expect(judged('')).toContain('it writes no placement there');
  expect(judged(`# ${notPlaced('local')}\n`)).toContain('it does not write the placement local there');
});

test('says it once for a kind', () => {
  const found = find(
    rule,
    state(
      ...OFFLOADED,
      thing(`{ template: { spec: ${POD} } }`),
      thing(`{ template: { spec: ${POD} } }`, 'y'),
    ),
  );
  expect(found).toMatchObject([{ message: expect.stringContaining("Thing 'x' and 1 more of its kind") }]);
});

test('finds pods that ask for virtual nodes themselves, where nothing is offloaded', () => {
  const classed = POD.replace('{', '{ runtimeClassName: liqo,');
  const tolerating = POD.replace('{', '{ tolerations: [{ operator: Exists }],');
  for (const spec of [classed, tolerating])
    expect(find(rule, state(namespace('shop'), thing(`{ template: { spec: ${spec} } }`)))).toHaveLength(1);
  const policy = thing(`{ template: { spec: ${tolerating} } }`, 'x', 'kyverno.io/v1', 'ClusterPolicy');
  expect(find(rule, state(namespace('shop'), policy))).toEqual([]);
});

test('of a kind whose spec is that of a pod, advises a path that is heard', () => {
  const object = thing(POD);
  const path = 'spec';
  expect(find(rule, state(...OFFLOADED, object))).toMatchObject([
    { remedy: expect.stringContaining(`kind: 'Thing', path: '${path}'`) },
  ]);
  const declared = declaredPods([{ apiVersion: 'example.com/v1', kind: 'Thing', path }]);
  const known = withDeclaredPods(manifests([...OFFLOADED, object].join('---\n')), declared);
  expect(workloadsOf(new State(known))).toMatchObject([{ title: "Thing 'x'" }]);
  expect(find(rule, new State(known))).toEqual([]);
});

const holder = (apiVersion: string, kind: string): [string, string[]] => [
  `${kind} of ${apiVersion}`,
  [...OFFLOADED, thing(`{ a: [{ spec: ${POD} }] }`, 'x', apiVersion, kind)],
];

test.each([
  holder('kyverno.io/v1', 'Policy'),
  holder('policies.kyverno.io/v1alpha1', 'MutatingPolicy'),
  holder('mutations.gatekeeper.sh/v1', 'Assign'),
  holder('helm.toolkit.fluxcd.io/v2', 'HelmRelease'),
  holder('helm.cattle.io/v1', 'HelmChart'),
  holder('argoproj.io/v1alpha1', 'ApplicationSet'),
  holder('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
  holder('admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy'),
  [
    'a namespace that has nothing to do with Liqo',
    [namespace('shop'), thing(`{ template: { spec: ${POD} } }`)],
  ],
  [
    'a template of something else',
    [...OFFLOADED, thing('{ target: { template: { metadata: { labels: { runtimeClassName: liqo } } } } }')],
  ],
  ['containers that are names', [...OFFLOADED, thing('{ spec: { containers: [a, b] } }')]],
  ['containers without images', [...OFFLOADED, thing('{ containers: [{ name: a, resources: {} }] }')]],
  [
    'a kind that is known',
    [...OFFLOADED, thing(`{ template: { spec: ${POD} } }`, 'x', 'argoproj.io/v1alpha1', 'Rollout')],
  ],
  ['a Deployment', [...OFFLOADED, thing(`{ template: { spec: ${POD} } }`, 'x', 'apps/v1', 'Deployment')]],
])('passes over %s', (_, texts) => {
  expect(find(rule, state(...texts))).toEqual([]);
});
