// The names of the twin namespaces of a state.
import { knownInventory } from './known-providers';
import { twinName } from '../liqo/twin-namespace';
import { groupBy } from '../manifests/group';
import { sameJson } from '../manifests/manifest';
import { meeting, newlySelected, selectionOf } from './cluster-impact';
import type { Offloading } from './offloading';
import type { Facts } from './rule';
import type { State } from './state';

/** An offloading with the name of its twin. */
export interface Twin {
  readonly offloading: Offloading;
  readonly twin: string;
}

/** The name of an offloading's twins; undefined if unknown. */
export function twinNameOf(
  { mapping: strategy, namespace, remoteNamespaceName }: Offloading,
  consumer: string | undefined,
): string | undefined {
  const twin = strategy && twinName({ namespace, strategy, remoteNamespaceName }, consumer);
  return twin === '' ? undefined : twin;
}

/** Offloadings with the name of their twin, if known. */
export function twinsOf({ offloadings }: State, consumer: string | undefined): Twin[] {
  return offloadings.flatMap((offloading) => {
    const twin = twinNameOf(offloading, consumer);
    return twin === undefined ? [] : [{ offloading, twin }];
  });
}

/** The twins of different namespaces that share a name, by that name; each namespace once, sorted. */
export function sharedTwins(state: State, consumer: string | undefined): Map<string, Twin[]> {
  const shared = [...groupBy(twinsOf(state, consumer), ({ twin }) => twin)].flatMap(([name, twins]) => {
    const namespaces = groupBy(twins, ({ offloading }) => offloading.namespace);
    if (namespaces.size < 2) return [];
    const sorted = [...namespaces].sort(([a], [b]) => (a < b ? -1 : 1));
    return [[name, sorted.flatMap(([, all]) => all.slice(0, 1))] as const];
  });
  return new Map(shared);
}

/** Finds the namespaces that lose their twin with that of another: they share its name and can meet it on a provider. */
export function companions(state: State, facts: Facts): (namespace: string) => string[] {
  const known = knownInventory(facts, 'before') ?? facts.inventories.after;
  const groups = [...sharedTwins(state, facts.consumer).values()];
  const groupOf = new Map(
    groups.flatMap((twins) => twins.map((one) => [one.offloading.namespace, twins] as const)),
  );
  return (namespace) => {
    const twins = groupOf.get(namespace) ?? [];
    const own = twins.find(({ offloading }) => offloading.namespace === namespace)?.offloading;
    if (own === undefined) return [];
    return twins
      .map(({ offloading }) => offloading)
      .filter((other) => other !== own && meeting(selectionOf(own), selectionOf(other), known) !== undefined)
      .map((other) => other.namespace);
  };
}

/** The twins of a state by namespace. */
export function twinsByNamespace(state: State, { consumer }: Facts): ReadonlyMap<string, Twin> {
  return new Map(twinsOf(state, consumer).map((twin) => [twin.offloading.namespace, twin]));
}

/** Most namespaces of a change are untouched: their selectors need no comparison. */
export const isUntouched = (was: Twin, is: Twin) =>
  was.twin === is.twin && sameJson(was.offloading.manifest.body, is.offloading.manifest.body);

/** Twins of `to` that `from` did not have, on some or all clusters. */
export function taken(from: ReadonlyMap<string, Twin>, to: ReadonlyMap<string, Twin>, facts: Facts): Twin[] {
  return [...to].flatMap(([namespace, is]) => {
    const was = from.get(namespace);
    if (was !== undefined && isUntouched(was, is)) return [];
    const had = was?.twin === is.twin && newlySelected(was.offloading, is.offloading, facts) === undefined;
    return had ? [] : [is];
  });
}
