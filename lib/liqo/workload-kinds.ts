// The kinds that create pods, and where each keeps what its pods are made of: one table for placements, `explain` and every
// rule. docs/workloads.md shows it.

/** Keys from the root of an object; `*` stands for each element of a list, or each key of a map. */
export type PodPath = readonly string[];

/** The fields of a pod spec that a placement sets. */
export const PLACED_FIELDS = ['runtimeClassName', 'tolerations', 'affinity'] as const;
export type PlacedField = (typeof PLACED_FIELDS)[number];

/** One place of a kind where a template of pods lies. */
export interface PodPlace {
  /** Where the metadata and the spec of the pods lie; empty for a Pod, which is its own template. */
  readonly template: PodPath;
  /** Where in the template the fields of a pod spec lie. @default spec */
  readonly spec?: PodPath;
  /** What has pods as soon as it is there, be the template left out. @default the pod spec itself */
  readonly owner?: PodPath;
  /** What the template says of nodes goes over what is said there, field by field; where it says nothing, it is no place of its own. */
  readonly over?: PodPath;
  /** Fields that lie elsewhere, from the root of the object; `null` where the kind has no such field. */
  readonly fields?: Readonly<Partial<Record<PlacedField, PodPath | null>>>;
}

export interface WorkloadKind {
  readonly apiVersion: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly pods: readonly PodPlace[];
  /** An update cannot change, or does not reach, the pods that it makes: no placement may follow the clusterSelector into it. */
  readonly once?: true;
  /** What its users must know, for docs/workloads.md. */
  readonly note?: string;
}

const path = (text: string): PodPath => (text === '' ? [] : text.split('.'));

function kind(
  apiVersion: string,
  name: string,
  templates: readonly (string | PodPlace)[],
  more: Pick<WorkloadKind, 'once' | 'note'> = {},
): WorkloadKind {
  const [group = '', version] = apiVersion.split('/');
  const pods = templates.map((one) => (typeof one === 'string' ? { template: path(one) } : one));
  return { apiVersion, group: version === undefined ? '' : group, kind: name, pods, ...more };
}

const TEMPLATE = ['spec.template'];
const ONCE = { once: true } as const;

/** Kubernetes' own. */
export const WORKLOAD_KINDS: readonly WorkloadKind[] = [
  kind('v1', 'Pod', [''], ONCE),
  kind('v1', 'ReplicationController', TEMPLATE),
  kind('apps/v1', 'Deployment', TEMPLATE),
  kind('apps/v1', 'ReplicaSet', TEMPLATE),
  kind('apps/v1', 'StatefulSet', TEMPLATE),
  kind('apps/v1', 'DaemonSet', TEMPLATE),
  kind('batch/v1', 'Job', TEMPLATE, ONCE),
  kind('batch/v1', 'CronJob', ['spec.jobTemplate.spec.template']),
];

/** Fields of a pod spec among others, and no RuntimeClass. */
const fieldsAt = (text: string): PodPlace => ({
  template: path(text),
  spec: [],
  fields: { runtimeClassName: null },
});

const ARGO = 'without a field for the RuntimeClass; `podSpecPatch` is not read';
const workflow = (at: string) => [fieldsAt(at), { ...fieldsAt(`${at}.templates.*`), over: path(at) }];

/** Of Strimzi: the template of pods has tolerations and affinity, and neither nodeSelector nor RuntimeClass. */
const strimzi = (...places: readonly string[]) =>
  places.map((at) => ({ ...fieldsAt(`${at}.template.pod`), owner: path(at) }));
const STRIMZI = 'tolerations and affinity alone';

const kubeflow = (name: string, replicas: string) =>
  kind('kubeflow.org/v1', name, [`spec.${replicas}.*.template`], ONCE);

const KNATIVE = {
  note: 'Knative refuses the fields unless the features `kubernetes.podspec-affinity`, `-tolerations` and `-runtimeclassname` are enabled',
};

