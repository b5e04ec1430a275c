// Whether a GitOps engine deletes an object and creates it anew where an update fails.
import { annotationsOf, labelsOf, type Manifest } from '../manifests/manifest';

const FLUX = 'kustomize.toolkit.fluxcd.io/force';
const ARGO_CD = 'argocd.argoproj.io/sync-options';

/**
 * The annotation (or, for Flux, label) on an object that asks for it, undefined where none does.
 * Sources: Flux, fluxcd/pkg ssa/manager_apply.go (shouldForceApply) and ssa/utils/meta.go (any case); Argo CD,
 * gitops-engine pkg/sync/sync_context.go (SyncOptionForce).
 */
export function forcedBy(manifest: Manifest): string | undefined {
  const flux = [annotationsOf(manifest).get(FLUX), labelsOf(manifest).get(FLUX)];
  if (flux.some((value) => value?.toLowerCase() === 'enabled')) return `${FLUX}: enabled`;
  const options = (annotationsOf(manifest).get(ARGO_CD) ?? '').split(',').map((option) => option.trim());
  return options.includes('Force=true') ? `${ARGO_CD}: Force=true` : undefined;
}
