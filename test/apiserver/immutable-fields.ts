// Updates of fields that the API server lets nobody change, and of those beside them that it takes.
import { namespace } from '../judge/given';
import type { Row } from './transitions';

const within = (apiVersion: string, kind: string, rest: string, metadata = '') =>
  `${namespace('$NS')}---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x, namespace: $NS${metadata} }\n${rest}\n`;

/** A container that the API server takes; more fields in flow YAML. */
const container = (more = '', image = 'nginx:1') =>
  `{ name: c, image: ${image}${more === '' ? '' : `, ${more}`} }`;
const pods = (more = '', containers = container()) =>
  `{ restartPolicy: Never, containers: [${containers}]${more === '' ? '' : `, ${more}`} }`;

/** With labels of its own: `replace` sends no labels that the API server made, and it makes none for these. */
const job = (spec = '', podSpec = pods(), annotations = '') =>
  within(
    'batch/v1',
    'Job',
    `spec: { manualSelector: true, selector: { matchLabels: { job: x } }, template: { metadata: { labels: { job: x }${annotations} }, spec: ${podSpec} }${spec === '' ? '' : `, ${spec}`} }`,
  );
const pod = (spec: string) => within('v1', 'Pod', `spec: ${spec}`);
const ofApps = (
  kind: string,
  spec = '',
  app = 'a',
  podSpec = '{ containers: [{ name: c, image: nginx }] }',
) =>
  within(
    'apps/v1',
    kind,
    `spec: { selector: { matchLabels: { app: ${app} } }, template: { metadata: { labels: { app: ${app} } }, spec: ${podSpec} }${spec === '' ? '' : `, ${spec}`} }`,
  );
const set = (spec = '', claim = 'storageClassName: a', serviceName = 's') =>
  ofApps(
    'StatefulSet',
    `serviceName: ${serviceName}, volumeClaimTemplates: [{ metadata: { name: data }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }${claim === '' ? '' : `, ${claim}`} } }]${spec === '' ? '' : `, ${spec}`}`,
  );
const claim = (more = '', size = '1Gi', mode = 'ReadWriteOnce') =>
  within(
    'v1',
    'PersistentVolumeClaim',
    `spec: { accessModes: [${mode}], resources: { requests: { storage: ${size} } }${more === '' ? '' : `, ${more}`} }`,
  );
const service = (more: string) =>
  within('v1', 'Service', `spec: { ports: [{ port: 80 }]${more === '' ? '' : `, ${more}`} }`);
const storageClass = (more = '', provisioner = 'example.com/a') =>
  `${namespace('$NS')}---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: class-$NS }\nprovisioner: ${provisioner}\n${more}\n`;
/** An object outside namespaces. */
const outside = (apiVersion: string, kind: string, rest: string) =>
  `${namespace('$NS')}---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x-$NS }\n${rest}\n`;
const role = (kind: string, name: string, more = '') => {
  const made = kind === 'RoleBinding' ? within : outside;
  return made('rbac.authorization.k8s.io/v1', kind, `roleRef: { ${more}kind: ClusterRole, name: ${name} }`);
};
const GROUP = 'apiGroup: rbac.authorization.k8s.io, ';
const priority = (text: string) => outside('scheduling.k8s.io/v1', 'PriorityClass', text);
const driver = (spec: string) => outside('storage.k8s.io/v1', 'CSIDriver', `spec: { ${spec} }`);
const ingressClass = (controller: string) =>
  outside('networking.k8s.io/v1', 'IngressClass', `spec: { controller: example.com/${controller} }`);
const slice = (type: string) =>
  within('discovery.k8s.io/v1', 'EndpointSlice', `addressType: ${type}\nendpoints: []\nports: []`);
const device = (more = '') =>
  within(
    'resource.k8s.io/v1',
    'ResourceClaim',
    `spec: { devices: { requests: [{ name: gpu, exactly: { deviceClassName: gpu${more} } }] } }`,
  );
const quota = (scopes: string) =>
  within('v1', 'ResourceQuota', `spec: { hard: { pods: 5 }, scopes: [${scopes}] }`);
const tenant = (spec: string) => within('authentication.liqo.io/v1beta1', 'Tenant', `spec: { ${spec} }`);
const foreign = (spec: string, label = '') =>
  outside('core.liqo.io/v1beta1', 'ForeignCluster', `spec: { ${spec} }`).replace(
    ' }\nspec',
    `${label} }\nspec`,
  );
