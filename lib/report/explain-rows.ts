// An explanation as rows of three cells, nodes, answer and why, for text and markdown; clusters with one answer are one row
// where there are many.
import type { NamespaceExplanation, ProviderExplanation } from '../explain/namespace';
import type { Answer, Place, VirtualNodePlace } from '../explain/places';
import type { Reason } from '../explain/reasons';
import type { WorkloadExplanation } from '../explain/workload';
import type { Explanation } from '../explain/explain';
import { KUBECTL } from '../manifests/live-inventory';
import { groupBy } from '../manifests/group';

export interface Row {
  readonly label: string;
  readonly answer: Answer;
  readonly why: string;
}

/** So many virtual nodes have a row each; beyond, those with one answer share one. */
const SINGLE = 12;
/** How many clusters of a group are named. */
const NAMED = 5;

/** `a, b and 3 more`. */
export function some(names: readonly string[], most = NAMED): string {
  const shown = names.slice(0, names.length > most + 1 ? most : names.length);
  const more = names.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const alternatives = (all: readonly string[]) => all.join(', or ');

function localWhy({ answer, reasons, needs, notes }: Place): string {
  const excluded = reasons.map(({ text }) => text).join('; ');
  return [
    ...(answer === 'if' ? [`those with ${alternatives(needs)}`] : []),
    ...(excluded === '' ? [] : [`${excluded} excludes them all`]),
    ...notes,
  ].join('; ');
}

/** @param general whether what each node has instead is left out */
function nodeWhy(
  { reasons, notes }: { readonly reasons: readonly Reason[]; readonly notes: readonly string[] },
  general: boolean,
): string {
  return [...reasons.map((one) => (general ? one.general : one.text)), ...notes].join('; ');
}

interface Item {
  readonly provider: string;
  readonly answer: Answer;
  /** What alone this row says of it. */
  readonly own: string;
  readonly why: (general: boolean) => string;
}

function rowsOf(items: readonly Item[]): Row[] {
  if (items.length <= SINGLE)
    return items.map(({ provider, answer, own, why }) => ({
      label: provider,
      answer,
      why: [own, why(false)].filter((one) => one !== '').join('; '),
    }));
  const groups = groupBy(items, ({ answer, why }) => JSON.stringify([answer, why(true)]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const clusters = [...new Set(group.map(({ provider }) => provider))];
    const why = first.why(true);
    const label = clusters.length === 1 ? first.provider : `${clusters.length} clusters`;
    const names = clusters.length === 1 ? '' : some(clusters);
    return [{ label, answer: first.answer, why: [why, names].filter((one) => one !== '').join(': ') }];
  });
}

const nodeItem = (place: VirtualNodePlace): Item => ({
  provider: place.provider,
  answer: place.answer,
  own: place.answer === 'no' ? '' : `virtual node ${place.virtualNode}`,
  why: (general) => nodeWhy(place, general),
});

/** Where the pods of a workload can land. */
export function placeRows({ places }: WorkloadExplanation, inventory: Explanation['inventory']): Row[] {
  if (places === undefined) return [];
  const { local, virtualNodes, others } = places;
  const label = inventory === 'none' ? 'virtual nodes' : 'other clusters';
  return [
    { label: 'local nodes', answer: local.answer, why: localWhy(local) },
    ...rowsOf(virtualNodes.map(nodeItem)),
    ...(others === undefined ? [] : [{ label, answer: others.answer, why: localWhy(others) }]),
  ];
}

function providerItem(one: ProviderExplanation, twin: string | undefined): Item {
  const named = one.selected !== 'no' && one.twin !== 'no' && twin !== undefined;
  return {
    provider: one.provider,
    answer: one.twin,
    own: named ? `'${twin}'` : '',
    why: (general) => nodeWhy(one, general),
  };
}

/** Which providers have a twin of the namespace. */
export const providerRows = ({ offloading }: NamespaceExplanation): Row[] =>
  rowsOf((offloading?.providers ?? []).map((one) => providerItem(one, offloading?.twin)));

const clustersWith = (nodes: readonly VirtualNodePlace[], answer: Answer) => [
  ...new Set(nodes.filter((one) => one.answer === answer).map(({ provider }) => provider)),
];

/** Places in one line: `local nodes, naples`. */
export function placesLine(workload: WorkloadExplanation): string {
  const { places, reason } = workload;
  if (places === undefined)
    return `${workload.outcome === 'rejected' ? 'rejected' : 'undecided'}: ${reason ?? ''}`;
  const { local, virtualNodes, others } = places;
  const of = (answer: Answer, prefix: string) => {
    const clusters = clustersWith(virtualNodes, answer);
    return clusters.length === 0 ? [] : [prefix + some(clusters)];
  };
  const unlisted = (what: string, place: Place | undefined) => {
    if (place?.answer === 'yes') return [what];
    return place?.answer === 'if' ? [`${what} with ${alternatives(place.needs)}`] : [];
  };
  const lands = [
    ...unlisted('local nodes', local),
    ...of('yes', ''),
    ...of('perhaps', 'perhaps '),
    ...unlisted(virtualNodes.length === 0 ? 'virtual nodes' : 'clusters not listed', others),
  ];
  const unknown = [local, others].some((one) => one?.answer === 'unknown');
  return [
    ...(lands.length > 0 ? [lands.join(', ')] : [unknown ? 'unknown' : 'nowhere']),
    ...of('hangs', 'hangs on '),
    ...(others?.answer === 'hangs' ? ['hangs on every virtual node that accepts it'] : []),
  ].join('; ');
}

const MAPPING = {
  DefaultName: 'the name of the namespace and the ID of this cluster',
  EnforceSameName: 'the name of the namespace',
  SelectedName: 'the name in remoteNamespaceName',
} as const;

const PODS = {
  LocalAndRemote: 'new pods may run on local nodes and on selected clusters',
  Remote: 'new pods run only on selected clusters',
  Local: 'new pods run only on local nodes',
} as const;

const REFLECTED: Readonly<Record<keyof typeof PODS, string>> = {
  LocalAndRemote: 'Services, Ingresses, ConfigMaps and Secrets go to every twin',
  Remote: 'Services, Ingresses, ConfigMaps and Secrets go to every twin',
  Local: 'Services, Ingresses, ConfigMaps and Secrets go to every twin, but no new pods',
};

const REFUSED = 'not a value that the API server accepts';

/** What its offloading makes of a namespace: a word, and what it means. */
export function offloadingLines({ offloading, labelled }: NamespaceExplanation): [string, string][] {
  const label: [string, string][] = [
    [
      'pod webhook',
      labelled
        ? offloading === undefined
          ? 'on, because of liqo.io/scheduling-enabled, but without an offloading: it rejects every new pod'
          : 'on: the namespace has liqo.io/scheduling-enabled'
        : 'off',
    ],
  ];
  if (offloading === undefined)
    return [['offloading', 'none: the namespace has no twin and stays on this cluster'], ...label];
  const { mapping, pods, selector, twin } = offloading;
  const called = twin === undefined ? '; its ID is not known here' : `: '${twin}'`;
  return [
    ['mapping', mapping === undefined ? REFUSED : `${mapping}: twins have ${MAPPING[mapping]}${called}`],
    ['pods', pods === undefined ? REFUSED : `${pods}: ${PODS[pods]}`],
    ['selector', selector.length === 0 ? 'none: every cluster' : alternatives(selector)],
    ['reflected', pods === undefined ? REFUSED : REFLECTED[pods]],
    ...label,
  ];
}

/** What an inventory that is not complete leaves open, undefined where it leaves nothing. */
export function inventoryNote(inventory: Explanation['inventory']): string | undefined {
  switch (inventory) {
    case 'none':
      return `Virtual nodes are unknown, because there is no inventory. Create one: ${KUBECTL} | npx cdk8s-liqo import -`;
    case 'incomplete':
      return 'The inventory is not marked complete: there may be other clusters.';
    case 'complete':
      return undefined;
  }
}
