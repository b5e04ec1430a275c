// What a change does, from manifests.
import type { Finding } from '../../lib/judge/finding';
import type { Facts } from '../../lib/judge/rule';
import { declaredIn } from '../../lib/judge/peerings';
import { State } from '../../lib/judge/state';
import { toManifest, type JsonObject, type Manifest } from '../../lib/manifests/manifest';
import { planOf, type NamespacePlan } from '../../lib/plan/plan';
import { FACTS, namespace, offloading, runtimeClass, state } from '../judge/given';
import { resourceSlice, virtualNode } from '../judge/peering';
import { inventory, PARTIAL, termsOf, VENICE } from '../judge/inventories';

const selecting = (text: string, more = '', name = 'shop') =>
  offloading(name, `{ clusterSelector: { nodeSelectorTerms: ${termsOf([text])} }${more} }`);
const SHOP = namespace('shop');
const SOUTH = selecting('region=south');
const BOTH = selecting('region in (south,center)');
const VENETIAN: Facts = { ...FACTS, inventories: { before: VENICE, after: VENICE } };

const plan = (
  was: readonly string[],
  is: readonly string[],
  facts: Facts = VENETIAN,
  findings: readonly Finding[] = [],
) => {
  const change = { before: state(...was), after: state(...is) };
  return planOf(change, { ...facts, declaredNodes: declaredIn(change) }, findings);
};

function only(...given: Parameters<typeof plan>): NamespacePlan {
  const { namespaces } = plan(...given);
  const [first, ...others] = namespaces;
  expect(others).toEqual([]);
  if (first === undefined) throw new Error('an empty plan');
  return first;
}

test('what does not change is only counted', () => {
  expect(plan([SHOP, BOTH, namespace('blog')], [SHOP, BOTH, namespace('blog')])).toEqual({
    namespaces: [],
    summary: { create: 0, update: 0, replace: 0, delete: 0, unchanged: 2 },
  });
});

test('a namespace that comes: its objects, the clusters that gain it, its twin', () => {
  expect(only([], [SHOP, BOTH])).toEqual({
    namespace: 'shop',
    action: 'create',
    objects: [
      { action: 'create', apiVersion: 'v1', kind: 'Namespace', name: 'shop', fields: [] },
      {
        action: 'create',
        apiVersion: 'offloading.liqo.io/v1beta1',
        kind: 'NamespaceOffloading',
        name: 'offloading',
        fields: [
          { field: 'spec.clusterSelector', new: 'region in (center,south)' },
          { field: 'spec.namespaceMappingStrategy', new: 'DefaultName' },
          { field: 'spec.podOffloadingStrategy', new: 'LocalAndRemote' },
        ],
      },
    ],
    gained: { clusters: ['florence', 'naples'], selector: 'region in (center,south)' },
    lost: undefined,
    twin: 'shop-venice',
    pods: 'No pod is moved; new pods may run there.',
    deleted: [],
    findings: [],
  });
});

test('a selector that narrows: who loses the namespace, and what is deleted', () => {
  expect(only([SHOP, BOTH], [SHOP, SOUTH])).toMatchObject({
    action: 'update',
    objects: [
      {
        action: 'update',
        kind: 'NamespaceOffloading',
        fields: [{ field: 'spec.clusterSelector', old: 'region in (center,south)', new: 'region=south' }],
      },
    ],
    gained: undefined,
    lost: { clusters: ['florence'] },
    pods: expect.stringContaining('OffloadingAborted'),
    deleted: ["the twin namespace 'shop-venice' and everything in it on florence"],
  });
});

test('one that widens, one that does both, and one that only says the same in other words', () => {
  expect(only([SHOP, SOUTH], [SHOP, BOTH])).toMatchObject({
    gained: { clusters: ['florence'] },
    lost: undefined,
    deleted: [],
    pods: 'No pod is moved; new pods may run there.',
  });
  expect(only([SHOP, SOUTH], [SHOP, selecting('region=center')])).toMatchObject({
    gained: { clusters: ['florence'] },
    lost: { clusters: ['naples'] },
  });
  const same = selecting('region in (south)', ', podOffloadingStrategy: LocalAndRemote');
  expect(plan([SHOP, SOUTH], [SHOP, same])).toMatchObject({ namespaces: [], summary: { unchanged: 1 } });
});

