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

/** What it newly deletes, as the second half of a sentence; undefined if nothing. */
function howMore({ was, is }: Pair): string | undefined {
  if (was.isElsewhere === true || is.isElsewhere === true || is.isSuspended) return undefined;
  const isPruning = is.prunes === 'always' && was.prunes !== 'always';
  if (isPruning && is.engine === 'argocd')
    return 'now prunes automatically: it deletes namespaces that were removed from Git earlier and are still in the cluster, with their twin namespaces';
  if (is.deletes && !was.deletes)
    return 'now deletes everything it applied when it is removed: its namespaces and their twin namespaces';
  if (allowsEmpty(is) && !allowsEmpty(was))
    return 'now syncs even if its folder is empty: it then deletes all its namespaces with their twin namespaces';
  return isPruning
    ? 'now prunes: from now on it deletes a namespace that is removed from it, with its twin namespaces'
    : undefined;
}

const toProblem = ({ was, is }: Pair): Problem => ({
  message: `The ${is.title} ${howMore({ was, is }) ?? ''}.`,
  remedy: 'Check that nothing in the cluster that should stay is missing from Git, or revert this.',
  file: is.declared.source.file,
});

export const engineDeletesMore: ChangeRule = {
  name: 'engine-deletes-more',
  category: 'risky',
  about: 'change',
  summary:
    'An Application or a Kustomization starts to prune, or to delete what it applied when it is removed.',
  why: 'A safeguard against deletion is removed. Argo CD recognises what it once applied by a mark on the live objects, so automated pruning at once deletes everything that was removed from Git while it did not prune. Flux does not remember those objects and prunes only what is removed from then on. `deletionPolicy`, `prune` and the finalizer `resources-finalizer.argocd.argoproj.io` decide whether removing the Application or Kustomization deletes its namespaces. With `automated.allowEmpty`, Argo CD no longer refuses a sync that deletes everything.',
  source:
    'kustomize-controller internal/controller (reconcile, finalizerShouldDeleteResources); argo-cd controller/appcontroller.go (autoSync); Argo CD, "Automatic Pruning" and "App Deletion"',
  check: (change, facts) => kept(change, facts).map(toProblem),
};