const network = (spec: string) => within('ipam.liqo.io/v1alpha1', 'Network', `spec: { ${spec} }`);
const address = (spec: string) => within('ipam.liqo.io/v1alpha1', 'IP', `spec: { ${spec} }`);
const map = (text: string) => within('v1', 'ConfigMap', text);
const secret = (text: string) => within('v1', 'Secret', text);

const affinity = (value: string) =>
  `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: r, operator: In, values: [${value}] }] }] } } }`;
const requests = (cpu: string) => container(`resources: { requests: { cpu: ${cpu} } }`);

export const REFUSED_UPDATES: readonly Row[] = [
  ['the image of a Job', job(), job('', pods('', container('', 'nginx:2')))],
  ['the affinity of a Job', job('', pods(affinity('a'))), job('', pods(affinity('b')))],
  ['a toleration that a Job gains', job(), job('', pods('tolerations: [{ operator: Exists }]'))],
  ['an annotation of the pods of a Job', job(), job('', pods(), ', annotations: { a: b }')],
  ['a false that is no default', job(), job('', pods('automountServiceAccountToken: false'))],
  ['other requests of a Job', job('', pods('', requests('100m'))), job('', pods('', requests('200m')))],
  ['a Job that becomes Indexed', job('completions: 1'), job('completions: 1, completionMode: Indexed')],
  ['the completions of a Job', job('completions: 2, parallelism: 1'), job('completions: 3, parallelism: 1')],
  [
    'the image of a suspended Job',
    job('suspend: true'),
    job('suspend: true', pods('', container('', 'nginx:2'))),
  ],
  [
    'env in another order',
    job('', pods('', container('env: [{ name: a, value: one }, { name: b, value: two }]'))),
    job('', pods('', container('env: [{ name: b, value: two }, { name: a, value: one }]'))),
  ],
  ['the affinity of a Pod', pod(pods(affinity('a'))), pod(pods(affinity('b')))],
  ['a nodeSelector that a Pod gains', pod(pods()), pod(pods('nodeSelector: { a: b }'))],
  [
    'the env of a Pod',
    pod(pods('', container('env: [{ name: a, value: b }]'))),
    pod(pods('', container('env: [{ name: a, value: c }]'))),
  ],
  ['the network of a Pod', pod(pods()), pod(pods('hostNetwork: true'))],
  ['a later end of a Pod', pod(pods('activeDeadlineSeconds: 50')), pod(pods('activeDeadlineSeconds: 60'))],
  ['the selector of a Deployment', ofApps('Deployment'), ofApps('Deployment', '', 'b')],
  ['the selector of a ReplicaSet', ofApps('ReplicaSet'), ofApps('ReplicaSet', '', 'b')],
  ['the selector of a DaemonSet', ofApps('DaemonSet'), ofApps('DaemonSet', '', 'b')],
  ['the class of the claims of a StatefulSet', set(), set('', 'storageClassName: b')],
  ['the serviceName of a StatefulSet', set(), set('', 'storageClassName: a', 't')],
  ['the podManagementPolicy of a StatefulSet', set(), set('podManagementPolicy: Parallel')],
  ['the class of a claim', claim('storageClassName: a'), claim('storageClassName: b')],
  ['no class instead of one', claim('storageClassName: a'), claim('storageClassName: ""')],
  [
    'the access mode of a claim',
    claim('storageClassName: a'),
    claim('storageClassName: a', '1Gi', 'ReadWriteMany'),
  ],
  [
    'the volume of a claim',
    claim('storageClassName: a, volumeName: v'),
    claim('storageClassName: a, volumeName: w'),
  ],
  [
    'the volumeMode of a claim',
    claim('storageClassName: a'),
    claim('storageClassName: a, volumeMode: Block'),
  ],
  ['a Service that becomes headless', service(''), service('clusterIP: None')],
  [
    'the class of a load balancer',
    service('type: LoadBalancer, loadBalancerClass: a/b'),
    service('type: LoadBalancer, loadBalancerClass: a/c'),
  ],
  ['the provisioner of a StorageClass', storageClass(), storageClass('', 'example.com/b')],
  [
    'the parameters of a StorageClass',
    storageClass('parameters: { a: b }'),
    storageClass('parameters: { a: c }'),
  ],
  ['the reclaimPolicy of a StorageClass', storageClass(), storageClass('reclaimPolicy: Retain')],
  [
    'the binding mode of a StorageClass',
    storageClass(),
    storageClass('volumeBindingMode: WaitForFirstConsumer'),
  ],
  [
    'the data of an immutable ConfigMap',
    map('immutable: true\ndata: { a: b }'),
    map('immutable: true\ndata: { a: c }'),
  ],
  ['an immutable ConfigMap made mutable', map('immutable: true'), map('immutable: false')],
  [
    'the data of an immutable Secret',
    secret('immutable: true\nstringData: { a: b }'),
    secret('immutable: true\nstringData: { a: c }'),
  ],
  [
    'the type of a Secret',
    secret('stringData: { a: b }'),
    secret('type: example.com/other\nstringData: { a: b }'),
  ],
  ['the role of a RoleBinding', role('RoleBinding', 'view'), role('RoleBinding', 'edit')],
  [
    'the role of a ClusterRoleBinding',
    role('ClusterRoleBinding', 'view'),
    role('ClusterRoleBinding', 'edit'),
  ],
  ['the value of a PriorityClass', priority('value: 1'), priority('value: 2')],
  [
    'the preemptionPolicy of a PriorityClass',
    priority('value: 1'),
    priority('value: 1\npreemptionPolicy: Never'),
  ],
  ['attachRequired of a CSIDriver', driver('podInfoOnMount: true'), driver('attachRequired: false')],
  [
    'the modes of a CSIDriver',
    driver('podInfoOnMount: true'),
    driver('volumeLifecycleModes: [Persistent, Ephemeral]'),
  ],
  ['the controller of an IngressClass', ingressClass('a'), ingressClass('b')],
  ['the addressType of an EndpointSlice', slice('IPv4'), slice('FQDN')],
  ['what a ResourceClaim asks for', device(), device(', count: 2')],
  ['the scopes of a ResourceQuota', quota('BestEffort'), quota('NotBestEffort')],
  ['the clusterID of a Tenant', tenant('clusterID: a'), tenant('clusterID: b')],
  ['the clusterID of a ForeignCluster', foreign('clusterID: a'), foreign('clusterID: b')],
  ['the CIDR of a Network', network('cidr: 10.1.0.0/16'), network('cidr: 10.2.0.0/16')],
  [
    'the addresses that a Network reserves',
    network('cidr: 10.1.0.0/16, preAllocated: 4'),
    network('cidr: 10.1.0.0/16, preAllocated: 5'),
  ],
  ['the address of an IP', address('ip: 10.0.0.1'), address('ip: 10.0.0.2')],
];

