// The table of the guard: what is there, who changes it and how, and whether the guard stops it. Evaluated by a CEL engine in
// the tests, and tried on a real API server by `npm run apiserver`. `$NS` is a namespace of the row's own.
import type { Guarded } from '../../../lib/liqo/guard';
import type { JsonObject } from '../../../lib/manifests/manifest';

/** Who acts, as the API server knows them. */
export interface Actor {
  readonly user: string;
  readonly groups: readonly string[];
}

const account = (namespace: string, name: string): Actor => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});

export const ACTORS = {
  'a person': { user: 'jane', groups: ['platform', 'system:authenticated'] },
  Flux: account('flux-system', 'kustomize-controller'),
  'Argo CD': account('argocd', 'argocd-application-controller'),
  "Argo CD's UI": account('argocd', 'argocd-server'),
  Liqo: account('liqo', 'liqo-controller-manager'),
  'the namespace controller': account('kube-system', 'namespace-controller'),
  'the garbage collector': account('kube-system', 'generic-garbage-collector'),
  'another controller': account('kube-system', 'replicaset-controller'),
  'a virtual kubelet': account('liqo-tenant-naples', 'naples'),
  'an exempt group': { user: 'root', groups: ['breakglass', 'system:authenticated'] },
} as const satisfies Readonly<Record<string, Actor>>;
export type ActorName = keyof typeof ACTORS;

export interface Row {
  readonly about: Guarded;
  readonly title: string;
  readonly actor: ActorName;
  readonly verb: 'CREATE' | 'UPDATE' | 'DELETE';
  /** The labels of `$NS`, and whether dist has it as an offloaded one. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly listed?: true;
  /** What is changed; of an update and a deletion what is there before. */
  readonly object: JsonObject;
  /** A merge patch by the same actor before, which must pass. `$GENERATION`, `$VERSION` and `$UID` are those of the object. */
  readonly first?: JsonObject;
  /** The update, as a merge patch. */
  readonly patch?: JsonObject;
  readonly stopped: boolean;
}

type Terms = readonly JsonObject[];
const requirement = (key: string, operator: string, ...values: readonly string[]): JsonObject => ({
  key,
  operator,
  ...(values.length > 0 && { values }),
});
const term = (...matchExpressions: readonly JsonObject[]): JsonObject => ({ matchExpressions });
const REGION = 'topology.liqo.io/region';
const region = (...values: readonly string[]) => term(requirement(REGION, 'In', ...values));
const selector = (...nodeSelectorTerms: Terms) => ({ clusterSelector: { nodeSelectorTerms } });

const offloading = (spec: JsonObject = selector(), metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'offloading.liqo.io/v1beta1',
  kind: 'NamespaceOffloading',
  metadata: { name: 'offloading', namespace: '$NS', ...metadata },
  spec,
});
const namespace = (labels: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: '$NS', labels },
});
const ALLOW = 'cdk8s-liqo.io/allow';
const allow = (text: string): JsonObject => ({ metadata: { annotations: { [ALLOW]: text } } });
const labelled = (labels: JsonObject): JsonObject => ({ metadata: { labels } });

const SCHEDULED = { 'liqo.io/scheduling-enabled': 'true' };

/** Who must pass, and who must not. */
const EVERYBODY: readonly (readonly [ActorName, boolean])[] = [
  ['a person', true],
  ['Flux', false],
  ['Argo CD', false],
  ["Argo CD's UI", true],
  ['Liqo', false],
  ['the namespace controller', false],
  ['the garbage collector', false],
  ['another controller', true],
  ['a virtual kubelet', true],
  ['an exempt group', false],
];

const byEverybody = (row: Omit<Row, 'actor' | 'stopped' | 'title'>, title: string): Row[] =>
  EVERYBODY.map(([actor, stopped]) => ({ ...row, title, actor, stopped }));

const PERSON = { actor: 'a person' } as const;
const stopped = { ...PERSON, stopped: true } as const;
const passes = { ...PERSON, stopped: false } as const;

