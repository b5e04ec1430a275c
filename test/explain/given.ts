// A namespace, its offloading and workloads from a few words, and what explain says of them.
import { explain, type Explanation } from '../../lib/explain/explain';
import type { Known } from '../../lib/explain/known';
import type { Place } from '../../lib/explain/places';
import { parseTarget } from '../../lib/explain/target';
import type { WorkloadExplanation } from '../../lib/explain/workload';
import { namespace, offloading, state } from '../judge/given';
import { termsOf, VENICE } from '../judge/inventories';

export const LABEL = 'labels: { liqo.io/scheduling-enabled: "true" }';

/** The namespace `shop`, labelled and offloaded with these alternatives. */
export const shop = (texts: readonly string[], more = ''): string[] => [
  namespace('shop', LABEL),
  offloading('shop', `{ clusterSelector: { nodeSelectorTerms: ${termsOf(texts)} }${more} }`),
];

/** A workload in `shop`, with a pod spec in flow YAML. */
export const workload = (kind: string, spec = '{}', name = 'web', where = 'shop'): string =>
  kind === 'Pod'
    ? `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: ${where} }\nspec: ${spec}\n`
    : `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${where} }\nspec: { template: { spec: ${spec} } }\n`;

/** Requires these alternatives of nodes. */
export const wants = (...texts: string[]) =>
  `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: ${termsOf(texts)} } } }`;

export const TOLERATES = 'tolerations: [{ operator: Exists }]';

export const knownOf = (texts: readonly string[], more: Partial<Known> = {}): Known => ({
  state: state(...texts),
  consumer: 'venice',
  inventory: VENICE,
  asserted: new Map(),
  configured: new Set(),
  liqoRuntimeClass: 'liqo',
  ...more,
});

export const explained = (target: string, texts: readonly string[], more: Partial<Known> = {}): Explanation =>
  explain(parseTarget(target), knownOf(texts, more));

/** One workload of that kind with a pod spec, explained in `shop`. */
export function one(
  texts: readonly string[],
  spec: string,
  { kind = 'Pod', ...more }: Partial<Known> & { readonly kind?: string } = {},
): WorkloadExplanation {
  const [first] = explained(`shop/${kind}/web`, [...texts, workload(kind, spec)], more).workloads;
  if (first === undefined) throw new Error('nothing was explained');
  return first;
}

/** `yes`, or `no: why; note`. */
export function said({ answer, reasons, needs, notes }: Place): string {
  const why = [...needs, ...reasons.map(({ text }) => text), ...notes].join('; ');
  return why === '' ? answer : `${answer}: ${why}`;
}

/** What is said of local nodes, then of each virtual node, then of others. */
export function places({ places: all, reason }: WorkloadExplanation): string[] {
  if (all === undefined) return [reason ?? ''];
  return [all.local, ...all.virtualNodes, ...(all.others === undefined ? [] : [all.others])].map(said);
}
