// What dist wants of each namespace beside what the cluster shows: what is missing, what differs, and how far Liqo is.
import { toOffloading, type Offloading } from '../judge/offloading';
import { readableSelection, selectionOf } from '../judge/cluster-impact';
import type { State } from '../judge/state';
import { selects, type Inventory } from '../liqo/inventory';
import type { NamespaceMappingStrategy, PodOffloadingStrategy } from '../liqo/namespace-offloading';
import { twinName } from '../liqo/twin-namespace';
import { asDeclared, isTerminating } from '../manifests/live-object';
import type { Manifest } from '../manifests/manifest';
import { differences, selectorText, type FieldChange } from '../plan/differences';
import { guardStatus, type GuardStatus } from './guard';
import type { Live } from './live';
import { observedOf, type ClusterStatus, type Observed } from './observed';
import { REMEDIES, type Trouble } from './remedies';

/** Worst first. `undeclared`: live, and dist says nothing of it. */
export const STATES = [
  'missing',
  'different',
  'failed',
  'deleting',
  'unknown',
  'unselected',
  'creating',
  'undeclared',
  'ready',
] as const;
export type NamespaceState = (typeof STATES)[number];

export interface StatusProblem {
  readonly state: NamespaceState;
  /** What is so: a part of a sentence without its subject. */
  readonly message: string;
  readonly remedy: string;
}

/** How a namespace is offloaded. */
export interface Offloaded {
  /** Undefined where it is no value that Liqo knows. */
  readonly mapping?: NamespaceMappingStrategy;
  readonly pods?: PodOffloadingStrategy;
  /** In label-selector syntax, or `every cluster`. */
  readonly selector: string;
  /** The name of its twins, undefined where it is not known. */
  readonly twin?: string;
}

export interface NamespaceStatus {
  readonly namespace: string;
  readonly state: NamespaceState;
  /** What dist wants, undefined where it wants no offloading. */
  readonly wanted?: Offloaded;
  /** What the cluster shows, undefined where there is no offloading. */
  readonly live?: Offloaded & Omit<Observed, 'clusters'>;
  readonly clusters: readonly ClusterStatus[];
  readonly problems: readonly StatusProblem[];
}

export interface Status {
  /** Worst first, then by name. */
  readonly namespaces: readonly NamespaceStatus[];
  readonly summary: Readonly<Record<NamespaceState, number>>;
  /** Undefined if dist wants no guard. */
  readonly guard?: GuardStatus;
  /** Whether all that dist declares is there, as it is wanted, and Ready; the guard as well. */
  readonly asWanted: boolean;
}

/** What is known beside the objects. */
export interface StatusContext {
  /** The consumer's cluster ID. */
  readonly consumer: string | undefined;
  readonly inventory: Inventory | undefined;
}

const problem = (trouble: Trouble, state: NamespaceState, message: string): StatusProblem => ({
  state,
  message,
  remedy: REMEDIES[trouble],
});

function offloaded(offloading: Offloading, twin: string | undefined): Offloaded {
  const { mapping, pods } = offloading;
  return { mapping, pods, selector: selectorText(offloading), twin };
}

function twinOf({ mapping: strategy, namespace, remoteNamespaceName }: Offloading, consumer?: string) {
  return strategy && twinName({ namespace, strategy, remoteNamespaceName }, consumer);
}

const value = (one: FieldChange['old']) =>
  one === undefined ? 'not set' : typeof one === 'string' ? one : JSON.stringify(one);

/** Where the live spec, or the name of the twins that came of it, is not what dist wants. */
function driftOf(wanted: Manifest, live: Manifest, { twin }: Observed, consumer?: string): StatusProblem[] {
  const changes = differences(asDeclared(live, [wanted]), wanted).filter(({ field }) =>
    field.startsWith('spec.'),
  );
  const fields = changes.map(({ field, old, new: now, replaces }) =>
    problem(
      replaces === true ? 'immutable' : 'different',
      'different',
      `${field.slice('spec.'.length)} is ${value(old)}, but dist has ${value(now)}`,
    ),
  );
  const expected = twinOf(toOffloading(wanted), consumer);
  const renamed = fields.length === 0 && expected !== undefined && twin !== undefined && expected !== twin;
  return renamed
    ? [problem('twin', 'different', `its twins are named ${twin}, but dist expects ${expected}`)]
    : fields;
}

const PHASES: Readonly<Record<string, StatusProblem | undefined>> = {
  Ready: undefined,
  NoClusterSelected: problem('unselected', 'unselected', 'no cluster is selected'),
  InProgress: problem('creating', 'creating', 'twins are being created'),
  SomeFailed: problem('failed', 'failed', 'some twins cannot be created'),
  AllFailed: problem('failed', 'failed', 'no twin can be created'),
  Terminating: problem('deleting', 'deleting', 'it is being unoffloaded'),
};

/** How far Liqo is, by its own words. */
function phaseProblems({ phase, generation, observedGeneration, deletedSince }: Observed): StatusProblem[] {
  if (deletedSince !== undefined)
    return [problem('deleting', 'deleting', `it has been in deletion since ${deletedSince}`)];
  if (phase === undefined) return [problem('unknown', 'unknown', 'Liqo has not written a status')];
  if (generation !== undefined && observedGeneration !== generation)
    return [
      problem(
        'unknown',
        'unknown',
        `its status is for generation ${observedGeneration ?? 'none'}, but the object has ${generation}`,
      ),
    ];
  if (!Object.hasOwn(PHASES, phase))
    return [problem('unknown', 'unknown', `offloadingPhase is ${phase}, which is not a phase of Liqo`)];
  return [PHASES[phase] ?? []].flat();
}

