// What Liqo's real NamespaceOffloading controller does with what users write: the claims behind cluster-selector-absent,
// clusters-deselected and the rules about the scheduling label.
import { setTimeout as sleep } from 'node:timers/promises';
import { namespace, offloading } from '../judge/given';
import type { Programs } from './build';
import { comes, type Check } from './check';
import { until, type Cluster } from './cluster';

const ALL = '{ clusterSelector: { nodeSelectorTerms: [] } }';
const LOCAL = '{ podOffloadingStrategy: Local, clusterSelector: { nodeSelectorTerms: [] } }';
const inRegion = (region: string) =>
  `{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: topology.liqo.io/region, operator: In, values: [${region}] }] }] } }`;

/** A provider as its peering leaves it on the consumer: a virtual node, and the map that asks for twin namespaces. */
export const provider = (id: string, region: string) => `${namespace(`liqo-tenant-${id}`)}---
apiVersion: offloading.liqo.io/v1beta1
kind: VirtualNode
metadata: { name: liqo-${id}, namespace: liqo-tenant-${id} }
spec: { clusterID: ${id}, createNode: false, labels: { topology.liqo.io/region: ${region} } }
---
apiVersion: offloading.liqo.io/v1beta1
kind: NamespaceMap
metadata:
  name: ${id}
  namespace: liqo-tenant-${id}
  labels: { liqo.io/replication: "true", liqo.io/remoteID: ${id}, liqo.io/remote-cluster-id: ${id} }
`;

const pod = (ns: string) => `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: ${ns} }
spec: { containers: [{ name: web, image: web }] }
`;

interface Live {
  readonly metadata: {
    readonly generation: number;
    readonly finalizers?: readonly string[];
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: { readonly desiredMapping?: Readonly<Record<string, string>> };
  readonly status?: { readonly observedGeneration?: number; readonly offloadingPhase?: string };
}

const FINALIZER = 'namespaceoffloading-controller.liqo.io/finalizer';
const LABEL = 'liqo.io/scheduling-enabled';

/** Long enough for a controller that has not acted by now to have tried several times. */
const LONG_ENOUGH = 8000;

class Consumer {
  constructor(private readonly cluster: Cluster) {}

  apply(...objects: readonly string[]): void {
    const { ok, err } = this.cluster.kubectl(['apply', '-f', '-'], objects.join('---\n'));
    if (!ok) throw new Error(err);
  }

  create(object: string) {
    return this.cluster.kubectl(['create', '-f', '-'], object);
  }

  delete(...what: readonly string[]): void {
    this.cluster.kubectl(['delete', '--wait=false', ...what]);
  }

  private get(...what: readonly string[]): Live | undefined {
    const { ok, out } = this.cluster.kubectl(['get', '-o', 'json', ...what]);
    return ok ? (JSON.parse(out) as Live) : undefined;
  }

  offloading(ns: string): Live | undefined {
    return this.get('nsoff', 'offloading', '-n', ns);
  }

  namespace(ns: string): Live | undefined {
    return this.get('ns', ns);
  }

  /** The name of the twin that the consumer asks a provider for. */
  twin(ns: string, id: string): string | undefined {
    return this.get('namespacemap', id, '-n', `liqo-tenant-${id}`)?.spec?.desiredMapping?.[ns];
  }

  hasFinalizer(ns: string): boolean {
    return this.offloading(ns)?.metadata.finalizers?.includes(FINALIZER) === true;
  }

