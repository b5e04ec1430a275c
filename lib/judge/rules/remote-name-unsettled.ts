import { knownInventory } from '../known-providers';
import { OFFLOADING_NAME } from '../../liqo/constants';
import type { Past, Step } from '../../manifests/history';
import { describe, deselected, meeting, selectionOf } from '../cluster-impact';
import { isOffloading, toOffloading, type Offloading } from '../offloading';
import type { ChangeRule, Facts, Problem } from '../rule';
import { taken, twinNameOf, twinsByNamespace, type Twin } from '../twins';

/** An earlier owner of the name of a twin namespace. */
interface Owner {
  readonly offloading: Offloading;
  readonly twin: string;
  /** The commit with which it lost the name, or clusters. */
  readonly until: string;
}

/** Words that a manifest contains if its twin has the name: the name itself, or its parts. */
function wordsOf(twin: string, consumer: string | undefined): string[] {
  const suffix = `-${consumer ?? ''}`;
  return twin.endsWith(suffix) ? [twin, twin.slice(0, -suffix.length)] : [twin];
}

/** The earlier owners of the names, by the steps of single objects; the newest step first. */
function ownersOf({ steps }: Past, { consumer }: Facts): Owner[] {
  const formerly = (all: readonly Step[]) =>
    all
      .slice(1)
      .flatMap(({ manifests }, i) =>
        manifests.map((manifest) => ({ manifest, until: all[i]?.commit ?? '' })),
      );
  return [...steps.values()].flatMap((all) =>
    formerly(all).flatMap(({ manifest, until }) => {
      const offloading = toOffloading(manifest);
      const twin = twinNameOf(offloading, consumer);
      return twin === undefined ? [] : [{ offloading, twin, until }];
    }),
  );
}

/** Whether the baseline still has the whole twin of an earlier form: then nothing was given up. */
function isStillOwned({ offloading, twin }: Owner, before: ReadonlyMap<string, Twin>, facts: Facts): boolean {
  const now = before.get(offloading.namespace);
  return now?.twin === twin && deselected(offloading, now.offloading, facts) === undefined;
}

function toProblem(
  is: Twin,
  { offloading: old, until }: Owner,
  before: ReadonlyMap<string, Twin>,
  facts: Facts,
): Problem[] {
  const known = knownInventory(facts, 'before') ?? facts.inventories.after;
  const impact = meeting(selectionOf(old), selectionOf(is.offloading), known);
  if (impact === undefined) return [];
  const { namespace, manifest } = is.offloading;
  const gone = before.has(old.namespace)
    ? `check that the twin of '${old.namespace}' is gone from there`
    : `check that \`kubectl get namespaceoffloading ${OFFLOADING_NAME} -n ${old.namespace}\` says NotFound`;
  return [
    {
      namespace,
      message: `'${namespace}' takes over the twin namespace '${is.twin}' that '${old.namespace}' had until commit ${until.slice(0, 12)}: if that twin still exists when this change is applied, Liqo deletes it and everything in it, although '${namespace}' then uses it, on ${describe(impact)}.`,
      remedy: `Before you merge, ${gone}.`,
      manifest,
      field: ['spec', 'namespaceMappingStrategy'],
      clusters: impact.clusters,
      others: impact.others,
      witness: impact.witness,
    },
  ];
}

export const remoteNameUnsettled: ChangeRule = {
  name: 'remote-name-unsettled',
  category: 'risky',
  about: 'change',
  summary: 'A namespace takes over the name of a twin namespace that another one gave up recently.',
  why: 'A GitOps engine reconciles to the newest commit, and a finalizer waits for every provider, so giving up the name and taking it over can reach the cluster as one change. The provider then accepts the new owner for the existing twin, and deletes that twin for the old owner. `settledAfterCommits` in `config/cluster.ts` sets how many commits of the baseline the rule looks at.',
  source: 'NSM/enforcement.go, pkg/virtualKubelet/forge/meta.go; NSO/lifecycle.go',
  check: (change, facts) => {
    const { past, settledAfterCommits, consumer } = facts;
    if (past === undefined || settledAfterCommits === 0) return [];
    const before = twinsByNamespace(change.before, facts);
    const news = taken(before, twinsByNamespace(change.after, facts), facts);
    if (news.length === 0) return [];
    const names = new Set(news.map(({ twin }) => twin));
    const sought = {
      matches: (manifest: Offloading['manifest']) =>
        isOffloading(manifest) && names.has(twinNameOf(toOffloading(manifest), consumer) ?? ''),
      words: new Set([...names].flatMap((name) => wordsOf(name, consumer))),
    };
    const owners = ownersOf(past(sought, settledAfterCommits), facts).filter(
      (one) => !isStillOwned(one, before, facts),
    );
    return news.flatMap((is) => {
      const others = owners.filter(
        ({ twin, offloading }) => twin === is.twin && offloading.namespace !== is.offloading.namespace,
      );
      return others.flatMap((owner) => toProblem(is, owner, before, facts)).slice(0, 1);
    });
  },
};
