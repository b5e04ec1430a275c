import { fieldImmutable as rule } from '../../../lib/judge/rules/field-immutable';
import { DeclaredUnits } from '../../../lib/manifests/engines/declared-units';
import { State } from '../../../lib/judge/state';
import { asLive } from '../../../lib/manifests/live-object';
import { FACTS, fieldFor, find, manifests, state } from '../given';

const object = (apiVersion: string, kind: string, rest: string, metadata = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x, namespace: shop${metadata === '' ? '' : `, ${metadata}`} }\n${rest}\n`;
const pods = (fields: string) =>
  `{ containers: [{ name: c, image: a }]${fields === '' ? '' : `, ${fields}`} }`;
const template = (fields = '', metadata = '{}') =>
  `template: { metadata: ${metadata}, spec: ${pods(fields)} }`;
const job = (spec: string, metadata = '') => object('batch/v1', 'Job', `spec: { ${spec} }`, metadata);
const pod = (fields: string, container = '') =>
  object(
    'v1',
    'Pod',
    `spec: { containers: [{ name: c${container === '' ? '' : `, ${container}`} }]${fields === '' ? '' : `, ${fields}`} }`,
  );
const ofApps = (kind: string, spec: string) => object('apps/v1', kind, `spec: { ${spec} }`);
const claims = (spec: string) =>
  ofApps('StatefulSet', `volumeClaimTemplates: [{ metadata: { name: data }, spec: { ${spec} } }]`);
const claim = (spec: string) => object('v1', 'PersistentVolumeClaim', `spec: { ${spec} }`);
const service = (spec: string) => object('v1', 'Service', `spec: { ${spec} }`);
const sclass = (fields: string) => object('storage.k8s.io/v1', 'StorageClass', fields);
const map = (fields: string) => object('v1', 'ConfigMap', fields);
const secret = (fields: string) => object('v1', 'Secret', fields);

const role = (kind: string, ref: string) =>
  object('rbac.authorization.k8s.io/v1', kind, `roleRef: { ${ref} }`);
const priority = (fields: string) => object('scheduling.k8s.io/v1', 'PriorityClass', fields);
const definition = (spec: string) =>
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `spec: { ${spec} }`);
const ofKind = (apiVersion: string, kind: string) => (spec: string) =>
  object(apiVersion, kind, `spec: { ${spec} }`);
const driver = ofKind('storage.k8s.io/v1', 'CSIDriver');
const device = ofKind('resource.k8s.io/v1', 'ResourceClaim');
const quota = ofKind('v1', 'ResourceQuota');
const cidrs = ofKind('networking.k8s.io/v1', 'ServiceCIDR');
const tenant = ofKind('authentication.liqo.io/v1beta1', 'Tenant');
const foreign = ofKind('core.liqo.io/v1beta1', 'ForeignCluster');
const network = ofKind('ipam.liqo.io/v1alpha1', 'Network');
const gpus = (more: string) =>
  `devices: { requests: [{ name: gpu, exactly: { deviceClassName: gpu${more} } }] }`;

const AFFINITY = (region: string) =>
  `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: r, operator: In, values: [${region}] }] }] } } }`;

test.each([
  [
    'affinity of a Job',
    job(template(AFFINITY('a'))),
    job(template(AFFINITY('b'))),
    'Job',
    'template.spec.affinity.nodeAffinity',
  ],
  [
    'image of a Job',
    job('template: { spec: { containers: [{ name: c, image: a }] } }'),
    job('template: { spec: { containers: [{ name: c, image: b }] } }'),
    'Job',
    'template.spec.containers.c.image',
  ],
  [
    'labels of a Job',
    job(template()),
    job(template('', '{ labels: { a: b } }')),
    'Job',
    'template.metadata.labels',
  ],
  [
    'a volume that a Job gains',
    job(template()),
    job(template('volumes: [{ name: v }]')),
    'Job',
    'template.spec.volumes',
  ],
  [
    'a boolean that is no default',
    job(template()),
    job(template('automountServiceAccountToken: false')),
    'Job',
    'automountServiceAccountToken',
  ],
  [
    'other requests',
    job('template: { spec: { containers: [{ name: c, resources: { requests: { cpu: 1 } } }] } }'),
    job('template: { spec: { containers: [{ name: c, resources: { requests: { cpu: 1100m } } }] } }'),
    'Job',
    'requests.cpu',
  ],
  [
    'completionMode of a Job',
    job(template()),
    job(`completionMode: Indexed, completions: 1, ${template()}`),
    'Job',
    'spec.completionMode',
  ],
  [
    'completions of a Job',
    job(`completions: 2, ${template()}`),
    job(`completions: 3, ${template()}`),
    'Job',
    'spec.completions',
  ],
  [
    'completions beside another parallelism',
    job(`completionMode: Indexed, completions: 2, parallelism: 2, ${template()}`),
    job(`completionMode: Indexed, completions: 3, parallelism: 2, ${template()}`),
    'Job',
    'spec.completions',
  ],
  [
    'image of a suspended Job',
    job(`suspend: true, ${template()}`),
    job('suspend: true, template: { spec: { containers: [{ name: c, image: b }] } }'),
    'Job',
    'containers.c.image',
  ],
  [
    'podFailurePolicy',
    job(template()),
    job(`podFailurePolicy: { rules: [] , x: y }, ${template()}`),
    'Job',
    'podFailurePolicy',
  ],
  ['affinity of a Pod', pod(AFFINITY('a')), pod(AFFINITY('b')), 'Pod', 'spec.affinity'],
  ['a container that a Pod gains', pod(''), pod('').replace(']', ', { name: d }]'), 'Pod', 'spec.containers'],
  [
    'a toleration that a Pod loses',
    pod('tolerations: [{ operator: Exists }]'),
    pod(''),
    'Pod',
    'spec.tolerations',
  ],
  [
    'a later end of a Pod',
    pod('activeDeadlineSeconds: 5'),
    pod('activeDeadlineSeconds: 6'),
    'Pod',
    'activeDeadlineSeconds',
  ],
  [
    'the env of a Pod',
    pod('', 'env: [{ name: a, value: b }]'),
    pod('', 'env: [{ name: a, value: c }]'),
    'Pod',
    'env.a.value',
  ],
  [
    'selector of a Deployment',
    ofApps('Deployment', 'selector: { matchLabels: { a: b } }'),
    ofApps('Deployment', 'selector: { matchLabels: { a: c } }'),
    'Deployment',
    'spec.selector',
  ],
  [
    'selector of a DaemonSet',
    ofApps('DaemonSet', 'selector: { matchLabels: { a: b } }'),
    ofApps('DaemonSet', 'selector: { matchLabels: { a: b, c: d } }'),
    'DaemonSet',
    'spec.selector',
  ],
  [
    'class of a StatefulSet',
    claims('storageClassName: a'),
    claims('storageClassName: b'),
    'StatefulSet',
    'volumeClaimTemplates.data.spec.storageClassName',
  ],
  [
    'size of a StatefulSet',
    claims('resources: { requests: { storage: 1Gi } }'),
    claims('resources: { requests: { storage: 2Gi } }'),
    'StatefulSet',
    'storage',
  ],
  [
    'a claim that a StatefulSet gains',
    ofApps('StatefulSet', 'serviceName: a'),
    claims('storageClassName: b').replace('spec: {', 'spec: { serviceName: a,'),
    'StatefulSet',
    'volumeClaimTemplates',
  ],
  [
    'serviceName',
    ofApps('StatefulSet', 'serviceName: a'),
    ofApps('StatefulSet', 'serviceName: b'),
    'StatefulSet',
    'spec.serviceName',
  ],
  [
    'podManagementPolicy',
    ofApps('StatefulSet', 'serviceName: a'),
    ofApps('StatefulSet', 'serviceName: a, podManagementPolicy: Parallel'),
    'StatefulSet',
    'podManagementPolicy',
  ],
  [
    'class of a claim',
    claim('storageClassName: a'),
    claim('storageClassName: b'),
    'PersistentVolumeClaim',
    'spec.storageClassName',
  ],
  [
    'class that a claim loses',
    claim('storageClassName: a'),
    claim('accessModes: []'),
    'PersistentVolumeClaim',
    'spec.storageClassName',
  ],
  [
    'the empty class, which is none',
    claim('storageClassName: a'),
    claim('storageClassName: ""'),
    'PersistentVolumeClaim',
    'spec.storageClassName',
  ],
  [
    'access modes of a claim',
    claim('accessModes: [ReadWriteOnce]'),
    claim('accessModes: [ReadWriteMany]'),
    'PersistentVolumeClaim',
    'spec.accessModes',
  ],
  [
    'volume of a claim',
    claim('volumeName: a'),
    claim('volumeName: b'),
    'PersistentVolumeClaim',
    'spec.volumeName',
  ],
  [
    'address of a Service',
    service('clusterIP: 10.0.0.1'),
    service('clusterIP: 10.0.0.2'),
    'Service',
    'spec.clusterIP',
  ],
  [
    'a Service that becomes headless',
    service('type: ClusterIP'),
    service('clusterIP: None'),
    'Service',
    'spec.clusterIP',
  ],
  [
    'class of a load balancer',
    service('type: LoadBalancer'),
    service('type: LoadBalancer, loadBalancerClass: a/b'),
    'Service',
    'loadBalancerClass',
  ],
  ['provisioner', sclass('provisioner: a'), sclass('provisioner: b'), 'StorageClass', 'provisioner'],
  [
    'parameters',
    sclass('parameters: { a: b }'),
    sclass('parameters: { a: c }'),
    'StorageClass',
    'parameters.a',
  ],
  [
    'reclaimPolicy',
    sclass('provisioner: a'),
    sclass('provisioner: a\nreclaimPolicy: Retain'),
    'StorageClass',
    'reclaimPolicy',
  ],
  [
    'volumeBindingMode',
    sclass('volumeBindingMode: WaitForFirstConsumer'),
    sclass('provisioner: ""'),
    'StorageClass',
    'volumeBindingMode',
  ],
  [
    'data of an immutable ConfigMap',
    map('immutable: true\ndata: { a: b }'),
    map('immutable: true\ndata: { a: c }'),
    'ConfigMap',
    'data.a',
  ],
  [
    'an immutable ConfigMap made mutable',
    map('immutable: true'),
    map('immutable: false'),
    'ConfigMap',
    'immutable',
  ],
  [
    'data of an immutable Secret',
    secret('immutable: true\nstringData: { a: b }'),
    secret('immutable: true\ndata: { a: Yw== }'),
    'Secret',
    'data.a',
  ],
  [
    'roleRef of a RoleBinding',
    role('RoleBinding', 'kind: Role, name: view'),
    role('RoleBinding', 'kind: ClusterRole, name: view'),
    'RoleBinding',
    'roleRef.kind',
  ],
  [
    'roleRef of a ClusterRoleBinding',
    role('ClusterRoleBinding', 'kind: ClusterRole, name: view'),
    role('ClusterRoleBinding', 'kind: ClusterRole, name: edit'),
    'ClusterRoleBinding',
    'roleRef.name',
  ],
  ['value of a PriorityClass', priority('value: 1'), priority('value: 2'), 'PriorityClass', 'value'],
  [
    'preemptionPolicy',
    priority('value: 1'),
    priority('value: 1\npreemptionPolicy: Never'),
    'PriorityClass',
    'preemptionPolicy',
  ],
  [
    'scope of a CustomResourceDefinition',
    definition('scope: Namespaced'),
    definition('scope: Cluster'),
    'CustomResourceDefinition',
    'spec.scope',
  ],
  [
    'kind of a CustomResourceDefinition',
    definition('names: { kind: Foo }'),
    definition('names: { kind: Bar }'),
    'CustomResourceDefinition',
    'spec.names.kind',
  ],
  [
    'attachRequired',
    driver('podInfoOnMount: true'),
    driver('attachRequired: false'),
    'CSIDriver',
    'attachRequired',
  ],
  [
    'modes of a CSIDriver',
    driver('podInfoOnMount: true'),
    driver('volumeLifecycleModes: [Ephemeral]'),
    'CSIDriver',
    'volumeLifecycleModes',
  ],
  ['what a ResourceClaim asks for', device(gpus('')), device(gpus(', count: 2')), 'ResourceClaim', 'count'],
  ['scopes of a quota', quota('scopes: [BestEffort]'), quota('hard: {}'), 'ResourceQuota', 'scopes'],
  [
    'the range of Services',
    cidrs('cidrs: [10.0.0.0/24]'),
    cidrs('cidrs: [10.1.0.0/24]'),
    'ServiceCIDR',
    'cidrs',
  ],
  [
    'addressType',
    object('discovery.k8s.io/v1', 'EndpointSlice', 'addressType: IPv4'),
    object('discovery.k8s.io/v1', 'EndpointSlice', 'addressType: FQDN'),
    'EndpointSlice',
    'addressType',
  ],
  ['clusterID of a Tenant', tenant('clusterID: a'), tenant('clusterID: b'), 'Tenant', 'spec.clusterID'],
  [
    'clusterID of a peering',
    foreign('clusterID: a'),
    foreign('clusterID: b'),
    'ForeignCluster',
    'spec.clusterID',
  ],
  ['a Network of Liqo', network('cidr: 10.0.0.0/16'), network('cidr: 10.1.0.0/16'), 'Network', 'spec.cidr'],
  ['type of a Secret', secret('data: {}'), secret('type: kubernetes.io/tls'), 'Secret', 'type'],
])('finds %s', (_, was, is, kind, field) => {
  const found = find(rule, state(is), state(was));
  expect(found).toMatchObject([{ message: expect.stringContaining(`refuses the update of ${kind} 'x'`) }]);
  expect(found[0]?.message).toContain(field);
  expect(found[0]?.category).toBeUndefined();
});

test.each([
  [
    'defaults written out',
    job(template()),
    job(
      template(
        'restartPolicy: Always, dnsPolicy: ClusterFirst, terminationGracePeriodSeconds: 30, schedulerName: default-scheduler, securityContext: {}, hostNetwork: false',
      ),
    ),
  ],
  [
    'the default of imagePullPolicy',
    job(template()),
    job('template: { spec: { containers: [{ name: c, image: a, imagePullPolicy: Always }] } }'),
  ],
  [
    'another form of a quantity',
    claims('resources: { requests: { storage: 1Gi } }'),
    claims('resources: { requests: { storage: 1024Mi } }'),
  ],
  [
    'what a Job may change',
    job(template()),
    job(
      `parallelism: 1, backoffLimit: 2, suspend: true, ttlSecondsAfterFinished: 3, completionMode: NonIndexed, ${template()}`,
    ),
  ],
  ['completions that were the default', job(template()), job(`completions: 1, ${template()}`)],
  [
    'an Indexed Job that grows',
    job(`completionMode: Indexed, completions: 2, parallelism: 2, ${template()}`),
    job(`completionMode: Indexed, completions: 3, parallelism: 3, ${template()}`),
  ],
  [
    'scheduling of a suspended Job',
    job(`suspend: true, ${template(AFFINITY('a'))}`),
    job(
      `suspend: false, ${template(`nodeSelector: { a: b }, tolerations: [{ operator: Exists }], ${AFFINITY('b')}`, '{ labels: { a: b } }')}`,
    ),
  ],
  ['annotations of a Job itself', job(template()), job(template(), 'annotations: { a: b }')],
  ['the image of a Pod', pod('', 'image: a'), pod('', 'image: b')],
  [
    'the image of a Pod with a pull policy',
    pod('', 'image: a, imagePullPolicy: Always'),
    pod('', 'image: b, imagePullPolicy: Always'),
  ],
  [
    'a toleration more, and other seconds',
    pod('tolerations: [{ key: a, tolerationSeconds: 5 }]'),
    pod('tolerations: [{ key: b }, { key: a, tolerationSeconds: 6 }]'),
  ],
  ['an earlier end of a Pod', pod(''), pod('activeDeadlineSeconds: 6')],
  [
    'requests of a Pod that its limits give',
    pod('', 'resources: { limits: { cpu: 1 } }'),
    pod('', 'resources: { limits: { cpu: "1" }, requests: { cpu: 1000m } }'),
  ],
  [
    'the affinity of a gated Pod',
    pod('schedulingGates: [{ name: g }]'),
    pod(`schedulingGates: [{ name: g }], ${AFFINITY('b')}`),
  ],
  [
    'serviceAccount by its two names',
    job(template('serviceAccountName: a')),
    job(template('serviceAccount: a')),
  ],
  [
    'the template of a Deployment',
    ofApps('Deployment', template()),
    ofApps('Deployment', template('hostNetwork: true')),
  ],
  [
    'what a StatefulSet may change',
    claims('accessModes: [a]'),
    claims('accessModes: [a]').replace(
      'spec: {',
      `spec: { replicas: 3, minReadySeconds: 5, updateStrategy: { type: OnDelete }, persistentVolumeClaimRetentionPolicy: { whenDeleted: Delete }, podManagementPolicy: OrderedReady,`,
    ),
  ],
  [
    'type and status in claims',
    claims('storageClassName: a'),
    claims('storageClassName: a, volumeMode: Filesystem').replace(
      '[{',
      '[{ apiVersion: v1, kind: PersistentVolumeClaim, status: {},',
    ),
  ],
  [
    'a claim that grows',
    claim('resources: { requests: { storage: 1Gi } }'),
    claim('resources: { requests: { storage: 2Gi } }'),
  ],
  ['the class that a claim had by default', claim('accessModes: []'), claim('storageClassName: a')],
  ['a volume for a claim that had none', claim('accessModes: []'), claim('volumeName: a')],
  [
    'labels of a claim',
    claim('accessModes: []'),
    object('v1', 'PersistentVolumeClaim', 'spec: {}', 'labels: { a: b }'),
  ],
  ['an address that is no longer written', service('clusterIP: 10.0.0.1'), service('ports: []')],
  ['an address that was given', service('ports: []'), service('clusterIP: 10.0.0.1')],
  [
    'a Service that becomes an alias',
    service('clusterIP: 10.0.0.1'),
    service('type: ExternalName, externalName: a'),
  ],
  [
    'allowVolumeExpansion',
    sclass('provisioner: a'),
    sclass('provisioner: a\nallowVolumeExpansion: true\nreclaimPolicy: Delete\nvolumeBindingMode: Immediate'),
  ],
  ['a mutable ConfigMap', map('data: { a: b }'), map('immutable: true\ndata: { a: c }')],
  [
    'a Secret in its other form',
    secret('immutable: true\nstringData: { a: b }'),
    secret('immutable: true\ndata: { a: Yg== }'),
  ],
  [
    'a Secret that SOPS encrypts',
    secret('immutable: true\nstringData: { a: "ENC[1]" }\nsops: {}'),
    secret('immutable: true\nstringData: { a: "ENC[2]" }\nsops: {}'),
  ],
  [
    'the default group of a role, and subjects',
    role('RoleBinding', 'kind: Role, name: a'),
    `${role('RoleBinding', 'apiGroup: rbac.authorization.k8s.io, kind: Role, name: a')}subjects: [{ kind: User, name: a }]\n`,
  ],
  [
    'what a PriorityClass may change',
    priority('value: 1'),
    priority('value: 1\npreemptionPolicy: PreemptLowerPriority\nglobalDefault: true\ndescription: a'),
  ],
  [
    'what a CustomResourceDefinition may change',
    definition('scope: Cluster, names: { kind: Foo, plural: foos }'),
    definition(
      'scope: Cluster, names: { kind: Foo, plural: foos, shortNames: [f] }, versions: [{ name: v1 }]',
    ),
  ],
  [
    'what a CSIDriver may change, and its defaults',
    driver('podInfoOnMount: true'),
    driver('attachRequired: true, volumeLifecycleModes: [Persistent], fsGroupPolicy: File'),
  ],
  ['defaults of a ResourceClaim', device(gpus('')), device(gpus(', allocationMode: ExactCount, count: 1'))],
  [
    'another version of a ResourceClaim',
    device(gpus(''))
      .replace('/v1\n', '/v1beta1\n')
      .replace('exactly: { deviceClassName: gpu }', 'deviceClassName: gpu'),
    device(gpus('')),
  ],
  ['scopes in another order', quota('scopes: [A, B]'), quota('scopes: [B, A], hard: { cpu: 1 }')],
  ['a second family of Services', cidrs('cidrs: [10.0.0.0/24]'), cidrs('cidrs: [10.0.0.0/24, "fd00::/112"]')],
  ['a Tenant of one ID', tenant('clusterID: a'), tenant('clusterID: a, authzPolicy: KeysExchange')],
  ['a Tenant that names its ID at last', tenant('authzPolicy: KeysExchange'), tenant('clusterID: a')],
  ['a Network that reserves addresses at last', network('cidr: a'), network('cidr: a, preAllocated: 5')],
  [
    'a kind of another group',
    object('example.com/v1', 'Job', 'spec: { template: a }'),
    object('example.com/v1', 'Job', 'spec: { template: b }'),
  ],
  [
    'a variable of Flux',
    job(template('nodeSelector: { a: "${X}" }')),
    job(template('nodeSelector: { a: b }')),
  ],
  [
    'an object without a fixed name',
    job(template()).replace('name: x', 'generateName: x'),
    job(template('hostNetwork: true')).replace('name: x', 'generateName: x'),
  ],
])('passes over %s', (_, was, is) => {
  expect(find(rule, state(is), state(was))).toEqual([]);
});

const [WAS, IS] = [job(template()), job(template('hostNetwork: true'))];
const annotated = (text: string) =>
  [WAS, IS].map((one) => one.replace('namespace: shop', `namespace: shop, annotations: { ${text} }`));

test.each([
  ['argocd.argoproj.io/hook: PreSync', [], 0],
  ['argocd.argoproj.io/hook: PreSync', ['argocd'], 0],
  ['argocd.argoproj.io/hook: PreSync', ['flux'], 1],
  ['argocd.argoproj.io/hook: PreSync', ['argocd', 'flux'], 1],
  ['helm.sh/hook: pre-install', [], 0],
  ['kustomize.toolkit.fluxcd.io/force: enabled', [], 0],
  ['kustomize.toolkit.fluxcd.io/force: enabled', ['argocd'], 1],
  ['kustomize.toolkit.fluxcd.io/ssa: IfNotPresent', ['flux'], 0],
  ['kustomize.toolkit.fluxcd.io/reconcile: disabled', [], 0],
  ['"argocd.argoproj.io/sync-options": "Force=true,Replace=true"', [], 0],
  ['"argocd.argoproj.io/sync-options": "Replace=true"', [], 1],
] as const)('with %s under %s finds %d', (annotation, engines, count) => {
  const [was = '', is = ''] = annotated(annotation);
  expect(find(rule, state(is), state(was), { ...FACTS, engines })).toHaveLength(count);
});

test('believes a Flux Kustomization that forces', () => {
  const unit = `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: k }\nspec: { path: ./dist, force: true }\n`;
  const units = new DeclaredUnits(manifests(unit));
  const facts = { ...FACTS, engines: ['flux'] as const, units: { before: units, after: units } };
  expect(find(rule, state(IS), state(WAS), facts)).toEqual([]);
});

test('warns of a Job that may be gone by then, and of a claim that shrinks', () => {
  const gone = find(rule, state(IS), state(WAS.replace('spec: {', 'spec: { ttlSecondsAfterFinished: 60,')));
  const shrunk = find(
    rule,
    state(claim('resources: { requests: { storage: 1Gi } }')),
    state(claim('resources: { requests: { storage: 2Gi } }')),
  );
  expect([...gone, ...shrunk]).toMatchObject([{ category: 'risky' }, { category: 'risky' }]);
});

test('asks of what a cluster holds only what the new form says', () => {
  const live = job(
    `selector: { matchLabels: { u: v } }, completions: 1, ${template('restartPolicy: Never', '{ labels: { u: v } }')}`,
    'uid: u, resourceVersion: "1"',
  );
  expect(
    find(rule, state(job(template('restartPolicy: Never'))), new State(asLive(manifests(live)))),
  ).toEqual([]);
  expect(
    find(rule, state(job(template('restartPolicy: OnFailure'))), new State(asLive(manifests(live)))),
  ).toHaveLength(1);
});

test('points at the field as far as it is written', () => {
  const [problem] = find(rule, state(job(template(AFFINITY('b')))), state(job(template(AFFINITY('a')))));
  expect(problem && fieldFor(problem)).toMatch(/^spec\.template\.spec\.affinity\.nodeAffinity/);
});

test.each([
  [[], 'Argo CD alone deletes and recreates it'],
  [['flux'], 'Flux applies nothing'],
  [['flux', 'argocd'], 'Argo CD alone deletes and recreates it'],
  [['argocd'], undefined],
] as const)('of another role, under %p says %s', (engines, text) => {
  const [was, is] = ['view', 'edit'].map((name) =>
    state(role('RoleBinding', `kind: ClusterRole, name: ${name}`)),
  );
  const found = find(rule, is ?? state(''), was ?? state(''), { ...FACTS, engines });
  expect(found).toMatchObject(text === undefined ? [] : [{ message: expect.stringContaining(text) }]);
});
