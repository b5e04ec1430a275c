// The names of the twin namespaces that a state asks for.
import { twinName } from '../liqo/twin-namespace';
import type { Offloading } from './offloading';
import type { State } from './state';

/** An offloading with the name of its twin. */
export interface Twin {
  readonly offloading: Offloading;
  readonly twin: string;
}

/** Offloadings with the name of their twin, where it is known. */
export function twinsOf({ offloadings }: State, consumer: string | undefined): Twin[] {
  return offloadings.flatMap((offloading) => {
    const { mapping: strategy, namespace, remoteNamespaceName } = offloading;
    const twin = strategy && twinName({ namespace, strategy, remoteNamespaceName }, consumer);
    return twin === undefined || twin === '' ? [] : [{ offloading, twin }];
  });
}

/** The twins of different namespaces that have one name, by that name; each namespace once, in order. */
export function sharedTwins(state: State, consumer: string | undefined): Map<string, Twin[]> {
  const byName = new Map<string, Map<string, Twin>>();
  for (const one of twinsOf(state, consumer)) {
    const { namespace } = one.offloading;
    const present = byName.get(one.twin);
    if (present === undefined) byName.set(one.twin, new Map([[namespace, one]]));
    else if (!present.has(namespace)) present.set(namespace, one);
  }
  const shared = [...byName].filter(([, namespaces]) => namespaces.size > 1);
  return new Map(
    shared.map(([name, namespaces]) => [
      name,
      [...namespaces].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, twin]) => twin),
    ]),
  );
}
