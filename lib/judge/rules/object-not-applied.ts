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
        message: `Flux does not see the ${object}: ${why.unfetched.why}.`,
        remedy: why.unfetched.remedy,
      };
    case 'left out':
      return {
        message: `Flux or Argo CD does not apply the ${object}: a kustomization leaves it out.`,
        remedy: `List its file in ${why.by}, or take that away.`,
      };
    case 'dropped':
    case 'hook':
    case 'skipped':
      return {
        message: `The ${object} says ${why.by}: Flux or Argo CD does not apply it as it applies other objects.`,
        remedy: 'Remove that.',
        field: why.by === SKIPPED ? undefined : ['metadata', 'annotations'],
      };
  }
}

/**
 * The engines that count. A folder of which Flux sees nothing is somebody else's, or its Kustomization would fail; where the
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
  summary: 'Something makes a GitOps engine pass over a namespace or its offloading.',
  why: 'kustomize, and so Flux, leaves out what says `config.kubernetes.io/local-config`; Argo CD passes over a file that holds `+argocd:skip-file-rendering`, and takes an object with a hook annotation of its own or of Helm for a hook, which it deletes and creates anew at every sync. Flux sees nothing of a file that a `.sourceignore` leaves out, or that does not end in `.yaml` or `.yml`; where a folder has a `kustomization.yaml`, both apply what it lists. Git has the object, and the cluster has not.',
  source:
    'kustomize api/resource; gitops-engine pkg/sync/hook/hook.go and helm/hook.go; fluxcd/pkg sourceignore, kustomize (scanManifests)',
  check: unapplied,
};