const virtualMachine = (at: string): PodPlace => ({ template: path(at), fields: { runtimeClassName: null } });
const KUBEVIRT = 'without a field for the RuntimeClass';

const ray = (at: string) => [`${at}.headGroupSpec.template`, `${at}.workerGroupSpecs.*.template`];

/** Those of operators that are widely used. */
export const OPERATOR_KINDS: readonly WorkloadKind[] = [
  kind('v1', 'PodTemplate', ['template']),
  kind('apps.openshift.io/v1', 'DeploymentConfig', TEMPLATE),
  kind('argoproj.io/v1alpha1', 'Rollout', TEMPLATE, { note: 'with `workloadRef`, the Deployment is placed' }),
  kind('argoproj.io/v1alpha1', 'Workflow', workflow('spec'), { ...ONCE, note: ARGO }),
  kind('argoproj.io/v1alpha1', 'WorkflowTemplate', workflow('spec'), { note: ARGO }),
  kind('argoproj.io/v1alpha1', 'CronWorkflow', workflow('spec.workflowSpec'), { note: ARGO }),
  kind('serving.knative.dev/v1', 'Service', TEMPLATE, KNATIVE),
  kind('serving.knative.dev/v1', 'Configuration', TEMPLATE, KNATIVE),
  kind('kubevirt.io/v1', 'VirtualMachine', [virtualMachine('spec.template')], { note: KUBEVIRT }),
  kind('kubevirt.io/v1', 'VirtualMachineInstance', [virtualMachine('')], { ...ONCE, note: KUBEVIRT }),
  kind('kubevirt.io/v1', 'VirtualMachineInstanceReplicaSet', [virtualMachine('spec.template')], {
    note: KUBEVIRT,
  }),
  kubeflow('PyTorchJob', 'pytorchReplicaSpecs'),
  kubeflow('TFJob', 'tfReplicaSpecs'),
  kubeflow('MPIJob', 'mpiReplicaSpecs'),
  kubeflow('XGBoostJob', 'xgbReplicaSpecs'),
  kubeflow('PaddleJob', 'paddleReplicaSpecs'),
  kubeflow('JAXJob', 'jaxReplicaSpecs'),
  kind('kubeflow.org/v1', 'Notebook', TEMPLATE),
  kind('batch.volcano.sh/v1alpha1', 'Job', ['spec.tasks.*.template'], ONCE),
  kind('jobset.x-k8s.io/v1alpha2', 'JobSet', ['spec.replicatedJobs.*.template.spec.template'], ONCE),
  kind('keda.sh/v1alpha1', 'ScaledJob', ['spec.jobTargetRef.template']),
  kind('ray.io/v1', 'RayCluster', ray('spec')),
  kind('ray.io/v1', 'RayJob', ray('spec.rayClusterSpec'), ONCE),
  kind('ray.io/v1', 'RayService', ray('spec.rayClusterConfig')),
  kind(
    'kafka.strimzi.io/v1beta2',
    'Kafka',
    strimzi(
      ...['spec.kafka', 'spec.zookeeper', 'spec.entityOperator', 'spec.cruiseControl', 'spec.kafkaExporter'],
    ),
    { note: STRIMZI },
  ),
  kind('kafka.strimzi.io/v1beta2', 'KafkaNodePool', strimzi('spec'), { note: STRIMZI }),
  kind('kafka.strimzi.io/v1beta2', 'KafkaConnect', strimzi('spec'), { note: STRIMZI }),
  kind('kafka.strimzi.io/v1beta2', 'KafkaBridge', strimzi('spec'), { note: STRIMZI }),
  kind('kafka.strimzi.io/v1beta2', 'KafkaMirrorMaker2', strimzi('spec'), { note: STRIMZI }),
];

const BY_NAME = new Map(
  [...WORKLOAD_KINDS, ...OPERATOR_KINDS].map((one) => [`${one.group}/${one.kind}`, one]),
);

/** The kind, in any version of its group; undefined for one that is not known to create pods. */
export const workloadKind = (group: string, name: string) => BY_NAME.get(`${group}/${name}`);
