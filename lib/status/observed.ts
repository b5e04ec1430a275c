// The status of a live NamespaceOffloading as Liqo's controller writes it, read with care: what has another form than Liqo's is
// said to be unknown. Sources: apis/offloading/v1beta1/namespaceoffloading_types.go, NSO/status.go.
import { isObject, valueAt, type Json, type Manifest } from '../manifests/manifest';

/**
 * How far a cluster is: `ready`, its twin is there; `creating`; `failed`, its creation is tried again and again;
 * `deleting`; `unselected`, the clusterSelector does not match it; `unknown`.
 */
export type ClusterState = 'ready' | 'creating' | 'failed' | 'deleting' | 'unselected' | 'unknown';

export interface ClusterStatus {
  /** The Liqo cluster ID. */
  readonly cluster: string;
  readonly state: ClusterState;
  /** Liqo's reason and message for the state, where it gives them. */
  readonly reason?: string;
  readonly message?: string;
}

export interface Observed {
  /** Liqo's word for the whole, undefined where it has written none. */
  readonly phase?: string;
  /** The name of the twins. */
  readonly twin?: string;
  /** How often the spec was changed, and of which change the status is. */
  readonly generation?: number;
  readonly observedGeneration?: number;
  /** Since when it is being deleted. */
  readonly deletedSince?: string;
  /** By ID. */
  readonly clusters: readonly ClusterStatus[];
}

/** In characters; what Liqo writes stays far below. */
const LONGEST = 300;

const text = (value: Json | undefined) =>
  typeof value === 'string' && value !== '' ? value.slice(0, LONGEST) : undefined;
const integer = (value: Json | undefined) => (Number.isInteger(value) ? Number(value) : undefined);

/** Liqo's reasons for a twin that is not ready; without the condition it has just been asked for. */
const NOT_READY: ReadonlyMap<Json | undefined, ClusterState> = new Map([
  ['CreationLoopBackOff', 'failed'],
  ['Terminating', 'deleting'],
  ['Creating', 'creating'],
  [undefined, 'creating'],
] as const);

const readiness = (ready: Json | undefined): ClusterState =>
  valueAt(ready, 'status') === 'True' ? 'ready' : (NOT_READY.get(valueAt(ready, 'reason')) ?? 'unknown');

/**
 * OffloadingRequired decides: once a cluster is no longer selected, its Ready is left as it was last and says nothing.
 * @param conditions what stands under the name of the cluster's NamespaceMap, which is its ID
 */
function clusterStatus(cluster: string, conditions: Json): ClusterStatus {
  const all: readonly Json[] = Array.isArray(conditions) ? conditions : [];
  const [required, ready] = ['OffloadingRequired', 'Ready'].map((type) =>
    all.find((one) => valueAt(one, 'type') === type),
  );
  const said = (condition: Json | undefined, state: ClusterState): ClusterStatus => ({
    cluster,
    state,
    reason: text(valueAt(condition, 'reason')),
    message: text(valueAt(condition, 'message')),
  });
  const isRequired = valueAt(required, 'status');
  if (isRequired === 'True') return said(ready, readiness(ready));
  return said(required, isRequired === 'False' ? 'unselected' : 'unknown');
}

const byId = (a: ClusterStatus, b: ClusterStatus) => (a.cluster < b.cluster ? -1 : 1);

export function observedOf({ body }: Manifest): Observed {
  const status = (key: string) => valueAt(body, 'status', key);
  const conditions = status('remoteNamespacesConditions') ?? {};
  return {
    phase: text(status('offloadingPhase')),
    twin: text(status('remoteNamespaceName')),
    generation: integer(valueAt(body, 'metadata', 'generation')),
    observedGeneration: integer(status('observedGeneration')),
    deletedSince: text(valueAt(body, 'metadata', 'deletionTimestamp')),
    clusters: isObject(conditions)
      ? Object.entries(conditions)
          .map(([cluster, one]) => clusterStatus(cluster, one ?? null))
          .sort(byId)
      : [],
  };
}
