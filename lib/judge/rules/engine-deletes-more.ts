import { formAfter, type DeclaredUnit } from '../../manifests/engines/declared-units';
import type { ChangeRule, Facts, Problem } from '../rule';
import type { Change } from '../state';
import { allowsEmpty } from '../unit-fate';
import { isConcerned } from '../unit-scope';

interface Pair {
  readonly was: DeclaredUnit;
  readonly is: DeclaredUnit;
}

function kept(change: Change, facts: Facts): Pair[] {
  return facts.units.before.all
    .flatMap((was) => {
      const is = formAfter(was, facts.units);
      return is === undefined ? [] : [{ was, is }];
    })
    .filter(({ was, is }) => howMore({ was, is }) !== undefined && isConcerned([was, is], change, facts));
}

/** What it newly deletes, undefined where nothing: the second half of a sentence. */
function howMore({ was, is }: Pair): string | undefined {
  if (was.isElsewhere === true || is.isElsewhere === true || is.isSuspended) return undefined;
  const isPruning = is.prunes === 'always' && was.prunes !== 'always';
  if (isPruning && is.engine === 'argocd')
    return 'newly prunes by itself: a namespace that left Git before and still waits in the cluster to be pruned is deleted with its twin namespaces';
  if (is.deletes && !was.deletes)
    return 'newly deletes what it applied when it goes: the namespaces that it applies, and their twin namespaces';
  if (allowsEmpty(is) && !allowsEmpty(was))
    return 'newly syncs even if its folder gives nothing: all namespaces that it applied are then deleted with their twin namespaces';
  return isPruning
    ? 'newly prunes: a namespace that leaves it from now on is deleted with its twin namespaces'
    : undefined;
}

const toProblem = ({ was, is }: Pair): Problem => ({
  message: `The ${is.title} ${howMore({ was, is }) ?? ''}.`,
  remedy: 'See that nothing is left in the cluster that was to stay, or take it back.',
  file: is.declared.source.file,
});

export const engineDeletesMore: ChangeRule = {
  name: 'engine-deletes-more',
  category: 'risky',
  about: 'change',
  summary: 'An Application or a Kustomization newly prunes, or newly deletes what it applied when it goes.',
  why: 'What stood before a deletion so far no longer does. Argo CD knows what it once applied by what is written on the live objects: with automated pruning it deletes at once what left Git while it did not prune. Flux forgets that, and prunes what leaves from then on. `deletionPolicy`, `prune` and the finalizer `resources-finalizer.argocd.argoproj.io` decide whether the end of the unit is the end of its namespaces. With `automated.allowEmpty`, Argo CD no longer refuses a sync that deletes everything.',
  source:
    'kustomize-controller internal/controller (reconcile, finalizerShouldDeleteResources); argo-cd controller/appcontroller.go (autoSync); Argo CD, "Automatic Pruning" and "App Deletion"',
  check: (change, facts) => kept(change, facts).map(toProblem),
};