const OFFLOADING_DELETION: readonly Row[] = [
  ...byEverybody({ about: 'offloading-deletion', verb: 'DELETE', object: offloading() }, 'deleted'),
  ...(
    [
      ['allowed, with a reason', 'offloading-deletion@$GENERATION PLAT-123 naples is closed', false],
      ['allowed for another generation', 'offloading-deletion@7 PLAT-123 naples is closed', true],
      ['allowed without a reason', 'offloading-deletion@$GENERATION  ', true],
      ['allowed for something else', 'narrowing@$GENERATION PLAT-123', true],
      ['allowed for everything', 'true', true],
    ] as const
  ).map(([title, text, isStopped]): Row => ({
    about: 'offloading-deletion',
    title,
    actor: 'a person',
    verb: 'DELETE',
    object: offloading(),
    first: allow(text),
    stopped: isStopped,
  })),
];

const deletedNamespace = (
  title: string,
  labels: JsonObject,
  more: Partial<Row> & Pick<Row, 'stopped'>,
): Row => ({
  about: 'namespace-deletion',
  title,
  actor: 'a person',
  verb: 'DELETE',
  object: namespace(labels),
  ...more,
});

const NAMESPACE_DELETION: readonly Row[] = [
  ...byEverybody({ about: 'namespace-deletion', verb: 'DELETE', object: namespace(SCHEDULED) }, 'scheduled'),
  deletedNamespace('of dist, without the label', {}, { ...stopped, listed: true }),
  deletedNamespace('of dist, by Flux', {}, { actor: 'Flux', listed: true, stopped: false }),
  deletedNamespace('of no offloading', {}, passes),
  deletedNamespace('the label says false', { 'liqo.io/scheduling-enabled': 'false' }, passes),
  deletedNamespace('of a peering', { 'liqo.io/tenant-namespace': 'true' }, stopped),
  deletedNamespace('allowed', SCHEDULED, {
    ...passes,
    first: allow('namespace-deletion@$UID PLAT-7 the shop closes'),
  }),
  deletedNamespace(
    'of dist, allowed',
    {},
    {
      ...passes,
      listed: true,
      first: allow('namespace-deletion@$UID PLAT-7 the shop closes'),
    },
  ),
  deletedNamespace('allowed for another one', SCHEDULED, {
    ...stopped,
    first: allow('namespace-deletion@3f1c PLAT-7 the shop closes'),
  }),
];

const narrowed = (title: string, before: Terms, after: Terms, isStopped: boolean): Row => ({
  about: 'narrowing',
  title,
  actor: 'a person',
  verb: 'UPDATE',
  object: offloading(selector(...before)),
  patch: { spec: selector(...after) },
  stopped: isStopped,
});

