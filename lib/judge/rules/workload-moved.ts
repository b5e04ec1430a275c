import { toWorkload, environmentOf, reachOf, type Workload } from '../workloads';
import { approvalEntry } from '../approval-entry';
import { listed } from '../cluster-impact';
import { isObject, valueAt, type Json } from '../../manifests/manifest';
import { podSpecOf } from '../../manifests/pod-template';
import type { ChangeRule, Facts } from '../rule';
import { updated, type State } from '../state';

/** Where pods can run: `local nodes`, and clusters by their IDs. */
function placesOf(workload: Workload, state: State, facts: Facts): ReadonlySet<string> | undefined {
  const { landing, virtual } = reachOf(workload.pod, environmentOf(workload, state, facts), facts);
  if (landing.outcome === 'undecided') return undefined;
  if (landing.outcome !== 'stored') return new Set();
  const nodes = landing.virtualNodes.filter(({ verdict, hangs }) => verdict.answer === 'yes' && !hangs);
  const known = facts.inventories.after?.complete === true || virtual.answer === 'no';
  return new Set([
    ...(landing.local.answer === 'no' ? [] : ['local nodes']),
    ...nodes.map(({ provider }) => provider),
    ...(known ? [] : ['clusters that the inventory does not know']),
  ]);
}

/** Data that does not move with a pod: of a StatefulSet, or on a PersistentVolumeClaim. */
function isStateful({ manifest }: Workload): boolean {
  const volumes: Json = valueAt(podSpecOf(manifest), 'volumes') ?? [];
  const claims =
    Array.isArray(volumes) && volumes.some((one: Json) => isObject(one) && one['persistentVolumeClaim']);
  return manifest.kind === 'StatefulSet' || claims;
}

function lostPlaces(was: Workload, is: Workload, state: State, facts: Facts): string[] {
  const [before, after] = [placesOf(was, state, facts), placesOf(is, state, facts)];
  if (before === undefined || after === undefined) return [];
  return [...before].filter((place) => !after.has(place)).sort();
}

const clustersOf = (places: readonly string[], facts: Facts) => {
  const known = new Set((facts.inventories.after?.providers ?? []).map(({ id }) => id));
  return places.filter((place) => known.has(place));
};

export const workloadMoved: ChangeRule = {
  name: 'workload-moved',
  category: 'risky',
  about: 'change',
  approvable: true,
  summary: 'Pods can no longer run where they could.',
  why: 'New pods go elsewhere. The data of a StatefulSet, or of a pod with a PersistentVolumeClaim, stays where it is: such a finding is destructive, and needs an approval. A namespace that loses clusters says so itself; this is about what the workload asks for.',
  source: 'Kubernetes scheduling; pkg/virtualKubelet/reflection/storage',
  check: ({ before, after }, facts) =>
    updated(
      before,
      after.manifests.filter((one) => podSpecOf(one) !== undefined),
    ).flatMap(({ was, is }) => {
      const [old, now] = [toWorkload(was), toWorkload(is)];
      if (old === undefined || now === undefined) return [];
      const lost = lostPlaces(old, now, after, facts);
      if (lost.length === 0) return [];
      const stateful = isStateful(old) || isStateful(now);
      const clusters = clustersOf(lost, facts);
      const { namespace } = is;
      return [
        {
          namespace,
          ...(stateful && { category: 'destructive' as const }),
          message: `${now.title} in '${namespace}' could run on ${listed(lost)}, and no longer can${stateful ? ': its data stays there' : ''}.`,
          remedy: stateful
            ? `Move the data first, or let it go by name with ${approvalEntry(namespace, 'workload-moved')}`
            : 'See that its pods may run where they can now.',
          manifest: is,
          clusters: clusters.length > 0 ? clusters : undefined,
        },
      ];
    }),
};
