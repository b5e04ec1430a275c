// What tolerations tolerate, and how Kubernetes merges them.
// Source: k8s.io/api v0.35, core/v1/toleration.go; kubernetes, pkg/util/tolerations/tolerations.go.
import type { TaintEffect, Toleration } from './pod';

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: TaintEffect;
}

/**
 * Whether a toleration tolerates a taint (ToleratesTaint). Gt and Lt tolerate nothing, as with the feature gate
 * TaintTolerationComparisonOperators off, which it is by default; the taint of virtual nodes has no number anyway.
 */
export function tolerates({ key = '', operator, value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  switch (operator) {
    case undefined:
    case 'Equal':
      return value === (taint.value ?? '');
    case 'Exists':
      return true;
    case 'Gt':
    case 'Lt':
      return false;
  }
}

/**
 * The toleration that counts for a taint: the first that tolerates it, even where a later one would do so for longer
 * (pkg/apis/core/v1/helper, GetMatchingTolerations).
 */
export function tolerationOf(taint: Taint, tolerations: readonly Toleration[]): Toleration | undefined {
  return tolerations.find((one) => tolerates(one, taint));
}

const isSame = (a: Toleration, b: Toleration) =>
  (a.key ?? '') === (b.key ?? '') &&
  a.operator === b.operator &&
  (a.value ?? '') === (b.value ?? '') &&
  a.effect === b.effect &&
  a.tolerationSeconds === b.tolerationSeconds;

/** isSuperset, with its quirk: under Equal, only one that spells its operator out is part of another. */
function isSuperset(superset: Toleration, one: Toleration): boolean {
  if (isSame(superset, one)) return true;
  const { key = '', operator, value = '', effect, tolerationSeconds: seconds } = superset;
  if ((one.key ?? '') !== key && (key !== '' || operator !== 'Exists')) return false;
  if (one.effect !== effect && effect !== undefined) return false;
  if (effect === 'NoExecute' && seconds !== undefined)
    if (one.tolerationSeconds === undefined || one.tolerationSeconds > seconds) return false;
  switch (operator) {
    case undefined:
    case 'Equal':
      return one.operator === 'Equal' && (one.value ?? '') === value;
    case 'Exists':
      return true;
    case 'Gt':
    case 'Lt':
      return false;
  }
}

/** MergeTolerations: both lists, without those that another one covers; of equal ones the first stays. */
export function mergeTolerations(first: readonly Toleration[], second: readonly Toleration[]): Toleration[] {
  const all = [...first, ...second];
  const merged: Toleration[] = [];
  for (const [i, one] of all.entries()) {
    const covered =
      merged.some((other) => isSuperset(other, one)) ||
      all.slice(i + 1).some((other) => !isSame(one, other) && isSuperset(other, one));
    if (!covered) merged.push(one);
  }
  return merged;
}
