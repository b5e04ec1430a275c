import type { Environment } from '../../liqo/admission';
import { REMOTE_CLUSTER_LABEL, TYPE_LABEL, VIRTUAL_NODE } from '../../liqo/constants';
import { isSubset } from '../../selector/algebra';
import type { Requirement } from '../../selector/term';
import {
  environmentOf,
  isDeclared,
  reachOf,
  requiredOf,
  toWorkloads,
  workloadsOf,
  type Workload,
} from '../workloads';
import { approvalEntry } from '../approval-entry';
import { EVERY_VIRTUAL_NODE, listed } from '../cluster-impact';
import { identityOf, isObject, sameJson, valueAt, type Json } from '../../manifests/manifest';
import type { ChangeRule, Facts } from '../rule';
import type { Change } from '../state';

/** Data that does not move with a pod: of a StatefulSet, or on a PersistentVolumeClaim. */
function isStateful({ manifest, spec }: Workload): boolean {
  const volumes: Json = valueAt(spec, 'volumes') ?? [];
  const claims =
    Array.isArray(volumes) && volumes.some((one: Json) => isObject(one) && one['persistentVolumeClaim']);
  return manifest.kind === 'StatefulSet' || claims;
}

/** A workload on both sides, with what stood around it. */
interface Pair {
  readonly was: Workload;
  readonly is: Workload;
  readonly before: Environment;
  readonly after: Environment;
}

/** Every workload that either side declares; where one is declared twice, its first forms. */
function pairsOf({ before, after }: Change, facts: Facts): Pair[] {
  const seen = new Set<string>();
  return workloadsOf(after).flatMap((is): Pair[] => {
    const object = identityOf(is.manifest);
    const identity = `${object}|${is.part}`;
    const [old] = before.byIdentity.get(object) ?? [];
    const was = old && toWorkloads(old).find(({ part }) => part === is.part);
    // Objects that the API server names (generateName) are not the same from one commit to the next.
    if (was === undefined || is.manifest.name === '' || seen.has(identity)) return [];
    seen.add(identity);
    const side = isDeclared(before, is.manifest.namespace, facts) ? before : after;
    const pair = { was, is, before: environmentOf(was, side, facts), after: environmentOf(is, after, facts) };
    const same = sameJson(was.manifest.body, is.manifest.body);
    return same && JSON.stringify(pair.before) === JSON.stringify(pair.after) ? [] : [pair];
  });
}

/** The label facts of local nodes: no virtual kubelet made them. */
const LOCAL_NODES: readonly Requirement[] = [
  { key: TYPE_LABEL, operator: 'NotIn', values: [VIRTUAL_NODE] },
  { key: REMOTE_CLUSTER_LABEL, operator: 'DoesNotExist', values: [] },
];

/** Nodes of a kind that only the old form of the pods could run on, both in today's surroundings. */
function narrowed({ was, is, after }: Pair, facts: Facts, kind: readonly Requirement[]): boolean {
  const [old, now] = [was, is].map(({ pod }) => reachOf(pod, after, facts).landing);
  if (old?.outcome !== 'stored' || now?.outcome !== 'stored') return false;
  return isSubset(requiredOf(old.pod), requiredOf(now.pod), { facts: kind }).answer !== 'yes';
}

/** What pods can no longer run on: by itself, and not because the namespace lost it, which other rules say. */
function lostPlaces(pair: Pair, facts: Facts): string[] {
  const [was, is] = [reachOf(pair.was.pod, pair.before, facts), reachOf(pair.is.pod, pair.after, facts)];
  if (was.landing.outcome !== 'stored' || is.landing.outcome === 'undecided') return [];
  const now = is.landing.outcome === 'stored' ? is.landing : undefined;
  const stateful = isStateful(pair.was);
  const clusters = was.landing.virtualNodes.flatMap(({ provider, verdict, hangs }, i) => {
    const there = now?.virtualNodes[i];
    const kept = there?.verdict.answer === 'yes' || there?.selected === 'no';
    return verdict.answer === 'yes' && !hangs && !kept ? [provider] : [];
  });
  const known = facts.inventories.after?.complete === true;
  const localBefore = was.landing.local.answer !== 'no';
  const localNow = now !== undefined && now.local.answer !== 'no';
  const unknown =
    !known &&
    was.virtual.answer !== 'no' &&
    (is.virtual.answer === 'no' ? !sameSpec(pair) : narrowed(pair, facts, EVERY_VIRTUAL_NODE));
  return [
    ...new Set(clusters),
    ...(localBefore && !localNow ? ['local nodes'] : []),
    ...(localBefore && localNow && stateful && narrowed(pair, facts, LOCAL_NODES)
      ? ['some local nodes']
      : []),
    ...(unknown ? ['clusters that the inventory does not know'] : []),
  ].sort();
}

const sameSpec = ({ was, is }: Pair) => JSON.stringify(was.pod) === JSON.stringify(is.pod);

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
  why: 'New pods go elsewhere. The data of a StatefulSet, or of a pod with a PersistentVolumeClaim, stays where it is: such a finding is destructive, and needs an approval. A namespace that loses clusters says so itself; this is about everything else: what the workload asks for, its RuntimeClass, a strategy that takes local nodes away.',
  source: 'Kubernetes scheduling; pkg/virtualKubelet/reflection/storage',
  check: (change, facts) =>
    pairsOf(change, facts).flatMap((pair) => {
      const { was, is } = pair;
      const lost = lostPlaces(pair, facts);
      if (lost.length === 0) return [];
      const stateful = isStateful(was);
      const clusters = clustersOf(lost, facts);
      const { namespace } = is.manifest;
      return [
        {
          namespace,
          ...(stateful && { category: 'destructive' as const }),
          message: `${is.title} in '${namespace}' could run on ${listed(lost)}, and no longer can${stateful ? ': its data stays there' : ''}.`,
          remedy: stateful
            ? `Move the data first, or let it go by name with ${approvalEntry(namespace, 'workload-moved')}`
            : 'See that its pods may run where they can now.',
          manifest: is.manifest,
          clusters: clusters.length > 0 ? clusters : undefined,
        },
      ];
    }),
};
