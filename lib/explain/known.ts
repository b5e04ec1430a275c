// What is known when pods are explained, and what of it speaks against a twin namespace.
import { readableSelection, selectionOf } from '../judge/cluster-impact';
import type { State } from '../judge/state';
import type { Surroundings, Told } from '../judge/surroundings';
import type { Inventory, Provider } from '../liqo/inventory';
import { reservedReason, twinNameProblem } from '../liqo/twin-namespace';

export interface Known extends Told {
  readonly state: State;
  /** Undefined where there is none. */
  readonly inventory: Inventory | undefined;
}

/** Whether the clusterSelector is malformed, or one of its terms is in error. */
export function selectorInError({ offloading }: Surroundings): boolean {
  return offloading !== undefined && readableSelection(selectionOf(offloading)) === undefined;
}

/** Why a provider that is selected still has no twin namespace, undefined where nothing speaks against it. */
export function twinProblem(
  { offloading, twin }: Surroundings,
  { acceptedMappingStrategies: accepted }: Provider,
  consumer: string | undefined,
): string | undefined {
  const mapping = offloading?.mapping;
  if (mapping !== undefined && accepted?.includes(mapping) === false)
    return `it does not accept ${mapping}, only ${accepted.join(' and ')}`;
  const problem = twin === undefined ? undefined : twinNameProblem(twin);
  if (problem !== undefined) return `the name '${twin ?? ''}' ${problem} (CreationLoopBackOff)`;
  const reserved = twin === undefined ? undefined : reservedReason(twin, consumer);
  return reserved === undefined ? undefined : `'${twin ?? ''}' ${reserved} (CreationLoopBackOff)`;
}
