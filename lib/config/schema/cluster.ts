// config/cluster.ts, and what a judge of manifests is told of the cluster.
import { closed, schemaOf, violations, type Schema, type Violation } from '../../input/schema';
import type { ClusterConfig, ClusterFacts } from '../types';
import { fieldsOf, label, text, type Checked } from './fields';
import { gitopsSchema, gitopsViolations } from './gitops';
import { guardSchema, guardViolations } from './guard';
import { runtimeClassSchema, runtimeClassViolations } from './runtime-class';

const KEY = '[A-Za-z0-9_-]+';

/** Keys parted by dots; `*` among them where a path may stand for many. */
const path = (many: boolean) => ({
  type: 'string',
  pattern: `^(${KEY}${many ? '|\\*' : ''})(\\.(${KEY}${many ? '|\\*' : ''}))*$`,
});

const clusterFacts = {
  id: label,
  runtimeClass: runtimeClassSchema,
  baseline: text,
  severities: { type: 'object', additionalProperties: { enum: ['off', 'info', 'warning', 'error'] } },
  settledAfterCommits: { type: 'integer', minimum: 0, maximum: 10_000 },
  podTemplates: {
    type: 'array',
    items: closed(['apiVersion', 'kind', 'path'], {
      apiVersion: { type: 'string', pattern: '^([a-z0-9.-]+/)?v[0-9][a-z0-9]*$' },
      kind: { type: 'string', pattern: '^[A-Z][A-Za-z0-9]*$' },
      path: path(true),
      runtimeClassName: path(false),
      tolerations: path(false),
      affinity: path(false),
    }),
  },
};

export const clusterSchema = closed(['id'], {
  ...clusterFacts,
  components: { type: 'boolean' },
  gitops: gitopsSchema,
  guard: guardSchema,
});

const CLUSTER = schemaOf<ClusterConfig>(clusterSchema);
const CLUSTER_FACTS = schemaOf<ClusterFacts>(closed([], clusterFacts));

/** A baseline that moves with the change that it judges would pass everything; `--against` may still name one. */
function baselineViolations(baseline: string): Violation[] {
  const path = '/baseline';
  const remedy = 'set the git ref that is deployed, such as origin/main; a first run needs no baseline here';
  if (baseline === 'none' || baseline === '-')
    return [{ path, message: `with '${baseline}', every change would be judged against nothing`, remedy }];
  if (/^(git:)?(HEAD|@)([~^@:{].*)?$/.test(baseline))
    return [{ path, message: `'${baseline}' moves with every commit of the judged change`, remedy }];
  if (/^\.\.?(\/|$)|^\//.test(baseline))
    return [{ path, message: `'${baseline}' is a path, and the judged change can edit it`, remedy }];
  return [];
}

/** What init writes for an ID: no cluster can have it. */
export const UNSET_ID = '<cluster-id>';

const UNSET: Violation = {
  path: '/id',
  message: `the cluster's ID is not set yet: it is still '${UNSET_ID}', as init wrote it`,
  remedy: "write the consumer's Liqo cluster ID there; this prints it",
  command: "kubectl get configmap liqo-clusterid-configmap -n liqo -o jsonpath='{.data.CLUSTER_ID}'",
};

function checkedCluster<T extends ClusterFacts>(schema: Schema<T>, value: unknown): Checked<T> {
  const { baseline, id } = fieldsOf(value);
  const found = id === UNSET_ID ? [UNSET] : violations(schema, value);
  if (found.length === 0) found.push(...runtimeClassViolations((value as T).runtimeClass));
  found.push(...(typeof baseline === 'string' ? baselineViolations(baseline) : []));
  return found.length > 0 ? { violations: found } : { value: value as T };
}

/** A cluster config, or everything that is wrong with it. */
export function checkCluster(value: unknown): Checked<ClusterConfig> {
  const checked = checkedCluster(CLUSTER, value);
  const found =
    'value' in checked
      ? [...gitopsViolations(checked.value.gitops), ...guardViolations(checked.value.guard)]
      : [];
  return found.length > 0 ? { violations: found } : checked;
}

/** What a judge of manifests is told of the cluster, or everything that is wrong with it. */
export const checkClusterFacts = (value: unknown): Checked<ClusterFacts> =>
  checkedCluster(CLUSTER_FACTS, value);
