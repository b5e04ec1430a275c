// Annotations that make a GitOps engine do something else with an object than apply it and, once it leaves Git, delete it.
import { annotationsOf, labelsOf, type Manifest } from '../manifests/manifest';

const FLUX = 'kustomize.toolkit.fluxcd.io';
const ARGO_CD = 'argocd.argoproj.io';

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
    argoSays(manifest, 'Prune=confirm') ??
    (hook === undefined ? undefined : `${ARGO_CD}/hook: ${hook}`)
  );
}

/**
 * What keeps a deployed object that leaves Git, undefined where nothing does. Anything but the exact value is taken for no
 * protection; `Prune=confirm` delays a deletion and does not prevent it.
 * Sources: Flux, Kustomization "Controlling the apply behavior"; Argo CD, "Sync Options: No Prune Resources".
 */
export function pruningDisabledBy(deployed: Manifest): string | undefined {
  const key = `${FLUX}/prune`;
  const kept = [annotationsOf(deployed), labelsOf(deployed)].some((all) => all.get(key) === 'disabled');
  return kept ? `${key}: disabled` : argoSays(deployed, 'Prune=false');
}