/** In words, where Liqo gives no reason. */
const WITHOUT_REASON = {
  failed: 'its twin cannot be created',
  creating: 'its twin is being created',
  deleting: 'its twin is being deleted',
  unknown: 'Liqo does not say whether it is selected',
} as const;

/** Clusters that are selected and have no twin that is ready. */
function clusterProblems(clusters: readonly ClusterStatus[]): StatusProblem[] {
  return clusters.flatMap(({ cluster, state, reason, message }) => {
    if (state === 'ready' || state === 'unselected') return [];
    const said = [reason, message].filter((one) => one !== undefined).join(': ');
    return [problem(state, state, `${cluster}: ${said || WITHOUT_REASON[state]}`)];
  });
}

/** Providers that the live selector selects by the inventory, and Liqo does not. */
function overlooked(
  live: Offloading,
  clusters: readonly ClusterStatus[],
  inventory?: Inventory,
): StatusProblem[] {
  const terms = readableSelection(selectionOf(live));
  if (terms === undefined) return [];
  const taken = new Set(clusters.filter(({ state }) => state !== 'unselected').map(({ cluster }) => cluster));
  return (inventory?.providers ?? [])
    .filter((provider) => !taken.has(provider.id) && selects(terms, provider) === 'yes')
    .map(({ id }) => {
      const listed = clusters.some(({ cluster }) => cluster === id);
      const what = listed ? 'Liqo does not select it' : 'Liqo does not list it';
      return problem('overlooked', 'unselected', `${id}: selected by the inventory, but ${what}`);
    });
}

const worst = (problems: readonly StatusProblem[]): NamespaceState =>
  STATES.find((state) => problems.some((one) => one.state === state)) ?? 'ready';

/** The status of a namespace that the cluster offloads. */
function offloadingStatus(
  live: Manifest,
  wanted: Manifest | undefined,
  { consumer, inventory }: StatusContext,
): Pick<NamespaceStatus, 'live' | 'clusters' | 'problems'> {
  const { clusters, ...observed } = observedOf(live);
  const spec = toOffloading(live);
  const whole = { clusters, ...observed };
  const said = phaseProblems(whole);
  const settled = said.every(({ state }) => state !== 'deleting' && state !== 'unknown');
  return {
    live: { ...offloaded(spec, observed.twin), ...observed },
    clusters,
    problems: [
      ...(wanted === undefined ? [] : driftOf(wanted, live, whole, consumer)),
      ...said,
      ...clusterProblems(clusters),
      ...(settled ? overlooked(spec, clusters, inventory) : []),
    ],
  };
}

/** What keeps a namespace that dist declares from being there. */
function absence(name: string, wanted: boolean, live: Live): StatusProblem[] {
  const found = live.namespaces.get(name);
  // Where kubectl was not asked for Namespaces, nobody knows.
  const lost = found === undefined && live.namespaces.size > 0;
  const unmade = wanted && !live.offloadings.has(name);
  const gone = [...(lost ? ['no Namespace'] : []), ...(unmade ? ['no NamespaceOffloading'] : [])];
  const dying = found !== undefined && isTerminating(found);
  return [
    ...(gone.length === 0 ? [] : [problem('missing', 'missing', `there is ${gone.join(' and ')}`)]),
    ...(dying ? [problem('deleting', 'deleting', 'the Namespace is being deleted')] : []),
  ];
}

/** What is said of a live offloading that dist does not want. */
const unwanted = (declared: boolean): StatusProblem =>
  declared
    ? problem('undeclared', 'different', 'it is offloaded, but not in dist')
    : problem('undeclared', 'undeclared', 'dist does not declare it');

function statusOf(namespace: string, state: State, live: Live, context: StatusContext): NamespaceStatus {
  const [wanted] = state.offloadingsOf.get(namespace) ?? [];
  const found = live.offloadings.get(namespace);
  const declared = wanted !== undefined || state.namespaces.has(namespace);
  const about = found && offloadingStatus(found, wanted?.manifest, context);
  const problems = [
    ...(declared ? absence(namespace, wanted !== undefined, live) : []),
    ...(found !== undefined && wanted === undefined ? [unwanted(declared)] : []),
    ...(declared ? (about?.problems ?? []) : []),
  ];
  return {
    namespace,
    state: worst(problems),
    wanted: wanted && offloaded(wanted, twinOf(wanted, context.consumer)),
    live: about?.live,
    clusters: about?.clusters ?? [],
    problems,
  };
}

const rank = ({ state }: NamespaceStatus) => STATES.indexOf(state);

/** @param state what dist declares */
export function status(state: State, live: Live, context: StatusContext): Status {
  const names = [...state.namespaces.keys(), ...state.offloadingsOf.keys(), ...live.offloadings.keys()];
  const namespaces = [...new Set(names)]
    .map((name) => statusOf(name, state, live, context))
    .sort((a, b) => rank(a) - rank(b) || (a.namespace < b.namespace ? -1 : 1));
  const count = (one: NamespaceState) => namespaces.filter(({ state: of }) => of === one).length;
  const guard = guardStatus(state, live.guard);
  return {
    namespaces,
    ...(guard !== undefined && { guard }),
    summary: Object.fromEntries(STATES.map((one) => [one, count(one)])) as Status['summary'],
    asWanted:
      guard?.isHeld !== false && namespaces.every(({ state: of }) => of === 'ready' || of === 'undeclared'),
  };
}
