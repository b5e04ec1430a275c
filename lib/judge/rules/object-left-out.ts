import { ENGINES, type Engine } from '../../manifests/engines/engines';
import { groupBy } from '../../manifests/group';
import { identityOf, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { deployedAt, fileOf, keeperFrom } from '../removal';
import type { ChangeRule, Facts } from '../rule';
import type { Change } from '../state';

/** The file that newly takes a deployed object from an engine, undefined where none does. */
function leftOutBy(
  engine: Engine,
  manifest: Manifest,
  deployed: readonly Manifest[],
  facts: Facts,
): string | undefined {
  const { before, after } = facts.tools;
  const isPruned = (was: Manifest) =>
    before.leftOutBy(engine, deployedAt(was, manifest, facts)) === undefined &&
    keeperFrom(engine, was, facts) === undefined;
  const by = after.leftOutBy(engine, fileOf(manifest));
  return by !== undefined && deployed.some(isPruned) ? by : undefined;
}

/** The objects by which twin namespaces live and that one of the engines no longer applies. */
function leftOut({ before, after }: Change, facts: Facts) {
  const engines = facts.engines.length > 0 ? facts.engines : ENGINES;
  const objects = [
    ...after.offloadings.map(({ manifest }) => manifest),
    ...[...after.namespaces.values()].flat(),
  ];
  return objects.flatMap((manifest) => {
    const deployed = before.byIdentity.get(identityOf(manifest)) ?? [];
    const [file] = engines.flatMap((engine) => leftOutBy(engine, manifest, deployed, facts) ?? []);
    if (file === undefined) return [];
    return [{ file, kind: manifest.kind, namespace: manifest.namespace || manifest.name }];
  });
}

export const objectLeftOut: ChangeRule = {
  name: 'object-left-out',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['object-not-applied'],
  summary: 'A kustomization no longer takes in a deployed namespace or offloading.',
  why: 'With a `kustomization.yaml` in a folder, Flux and Argo CD apply what it lists and nothing else there, and prune the rest, though Git has it. Liqo then deletes the twin namespaces. What was left out before gives nothing. This is for `check <folder>`, which takes the folder for the one that an engine is pointed at; in the dist of a project such files are refused. A kustomization that says more than what it takes in is not followed ([`folder-incomplete`](#folder-incomplete)).',
  source:
    'kustomize konfig.RecognizedKustomizationFileNames; fluxcd/pkg kustomize (scanManifests); Argo CD, "Tool Detection"',
  check: (change, facts) =>
    [...groupBy(leftOut(change, facts), ({ namespace }) => namespace)].flatMap(([namespace, all]) => {
      const [first] = all;
      if (first === undefined) return [];
      const kinds = all.map(({ kind }) => kind).sort();
      return [
        {
          namespace,
          message: `A kustomization newly leaves out the ${kinds.join(' and the ')} of '${namespace}': what an engine no longer gets of it, it prunes, and Liqo deletes the twin namespaces with all that is in them.`,
          remedy: `List the file in ${first.file}, or take that away. Or let it go by name with ${approvalEntry(namespace, 'object-left-out')}`,
          file: first.file,
        },
      ];
    }),
};