const TIER = requirement('tier', 'Exists');
const big = requirement('cpus', 'Gt', '8');
const NARROWING: readonly Row[] = [
  ...byEverybody(
    {
      about: 'narrowing',
      verb: 'UPDATE',
      object: offloading(selector(region('south', 'center'))),
      patch: { spec: selector(region('south')) },
    },
    'a value goes',
  ),
  narrowed('a term goes', [region('south'), region('north')], [region('south')], true),
  narrowed('every cluster to some', [], [region('south')], true),
  narrowed(
    'a requirement is added',
    [region('south')],
    [term(requirement(REGION, 'In', 'south'), TIER)],
    true,
  ),
  narrowed(
    'a key becomes another one',
    [region('south')],
    [term(requirement('region', 'In', 'south'))],
    true,
  ),
  narrowed('Exists to In', [term(requirement(REGION, 'Exists'))], [region('south')], true),
  narrowed(
    'NotIn gains a value',
    [term(requirement(REGION, 'NotIn', 'a'))],
    [term(requirement(REGION, 'NotIn', 'a', 'b'))],
    true,
  ),
  narrowed('Gt is raised', [term(big)], [term(requirement('cpus', 'Gt', '16'))], true),
  narrowed('Gt to what is no number', [term(big)], [term(requirement('cpus', 'Gt', 'many'))], true),
  narrowed('to a term without requirements', [region('south')], [{}], true),
  narrowed('In to DoesNotExist', [region('south')], [term(requirement(REGION, 'DoesNotExist'))], true),
  narrowed(
    'the name of a node goes',
    [region('south')],
    [{ matchFields: [requirement('metadata.name', 'In', 'naples')] }],
    true,
  ),
  narrowed('a value is added', [region('south')], [region('south', 'center')], false),
  narrowed('a term is added', [region('south')], [region('south'), region('north')], false),
  narrowed(
    'terms change places',
    [region('south'), region('north')],
    [region('north'), region('south')],
    false,
  ),
  narrowed('a requirement goes', [term(requirement(REGION, 'In', 'south'), TIER)], [region('south')], false),
  narrowed('to every cluster', [region('south')], [], false),
  narrowed('In to Exists', [region('south')], [term(requirement(REGION, 'Exists'))], false),
  narrowed(
    'In to a NotIn of another value',
    [region('south')],
    [term(requirement(REGION, 'NotIn', 'north'))],
    false,
  ),
  narrowed(
    'DoesNotExist to NotIn',
    [term(requirement(REGION, 'DoesNotExist'))],
    [term(requirement(REGION, 'NotIn', 'north'))],
    false,
  ),
  narrowed(
    'NotIn loses a value',
    [term(requirement(REGION, 'NotIn', 'a', 'b'))],
    [term(requirement(REGION, 'NotIn', 'a'))],
    false,
  ),
  narrowed('Gt is lowered', [term(big)], [term(requirement('cpus', 'Gt', '4'))], false),
  narrowed(
    'Lt is raised',
    [term(requirement('cpus', 'Lt', '4'))],
    [term(requirement('cpus', 'Lt', '8'))],
    false,
  ),
  narrowed('a term that selected nothing goes', [{}, region('south')], [region('south')], false),
  narrowed('nothing changes', [region('south')], [region('south')], false),
  {
    about: 'narrowing',
    title: 'another field changes',
    ...passes,
    verb: 'UPDATE',
    object: offloading(selector(region('south'))),
    patch: { spec: { podOffloadingStrategy: 'Remote' } },
  },
  {
    about: 'narrowing',
    title: 'allowed, with a reason',
    ...passes,
    verb: 'UPDATE',
    object: offloading(selector(region('south', 'center'))),
    first: allow('narrowing@$GENERATION PLAT-9 center is closed'),
    patch: { spec: selector(region('south')) },
  },
  {
    about: 'narrowing',
    title: 'allowed once, and done again',
    ...stopped,
    verb: 'UPDATE',
    object: offloading(selector(region('south', 'center', 'north'))),
    first: {
      ...allow('narrowing@$GENERATION PLAT-9 center is closed'),
      spec: selector(region('south', 'north')),
    },
    patch: { spec: selector(region('south')) },
  },
];

const SKIP = { 'liqo.io/webhook-skip': 'true' };
const WEBHOOK_SKIP: readonly Row[] = [
  {
    about: 'webhook-skip',
    title: 'added',
    ...stopped,
    verb: 'UPDATE',
    object: offloading(),
    patch: labelled(SKIP),
  },
  {
    about: 'webhook-skip',
    title: 'on a new one',
    ...stopped,
    verb: 'CREATE',
    object: offloading(selector(), { labels: SKIP }),
  },
  {
    about: 'webhook-skip',
    title: 'added by Liqo',
    actor: 'Liqo',
    stopped: false,
    verb: 'UPDATE',
    object: offloading(),
    patch: labelled(SKIP),
  },
  {
    about: 'webhook-skip',
    title: 'added by Argo CD',
    actor: 'Argo CD',
    stopped: false,
    verb: 'UPDATE',
    object: offloading(),
    patch: labelled(SKIP),
  },
  {
    about: 'webhook-skip',
    title: 'of another value',
    ...passes,
    verb: 'UPDATE',
    object: offloading(),
    patch: labelled({ 'liqo.io/webhook-skip': 'no' }),
  },
  {
    about: 'webhook-skip',
    title: 'taken off',
    ...passes,
    verb: 'UPDATE',
    object: offloading(selector(), { labels: SKIP }),
    patch: labelled({ 'liqo.io/webhook-skip': null }),
  },
  {
    about: 'webhook-skip',
    title: 'there before',
    ...passes,
    verb: 'UPDATE',
    object: offloading(selector(), { labels: SKIP }),
    patch: labelled({ a: 'b' }),
  },
  { about: 'webhook-skip', title: 'a new one without', ...passes, verb: 'CREATE', object: offloading() },
  {
    about: 'webhook-skip',
    title: 'allowed in the same update',
    ...passes,
    verb: 'UPDATE',
    object: offloading(),
    patch: { metadata: { labels: SKIP, annotations: { [ALLOW]: 'webhook-skip@$VERSION PLAT-5 test' } } },
  },
  {
    about: 'webhook-skip',
    title: 'allowed on a new one',
    ...passes,
    verb: 'CREATE',
    object: offloading(selector(), {
      labels: SKIP,
      annotations: { [ALLOW]: 'webhook-skip@new PLAT-5 test' },
    }),
  },
  {
    about: 'webhook-skip',
    title: 'allowed for a new one, and added later',
    ...stopped,
    verb: 'UPDATE',
    object: offloading(selector(), { annotations: { [ALLOW]: 'webhook-skip@new PLAT-5 test' } }),
    patch: labelled(SKIP),
  },
];

