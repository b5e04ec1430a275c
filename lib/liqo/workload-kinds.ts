// The built-in kinds that create pods, and where each keeps the template of them.

export interface WorkloadKind {
  readonly apiVersion: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Where the metadata and the spec of its pods lie; empty for a Pod, which is its own. */
  readonly template: readonly string[];
}

const TEMPLATE = ['spec', 'template'] as const;

export const WORKLOAD_KINDS: readonly WorkloadKind[] = [
  { apiVersion: 'v1', group: '', kind: 'Pod', template: [] },
  { apiVersion: 'v1', group: '', kind: 'ReplicationController', template: TEMPLATE },
  { apiVersion: 'apps/v1', group: 'apps', kind: 'Deployment', template: TEMPLATE },
  { apiVersion: 'apps/v1', group: 'apps', kind: 'ReplicaSet', template: TEMPLATE },
  { apiVersion: 'apps/v1', group: 'apps', kind: 'StatefulSet', template: TEMPLATE },
  { apiVersion: 'apps/v1', group: 'apps', kind: 'DaemonSet', template: TEMPLATE },
  { apiVersion: 'batch/v1', group: 'batch', kind: 'Job', template: TEMPLATE },
  { apiVersion: 'batch/v1', group: 'batch', kind: 'CronJob', template: ['spec', 'jobTemplate', ...TEMPLATE] },
];

const BY_NAME = new Map(WORKLOAD_KINDS.map((one) => [`${one.group}/${one.kind}`, one]));

/** The kind, in any version of its group; undefined for one that creates no pods. */
export const workloadKind = (group: string, kind: string) => BY_NAME.get(`${group}/${kind}`);
