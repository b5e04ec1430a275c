import type { Environment } from '../../liqo/admission';
import { REMOTE_CLUSTER_LABEL, TYPE_LABEL, VIRTUAL_NODE } from '../../liqo/constants';
import { ANY_VIRTUAL_NODE } from '../../liqo/node-kind';
import { EVERYTHING, isSubset, type Selection } from '../../selector/algebra';
import type { Requirement, UncheckedTerm } from '../../selector/term';
import {
  environmentOf,
  pinsByField,
  reachOf,
  requiredOf,
  toWorkloads,
  workloadsOf,
  type Workload,
} from '../workloads';
import { isAboutLiqo } from '../about-liqo';
import { approvalEntry } from '../approval-entry';
import { listed, selectionOf } from '../cluster-impact';
import { identityOf, sameJson } from '../../manifests/manifest';
import { isBoundToNodes, keepsData } from '../pod-data';
import type { ChangeRule, Facts } from '../rule';
import type { Change, State } from '../state';
import { surroundings, type Surroundings } from '../surroundings';
import { SYSTEM_OF_VIRTUAL_NODES, withoutNewSystem, withStableNames } from '../system-labels';

/** A workload on both sides, with its surroundings. */
interface Pair {
  readonly was: Workload;
  readonly is: Workload;
  readonly before: Environment;
  readonly after: Environment;
  /** Its namespace with the change. */
  readonly around: Surroundings;
  /** The side that declares its namespace. */
  readonly state: State;
}

/** Every workload that both sides declare; if one is declared twice, its first forms. */
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
    const { namespace } = is.manifest;
    const around = surroundings(after, namespace, facts);
    const side = surroundings(before, namespace, facts).declared ? before : after;
    const [then, now] = [environmentOf(was, side, facts), environmentOf(is, after, facts)];
    const same =
      sameJson(was.manifest.body, is.manifest.body) && JSON.stringify(then) === JSON.stringify(now);
    return same ? [] : [{ was, is, before: then, after: now, around, state: side }];
  });
}

/** The label facts of local nodes: no virtual kubelet made them. */
const LOCAL_NODES: readonly Requirement[] = [
  { key: TYPE_LABEL, operator: 'NotIn', values: [VIRTUAL_NODE] },
  { key: REMOTE_CLUSTER_LABEL, operator: 'DoesNotExist', values: [] },
];
/** The same of virtual nodes. */
const VIRTUAL_NODES: readonly Requirement[] = [...ANY_VIRTUAL_NODE.labels, ...SYSTEM_OF_VIRTUAL_NODES];

/** What the old and the new form of the pods require, both in the new surroundings. */
function requirements({ was, is, after }: Pair, facts: Facts): readonly [Selection, Selection] | undefined {
  const [old, now] = [was, is].map(({ pod }) => reachOf(pod, after, facts).landing);
  if (old?.outcome !== 'stored' || now?.outcome !== 'stored') return undefined;
  return [withStableNames(requiredOf(old.pod)), withStableNames(requiredOf(now.pod))];
}

/** Local nodes that only the old form of the pods could run on. */
function losesLocalNodes(pair: Pair, facts: Facts): boolean {
  const required = requirements(pair, facts);
  if (required === undefined) return false;
  const [old, now] = required;
  return isSubset(old, withoutNewSystem(now, old), { facts: LOCAL_NODES }).answer !== 'yes';
}

const isEmptyTerm = ({ matchExpressions, matchFields }: UncheckedTerm) =>
  (matchExpressions?.length ?? 0) + (matchFields?.length ?? 0) === 0;

/** What both select. */
function meet(a: Selection, b: Selection): Selection {
  if (a === EVERYTHING || b === EVERYTHING) return a === EVERYTHING ? b : a;
  const [left, right] = [a, b].map((terms) => terms.filter((one) => !isEmptyTerm(one)));
  return (left ?? []).flatMap((one) =>
    (right ?? []).map((other) => ({
      matchExpressions: [...(one.matchExpressions ?? []), ...(other.matchExpressions ?? [])],
      matchFields: [...(one.matchFields ?? []), ...(other.matchFields ?? [])],
    })),
  );
}

/** Virtual nodes, of clusters that are still selected, that only the old form of the pods could run on. */
function losesVirtualNodes(pair: Pair, facts: Facts): boolean {
  const required = requirements(pair, facts);
  if (required === undefined) return false;
  const [old, now] = required;
  const { offloading } = pair.around;
  const selected = offloading === undefined ? EVERYTHING : withStableNames(selectionOf(offloading));
  return isSubset(meet(old, selected), now, { facts: VIRTUAL_NODES }).answer !== 'yes';
}