  async offload(ns: string, spec: string): Promise<void> {
    this.apply(namespace(ns), offloading(ns, spec));
    await until(`${ns} is offloaded`, () => this.hasFinalizer(ns));
  }
}

/** A new object without clusterSelector never offloads, and looks as if it did. */
async function absentFromTheStart(consumer: Consumer, cluster: Cluster): Promise<Check[]> {
  consumer.apply(namespace('absent'), offloading('absent', '{}'));
  await until('its status is written', () => consumer.offloading('absent')?.status);
  await sleep(LONG_ENOUGH);
  const { metadata, status } = consumer.offloading('absent') ?? {};
  const log = cluster.log('controller');
  const refusal = /failed to add finalizer to NamespaceOffloading "absent\/offloading".*nodeSelectorTerms.*/;
  return [
    {
      claim: 'absent clusterSelector: never a finalizer',
      holds: !consumer.hasFinalizer('absent'),
      seen: JSON.stringify(metadata),
    },
    {
      claim: 'absent clusterSelector: no twin is asked for',
      holds: consumer.twin('absent', 'naples') === undefined,
      seen: log,
    },
    {
      claim: 'absent clusterSelector: observedGeneration is current all the same',
      holds: status?.observedGeneration === metadata?.generation,
      seen: JSON.stringify(status),
    },
    {
      claim: "absent clusterSelector: the controller's own update is refused by the CRD",
      holds: refusal.test(log),
      seen: log.slice(-2000),
    },
  ];
}

/** With `nodeSelectorTerms: []` everything works. */
async function everyCluster(consumer: Consumer): Promise<Check[]> {
  await consumer.offload('every', ALL);
  await until('the twins are asked for', () => consumer.twin('every', 'rome'));
  const label = await until(
    'the label is there',
    () => consumer.namespace('every')?.metadata.labels?.[LABEL],
  );
  const twins = ['naples', 'rome'].map((id) => consumer.twin('every', id));
  consumer.delete('nsoff', 'offloading', '-n', 'every');
  const deleted = await comes(
    'nodeSelectorTerms []: it can be deleted',
    () => consumer.offloading('every') === undefined,
  );
  return [
    {
      claim: 'nodeSelectorTerms []: a twin on every provider',
      holds: twins.every((name) => name === 'every-venice'),
      seen: twins.join(' '),
    },
    { claim: 'nodeSelectorTerms []: the scheduling label is added', holds: label === 'true', seen: label },
    deleted,
    {
      claim: 'deleting it takes the twins and the label away',
      holds:
        consumer.twin('every', 'naples') === undefined &&
        consumer.namespace('every')?.metadata.labels?.[LABEL] === undefined,
      seen: JSON.stringify(consumer.namespace('every')),
    },
  ];
}

/** An existing object that loses its selector can no longer be deleted, and holds its namespace. */
async function selectorDropped(consumer: Consumer, cluster: Cluster): Promise<Check[]> {
  await consumer.offload('dropped', ALL);
  consumer.apply(offloading('dropped', '{}'));
  consumer.delete('ns', 'dropped');
  await sleep(LONG_ENOUGH);
  const [held, ns] = [consumer.offloading('dropped'), consumer.namespace('dropped')];
  const log = cluster.log('controller');
  const refusal =
    /failed to remove finalizer from NamespaceOffloading "dropped\/offloading".*nodeSelectorTerms.*/;
  const checks = [
    {
      claim: 'dropped clusterSelector: the object hangs in Terminating',
      holds: held?.metadata.deletionTimestamp !== undefined && consumer.hasFinalizer('dropped'),
      seen: JSON.stringify(held),
    },
    { claim: 'dropped clusterSelector: its namespace with it', holds: ns !== undefined, seen: '' },
    {
      claim: 'dropped clusterSelector: the CRD refuses to let the finalizer go',
      holds: refusal.test(log),
      seen: log.slice(-2000),
    },
  ];
  consumer.apply(offloading('dropped', ALL));
  const freed = await comes(
    'dropped clusterSelector: writing it again frees both',
    () => consumer.namespace('dropped') === undefined,
  );
  return [...checks, freed];
}

/** The controller takes the twin of a cluster that is no longer selected away, and nothing refuses or warns. */
async function narrowed(consumer: Consumer, cluster: Cluster): Promise<Check[]> {
  await consumer.offload('narrowed', ALL);
  await until('the twins are asked for', () => consumer.twin('narrowed', 'rome'));
  const narrow = offloading('narrowed', inRegion('south'));
  const { ok, err } = cluster.kubectl(['apply', '-f', '-'], narrow);
  const gone = await comes(
    'the twin of the cluster that is left out goes',
    () => consumer.twin('narrowed', 'rome') === undefined,
  );
  return [
    { claim: 'a narrower selector is accepted without a warning', holds: ok && err === '', seen: err },
    gone,
    {
      claim: 'the other one stays',
      holds: consumer.twin('narrowed', 'naples') === 'narrowed-venice',
      seen: String(consumer.twin('narrowed', 'naples')),
    },
  ];
}

/** The label without an offloading blocks every pod; Local loses the label. */
async function schedulingLabel(consumer: Consumer): Promise<Check[]> {
  consumer.apply(namespace('guarded', `labels: { ${LABEL}: "true" }`));
  const orphan = consumer.create(pod('guarded'));
  await consumer.offload('guarded', ALL);
  const bound = await until('a pod is accepted', () => {
    const ran = consumer.create(pod('guarded'));
    return ran.ok && ran;
  });
  await consumer.offload('local', LOCAL);
  consumer.apply(namespace('local', `labels: { ${LABEL}: "true" }`));
  consumer.apply(offloading('local', LOCAL, { metadata: 'annotations: { touched: "yes" }' }));
  const unlabelled = await comes(
    'Local: the controller removes the label that a manifest declares',
    () => consumer.namespace('local')?.metadata.labels?.[LABEL] === undefined,
  );
  return [
    {
      claim: 'the scheduling label without an offloading: pods are refused',
      holds: !orphan.ok && orphan.err.includes('pod.mutate.liqo.io'),
      seen: orphan.err,
    },
    { claim: 'the scheduling label with one: pods are accepted', holds: bound.ok, seen: bound.err },
    unlabelled,
  ];
}

/** Runs the controller beside the webhooks, with two providers, and looks. */
export async function watchController(cluster: Cluster, programs: Programs): Promise<Check[]> {
  const consumer = new Consumer(cluster);
  consumer.apply(provider('naples', 'south'), provider('rome', 'center'));
  cluster.run('controller', programs.liqo, ['controller', cluster.kubeconfig]);
  return [
    ...(await absentFromTheStart(consumer, cluster)),
    ...(await everyCluster(consumer)),
    ...(await selectorDropped(consumer, cluster)),
    ...(await narrowed(consumer, cluster)),
    ...(await schedulingLabel(consumer)),
  ];
}
