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

/** What decides what two forms of a unit apply; the source only if both sides declare it. */
function contentsOf(forms: readonly [DeclaredUnit, DeclaredUnit]): string[] {
  const areKnown = forms.every(({ from }) => from !== undefined);
  return forms.map(({ source, from }) =>
    [source, areKnown ? (from?.content ?? '') : ''].filter((text) => text !== '').join(', '),
  );
}

/** Whether a folder of a unit holds namespaces here. The root of a packed artifact is not the root of the repository. */
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
    'Applications or Kustomizations read from another source, deploy to another place, or modify what they apply.',
  why: 'Another repository, revision or Flux source may hold other manifests at the same path, and the engine prunes what it lacks. The same goes for a Flux source (GitRepository, OCIRepository, Bucket, ExternalArtifact) with another `url`, `ref` or `include`. Another destination cluster gets everything as new objects, and the old cluster keeps what it has. Patches, prefixes or excluded files of an Application or Kustomization may drop objects. The change does not contain the result, so it was not judged.',
  source:
    'argo-cd manifests/crds/application-crd.yaml; Flux, Kustomization "Source reference" and "Patches"; source-controller api/v1',
  check: (change, facts) =>
    [...groupBy(changed(change, facts), ({ was, is }) => `${was}\n${is}`).values()].flatMap(
      ([first, ...more]) => {
        if (first === undefined) return [];
        const { unit, was, is } = first;
        const titles = `The ${unit.title}${more.length === 0 ? '' : ` and ${more.length} more`}`;
        return [
          {
            message: `${titles} may apply other manifests: ${was || 'nothing'} becomes ${is || 'nothing'}. The result was not judged, and the engine prunes objects that it lacks.`,
            remedy:
              'Check that the result holds the same manifests, or follow "Moving a namespace" in docs/gitops.md of cdk8s-liqo.',
          },
        ];
      },
    ),
};
