import { formAfter, type DeclaredUnit } from '../../manifests/engines/declared-units';
import type { ChangeRule, Facts } from '../rule';
import type { Change } from '../state';
import { isConcerned } from '../unit-scope';

/** Units that force from now on; a new one forces from the start. */
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
  summary: 'An Application or a Kustomization is newly told to recreate what it cannot update.',
  why: 'With `force`, Flux deletes each object that the API server calls invalid or in conflict, and creates it anew; so does Argo CD with the sync option `Force=true`, and with `Replace=true` beside it at every sync, but for Namespaces. For a NamespaceOffloading that deletes the twin namespaces with all that is in them. One object that says so itself is [`force-recreate`](#force-recreate).',
  source:
    'fluxcd/pkg ssa/manager_apply.go; gitops-engine pkg/sync/sync_context.go (applyObject), kubectl apply and replace --force',
  check: (change, facts) =>
    forcing(change, facts).map(({ title, forces = '', declared }) => ({
      message: `The ${title} newly has ${forces}: an offloading that it cannot update it deletes and creates anew, and its twin namespaces are gone with all that is in them.`,
      remedy:
        'Take it back; what is immutable changes in two merges: docs/changing-a-strategy.md of cdk8s-liqo.',
      file: declared.source.file,
    })),
};
