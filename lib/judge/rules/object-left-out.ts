import { ENGINES, type Engine } from '../../manifests/engines/engines';
import { groupBy } from '../../manifests/group';
import type { Changes } from '../../manifests/engines/kustomize-build';
import { identityOf, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { deployedAt, keeperFrom } from '../removal';
import type { ChangeRule, Facts } from '../rule';
import type { Change } from '../state';

interface Steered {
  readonly file: string;
  readonly isLeftOut: boolean;
}

/**
 * The file that newly decides what becomes of a deployed object, undefined where none does.
 * @param declared all that Git declares of it
 */
function steeredBy(
  engine: Engine,
  manifest: Manifest,
  declared: readonly Manifest[],
  deployed: readonly Manifest[],
  facts: Facts,
): Steered | undefined {
  const { before, after } = facts.tools;
  const place = manifest.source.file;
  const isApplied = ({ source }: Manifest) => after.treatmentOf(engine, source.file).leftOutBy === undefined;
  if (!isApplied(manifest) && declared.some(isApplied)) return undefined;
  const applied = deployed.flatMap((was) => {
    const treatment = before.treatmentOf(engine, deployedAt(was, manifest, facts));
    return treatment.leftOutBy === undefined ? [{ was, changedBy: treatment.changedBy }] : [];
  });
  const { leftOutBy, changedBy } = after.treatmentOf(engine, place);
  if (leftOutBy !== undefined) {
    const isPruned = applied.some(({ was }) => keeperFrom(engine, was, facts) === undefined);
    return isPruned ? { file: leftOutBy, isLeftOut: true } : undefined;
  }
  const given = declared.filter(isApplied).map((one) => after.treatmentOf(engine, one.source.file).changedBy);
  const lost = applied.find(
    ({ changedBy: then }) => !given.some((now) => differing(now, then) === undefined),
  );
  const key = lost === undefined ? undefined : differing(changedBy, lost.changedBy);
  return key === undefined ? undefined : { file: after.fileAt(key), isLeftOut: false };
}

/** The outermost place at which two ways to change an object differ. */
function differing(one: Changes, other: Changes): string | undefined {
  const depth = (key: string) => (key === '.' ? 0 : key.split('/').length);
  return [...one.keys(), ...other.keys()]
    .filter((key) => one.get(key) !== other.get(key))
    .sort((a, b) => depth(a) - depth(b))[0];
}

/** The objects by which twin namespaces live, with what newly decides about them, in one of the engines. */
function steered({ before, after }: Change, facts: Facts) {
  const engines = facts.engines.length > 0 ? facts.engines : ENGINES;
  const objects = [
    ...after.offloadings.map(({ manifest }) => manifest),
    ...[...after.namespaces.values()].flat(),
  ];
  return objects.flatMap((manifest) => {
    const deployed = before.byIdentity.get(identityOf(manifest)) ?? [];
    const declared = after.byIdentity.get(identityOf(manifest)) ?? [];
    const found = engines.flatMap((engine) => steeredBy(engine, manifest, declared, deployed, facts) ?? []);
    const by = found.find(({ isLeftOut }) => isLeftOut) ?? found[0];
    if (by === undefined) return [];
    return [{ ...by, kind: manifest.kind, namespace: manifest.namespace || manifest.name }];
  });
}

export const objectLeftOut: ChangeRule = {
  name: 'object-left-out',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['object-not-applied'],
  summary: 'A kustomization or another tool newly decides about a deployed namespace or offloading.',
  why: 'With a `kustomization.yaml` in a folder, Flux and Argo CD apply what it lists and nothing else there, and prune the rest, though Git has it; with a `Chart.yaml`, Argo CD applies what Helm makes of `templates/`. Liqo then deletes the twin namespaces. What patches, prefixes, components, `.argocd-source` files and Jsonnet make of a folder is not judged: where it changes over a deployed namespace, nobody knows that its objects stay as they are. What was there before and stays as it was gives nothing. This is for `check <folder>`, which takes the folder for the one that an engine is pointed at; in the dist of a project such files are refused.',
  source:
    'kustomize konfig.RecognizedKustomizationFileNames; fluxcd/pkg kustomize (scanManifests); Argo CD, "Tool Detection" and "Parameter Overrides"',
  check: (change, facts) =>
    [...groupBy(steered(change, facts), ({ namespace }) => namespace)].flatMap(([namespace, all]) => {
      const out = all.filter(({ isLeftOut }) => isLeftOut);
      const shown = out.length > 0 ? out : all;
      const [first] = shown;
      if (first === undefined) return [];
      const kinds = shown.map(({ kind }) => kind).sort();
      const objects = `the ${kinds.join(' and the ')} of '${namespace}'`;
      const approve = `let it go by name with ${approvalEntry(namespace, 'object-left-out')}`;
      return [
        out.length > 0
          ? {
              namespace,
              message: `A tool newly leaves out ${objects}: what an engine no longer gets of it, it prunes, and Liqo deletes the twin namespaces with all that is in them.`,
              remedy: `List the file in ${first.file}, or take that away. Or ${approve}`,
              file: first.file,
            }
          : {
              namespace,
              message: `What a tool makes of ${objects} changes, and is not judged: it may rename or drop it, and Liqo then deletes the twin namespaces with all that is in them.`,
              remedy: `Judge what the tool gives (\`kubectl kustomize <folder>\`) in the folder's place, or take back what changed in ${first.file} or in what that names. Or ${approve}`,
              file: first.file,
            },
      ];
    }),
};
