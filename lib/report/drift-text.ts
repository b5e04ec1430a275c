// The drift of an inventory for people: what changed, then who loses or gains clusters by it, then what that means.
import { createColors } from 'picocolors';
import { listed } from '../judge/cluster-impact';
import type {
  Consequences,
  LabelDrift,
  NamespaceDrift,
  ProviderDrift,
  VirtualNodeDrift,
} from '../judge/drift';
import { countsOf, type DriftReport } from './drift';
import type { Look } from './report';
import { count, printable, wrap, few } from './terminal';

/** How many providers are told of one by one, and how many namespaces of a group are named. */
const MOST_PROVIDERS = 50;
const MOST_NAMES = 20;

const shownValue = (value: string | undefined) =>
  value === undefined ? '(none)' : value === '' ? '""' : value;

function labelLine({ key, was, is }: LabelDrift, width: number): string {
  return wrap(`${key}: ${shownValue(was)} → ${shownValue(is)}`, width, '    ');
}

const NODE = {
  come: ': it now has a Node, whose labels Liqo matches',
  gone: ': its Node is gone, with all labels that only Nodes have',
};

function nodeLines({ name, change, node, labels }: VirtualNodeDrift, width: number): string[] {
  const how =
    change === 'added' ? ' is new' : change === 'removed' ? ' is gone' : node === undefined ? '' : NODE[node];
  return [wrap(`virtual node ${name}${how}`, width, '  '), ...labels.map((one) => labelLine(one, width))];
}

function providerLines({ provider, change, virtualNodes }: ProviderDrift, width: number): string[] {
  if (change === 'changed')
    return [wrap(provider, width, ''), ...virtualNodes.flatMap((one) => nodeLines(one, width))];
  const names = virtualNodes.map(({ name }) => name);
  const what = change === 'added' ? 'is new' : 'is gone';
  const nodes = `virtual node${names.length === 1 ? '' : 's'} ${few(names, MOST_NAMES)}`;
  return [wrap(provider, width, ''), wrap(`${what}, with its ${nodes}`, width, '  ')];
}

function staleLines(stale: readonly ProviderDrift[], width: number): string[] {
  const more = stale.length - MOST_PROVIDERS;
  return [
    ...stale.slice(0, MOST_PROVIDERS).flatMap((one) => providerLines(one, width)),
    ...(more > 0 ? [`and ${count(more, 'more provider')}; --format json has them all`] : []),
  ];
}

/** Namespaces that lose and gain the same clusters; thousands of them share a few selectors. */
function groups(namespaces: readonly NamespaceDrift[]): (readonly NamespaceDrift[])[] {
  const byShift = new Map<string, NamespaceDrift[]>();
  for (const one of namespaces) {
    const shift = JSON.stringify([one.lost, one.gained]);
    const group = byShift.get(shift);
    if (group === undefined) byShift.set(shift, [one]);
    else group.push(one);
  }
  return [...byShift.values()];
}

function groupLines(group: readonly NamespaceDrift[], { width }: Look): string[] {
  const [{ lost, gained } = { lost: [], gained: [] }] = group;
  const s = group.length === 1 ? 's' : '';
  const verbs = [
    ...(lost.length === 0 ? [] : [`lose${s} ${listed(lost)}`]),
    ...(gained.length === 0 ? [] : [`gain${s} ${listed(gained)}`]),
  ];
  const names = group.map(({ namespace }) => namespace);
  return [
    wrap(`${count(group.length, 'namespace')} ${verbs.join(' and ')}`, width, ''),
    wrap(few(names, MOST_NAMES), width, '  '),
  ];
}

function consequenceLines({ namespaces, unreadable }: Consequences, look: Look): string[] {
  const { width } = look;
  const unread =
    unreadable.length === 0
      ? []
      : [
          wrap(
            `${count(unreadable.length, 'namespace')} with an invalid clusterSelector: unknown effect`,
            width,
            '',
          ),
          wrap(few(unreadable, MOST_NAMES), width, '  '),
        ];
  const nobody = namespaces.length + unreadable.length === 0;
  return [
    ...(nobody ? ['No deployed namespace loses or gains a cluster.'] : []),
    ...groups(namespaces).flatMap((group) => groupLines(group, look)),
    ...unread,
  ];
}

const LOST =
  'Liqo uses the live labels, not this file: a namespace that loses a cluster here has already lost its twin namespace there with everything in it, or loses it at the next reconcile. No merge causes or prevents that. Revert label changes that were not intended.';
const UPDATE = 'To update the inventory, run import without --check.';

export function driftText({ file, baseline, stale, live, consequences }: DriftReport, look: Look): string {
  const { width, color } = look;
  const colors = createColors(color);
  if (stale.length === 0)
    return `${wrap(`${file} matches the cluster: ${count(live, 'provider')}.`, width, '')}\n`;
  const losing = consequences.namespaces.some(({ lost }) => lost.length > 0);
  return `${[
    `${colors.red('stale')}: ${printable(file)}`,
    wrap(countsOf(stale, live), width, ''),
    '',
    ...staleLines(stale, width),
    '',
    ...consequenceLines(consequences, look),
    '',
    wrap(`Deployed: ${baseline.description}.`, width, ''),
    wrap(losing ? `${LOST} ${UPDATE}` : UPDATE, width, ''),
  ].join('\n')}\n`;
}
