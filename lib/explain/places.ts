// Where a stored pod can land, place by place: local nodes, each virtual node, and those that the inventory does not list.
import type { Surroundings } from '../judge/surroundings';
import { staysSelected } from '../judge/workloads';
import type { Provider, VirtualNode } from '../liqo/inventory';
import { nodeOf, type VirtualNodeLanding } from '../liqo/landing';
import { ANY_VIRTUAL_NODE, possible, type NodeKind, type Possible } from '../liqo/node-kind';
import type { PodSpec } from '../liqo/pod';
import { TAINT_OF_VIRTUAL_NODES } from '../liqo/runtime-class';
import { tolerationOf } from '../liqo/tolerations';
import { selectorInError, twinProblem, type Known } from './known';
import { needs, reasonsOf, type Reason } from './reasons';

/**
 * - `if`: on those that have what is needed
 * - `perhaps`: it can be scheduled there, and the twin namespace comes and goes, or nothing says whether there is one
 * - `hangs`: it can be scheduled there and never starts
 */
export type Answer = 'yes' | 'if' | 'perhaps' | 'hangs' | 'no' | 'unknown';

export interface Place {
  readonly answer: Answer;
  /** What excludes it, all of it. */
  readonly reasons: readonly Reason[];
  /** Alternatives of what a node must have. */
  readonly needs: readonly string[];
  /** What else is to be known, as parts of a sentence. */
  readonly notes: readonly string[];
}

export interface VirtualNodePlace extends Place {
  /** The provider's cluster ID. */
  readonly provider: string;
  readonly virtualNode: string;
}

/** A virtual node of the inventory. */
export interface Listed {
  readonly provider: Provider;
  readonly node: VirtualNode;
}

/** All of them, in the order of every landing. */
export const listedNodes = ({ inventory }: Known): Listed[] =>
  (inventory?.providers ?? []).flatMap((provider) =>
    provider.virtualNodes.map((node) => ({ provider, node })),
  );

const EMPTY = { reasons: [], needs: [], notes: [] } as const;

/** Nodes of a kind that nobody lists. */
export function unlistedPlace(answer: Possible, pod: PodSpec, kind: NodeKind): Place {
  switch (answer.answer) {
    case 'no':
      return { ...EMPTY, answer: 'no', reasons: reasonsOf(answer.exclusions) };
    case 'undecided':
      return { ...EMPTY, answer: 'unknown', notes: [answer.reason] };
    case 'yes': {
      const needed = needs(pod, kind);
      return { ...EMPTY, answer: needed.length === 0 ? 'yes' : 'if', needs: needed };
    }
  }
}

const NO_TWIN = 'no twin namespace there (OffloadingBackOff)';

/** Pods where there is no twin namespace, or where nothing says whether there is one. */
const withoutTwin = ({ declared }: Surroundings): Pick<Place, 'answer' | 'notes'> =>
  declared
    ? { answer: 'hangs', notes: [NO_TWIN] }
    : { answer: 'perhaps', notes: ['it is unknown whether the namespace is offloaded'] };

/** Virtual nodes that the inventory does not list. */
export function otherVirtualNodes(pod: PodSpec, around: Surroundings): Place {
  if (tolerationOf(TAINT_OF_VIRTUAL_NODES, pod.tolerations) === undefined)
    return { ...EMPTY, answer: 'no', reasons: reasonsOf([{ by: 'taint', taint: TAINT_OF_VIRTUAL_NODES }]) };
  const place = unlistedPlace(possible(pod, ANY_VIRTUAL_NODE), pod, ANY_VIRTUAL_NODE);
  if (place.answer !== 'yes' && place.answer !== 'if') return place;
  if (around.offloading === undefined && pod.nodeName !== undefined)
    return { ...place, answer: 'perhaps', notes: [`if that is a virtual node, ${NO_TWIN}`] };
  if (around.offloading === undefined) return { ...place, ...withoutTwin(around) };
  return staysSelected(pod, around)
    ? place
    : { ...place, notes: ['hangs on clusters that the namespace does not select (OffloadingBackOff)'] };
}

function twinAnswer(
  { selected }: Pick<VirtualNodeLanding, 'selected'>,
  provider: Provider,
  around: Surroundings,
  { consumer }: Known,
): Pick<Place, 'answer' | 'notes'> {
  if (selected === 'no') return withoutTwin(around);
  const problem = twinProblem(around, provider, consumer);
  if (problem !== undefined) return { answer: 'hangs', notes: [`${NO_TWIN}: ${problem}`] };
  if (selected === 'yes') return { answer: 'yes', notes: [] };
  return {
    answer: 'perhaps',
    notes: [
      selectorInError(around)
        ? 'it is unknown whether there is a twin namespace: the clusterSelector is invalid'
        : 'the selector matches only some of its virtual nodes: the twin namespace comes and goes',
    ],
  };
}

/** One virtual node, with a landing on it. */
export function virtualNodePlace(
  landing: Pick<VirtualNodeLanding, 'verdict' | 'selected'>,
  { provider, node }: Listed,
  around: Surroundings,
  known: Known,
): VirtualNodePlace {
  const { verdict } = landing;
  const where = { provider: provider.id, virtualNode: node.name };
  if (verdict.answer === 'no')
    return {
      ...EMPTY,
      ...where,
      answer: 'no',
      reasons: reasonsOf(verdict.exclusions, nodeOf(provider, node)),
    };
  const { answer, notes } = twinAnswer(landing, provider, around, known);
  const evicted =
    verdict.evictedAfter === undefined ? [] : [`evicted again after ${verdict.evictedAfter} seconds`];
  return { ...EMPTY, ...where, answer, notes: [...notes, ...evicted] };
}
