// The names of the twin namespaces that a state asks for.
import { twinName } from '../liqo/twin-namespace';
import type { Offloading } from './offloading';
import type { State } from './state';

/** Offloadings with the name of their twin, where it is known. */
export function twinsOf(
  { offloadings }: State,
  consumer: string | undefined,
): { offloading: Offloading; twin: string }[] {
  return offloadings.flatMap((offloading) => {
    const { mapping: strategy, namespace, remoteNamespaceName } = offloading;
    const twin = strategy && twinName({ namespace, strategy, remoteNamespaceName }, consumer);
    return twin === undefined || twin === '' ? [] : [{ offloading, twin }];
  });
}