const relabelled = (
  title: string,
  before: JsonObject,
  after: JsonObject,
  more: Partial<Row> & Pick<Row, 'stopped'>,
): Row => ({
  about: 'scheduling-label',
  title,
  actor: 'a person',
  verb: 'UPDATE',
  object: namespace(before),
  patch: labelled(after),
  ...more,
});
const OFF = { 'liqo.io/scheduling-enabled': null };
const SCHEDULING: readonly Row[] = [
  relabelled('taken off', SCHEDULED, OFF, stopped),
  relabelled('of another value', SCHEDULED, { 'liqo.io/scheduling-enabled': 'false' }, stopped),
  relabelled('taken off by Liqo', SCHEDULED, OFF, { actor: 'Liqo', stopped: false }),
  relabelled('taken off by Flux', SCHEDULED, OFF, { actor: 'Flux', stopped: false }),
  relabelled('another label goes', { ...SCHEDULED, a: 'b' }, { a: null }, passes),
  relabelled('put on', {}, SCHEDULED, passes),
  relabelled('was not true', { 'liqo.io/scheduling-enabled': 'no' }, OFF, passes),
  {
    ...relabelled('allowed in the same update', SCHEDULED, OFF, passes),
    patch: { metadata: { labels: OFF, annotations: { [ALLOW]: 'scheduling-label@$VERSION PLAT-6 test' } } },
  },
  {
    ...relabelled('allowed in an update before', SCHEDULED, OFF, stopped),
    first: allow('scheduling-label@$VERSION PLAT-6 test'),
  },
];

const virtualNode = (labels: JsonObject = {}, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'offloading.liqo.io/v1beta1',
  kind: 'VirtualNode',
  metadata: { name: '$NS', namespace: '$NS', ...metadata },
  spec: { clusterID: 'naples', createNode: false, labels },
});
const namespaceMap: JsonObject = {
  apiVersion: 'offloading.liqo.io/v1beta1',
  kind: 'NamespaceMap',
  metadata: { name: 'naples', namespace: '$NS' },
};
const resourceSlice = (labels: JsonObject = {}): JsonObject => ({
  apiVersion: 'authentication.liqo.io/v1beta1',
  kind: 'ResourceSlice',
  metadata: { name: 'naples', namespace: '$NS', labels },
  spec: { class: 'default', providerClusterID: 'naples' },
});
const foreignCluster: JsonObject = {
  apiVersion: 'core.liqo.io/v1beta1',
  kind: 'ForeignCluster',
  metadata: { name: '$NS' },
  spec: { clusterID: '$NS' },
};

