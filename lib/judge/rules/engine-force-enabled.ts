import { formAfter, type DeclaredUnit } from '../../manifests/engines/declared-units';
import type { ChangeRule, Facts } from '../rule';
import type { Change } from '../state';
import { isConcerned } from '../unit-scope';

/** Units that start to force; a new one forces from the start. */
function forcing(change: Change, facts: Facts): DeclaredUnit[] {
  const { before, after } = facts.units;
  return after.all.filter((unit) => {
    const was = formAfter(unit, { before: after, after: before });
    if (unit.forces === undefined || unit.isElsewhere === true || unit.forces === was?.forces) return false;
    return isConcerned(was === undefined ? [unit] : [was, unit], change, facts);
  });
}

export const engineForceEnabled: ChangeRule = {
  name: 'engine-force-enabled',
  category: 'risky',
  about: 'change',
  summary: 'An Application or a Kustomization starts to recreate objects that it cannot update.',
  why: 'With `force`, Flux deletes and recreates each object whose update the API server rejects as invalid or as a conflict. Argo CD does so with the sync option `Force=true`; with `Replace=true` as well, it does so at every sync, except for Namespaces. For a NamespaceOffloading, that deletes the twin namespaces and everything in them. [`force-recreate`](#force-recreate) finds the same setting on a single object.',
  source:
    'fluxcd/pkg ssa/manager_apply.go; gitops-engine pkg/sync/sync_context.go (applyObject), kubectl apply and replace --force',
  check: (change, facts) =>
    forcing(change, facts).map(({ title, forces = '', declared }) => ({
      message: `The ${title} now has ${forces}: it deletes and recreates a NamespaceOffloading that it cannot update, which deletes the twin namespaces and everything in them.`,
      remedy:
        'Revert it. To change an immutable field, use two merges: docs/changing-a-strategy.md of cdk8s-liqo.',
      file: declared.source.file,
    })),
};
