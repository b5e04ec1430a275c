import { formAfter, holds, type DeclaredUnit } from '../../manifests/engines/declared-units';
import { groupBy } from '../../manifests/group';
import { fileOf } from '../../manifests/manifest';
import type { ChangeRule, Facts } from '../rule';
import type { Change } from '../state';
import { isConcerned } from '../unit-scope';

interface Changed {
  readonly unit: DeclaredUnit;
  readonly was: string;
  readonly is: string;
}

/** What decides what two forms of a unit apply; of a source only where both sides declare it. */
function contentsOf(forms: readonly [DeclaredUnit, DeclaredUnit]): string[] {
  const areKnown = forms.every(({ from }) => from !== undefined);
  return forms.map(({ source, from }) =>
    [source, areKnown ? (from?.content ?? '') : ''].filter((text) => text !== '').join(', '),
  );
}

/** Whether a folder of a unit holds namespaces here. What something packs has other things at its root than the repository. */
const isForOurs = ({ folders }: DeclaredUnit, { before: { namespaces, offloadings } }: Change) => {
  const all = [...[...namespaces.values()].flat(), ...offloadings.map(({ manifest }) => manifest)];
  return folders.some((at) => at.folder !== '.' && all.some((one) => holds(at, fileOf(one))));
};

function isAbout(was: DeclaredUnit, is: DeclaredUnit, change: Change, facts: Facts): boolean {
  if (was.isElsewhere !== true) return isConcerned([was, is], change, facts);
  return was.isPacked === true && isForOurs(was, change);
}

function changed(change: Change, facts: Facts): Changed[] {
  return facts.units.before.all.flatMap((one) => {
    const unit = formAfter(one, facts.units);
    if (unit === undefined) return [];
    const [was = '', is = ''] = contentsOf([one, unit]);
    return was === is || !isAbout(one, unit, change, facts) ? [] : [{ unit, was, is }];
  });
}

export const engineSourceChanged: ChangeRule = {
  name: 'engine-source-changed',
  category: 'risky',
  about: 'change',
  summary:
    'Applications or Kustomizations take what they apply from elsewhere, put it elsewhere, or change it.',
  why: 'Another repository, revision or source of Flux may hold other manifests at the same path, and what it lacks is pruned; so may a source of Flux (GitRepository, OCIRepository, Bucket, ExternalArtifact) that has another `url`, `ref` or `include`; another cluster gets everything anew, and the old one keeps what it has; patches, prefixes or excluded files of a unit may drop what it applies. None of that lies in the change, so it was not judged.',
  source:
    'argo-cd manifests/crds/application-crd.yaml; Flux, Kustomization "Source reference" and "Patches"; source-controller api/v1',
  check: (change, facts) =>
    [...groupBy(changed(change, facts), ({ was, is }) => `${was}\n${is}`).values()].flatMap(
      ([first, ...more]) => {
        if (first === undefined) return [];
        const { unit, was, is } = first;
        const titles = `the ${unit.title}${more.length === 0 ? '' : ` and ${more.length} more`}`;
        return [
          {
            message: `What ${titles} applies changes beside the judged files: ${was || 'nothing'} becomes ${is || 'nothing'}. What that gives was not judged, and what it lacks is pruned.`,
            remedy:
              'See that it holds the same manifests, or move as docs/gitops.md of cdk8s-liqo says, "Moving a namespace".',
          },
        ];
      },
    ),
};
