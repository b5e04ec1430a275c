// Whether a GitOps engine deletes an object that leaves Git.
import { annotationsOf, labelsOf, type Manifest } from '../manifests/manifest';

const FLUX = 'kustomize.toolkit.fluxcd.io/prune';
const ARGO_CD = 'argocd.argoproj.io/sync-options';

/**
 * The annotation (or, for Flux, label) on the deployed object that keeps it, undefined where none does.
 * Anything but the exact value is taken for no protection. `Prune=confirm` delays a deletion and does not prevent it.
 * Sources: Flux, Kustomization "Controlling the apply behavior"; Argo CD, "Sync Options: No Prune Resources".
 */
export function pruningDisabledBy(deployed: Manifest): string | undefined {
  if (annotationsOf(deployed).get(FLUX) === 'disabled' || labelsOf(deployed).get(FLUX) === 'disabled') {
    return `${FLUX}: disabled`;
  }
  const options = (annotationsOf(deployed).get(ARGO_CD) ?? '').split(',').map((option) => option.trim());
  return options.includes('Prune=false') ? `${ARGO_CD}: Prune=false` : undefined;
}
