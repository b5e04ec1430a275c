import { SKIPPED, type Engine } from '../../manifests/engines/engines';
import { fileOf, type Manifest } from '../../manifests/manifest';
import type { Unapplied } from '../../manifests/engines/engine-view';
import { namespaceOf, vitalIn } from '../applied';
import type { Facts, Problem, StateRule } from '../rule';
import { State } from '../state';

function said(why: Unapplied, object: string): Pick<Problem, 'message' | 'remedy' | 'field'> {
  switch (why.how) {
    case 'unfetched':
      return {
        message: `Flux does not apply the ${object}: ${why.unfetched.why}.`,
        remedy: why.unfetched.remedy,
      };
    case 'left out':
      return {
        message: `Flux or Argo CD does not apply the ${object}: a kustomization leaves it out.`,
        remedy: `List its file in ${why.by}, or delete that kustomization.`,
      };
    case 'dropped':
    case 'hook':
    case 'skipped':
      return {
        message: `The ${object} has ${why.by}: Flux or Argo CD does not apply it like other objects.`,
        remedy: 'Remove that marker.',
        field: why.by === SKIPPED ? undefined : ['metadata', 'annotations'],
      };
  }
}

/**
 * The engines that count. If Flux sees nothing of a folder, Flux does not apply it, or its Kustomization would fail; if the
 * engine is not known, that is no mistake.
 */
function counting(objects: readonly Manifest[], view: Facts['view']['after']): readonly Engine[] {
  const isSeen = (one: Manifest) => view.placeOf('flux', fileOf(one))?.how !== 'unfetched';
  if (view.known.length > 0 || objects.some(isSeen)) return view.engines;
  return view.engines.filter((engine) => engine !== 'flux');
}

function unapplied(state: State, { view: { after: view } }: Facts): Problem[] {
  const objects = [...vitalIn(state), ...vitalIn(new State(state.beside.unlisted))];
  const engines = counting(objects, view);
  return objects.flatMap((manifest) =>
    engines
      .flatMap((engine) => view.unapplied(engine, manifest) ?? [])
      .slice(0, 1)
      .map((why) => {
        const namespace = namespaceOf(manifest);
        return { ...said(why, `${manifest.kind} of '${namespace}'`), namespace, manifest };
      }),
  );
}

export const objectNotApplied: StateRule = {
  name: 'object-not-applied',
  category: 'broken',
  about: 'state',
  summary: 'A GitOps engine does not apply a namespace or its offloading.',
  why: 'Git has the object, but the cluster does not. kustomize, and so Flux, ignores an object with `config.kubernetes.io/local-config`. Argo CD ignores a file that contains `+argocd:skip-file-rendering`, and treats an object with a hook annotation, its own or that of Helm, as a hook: it deletes and recreates it at every sync. Flux ignores a file that a `.sourceignore` excludes or that does not end in `.yaml` or `.yml`. If a folder has a `kustomization.yaml`, both engines apply only what it lists.',
  source:
    'kustomize api/resource; gitops-engine pkg/sync/hook/hook.go and helm/hook.go; fluxcd/pkg sourceignore, kustomize (scanManifests)',
  check: unapplied,
};
