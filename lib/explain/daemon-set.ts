// Where the pods of a DaemonSet can land: its controller makes one for each node that fits the template, and what happens to
// that pod afterwards need not keep it there.
import { admit, type Environment } from '../liqo/admission';
import { daemonLanding, daemonPod, isUnpinned, type DaemonLanding } from '../liqo/daemon';
import type { Landing } from '../liqo/landing';
import { anyLocalNode } from '../liqo/node-kind';
import type { PodSpec } from '../liqo/pod';
import type { Surroundings } from '../judge/surroundings';
import type { Known } from './known';
import {
  listedNodes,
  otherVirtualNodes,
  unlistedPlace,
  virtualNodePlace,
  type Listed,
  type Place,
  type VirtualNodePlace,
} from './places';
import { reasonsOf } from './reasons';

type Stored = Extract<Landing, { outcome: 'stored' }>;

const NOT_MADE = 'no pod is created for such a node';

/** What becomes of a pod that cannot run on the node that it is made for. */
function elsewhere({ local, virtualNodes }: Stored): string {
  const lands = local.answer === 'yes' || virtualNodes.some(({ verdict }) => verdict.answer === 'yes');
  return lands
    ? "a pod is created for such a node but can land elsewhere: Liqo's webhook drops its node pin"
    : 'a pod is created for such a node but stays Pending';
}
const STRAY = "pods created for other nodes can land here: Liqo's webhook drops their node pins";

const isStored = (landing: Landing | undefined): landing is Stored => landing?.outcome === 'stored';

/** Adds to a place that nothing was made for, or stayed on, what comes there from elsewhere. */
function withStray<T extends Place>(own: T, stray: T | undefined): T {
  if (own.answer !== 'no' || stray === undefined || stray.answer === 'no') return own;
  return { ...stray, notes: [...stray.notes, STRAY] };
}

/** What all places of a workload are. */
export interface Places {
  readonly local: Place;
  readonly virtualNodes: readonly VirtualNodePlace[];
  /** Virtual nodes that the inventory does not list, unless it is complete. */
  readonly others?: Place;
}

const ELSEWHERE_TOO = "those pods can also land on other nodes: Liqo's webhook drops their node pins";

/** Local nodes, for the pods that are made for them. */
function localPlace(made: Place, landed: Stored | undefined): Place {
  if (made.answer === 'no') return { ...made, notes: [NOT_MADE] };
  if (landed?.local.answer === 'no') {
    const reasons = reasonsOf(landed.local.exclusions);
    return { ...made, answer: 'no', needs: [], reasons, notes: [elsewhere(landed)] };
  }
  const loose = made.answer === 'if' && landed !== undefined && isUnpinned(landed.pod);
  return loose ? { ...made, notes: [...made.notes, ELSEWHERE_TOO] } : made;
}

/** Virtual nodes that the inventory does not list. */
function otherPlaces(template: PodSpec, environment: Environment, around: Surroundings): Place {
  const made = otherVirtualNodes(template, around);
  const own = made.answer === 'no' ? { ...made, notes: [NOT_MADE] } : made;
  const admission = admit(daemonPod(template, 'a-node'), environment);
  if (admission.outcome !== 'stored' || !isUnpinned(admission.pod)) return own;
  const loose = otherVirtualNodes(admission.pod, around);
  return own.answer === 'no' ? withStray(own, loose) : loose;
}

/** A virtual node, for the pod that is made for it. */
function ownPlace(
  own: DaemonLanding['virtualNodes'][number] | undefined,
  at: number,
  listed: Listed,
  around: Surroundings,
  known: Known,
): VirtualNodePlace {
  const landed = isStored(own?.landing) ? own.landing : undefined;
  const there = landed?.virtualNodes[at];
  if (landed === undefined || there === undefined) {
    const verdict = own?.made ?? { answer: 'no', exclusions: [] };
    return { ...virtualNodePlace({ verdict, selected: 'no' }, listed, around, known), notes: [NOT_MADE] };
  }
  const place = virtualNodePlace(there, listed, around, known);
  return place.answer === 'no' ? { ...place, notes: [elsewhere(landed)] } : place;
}

export function daemonSetPlaces(
  template: PodSpec,
  environment: Environment,
  around: Surroundings,
  known: Known,
): Places {
  const providers = known.inventory?.providers ?? [];
  const { local, virtualNodes } = daemonLanding(template, environment, providers);
  const landings = virtualNodes.map(({ landing }) => landing).filter(isStored);
  const fromLocal = isStored(local.landing) ? local.landing : undefined;
  const kind = anyLocalNode(providers);

  const localStray = landings.find((one) => one.local.answer === 'yes');
  const places = listedNodes(known).map((listed, i): VirtualNodePlace => {
    const own = ownPlace(virtualNodes[i], i, listed, around, known);
    const stray = [fromLocal, ...landings]
      .map((one) => one?.virtualNodes[i])
      .find((one) => one?.verdict.answer === 'yes');
    return withStray(own, stray && virtualNodePlace(stray, listed, around, known));
  });

  return {
    local: withStray(
      localPlace(unlistedPlace(local.made, template, kind), fromLocal),
      localStray && unlistedPlace(localStray.local, localStray.pod, kind),
    ),
    virtualNodes: places,
    ...(known.inventory?.complete !== true && { others: otherPlaces(template, environment, around) }),
  };
}
