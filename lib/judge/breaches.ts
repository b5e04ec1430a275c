// Whether a namespace complies with a policy.
import { knownInventory } from './known-providers';
import { selects } from '../liqo/inventory';
import type { PodOffloadingStrategy } from '../liqo/namespace-offloading';
import { labelsOf, type Manifest } from '../manifests/manifest';
import { isSubset, type Selection, type Witness } from '../selector/algebra';
import { matchesRequirement } from '../selector/match';
import { printTerm } from '../selector/print';
import type { NodeSelector } from '../selector/term';
import {
  describe,
  EVERY_VIRTUAL_NODE,
  idsOf,
  reached,
  readableSelection,
  remembering,
  selectionOf,
  type Impact,
} from './cluster-impact';
import type { Offloading } from './offloading';
import type { Policy } from './policy';
import type { Facts } from './rule';
import type { State } from './state';
import { leavesBy, type Workload } from './workloads';

/** `unknown`: the policy selects by labels, and those of the namespace are unknown. */
export type Applies = 'yes' | 'no' | 'unknown';

export function applies(
  { namespaces }: Policy,
  namespace: string,
  state: State,
  { asserted }: Facts,
): Applies {
  if (namespaces === undefined) return 'yes';
  if ('names' in namespaces) return namespaces.names.includes(namespace) ? 'yes' : 'no';
  const [manifest] = state.namespaces.get(namespace) ?? [];
  const labels = manifest === undefined ? asserted.get(namespace) : Object.fromEntries(labelsOf(manifest));
  if (labels === undefined) return 'unknown';
  const all = { 'kubernetes.io/metadata.name': namespace, ...labels }; // the API server adds it
  return namespaces.labels.every((one) => matchesRequirement(one, all)) ? 'yes' : 'no';
}

/** How a namespace breaks a policy, as the end of a sentence about it. */
export interface Breach {
  readonly what: string;
  readonly offloading?: Offloading;
  /** A workload that breaks it. */
  readonly workload?: Manifest;
  readonly field: readonly string[];
  readonly clusters?: readonly string[];
  readonly witness?: Witness;
  /** The clusters that the policy allows; none if any is too much. */
  readonly allowed?: NodeSelector;
}

const printed = (terms: NodeSelector) => terms.map(printTerm).join(' or ');

/** What is selected outside the allowed clusters; undefined if it is proven that nothing is. */
function outside(selection: Selection, allowed: NodeSelector, facts: Facts): Impact | undefined {
  const decision = isSubset(selection, allowed, { facts: EVERY_VIRTUAL_NODE });
  if (decision.answer === 'yes') return undefined;
  const terms = readableSelection(selection);
  const inventory = knownInventory(facts, 'after');
  if (terms !== undefined && inventory !== undefined) {
    // One virtual node at a time: what the selector matches must be allowed.
    const wrong = inventory.providers.filter((provider) =>
      provider.virtualNodes.some((node) => {
        const alone = { ...provider, virtualNodes: [node] };
        return selects(terms, alone) === 'yes' && selects(allowed, alone) === 'no';
      }),
    );
    if (wrong.length > 0) return { clusters: idsOf(wrong) };
    if (inventory.complete) return undefined;
  }
  return decision.answer === 'undecided' ? { undecided: decision.reason } : { witness: decision.witness };
}

const SELECTOR = ['spec', 'clusterSelector', 'nodeSelectorTerms'];
const impacts = remembering<Impact | undefined>();

function notAllowed(allowed: NodeSelector, offloading: Offloading, facts: Facts): Breach[] {
  const selection = selectionOf(offloading);
  const impact = impacts(facts, JSON.stringify([allowed, selection]), () =>
    outside(selection, allowed, facts),
  );
  if (impact === undefined) return [];
  const what = `selects ${describe(impact)}, but may select only ${printed(allowed)}`;
  const { clusters, witness } = impact;
  return [{ what, offloading, field: SELECTOR, clusters, witness, allowed }];
}

function tooMany(max: number, offloading: Offloading, facts: Facts): Breach[] {
  const { clusters, others } = reached(offloading, facts, 'now');
  const field = SELECTOR;
  if (clusters !== undefined && clusters.length > max)
    return [
      {
        what: `selects ${clusters.length} clusters, but may select at most ${max}`,
        offloading,
        field,
        clusters,
      },
    ];
  if (clusters !== undefined && others !== true) return [];
  const what = `may select at most ${max} clusters, and only a complete inventory can show how many it selects`;
  return [{ what, offloading, field }];
}

function notAmong<T extends string>(
  field: string,
  value: T | undefined,
  allowed: readonly T[] | undefined,
  offloading: Offloading,
): Breach[] {
  if (allowed === undefined || value === undefined || allowed.includes(value)) return [];
  const what = `has the ${field} ${value}, but may only have ${allowed.join(' or ')}`;
  return [{ what, offloading, field: ['spec', field] }];
}

/** All the ways in which a namespace breaks a policy that applies to it. */
export function breaches(policy: Policy, offloadings: readonly Offloading[], facts: Facts): Breach[] {
  const { clusters, maxClusters, namespaceMappingStrategies, podOffloadingStrategies } = policy;
  if (policy.offloading === 'required' && offloadings.length === 0)
    return [{ what: 'is not offloaded but must be', field: [] }];
  if (policy.offloading === 'forbidden')
    return offloadings.map((offloading) => ({
      what: 'is offloaded but must not be',
      offloading,
      field: ['spec'],
    }));
  return offloadings.flatMap((one) => [
    ...notAmong('namespaceMappingStrategy', one.mapping, namespaceMappingStrategies, one),
    ...(policy.pods === 'local'
      ? notAmong('podOffloadingStrategy', one.pods, ['Local'], one)
      : notAmong('podOffloadingStrategy', one.pods, podOffloadingStrategies, one)),
    ...(clusters === undefined ? [] : notAllowed(clusters, one, facts)),
    ...(maxClusters === undefined ? [] : tooMany(maxClusters, one, facts)),
  ]);
}

const isLocalOnly = (allowed: readonly PodOffloadingStrategy[] | undefined) =>
  allowed?.every((one) => one === 'Local') === true;

/** Whether a policy requires that the pods of a namespace stay off virtual nodes; another strategy breaks it anyway. */
function keepsPods({ pods, podOffloadingStrategies }: Policy, offloadings: readonly Offloading[]): boolean {
  const isLocal = offloadings.every((one) => one.pods === 'Local');
  return isLocal && (pods === 'local' || (offloadings.length > 0 && isLocalOnly(podOffloadingStrategies)));
}

/** The workloads that break a policy that keeps pods off virtual nodes. */
export function podBreaches(
  policy: Policy,
  offloadings: readonly Offloading[],
  workloads: readonly Workload[],
  state: State,
  facts: Facts,
): Breach[] {
  if (!keepsPods(policy, offloadings)) return [];
  return workloads.flatMap((workload) => {
    const how = leavesBy(workload, state, facts);
    if (how === undefined) return [];
    const what = `has the ${workload.title}, which ${how}, but its pods must stay off virtual nodes`;
    return [{ what, workload: workload.manifest, field: [] }];
  });
}