const ofPeering = (object: JsonObject, title: string, more: Partial<Row> & Pick<Row, 'stopped'>): Row => ({
  about: 'peering-deletion',
  title,
  actor: 'a person',
  verb: 'DELETE',
  object,
  ...more,
});
const PEERING: readonly Row[] = [
  ofPeering(virtualNode(), 'a VirtualNode', stopped),
  ofPeering(namespaceMap, 'a NamespaceMap', stopped),
  ofPeering(resourceSlice(), 'a ResourceSlice', stopped),
  ofPeering(foreignCluster, 'a ForeignCluster', stopped),
  ofPeering(virtualNode(), 'a VirtualNode, by the garbage collector', {
    actor: 'the garbage collector',
    stopped: false,
  }),
  ofPeering(namespaceMap, 'a NamespaceMap, by Liqo', { actor: 'Liqo', stopped: false }),
  ofPeering(resourceSlice(), 'a ResourceSlice, by Flux', { actor: 'Flux', stopped: false }),
  ofPeering(foreignCluster, 'a ForeignCluster, by the UI of Argo CD', {
    actor: "Argo CD's UI",
    stopped: true,
  }),
  ofPeering(resourceSlice({ 'liqo.io/replicated': 'true' }), 'a ResourceSlice of a consumer', passes),
  ofPeering(
    resourceSlice({ 'liqo.io/replicated': 'false' }),
    'a ResourceSlice that says it is none',
    stopped,
  ),
  ofPeering(virtualNode(), 'a VirtualNode, allowed', {
    ...passes,
    first: allow('peering-deletion@$GENERATION PLAT-4 naples closes'),
  }),
  ofPeering(virtualNode(), 'a VirtualNode, allowed something else', {
    ...stopped,
    first: allow('cluster-labels@$GENERATION PLAT-4'),
  }),
];

const node = (labels: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: '$NS', labels },
});
const VIRTUAL = { 'liqo.io/type': 'virtual-node' };
const onVirtualNode = (
  title: string,
  before: JsonObject,
  after: JsonObject,
  more: Partial<Row> & Pick<Row, 'stopped'>,
): Row => ({
  about: 'cluster-labels',
  title: `of a VirtualNode: ${title}`,
  actor: 'a person',
  verb: 'UPDATE',
  object: virtualNode(before),
  patch: { spec: { labels: after } },
  ...more,
});
const onNode = (
  title: string,
  before: JsonObject,
  after: JsonObject,
  more: Partial<Row> & Pick<Row, 'stopped'>,
): Row => ({
  about: 'cluster-labels',
  title: `of a Node: ${title}`,
  actor: 'a person',
  verb: 'UPDATE',
  object: node(before),
  patch: labelled(after),
  ...more,
});
const CLUSTER_LABELS: readonly Row[] = [
  onVirtualNode('a used one changes', { [REGION]: 'south' }, { [REGION]: 'north' }, stopped),
  onVirtualNode('a used one goes', { [REGION]: 'south' }, { [REGION]: null }, stopped),
  onVirtualNode('a used one comes', { a: 'b' }, { [REGION]: 'north' }, stopped),
  onVirtualNode('one that a policy uses', { residency: 'eu' }, { residency: 'us' }, stopped),
  onVirtualNode('one without a prefix', { tier: 'gold' }, { tier: null }, stopped),
  onVirtualNode('another one', { [REGION]: 'south', a: 'b' }, { a: 'c' }, passes),
  onVirtualNode(
    'the used name under another prefix',
    { 'example.com/region': 'a' },
    { 'example.com/region': 'b' },
    passes,
  ),
  onVirtualNode(
    'the used key as a name',
    { 'topology.liqo.io_region': 'a' },
    { 'topology.liqo.io_region': 'b' },
    passes,
  ),
  onVirtualNode('by Flux', { [REGION]: 'south' }, { [REGION]: 'north' }, { actor: 'Flux', stopped: false }),
  onVirtualNode(
    'by a virtual kubelet',
    { [REGION]: 'south' },
    { [REGION]: 'north' },
    { actor: 'a virtual kubelet', stopped: true },
  ),
  onVirtualNode(
    'allowed',
    { [REGION]: 'south' },
    { [REGION]: 'north' },
    { ...passes, first: allow('cluster-labels@$GENERATION PLAT-3 moved') },
  ),
  onNode('a used one changes', { ...VIRTUAL, [REGION]: 'south' }, { [REGION]: 'north' }, stopped),
  onNode('a used one goes', { ...VIRTUAL, [REGION]: 'south' }, { [REGION]: null }, stopped),
  onNode(
    'with the type',
    { ...VIRTUAL, [REGION]: 'south' },
    { [REGION]: null, 'liqo.io/type': null },
    stopped,
  ),
  onNode('another one', { ...VIRTUAL, [REGION]: 'south' }, { a: 'c' }, passes),
  onNode('of no virtual node', { [REGION]: 'south' }, { [REGION]: 'north' }, passes),
  onNode(
    'by a virtual kubelet',
    { ...VIRTUAL, [REGION]: 'south' },
    { [REGION]: 'north' },
    { actor: 'a virtual kubelet', stopped: false },
  ),
  onNode(
    'by Liqo',
    { ...VIRTUAL, [REGION]: 'south' },
    { [REGION]: 'north' },
    { actor: 'Liqo', stopped: false },
  ),
  {
    ...onNode('allowed in the same update', { ...VIRTUAL, [REGION]: 'south' }, {}, passes),
    patch: {
      metadata: {
        labels: { [REGION]: 'north' },
        annotations: { [ALLOW]: 'cluster-labels@$VERSION PLAT-3 moved' },
      },
    },
  },
];

