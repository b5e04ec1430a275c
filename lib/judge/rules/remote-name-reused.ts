import { knownInventory } from '../known-providers';
import { describe, deselected, meeting, selectionOf } from '../cluster-impact';
import { keeperOf } from '../removal';
import { groupBy } from '../../manifests/group';
import { approvalEntry } from '../approval-entry';
import type { ChangeRule, Facts } from '../rule';
import type { Change } from '../state';
import { isUntouched, taken, twinsByNamespace, type Twin } from '../twins';

/** Twins of `from` that `to` no longer has on some or all clusters. */
function givenUp(
  from: ReadonlyMap<string, Twin>,
  to: ReadonlyMap<string, Twin>,
  change: Change,
  facts: Facts,
): Twin[] {
  return [...from].flatMap(([namespace, was]) => {
    const is = to.get(namespace);
    if (is === undefined && change.after.has(was.offloading.manifest)) return []; // malformed: see schema-invalid
    const { manifest } = was.offloading;
    if (is === undefined && keeperOf(manifest, facts) !== undefined) return [];
    if (is !== undefined && isUntouched(was, is)) return [];
    const kept = is?.twin === was.twin && deselected(was.offloading, is.offloading, facts) === undefined;
    return kept ? [] : [was];
  });
}

export const remoteNameReused: ChangeRule = {
  name: 'remote-name-reused',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['remote-name-unsettled'],
  summary:
    'A namespace takes over the name of a twin namespace that another one gives up in the same change.',
  why: 'The provider first accepts the new owner for the existing twin, and then deletes that twin for the old owner, with everything that either put there. Give up the name in one merge, wait until the twin is gone, and use it in another.',
  source: 'NSM/enforcement.go, pkg/virtualKubelet/forge/meta.go',
  check: (change, facts) => {
    const [before, after] = [twinsByNamespace(change.before, facts), twinsByNamespace(change.after, facts)];
    const free = groupBy(givenUp(before, after, change, facts), ({ twin }) => twin);
    return taken(before, after, facts).flatMap(({ offloading, twin }) => {
      const { manifest, namespace } = offloading;
      const met = (free.get(twin) ?? []).flatMap((old) => {
        if (old.offloading.namespace === namespace) return [];
        const known = knownInventory(facts, 'before') ?? facts.inventories.after;
        const impact = meeting(selectionOf(old.offloading), selectionOf(offloading), known);
        return impact === undefined ? [] : [{ old, impact }];
      });
      return met.slice(0, 1).map(({ old, impact }) => ({
        namespace,
        message: `'${namespace}' takes over the twin namespace '${twin}' that '${old.offloading.namespace}' gives up in the same change. Although '${namespace}' then uses it, Liqo deletes it and everything in it on ${describe(impact)}.`,
        remedy: `Give up the name in one merge, wait until the twin is gone, and use it in another; or approve the loss in ${approvalEntry(namespace, 'remote-name-reused')}`,
        manifest,
        field: ['spec', 'namespaceMappingStrategy'],
        clusters: impact.clusters,
        others: impact.others,
        witness: impact.witness,
      }));
    });
  },
};