test('without an inventory the selector stands for its clusters, and the witness for those that are lost', () => {
  expect(only([], [SHOP, SOUTH], FACTS).gained).toEqual({ selector: 'region=south' });
  expect(only([SHOP, BOTH], [SHOP, SOUTH], FACTS)).toMatchObject({
    lost: { witness: { labels: { region: 'center' } } },
    deleted: [expect.stringContaining('on a cluster labelled region=center')],
  });
  const partly = { ...FACTS, inventories: { after: PARTIAL } };
  expect(only([], [SHOP, SOUTH], partly).gained).toMatchObject({ clusters: ['naples'], others: true });
  const empty = { ...FACTS, inventories: { after: inventory('complete: true\nproviders: []\n') } };
  expect(only([], [SHOP, SOUTH], empty).gained).toMatchObject({ clusters: [] });
});

test('a namespace that goes takes everything with it; one whose offloading goes keeps its own side', () => {
  expect(only([SHOP, SOUTH], [])).toMatchObject({
    action: 'delete',
    lost: { clusters: ['naples'] },
    pods: 'All its pods are deleted.',
    deleted: [
      "the namespace 'shop' and everything in it",
      "the twin namespace 'shop-venice' and everything in it on naples",
    ],
  });
  expect(only([SHOP, SOUTH], [SHOP])).toMatchObject({
    action: 'update',
    objects: [{ action: 'delete', kind: 'NamespaceOffloading' }],
    lost: { clusters: ['naples'] },
    deleted: ["the twin namespace 'shop-venice' and everything in it on naples"],
  });
  expect(only([SHOP], [])).toMatchObject({
    action: 'delete',
    deleted: ["the namespace 'shop' and everything in it"],
  });
});

test('the Namespace goes and its offloading stays in Git: Kubernetes deletes it all the same', () => {
  expect(only([SHOP, SOUTH], [SOUTH])).toMatchObject({ action: 'delete', lost: { clusters: ['naples'] } });
});

test('an offloading that nobody prunes stays, and nothing is deleted', () => {
  const kept = offloading('shop', '{}', {
    metadata: 'annotations: { argocd.argoproj.io/sync-options: Prune=false }',
  });
  const found = only([SHOP, kept], [SHOP]);
  expect(found).toMatchObject({ action: 'update', objects: [{ action: 'keep' }], deleted: [] });
  expect([found.lost, found.pods]).toEqual([undefined, undefined]);
  const underFlux = { ...VENETIAN, engines: ['flux' as const] };
  expect(only([SHOP, kept], [SHOP], underFlux)).toMatchObject({ objects: [{ action: 'delete' }] });
});

test('a twin that others share goes for them too', () => {
  const shared = (name: string) =>
    selecting('region=south', ', namespaceMappingStrategy: SelectedName, remoteNamespaceName: x', name);
  expect(only([SHOP, shared('shop'), shared('blog')], [SHOP, shared('blog')]).deleted).toEqual([
    "the twin namespace 'x' and everything in it on naples, which is also the twin of 'blog'",
  ]);
});

test.each<[string, string, string]>([
  ['namespaceMappingStrategy', '{}', '{ namespaceMappingStrategy: EnforceSameName }'],
  [
    'remoteNamespaceName',
    '{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: x }',
    '{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: y }',
  ],
])('%s cannot change in place: a replacement that does nothing', (field, was, is) => {
  const found = only([SHOP, offloading('shop', was)], [SHOP, offloading('shop', is)]);
  expect(found).toMatchObject({
    action: 'replace',
    objects: [{ action: 'replace', fields: [{ field: `spec.${field}`, replaces: true }] }],
    deleted: [],
    pods: expect.stringContaining('refuses the update'),
  });
});

