// Annotations that make a GitOps engine do something else with an object than apply it and, once it leaves Git, delete it.
import { ARGO_CD, FLUX, type Engine } from '../manifests/engines';
import { annotationsOf, labelsOf, type Manifest } from '../manifests/manifest';

const LOCAL_CONFIG = 'config.kubernetes.io/local-config';

/** The value of an annotation (Flux takes a label as well), in lower case: Flux compares so (fluxcd/pkg ssa/utils/meta.go). */
function fluxSays(manifest: Manifest, key: string, values: readonly string[]): string | undefined {
  const found = [annotationsOf(manifest), labelsOf(manifest)].map((all) => all.get(`${FLUX}/${key}`));
  const value = found.find((one) => one !== undefined && values.includes(one.toLowerCase()));
  return value === undefined ? undefined : `${FLUX}/${key}: ${value}`;
}

function argoSays(manifest: Manifest, wanted: string): string | undefined {
  const options = (annotationsOf(manifest).get(`${ARGO_CD}/sync-options`) ?? '').split(',');
  return options.some((option) => option.trim() === wanted)
    ? `${ARGO_CD}/sync-options: ${wanted}`
    : undefined;
}

/**
 * What makes an engine delete an object and create it anew where an update fails, undefined where nothing does.
 * Sources: Flux, fluxcd/pkg ssa/manager_apply.go (shouldForceApply); Argo CD, gitops-engine pkg/sync/sync_context.go.
 */
export function forcedBy(manifest: Manifest): string | undefined {
  return fluxSays(manifest, 'force', ['enabled']) ?? argoSays(manifest, 'Force=true');
}

/**
 * What makes it doubtful whether the cluster holds what Git says of an object, undefined where nothing does.
 * Sources: Flux, Kustomization "Controlling the apply behavior"; Argo CD, "Sync Options" and "Resource Hooks".
 */
export function steeredBy(manifest: Manifest): string | undefined {
  const hook = annotationsOf(manifest).get(`${ARGO_CD}/hook`);
  return (
    forcedBy(manifest) ??
    fluxSays(manifest, 'reconcile', ['disabled']) ??
    fluxSays(manifest, 'ssa', ['ignore', 'ifnotpresent']) ??
    (hook === undefined ? undefined : `${ARGO_CD}/hook: ${hook}`)
  );
}

/**
 * What makes an engine pass an object over that Git still has, undefined where nothing does: it is not applied, and where it
 * was, it is pruned. An Argo CD hook is deleted and created anew at every sync.
 * Sources: kustomize, api/resource (IsLocalConfig: any value but "false"), as `kubectl kustomize` shows; gitops-engine
 * pkg/sync/hook (hook.go, helm/hook.go).
 */
export function notAppliedBy(manifest: Manifest): string | undefined {
  const annotations = annotationsOf(manifest);
  const unless = { [LOCAL_CONFIG]: 'false', [`${ARGO_CD}/hook`]: undefined, 'helm.sh/hook': 'crd-install' };
  const found = Object.entries(unless).find(
    ([key, harmless]) => annotations.has(key) && annotations.get(key) !== harmless,
  );
  return found && `${found[0]}: ${annotations.get(found[0]) ?? ''}`;
}

/** Whether Argo CD asks somebody before it prunes the object. Source: Argo CD, "Sync Options", since 2.14. */
export const isPruningConfirmed = (deployed: Manifest): boolean =>
  argoSays(deployed, 'Prune=confirm') !== undefined;

/**
 * What makes it doubtful when a deployed object that leaves Git is gone: somebody has to confirm it first.
 * Source: Argo CD, "Sync Options: Resource Pruning With Confirmation".
 */
export function pruningDelayedBy(deployed: Manifest): string | undefined {
  return argoSays(deployed, 'Prune=confirm');
}

/**
 * What keeps a deployed object that leaves Git, undefined where nothing does. Anything but the exact value is taken for no
 * protection; `Prune=confirm` delays a deletion and does not prevent it.
 * Sources: Flux, Kustomization "Controlling the apply behavior"; Argo CD, "Sync Options: No Prune Resources".
 * @param engines those that are known to apply it; what is said to another keeps nothing. Empty: nobody knows, each may
 */
export function pruningDisabledBy(
  deployed: Manifest,
  engines: readonly { readonly engine: Engine }[],
): string | undefined {
  const key = `${FLUX}/prune`;
  const applies = (engine: Engine) => engines.length === 0 || engines.some((one) => one.engine === engine);
  const kept = [annotationsOf(deployed), labelsOf(deployed)].some((all) => all.get(key) === 'disabled');
  if (kept && applies('flux')) return `${key}: disabled`;
  return applies('argocd') ? argoSays(deployed, 'Prune=false') : undefined;
}
