// Whether the cluster holds the guard that dist wants. Its objects say all defaults, so that they are compared as they are.
import { GUARD_LABEL } from '../liqo/guard';
import type { State } from '../judge/state';
import { groupOf, identityOf, labelsOf, sameJson, valueAt, type Manifest } from '../manifests/manifest';

/** What kubectl is asked for as well. */
export const GUARD_RESOURCES = 'validatingadmissionpolicies,validatingadmissionpolicybindings';

const GROUP = 'admissionregistration.k8s.io';

/** Whether an object is of a guard. */
export const isOfGuard = (one: Manifest): boolean =>
  labelsOf(one).has(GUARD_LABEL) && (groupOf(one.apiVersion) === GROUP || one.kind === 'ConfigMap');

export interface GuardStatus {
  /** Whether all of it is there, as dist has it. */
  readonly isHeld: boolean;
  /** The names of policies and bindings that are not there, and of those that are others. */
  readonly missing: readonly string[];
  readonly different: readonly string[];
}

const titleOf = ({ kind, name }: Manifest) => `${kind} '${name}'`;

/** @param live the cluster's own @returns undefined if dist wants no guard */
export function guardStatus({ manifests }: State, live: readonly Manifest[]): GuardStatus | undefined {
  const wanted = manifests.filter(isOfGuard);
  if (wanted.length === 0) return undefined;
  const found = new Map(live.map((one) => [identityOf(one), one]));
  // A cluster has too many ConfigMaps to ask for them all: of the lists only what is shown is looked at.
  const hasLists = live.some(({ kind }) => kind === 'ConfigMap');
  const asked = wanted.filter(({ kind }) => hasLists || kind !== 'ConfigMap');
  const isSame = (one: Manifest) =>
    ['spec', 'data'].every((part) =>
      sameJson(valueAt(found.get(identityOf(one))?.body, part), valueAt(one.body, part)),
    );
  const missing = asked.filter((one) => !found.has(identityOf(one)));
  const different = asked.filter((one) => found.has(identityOf(one)) && !isSame(one));
  return {
    isHeld: missing.length + different.length === 0,
    missing: missing.map(titleOf),
    different: different.map(titleOf),
  };
}