const TAINT = 'virtual-node.liqo.io/not-allowed';
const HOME = { place: 'home' };
const pod = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: '$NS', ...metadata },
  spec: { containers: [{ name: 'web', image: 'web' }], ...spec },
});
const tolerating = (...tolerations: readonly JsonObject[]) => pod({ tolerations });
const created = (title: string, object: JsonObject, more: Partial<Row> & Pick<Row, 'stopped'>): Row => ({
  about: 'local-pods',
  title,
  actor: 'a person',
  verb: 'CREATE',
  labels: HOME,
  object,
  ...more,
});
const LOCAL_PODS: readonly Row[] = [
  created(
    'tolerates the taint',
    tolerating({ key: TAINT, operator: 'Exists', effect: 'NoExecute' }),
    stopped,
  ),
  created(
    'tolerates it by value',
    tolerating({ key: TAINT, operator: 'Equal', value: 'true', effect: 'NoExecute' }),
    stopped,
  ),
  created('tolerates it by value, and no operator', tolerating({ key: TAINT, value: 'true' }), stopped),
  created('tolerates everything', tolerating({ operator: 'Exists' }), stopped),
  created('of a controller', tolerating({ operator: 'Exists' }), {
    actor: 'another controller',
    stopped: true,
  }),
  created('names a virtual node', pod({ nodeName: 'liqo-naples' }), stopped),
  created('names another node', pod({ nodeName: 'worker-1' }), passes),
  created('tolerates nothing', pod({}), passes),
  created('tolerates another taint', tolerating({ key: 'spot', operator: 'Exists' }), passes),
  created('tolerates another value', tolerating({ key: TAINT, operator: 'Equal', value: 'no' }), passes),
  created(
    'tolerates another effect',
    tolerating({ key: TAINT, operator: 'Exists', effect: 'NoSchedule' }),
    passes,
  ),
  created('elsewhere', tolerating({ operator: 'Exists' }), { ...passes, labels: { place: 'away' } }),
  created('by Flux', tolerating({ operator: 'Exists' }), { actor: 'Flux', stopped: false }),
  created(
    'allowed',
    pod(
      { tolerations: [{ operator: 'Exists' }] },
      { annotations: { [ALLOW]: 'local-pods@new PLAT-2 test' } },
    ),
    passes,
  ),
  {
    ...created('gains the toleration', pod({ tolerations: [{ key: 'spot', operator: 'Exists' }] }), stopped),
    verb: 'UPDATE',
    patch: {
      spec: {
        tolerations: [
          { key: 'spot', operator: 'Exists' },
          { key: TAINT, operator: 'Exists' },
        ],
      },
    },
  },
  {
    ...created('has it, and gains a label', tolerating({ operator: 'Exists' }), passes),
    verb: 'UPDATE',
    patch: labelled({ a: 'b' }),
  },
];

