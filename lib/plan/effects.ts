// What becomes of a namespace on the providers: clusters that gain or lose it, its pods, and what is deleted for good.
import { describe, deselected, listed, newlySelected, reached, type Impact } from '../judge/cluster-impact';
import type { Offloading } from '../judge/offloading';
import type { Facts } from '../judge/rule';
import { DEFAULT_POD_STRATEGY, type PodOffloadingStrategy } from '../liqo/namespace-offloading';
import { twinName } from '../liqo/twin-namespace';
import { selectorText } from './differences';

/** Clusters that gain or lose a namespace. */
export interface Reach extends Impact {
  /** What was selected, where it is all of a selection: `every cluster`, or a selector. */
  readonly selector?: string;
}

/** As the object of a verb; in a finding they stand after a preposition. */
const namesText = (clusters: readonly string[], others: Impact['others']) =>
  `${listed(clusters)}${others === true ? ', and perhaps clusters that the inventory does not know' : ''}`;

/**
 * `florence and naples`, or what stands for those that nobody can name.
 * @param most how many clusters are named before the rest is counted
 */
export function reachText(reach: Reach, most = 20): string {
  const { selector, ...impact } = reach;
  const { clusters, others } = impact;
  if (clusters?.length === 0 && others !== true) return 'no cluster';
  if (clusters !== undefined && clusters.length > most)
    return namesText([...clusters.slice(0, most), `${clusters.length - most} more`], others);
  if (clusters !== undefined) return namesText(clusters, others);
  if (selector === undefined) return describe(impact);
  return selector === 'every cluster' ? selector : `every cluster with ${selector}`;
}

/** How the offloading of a namespace changes, as far as the providers notice. */
export interface Effects {
  readonly gained?: Reach;
  readonly lost?: Reach;
  /** The name of the twin namespace that is gained or lost; undefined where the consumer's cluster ID is not known. */
  readonly twin?: string;
  /** What becomes of pods: a sentence. */
  readonly pods?: string;
}

function twinOf({ mapping: strategy, namespace, remoteNamespaceName }: Offloading, { consumer }: Facts) {
  return strategy && twinName({ namespace, strategy, remoteNamespaceName }, consumer);
}

const whole = (offloading: Offloading, facts: Facts, when: 'now' | 'ever'): Reach => ({
  ...reached(offloading, facts, when),
  selector: selectorText(offloading),
});

const RESTRICTED: Readonly<Record<PodOffloadingStrategy, string>> = {
  Local: 'New pods stay on local nodes; pods on providers are not evicted.',
  Remote: 'New pods run only on providers; pods on local nodes are not evicted.',
  LocalAndRemote: 'New pods may run on local nodes and on providers; no pod is moved.',
};

const NEW: Readonly<Record<PodOffloadingStrategy, string>> = {
  Local: 'Pods stay on local nodes.',
  Remote: 'No pod is moved; new pods run only on providers.',
  LocalAndRemote: 'No pod is moved; new pods may run there.',
};

const ABORTED = 'Pods there end as Failed (OffloadingAborted); their controllers start new ones elsewhere.';

function podsOf(
  was: Offloading | undefined,
  is: Offloading | undefined,
  { gained, lost }: Pick<Effects, 'gained' | 'lost'>,
): string {
  const aborted = lost !== undefined && was?.pods !== 'Local' ? [ABORTED] : [];
  const changed = is?.pods !== undefined && was?.pods !== is.pods ? RESTRICTED[is.pods] : undefined;
  if (gained !== undefined && aborted.length === 0 && (was === undefined || changed === undefined))
    return NEW[is?.pods ?? DEFAULT_POD_STRATEGY];
  const sentences = [...aborted, ...(changed === undefined ? [] : [changed])];
  return sentences.length === 0 ? 'No pod is moved.' : sentences.join(' ');
}

/** @param was undefined where the namespace is offloaded anew, @param is undefined where it is unoffloaded */
export function effectsOf(was: Offloading | undefined, is: Offloading | undefined, facts: Facts): Effects {
  const named = is ?? was;
  if (named === undefined) return {};
  const gained = is && (was === undefined ? whole(is, facts, 'now') : newlySelected(was, is, facts));
  const lost = was && (is === undefined ? whole(was, facts, 'ever') : deselected(was, is, facts));
  return { gained, lost, twin: twinOf(named, facts), pods: podsOf(was, is, { gained, lost }) };
}

/** Providers that a namespace loses or gains as their virtual nodes change, sorted. */
export interface Peerings {
  readonly lost: readonly string[];
  readonly gained: readonly string[];
}

function joined(reach: Reach | undefined, more: readonly string[]): Reach | undefined {
  if (more.length === 0) return reach;
  if (reach === undefined) return { clusters: more };
  const clusters = [...new Set([...(reach.clusters ?? []), ...more])].sort();
  const isAll = reach.clusters !== undefined && reach.others !== true;
  return { ...reach, clusters, ...(!isAll && { others: true }) };
}

/** What becomes of a namespace whose providers' peerings change with it, or without a change of its own. */
export function withPeerings(own: Effects, is: Offloading, peerings: Peerings, facts: Facts): Effects {
  const { pods = 'No pod is moved.' } = own;
  const isAborted = peerings.lost.length > 0 && is.pods !== 'Local' && !pods.includes(ABORTED);
  const gains = pods === 'No pod is moved.' && peerings.gained.length > 0;
  const rest = gains ? NEW[is.pods ?? DEFAULT_POD_STRATEGY] : pods;
  return {
    ...own,
    gained: joined(own.gained, peerings.gained),
    lost: joined(own.lost, peerings.lost),
    twin: own.twin ?? twinOf(is, facts),
    pods: !isAborted ? rest : rest === 'No pod is moved.' ? ABORTED : `${ABORTED} ${rest}`,
  };
}