/** Whether pods belong on virtual nodes before and after: otherwise they only strayed there. */
const belongsThere = ({ before, around }: Pair) =>
  before.namespace.offloading !== undefined &&
  before.namespace.offloading.pods !== 'Local' &&
  (around.offloading !== undefined || !around.declared);

function lostClusters(pair: Pair, facts: Facts): string[] {
  if (!belongsThere(pair)) return [];
  const [was, is] = [reachOf(pair.was.pod, pair.before, facts), reachOf(pair.is.pod, pair.after, facts)];
  if (was.landing.outcome !== 'stored') return [];
  if (pinsByField(pair.was.pod) && !pinsByField(was.landing.pod)) return []; // see node-pin-dropped
  const now = is.landing.outcome === 'stored' ? is.landing.virtualNodes : [];
  const clusters = was.landing.virtualNodes.flatMap(({ provider, verdict, hangs }, i) => {
    const kept = now[i]?.verdict.answer === 'yes' || now[i]?.selected === 'no';
    return verdict.answer === 'yes' && !hangs && !kept ? [provider] : [];
  });
  const { after } = facts.inventories;
  const others =
    after?.complete !== true &&
    was.virtual.answer !== 'no' &&
    (is.virtual.answer === 'no' ? !sameSpec(pair) : losesVirtualNodes(pair, facts));
  const unnamed =
    after === undefined ? 'clusters that no inventory names' : 'clusters that the inventory does not name';
  return [...new Set(clusters), ...(others ? [unnamed] : [])];
}

function lostLocalNodes(pair: Pair, facts: Facts): string[] {
  const was = reachOf(pair.was.pod, pair.before, facts).landing;
  const is = reachOf(pair.is.pod, pair.after, facts).landing;
  if (was.outcome !== 'stored' || was.local.answer === 'no') return [];
  if (is.outcome !== 'stored' || is.local.answer === 'no') return ['local nodes'];
  return isBoundToNodes(pair.was, pair.state) && losesLocalNodes(pair, facts) ? ['some local nodes'] : [];
}

/** Where pods can no longer run, unless their namespace lost the place: see other rules. */
function lostPlaces(pair: Pair, facts: Facts): string[] {
  const { labelled, offloading } = pair.after.namespace;
  if (labelled && offloading === undefined) return []; // no pod is created there: see scheduling-label-conflict
  if (reachOf(pair.is.pod, pair.after, facts).landing.outcome === 'undecided') return [];
  return [...lostClusters(pair, facts), ...lostLocalNodes(pair, facts)].sort();
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
  summary: 'Pods can no longer run where they could before.',
  why: "New pods run elsewhere. The data of a StatefulSet, of a pod with a PersistentVolumeClaim, or of a pod that writes to a folder of its node stays where it is: such a finding is destructive and needs an approval. Other rules report a namespace that loses clusters; this rule covers the rest: the workload's own requirements, its RuntimeClass, or a strategy that removes local nodes. Naming the system that nodes have anyway (`kubernetes.io/os`, `kubernetes.io/arch`, and their `beta.` names) moves no pod. In a namespace that neither manifests nor configs declare, data does not count, because the namespace may have nothing to do with Liqo; a repository that never mentions Liqo gives no finding. Between local nodes, pods can take a `ReadWriteMany` claim or network storage with them.",
  source:
    'Kubernetes scheduling, and pkg/controller/nodelifecycle (labelReconcileInfo); pkg/virtualKubelet/reflection/storage',
  check: (change, facts) => {
    if (![change.before, change.after].some((side) => isAboutLiqo(side, facts))) return [];
    return pairsOf(change, facts).flatMap((pair) => {
      const { was, is, around } = pair;
      const lost = lostPlaces(pair, facts);
      if (lost.length === 0) return [];
      const stateful = keepsData(was) && around.declared;
      const clusters = clustersOf(lost, facts);
      const { namespace } = is.manifest;
      return [
        {
          namespace,
          ...(stateful && { category: 'destructive' as const }),
          message: `${is.title} in '${namespace}' can no longer run on ${listed(lost)}${stateful ? ', where its data stays' : ''}.`,
          remedy: stateful
            ? `Move the data first, or approve the loss in ${approvalEntry(namespace, 'workload-moved')}`
            : 'Check that its pods may run where they can run now.',
          manifest: is.manifest,
          clusters: clusters.length > 0 ? clusters : undefined,
        },
      ];
    });
  },
};
