import { describe, deselected, meeting, newlySelected, selectionOf } from '../cluster-impact';
import { keeperOf } from '../removal';
import { groupBy } from '../../manifests/group';
import { sameJson } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import type { ChangeRule, Facts } from '../rule';
import type { Change, State } from '../state';
import { twinsOf, type Twin } from '../twins';

function byNamespace(state: State, { consumer }: Facts): ReadonlyMap<string, Twin> {
  return new Map(twinsOf(state, consumer).map((twin) => [twin.offloading.namespace, twin]));
}

/** Most namespaces of a change are, and need no question about their selectors. */
const isUntouched = (was: Twin, is: Twin) =>
  was.twin === is.twin && sameJson(was.offloading.manifest.body, is.offloading.manifest.body);

/** Twins of `from` that `to` no longer has, wholly or on some cluster. */
function givenUp(
  from: ReadonlyMap<string, Twin>,
  to: ReadonlyMap<string, Twin>,
  change: Change,
  facts: Facts,
): Twin[] {
  return [...from].flatMap(([namespace, was]) => {
    const is = to.get(namespace);
    if (is === undefined && change.after.has(was.offloading.manifest)) return []; // malformed, which schema-invalid says
    const { manifest } = was.offloading;
    if (is === undefined && keeperOf(manifest, facts) !== undefined) return [];
    if (is !== undefined && isUntouched(was, is)) return [];
    const kept = is?.twin === was.twin && deselected(was.offloading, is.offloading, facts) === undefined;
    return kept ? [] : [was];
  });
}

/** Twins of `to` that `from` did not have, wholly or on some cluster. */
function taken(from: ReadonlyMap<string, Twin>, to: ReadonlyMap<string, Twin>, facts: Facts): Twin[] {
  return [...to].flatMap(([namespace, is]) => {
    const was = from.get(namespace);
    if (was !== undefined && isUntouched(was, is)) return [];
    const had = was?.twin === is.twin && newlySelected(was.offloading, is.offloading, facts) === undefined;
    return had ? [] : [is];
  });
}

export const remoteNameReused: ChangeRule = {
  name: 'remote-name-reused',
  category: 'destructive',
  about: 'change',
  approvable: true,
  summary: 'A namespace takes the name of a twin namespace that another gives up in the same change.',
  why: 'The provider first accepts the new owner on the twin that exists, and then deletes that twin for the old one, with all that either put there. Give the name up in one merge, wait until the twin is gone, and take it in another.',
  source: 'NSM/enforcement.go, pkg/virtualKubelet/forge/meta.go',
  check: (change, facts) => {
    const [before, after] = [byNamespace(change.before, facts), byNamespace(change.after, facts)];
    const free = groupBy(givenUp(before, after, change, facts), ({ twin }) => twin);
    return taken(before, after, facts).flatMap(({ offloading, twin }) => {
      const { manifest, namespace } = offloading;
      const met = (free.get(twin) ?? []).flatMap((old) => {
        if (old.offloading.namespace === namespace) return [];
        const { before: known = facts.inventories.after } = facts.inventories;
        const impact = meeting(selectionOf(old.offloading), selectionOf(offloading), known);
        return impact === undefined ? [] : [{ old, impact }];
      });
      return met.slice(0, 1).map(({ old, impact }) => ({
        namespace,
        message: `'${namespace}' takes the twin namespace '${twin}' that '${old.offloading.namespace}' gives up in the same change: Liqo deletes it under its new owner, with all that is in it, on ${describe(impact)}.`,
        remedy: `Give the name up in one merge, wait until the twin is gone, and take it in another; or let it through with ${approvalEntry(namespace, 'remote-name-reused')}`,
        manifest,
        field: ['spec', 'namespaceMappingStrategy'],
        clusters: impact.clusters,
        others: impact.others,
        witness: impact.witness,
      }));
    });
  },
};