const underPolicy = (
  title: string,
  policy: string,
  verb: Row['verb'],
  object: JsonObject,
  more: Partial<Row> & Pick<Row, 'stopped'>,
): Row => ({ about: 'policies', title, actor: 'a person', verb, labels: { policy }, object, ...more });

const eu = (...values: readonly string[]) => term(requirement('residency', 'In', ...values));
const ids = (...values: readonly string[]) => term(requirement('liqo.io/remote-cluster-id', 'In', ...values));
const POLICIES: readonly Row[] = [
  underPolicy('clusters: a part', 'eu', 'CREATE', offloading(selector(eu('eu'))), passes),
  underPolicy(
    'clusters: a part with more asked',
    'eu',
    'CREATE',
    offloading(selector(term(requirement('residency', 'In', 'eu'), TIER))),
    passes,
  ),
  underPolicy(
    'clusters: one of several terms is none',
    'eu',
    'CREATE',
    offloading(selector(eu('eu'), region('south'))),
    stopped,
  ),
  underPolicy('clusters: another value', 'eu', 'CREATE', offloading(selector(eu('eu', 'us'))), stopped),
  underPolicy('clusters: every cluster', 'eu', 'CREATE', offloading(), stopped),
  underPolicy('clusters: every cluster, by Argo CD', 'eu', 'CREATE', offloading(), {
    actor: 'Argo CD',
    stopped: false,
  }),
  underPolicy('clusters: widened', 'eu', 'UPDATE', offloading(selector(eu('eu'))), {
    ...stopped,
    patch: { spec: selector(eu('eu'), region('south')) },
  }),
  underPolicy('clusters: what was there stays', 'eu', 'UPDATE', offloading(selector(region('south'))), {
    ...passes,
    patch: labelled({ a: 'b' }),
  }),
  underPolicy('clusters: another namespace', 'none', 'CREATE', offloading(), passes),
  underPolicy(
    'strategy: another one',
    'names',
    'CREATE',
    offloading({ namespaceMappingStrategy: 'EnforceSameName', ...selector() }),
    stopped,
  ),
  underPolicy('strategy: the default', 'names', 'CREATE', offloading(), passes),
  underPolicy(
    'pods: another strategy',
    'pods',
    'UPDATE',
    offloading({ podOffloadingStrategy: 'Local', ...selector() }),
    { ...stopped, patch: { spec: { podOffloadingStrategy: 'Remote' } } },
  ),
  underPolicy('pods: the default', 'pods', 'CREATE', offloading(), stopped),
  underPolicy('forbidden', 'forbidden', 'CREATE', offloading(), stopped),
  underPolicy('forbidden, and there', 'forbidden', 'UPDATE', offloading(), {
    ...passes,
    patch: labelled({ a: 'b' }),
  }),
  underPolicy(
    'forbidden, allowed',
    'forbidden',
    'CREATE',
    offloading(selector(), { annotations: { [ALLOW]: 'policies@new PLAT-1 test' } }),
    passes,
  ),
  underPolicy('at most two: three named', 'few', 'CREATE', offloading(selector(ids('a', 'b', 'c'))), stopped),
  underPolicy('at most two: two named', 'few', 'CREATE', offloading(selector(ids('a', 'b'))), passes),
  underPolicy('at most two: by a label', 'few', 'CREATE', offloading(selector(region('south'))), passes),
];

export const ROWS: readonly Row[] = [
  ...OFFLOADING_DELETION,
  ...NAMESPACE_DELETION,
  ...NARROWING,
  ...WEBHOOK_SKIP,
  ...SCHEDULING,
  ...PEERING,
  ...CLUSTER_LABELS,
  ...LOCAL_PODS,
  ...POLICIES,
];

export const namespaceOf = (row: number): string => `guard-${row}`;

/** A row with the name of its namespace. */
export function placed(row: Row, number: number): Row {
  return JSON.parse(JSON.stringify(row).replaceAll('$NS', namespaceOf(number))) as Row;
}
