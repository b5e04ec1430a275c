// Labels that name a node's operating system and architecture. Kubernetes has two names for each, and the nodes of a cluster
// mostly share the values: a workload that newly requires its system stays where it is.
import { ARCH_LABEL, BETA_LABELS, OS_LABEL } from '../liqo/inventory';
import { EVERYTHING, type Selection } from '../selector/algebra';
import type { Requirement, UncheckedTerm } from '../selector/term';

/** The labels that the virtual kubelet gives every virtual node (pkg/virtualKubelet/liqoNodeProvider/setup.go). */
export const SYSTEM_OF_VIRTUAL_NODES: readonly Requirement[] = [
  { key: OS_LABEL, operator: 'In', values: ['linux'] },
  { key: ARCH_LABEL, operator: 'In', values: ['amd64'] },
];

const SYSTEM: ReadonlySet<string> = new Set(BETA_LABELS.values());

const sizeOf = ({ matchExpressions, matchFields }: UncheckedTerm) =>
  (matchExpressions?.length ?? 0) + (matchFields?.length ?? 0);

/** A selection with the beta names of these labels replaced by the stable ones. */
export function withStableNames(selection: Selection): Selection {
  if (selection === EVERYTHING) return EVERYTHING;
  return selection.map((term) => ({
    ...term,
    matchExpressions: (term.matchExpressions ?? []).map((one) => ({
      ...one,
      key: BETA_LABELS.get(one.key) ?? one.key,
    })),
  }));
}

/**
 * A selection without requirements on the system that an earlier one did not have. A change from one system to another stays.
 * Both use stable names.
 */
export function withoutNewSystem(now: Selection, before: Selection): Selection {
  if (now === EVERYTHING) return EVERYTHING;
  const terms = before === EVERYTHING ? [] : before;
  const old = new Set(
    terms.flatMap(({ matchExpressions }) => (matchExpressions ?? []).map(({ key }) => key)),
  );
  const left = now.map((term) => ({
    ...term,
    matchExpressions: (term.matchExpressions ?? []).filter(({ key }) => !SYSTEM.has(key) || old.has(key)),
  }));
  const asksForIt = left.some((term, i) => sizeOf(term) === 0 && sizeOf(now[i] ?? {}) > 0);
  return asksForIt ? EVERYTHING : left;
}
