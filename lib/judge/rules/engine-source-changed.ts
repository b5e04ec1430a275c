import { groupBy } from '../../manifests/group';
import type { ChangeRule } from '../rule';

export const engineSourceChanged: ChangeRule = {
  name: 'engine-source-changed',
  category: 'risky',
  about: 'change',
  summary:
    'Applications or Kustomizations take what they apply from elsewhere, put it elsewhere, or change it.',
  why: 'Another repository, revision or source of Flux may hold other manifests at the same path, and what it lacks is pruned; another cluster gets everything anew, and the old one keeps what it has; patches, prefixes or excluded files of a unit may drop what it applies. None of that lies in the change, so it was not judged.',
  source: 'argo-cd manifests/crds/application-crd.yaml; Flux, Kustomization "Source reference" and "Patches"',
  check: (_change, { units }) => {
    const changed = units.after.all.flatMap((unit) => {
      const was = units.before.formOf(unit);
      return was === undefined || was.source === unit.source
        ? []
        : [{ unit, was, key: `${was.source}\n${unit.source}` }];
    });
    return [...groupBy(changed, ({ key }) => key).values()].flatMap(([first, ...more]) => {
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
    });
  },
};