test('objects outside namespaces come last, and a handler is immutable', () => {
  const { namespaces } = plan([runtimeClass('liqo')], [runtimeClass('liqo', 'kata'), namespace('shop')]);
  expect(namespaces.map(({ namespace: name, action }) => [name, action])).toEqual([
    ['shop', 'create'],
    ['', 'replace'],
  ]);
});

test('labels of a Namespace, and what its workloads change', () => {
  const deployment = (replicas: number, more = '') =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { replicas: ${replicas}${more} }\n`;
  expect(
    only(
      [namespace('shop', 'labels: { team: a }'), deployment(1)],
      [namespace('shop', 'labels: { team: b, "yes": "1" }'), deployment(2, ', paused: true')],
    ),
  ).toMatchObject({
    objects: [
      {
        kind: 'Namespace',
        fields: [
          { field: 'metadata.labels.team', old: 'a', new: 'b' },
          { field: 'metadata.labels.yes', new: '1' },
        ],
      },
      {
        kind: 'Deployment',
        fields: [
          { field: 'spec.replicas', old: 1, new: 2 },
          { field: 'spec.paused', new: true },
        ],
      },
    ],
    deleted: [],
  });
});

test.each<[string, string, string]>([
  ['Local', 'LocalAndRemote', 'New pods stay on local nodes; pods on providers are not evicted.'],
  ['Remote', 'LocalAndRemote', 'New pods run only on providers; pods on local nodes are not evicted.'],
  ['LocalAndRemote', 'Local', 'New pods may run on local nodes and on providers; no pod is moved.'],
])('pods, where the strategy becomes %s', (is, was, expected) => {
  const strategy = (name: string) => selecting('region=south', `, podOffloadingStrategy: ${name}`);
  expect(only([SHOP, strategy(was)], [SHOP, strategy(is)]).pods).toBe(expected);
});

test('a Local namespace has no pods on providers', () => {
  const local = ', podOffloadingStrategy: Local';
  const [wide, narrow] = [selecting('region', local), selecting('region=south', local)];
  expect(only([SHOP, wide], [SHOP, narrow]).pods).toBe('No pod is moved.');
  expect(only([SHOP, narrow], [SHOP, wide]).pods).toBe('Pods stay on local nodes.');
});

test('findings stand with their namespace, but for those that were there before', () => {
  const finding = (name: string | undefined, existing?: true): Finding => ({
    rule: 'policy',
    category: 'policy',
    severity: existing === true ? 'warning' : 'error',
    namespace: name,
    message: 'm',
    remedy: 'r',
    existing,
  });
  const { namespaces, summary } = plan([SHOP], [SHOP], FACTS, [
    finding('shop'),
    finding('shop', true),
    finding(undefined),
  ]);
  expect(namespaces).toMatchObject([
    { namespace: 'shop', action: 'none', findings: [finding('shop')] },
    { namespace: '', action: 'none', findings: [finding(undefined)] },
  ]);
  expect(summary).toEqual({ create: 0, update: 0, replace: 0, delete: 0, unchanged: 1 });
});

test('of ten thousand namespaces, the three that change', () => {
  const source = { file: 'dist/x.yaml', text: '', document: 0, path: [] };
  const made = (body: JsonObject): Manifest[] => {
    const manifest = toManifest(body, source);
    return manifest === undefined ? [] : [manifest];
  };
  const all = (changed: string) =>
    new State(
      Array.from({ length: 10_000 }, (_, i) => `ns-${i}`).flatMap((name) => {
        const labels = { team: ['ns-7', 'ns-70', 'ns-700'].includes(name) ? changed : 'a' };
        return made({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
      }),
    );
  const { namespaces, summary } = planOf({ before: all('a'), after: all('b') }, FACTS, []);
  expect(namespaces.map(({ namespace: name }) => name)).toEqual(['ns-7', 'ns-70', 'ns-700']);
  expect(summary).toMatchObject({ update: 3, unchanged: 9_997 });
});

test('an error that was there before is shown: it rejects the change', () => {
  const finding: Finding = {
    rule: 'policy',
    category: 'policy',
    severity: 'error',
    namespace: 'shop',
    message: 'm',
    remedy: 'r',
    existing: true,
  };
  expect(plan([SHOP], [SHOP], FACTS, [finding]).namespaces).toMatchObject([{ findings: [finding] }]);
});

test('of an object that is declared twice, every form that could be deployed counts', () => {
  expect(only([SHOP, BOTH], [SHOP, BOTH, SOUTH])).toMatchObject({
    objects: [{ action: 'update', fields: [{ field: 'spec.clusterSelector', new: 'region=south' }] }],
    lost: { clusters: ['florence'] },
  });
  expect(only([SHOP, SOUTH, BOTH], [SHOP, BOTH, SOUTH])).toMatchObject({ lost: { clusters: ['florence'] } });
});

test('a namespace whose Namespace is not in Git is neither created nor deleted', () => {
  expect(only([], [SOUTH]).action).toBe('update');
  expect(only([SOUTH], [])).toMatchObject({ action: 'update', lost: { clusters: ['naples'] } });
});

test('another kind that is called Namespace is no namespace', () => {
  const bus =
    'apiVersion: servicebus.azure.com/v1\nkind: Namespace\nmetadata: { name: bus, namespace: app }\n';
  expect(only([SHOP, bus], [SHOP])).toMatchObject({ namespace: 'app', action: 'update', deleted: [] });
});

test('a twin whose name others share on other providers is theirs alone', () => {
  const at = (region: string, name: string) =>
    selecting(`region=${region}`, ', namespaceMappingStrategy: SelectedName, remoteNamespaceName: x', name);
  expect(only([at('south', 'shop'), at('center', 'blog')], [at('center', 'blog')]).deleted).toEqual([
    "the twin namespace 'x' and everything in it on naples",
  ]);
});

describe('peerings', () => {
  const NODE = virtualNode('region: south');
  const lost = {
    namespace: 'shop',
    action: 'update',
    objects: [],
    lost: { clusters: ['naples'] },
    gained: undefined,
    twin: 'shop-venice',
    pods: 'Pods there end as Failed (OffloadingAborted); their controllers start new ones elsewhere.',
    deleted: ["the twin namespace 'shop-venice' and everything in it on naples"],
  };
  const of = (name: string, { namespaces }: ReturnType<typeof plan>) =>
    namespaces.find(({ namespace: one }) => one === name);

  test.each([
    ['a VirtualNode leaves', [NODE], []],
    ['a label changes', [NODE], [virtualNode('region: west')]],
    ['a ResourceSlice leaves', [resourceSlice()], []],
  ])('%s: namespaces lose their twins without a change of their own', (_, was, is) => {
    const made = plan([SHOP, SOUTH, ...was], [SHOP, SOUTH, ...is], FACTS);
    expect(of('shop', made)).toEqual({ ...lost, findings: [] });
    expect(made.summary).toMatchObject({ update: 2, unchanged: 0 }); // and the tenant namespace
  });

  test('a VirtualNode comes: they gain one', () => {
    expect(of('shop', plan([SHOP, SOUTH], [SHOP, SOUTH, NODE], FACTS))).toMatchObject({
      action: 'update',
      gained: { clusters: ['naples'] },
      lost: undefined,
      pods: 'No pod is moved; new pods may run there.',
      deleted: [],
    });
  });

  test('what a namespace loses by itself stays beside', () => {
    const rome = virtualNode('region: south', { name: 'rome', id: 'rome' });
    const florence = virtualNode('region: center', { name: 'florence', id: 'florence' });
    const made = plan([SHOP, BOTH, rome, florence], [SHOP, SOUTH, florence], FACTS);
    expect(of('shop', made)?.lost).toMatchObject({ clusters: ['florence', 'rome'], others: true });
  });

  test('one that does not select the provider, or stays on another virtual node of it, is not touched', () => {
    const other = virtualNode('region: south', { name: 'other' });
    expect(
      of('shop', plan([SHOP, SOUTH, virtualNode('region: west')], [SHOP, SOUTH], FACTS)),
    ).toBeUndefined();
    expect(of('shop', plan([SHOP, SOUTH, NODE, other], [SHOP, SOUTH, other], FACTS))).toBeUndefined();
  });
});
