import { formAfter, type DeclaredUnit } from '../../manifests/engines/declared-units';
import { groupBy } from '../../manifests/group';
import type { ChangeRule, Facts } from '../rule';
import type { Change } from '../state';
import { isConcerned } from '../unit-scope';

interface Changed {
  readonly was: DeclaredUnit;
  readonly unit: DeclaredUnit;
  readonly key: string;
}

function changed(change: Change, facts: Facts): Changed[] {
  const all = facts.units.before.all.flatMap((was) => {
    const unit = formAfter(was, facts.units);
    return was.isElsewhere === true || unit === undefined || was.source === unit.source
      ? []
      : [{ unit, was, key: `${was.source}\n${unit.source}` }];
  });
  return all.filter(({ was, unit }) => isConcerned([was, unit], change, facts));
}

export const engineSourceChanged: ChangeRule = {
  name: 'engine-source-changed',
  category: 'risky',
  about: 'change',
  summary:
    'Applications or Kustomizations take what they apply from elsewhere, put it elsewhere, or change it.',
  why: 'Another repository, revision or source of Flux may hold other manifests at the same path, and what it lacks is pruned; another cluster gets everything anew, and the old one keeps what it has; patches, prefixes or excluded files of a unit may drop what it applies. None of that lies in the change, so it was not judged.',
  source: 'argo-cd manifests/crds/application-crd.yaml; Flux, Kustomization "Source reference" and "Patches"',
  check: (change, facts) =>
    [...groupBy(changed(change, facts), ({ key }) => key).values()].flatMap(([first, ...more]) => {
      if (first === undefined) return [];
      const { unit, was } = first;
      const titles = `the ${unit.title}${more.length === 0 ? '' : ` and ${more.length} more`}`;
      return [
        {
          message: `What ${titles} applies changes beside the judged files: ${was.source || 'nothing'} becomes ${unit.source || 'nothing'}. What that gives was not judged, and what it lacks is pruned.`,
          remedy:
            'See that it holds the same manifests, or move as docs/gitops.md of cdk8s-liqo says, "Moving a namespace".',
        },
      ];
    }),
};