export const ACCEPTED_UPDATES: readonly Row[] = [
  [
    'the defaults of a Job written out',
    job(),
    job(
      'completionMode: NonIndexed, backoffLimit: 6',
      pods(
        'dnsPolicy: ClusterFirst, terminationGracePeriodSeconds: 30, schedulerName: default-scheduler, securityContext: {}, hostNetwork: false',
        container('imagePullPolicy: IfNotPresent, terminationMessagePath: /dev/termination-log'),
      ),
    ),
  ],
  [
    'requests of a Job in another form',
    job('', pods('', requests('100m'))),
    job('', pods('', requests('"0.1"'))),
  ],
  [
    'what a Job may change',
    job('parallelism: 1, completions: 1'),
    job(
      'parallelism: 2, completions: 1, backoffLimit: 3, activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 60',
    ),
  ],
  [
    'the completions of an Indexed Job with its parallelism',
    job('completionMode: Indexed, completions: 2, parallelism: 2'),
    job('completionMode: Indexed, completions: 3, parallelism: 3'),
  ],
  [
    'the affinity of a suspended Job',
    job('suspend: true', pods(affinity('a'))),
    job(
      'suspend: true',
      pods(`nodeSelector: { a: b }, tolerations: [{ operator: Exists }], ${affinity('b')}`),
    ),
  ],
  ['a suspended Job that starts', job('suspend: true'), job('suspend: false')],
  ['the image of a Pod', pod(pods()), pod(pods('', container('', 'nginx:2')))],
  ['a toleration that a Pod gains', pod(pods()), pod(pods('tolerations: [{ key: a, operator: Exists }]'))],
  ['an end for a Pod', pod(pods()), pod(pods('activeDeadlineSeconds: 50'))],
  [
    'an earlier end for a Pod',
    pod(pods('activeDeadlineSeconds: 50')),
    pod(pods('activeDeadlineSeconds: 40')),
  ],
  [
    'requests of a Pod that its limits give',
    pod(pods('', container('resources: { limits: { cpu: 1 } }'))),
    pod(pods('', container('resources: { limits: { cpu: 1 }, requests: { cpu: 1000m } }'))),
  ],
  [
    'the affinity of a gated Pod',
    pod(pods('schedulingGates: [{ name: g/g }]')),
    pod(pods(`schedulingGates: [{ name: g/g }], ${affinity('a')}`)),
  ],
  [
    'the template of a Deployment',
    ofApps('Deployment'),
    ofApps('Deployment', 'replicas: 2', 'a', '{ containers: [{ name: d, image: nginx }] }'),
  ],
  [
    'what a StatefulSet may change',
    set(),
    set(
      'replicas: 2, minReadySeconds: 5, updateStrategy: { rollingUpdate: { partition: 1 } }, podManagementPolicy: OrderedReady',
    ),
  ],
  ['a size in another form', set(), set().replace('1Gi', '1024Mi')],
  [
    'the default volumeMode of a claim',
    claim('storageClassName: a'),
    claim('storageClassName: a, volumeMode: Filesystem'),
  ],
  [
    'a claim whose size has another form',
    claim('storageClassName: a'),
    claim('storageClassName: a', '1024Mi'),
  ],
  [
    'a volume for a claim without one',
    claim('storageClassName: a'),
    claim('storageClassName: a, volumeName: v'),
  ],
  ['the type of a Service', service(''), service('type: NodePort')],
  [
    'a headless Service that stays one',
    service('clusterIP: None'),
    service('clusterIP: None, publishNotReadyAddresses: true'),
  ],
  [
    'a Service that becomes an alias',
    service(''),
    within('v1', 'Service', 'spec: { type: ExternalName, externalName: a.example.com }'),
  ],
  [
    'the defaults of a StorageClass written out',
    storageClass(),
    storageClass('reclaimPolicy: Delete\nvolumeBindingMode: Immediate'),
  ],
  ['expansion allowed by a StorageClass', storageClass(), storageClass('allowVolumeExpansion: true')],
  ['a ConfigMap that becomes immutable', map('data: { a: b }'), map('immutable: true\ndata: { a: c }')],
  [
    'labels of an immutable ConfigMap',
    map('immutable: true\ndata: { a: b }'),
    within('v1', 'ConfigMap', 'immutable: true\ndata: { a: b }', ', labels: { a: b }'),
  ],
  [
    'an immutable Secret in its other form',
    secret('immutable: true\nstringData: { a: b }'),
    secret('immutable: true\ndata: { a: Yg== }'),
  ],
  [
    'the default type of a Secret',
    secret('stringData: { a: b }'),
    secret('type: Opaque\nstringData: { a: b }'),
  ],
  [
    'the default group of a role, and subjects',
    role('RoleBinding', 'view'),
    `${role('RoleBinding', 'view', GROUP)}subjects: [{ kind: ServiceAccount, name: a, namespace: $NS }]\n`,
  ],
  [
    'what a PriorityClass may change',
    priority('value: 1'),
    priority('value: 1\npreemptionPolicy: PreemptLowerPriority\ndescription: a'),
  ],
  [
    'what a CSIDriver may change, and its defaults',
    driver('podInfoOnMount: true'),
    driver('attachRequired: true, volumeLifecycleModes: [Persistent], podInfoOnMount: false'),
  ],
  ['the defaults of a ResourceClaim', device(), device(', allocationMode: ExactCount, count: 1')],
  ['a Tenant that names its ID at last', tenant('authzPolicy: KeysExchange'), tenant('clusterID: a')],
  [
    'another policy of a Tenant',
    tenant('clusterID: a'),
    tenant('clusterID: a, authzPolicy: TolerateNoHandshake'),
  ],
  [
    'a label of a ForeignCluster',
    foreign('clusterID: a'),
    foreign('clusterID: a', ', labels: { touched: "yes" }'),
  ],
  [
    'a Network that reserves addresses at last',
    network('cidr: 10.1.0.0/16'),
    network('cidr: 10.1.0.0/16, preAllocated: 4'),
  ],
  ['masquerade for an IP', address('ip: 10.0.0.1'), address('ip: 10.0.0.1, masquerade: true')],
];
