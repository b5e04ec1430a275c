import { ENGINES, SKIPPED, type Engine } from '../../manifests/engines/engines';
import type { Manifest } from '../../manifests/manifest';
import { fileOf } from '../removal';
import type { Facts, Problem, StateRule } from '../rule';
import type { State } from '../state';
import { notAppliedBy } from '../../manifests/engines/signs';

type Said = Pick<Problem, 'message' | 'remedy' | 'field'>;

/** What an object says itself. */
function byItself(engine: Engine, manifest: Manifest, title: string): Said | undefined {
  const by = notAppliedBy(engine, manifest);
  if (by === undefined) return undefined;
  return {
    message: `${title} says ${by}: Flux or Argo CD does not apply it as it applies other objects.`,
    remedy: 'Remove that.',
    field: by === SKIPPED ? undefined : ['metadata', 'annotations'],
  };
}

/** What the place of its file does. */
function byItsPlace(engine: Engine, manifest: Manifest, title: string, facts: Facts): Said | undefined {
  const file = fileOf(manifest);
  const unfetched = engine === 'flux' ? facts.artifact.after(file) : undefined;
  if (unfetched !== undefined && (unfetched.said !== undefined || facts.engines.length > 0))
    return { message: `Flux does not see ${title}: ${unfetched.why}.`, remedy: unfetched.remedy };
  const leftOutBy = facts.tools.after.leftOutBy(engine, file);
  if (leftOutBy === undefined) return undefined;
  return {
    message: `Flux or Argo CD does not apply ${title}: a kustomization leaves it out.`,
    remedy: `List its file in ${leftOutBy}, or take that away.`,
  };
}

/**
 * The engines whose word on places counts. A folder of which Flux sees nothing is somebody else's, or its Kustomization would
 * fail; where the engine is not known, that is no mistake.
 */
function placing(objects: readonly Manifest[], { engines, artifact }: Facts): readonly Engine[] {
  if (engines.length > 0) return engines;
  return ENGINES.filter(
    (engine) => engine !== 'flux' || objects.some((one) => artifact.after(fileOf(one)) === undefined),
  );
}

const namespaceOf = ({ kind, name, namespace }: Manifest) => (kind === 'Namespace' ? name : namespace);

function unapplied({ offloadings, namespaces }: State, facts: Facts): Problem[] {
  const objects = [...offloadings.map(({ manifest }) => manifest), ...[...namespaces.values()].flat()];
  const engines = facts.engines.length > 0 ? facts.engines : ENGINES;
  const places = placing(objects, facts);
  const saidOf = (manifest: Manifest): Said | undefined => {
    const title = `The ${manifest.kind} of '${namespaceOf(manifest)}'`;
    return (
      engines.map((engine) => byItself(engine, manifest, title)).find((one) => one !== undefined) ??
      places
        .map((engine) => byItsPlace(engine, manifest, title.replace('The', 'the'), facts))
        .find((one) => one !== undefined)
    );
  };
  return objects.flatMap((manifest) => {
    const said = saidOf(manifest);
    return said === undefined ? [] : [{ ...said, namespace: namespaceOf(manifest), manifest }];
  });
}

export const objectNotApplied: StateRule = {
  name: 'object-not-applied',
  category: 'broken',
  about: 'state',
  summary: 'Something makes a GitOps engine pass over a namespace or its offloading.',
  why: 'kustomize, and so Flux, leaves out what says `config.kubernetes.io/local-config`; Argo CD passes over a file that holds `+argocd:skip-file-rendering`, and takes an object with a hook annotation of its own or of Helm for a hook, which it deletes and creates anew at every sync. Flux sees nothing of a file that a `.sourceignore` leaves out, or that does not end in `.yaml` or `.yml`; where a folder has a `kustomization.yaml`, both apply what it lists. Git has the object, and the cluster has not.',
  source:
    'kustomize api/resource; gitops-engine pkg/sync/hook/hook.go and helm/hook.go; fluxcd/pkg sourceignore, kustomize (scanManifests)',
  check: unapplied,
};
