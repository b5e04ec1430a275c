// Annotations that make a GitOps engine do something else with an object than apply it and, once it leaves Git, delete it.
import { ARGO_CD, ENGINES, FLUX, SKIPPED, type Engine } from './engines';
import { isLive } from '../live-object';
import { annotationsOf, labelsOf, type Manifest } from '../manifest';

const LOCAL_CONFIG = 'config.kubernetes.io/local-config';
const HOOK = `${ARGO_CD}/hook`;
const HELM_HOOK = 'helm.sh/hook';

/** The value of an annotation (Flux takes a label as well), in lower case: Flux compares so (fluxcd/pkg ssa/utils/meta.go). */
export function fluxSays(manifest: Manifest, key: string, values: readonly string[]): string | undefined {
  const found = [annotationsOf(manifest), labelsOf(manifest)].map((all) => all.get(`${FLUX}/${key}`));
  const value = found.find((one) => one !== undefined && values.includes(one.toLowerCase()));
  return value === undefined ? undefined : `${FLUX}/${key}: ${value}`;
}

/** What an object says to Argo CD by a sync option of exactly that name and value, undefined where it does not. */
export function argoSays(manifest: Manifest, wanted: string): string | undefined {
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
  const hook = annotationsOf(manifest).get(HOOK);
  return forcedBy(manifest) ?? passedOver(manifest) ?? (hook === undefined ? undefined : `${HOOK}: ${hook}`);
}

/**
 * What makes kustomize, and so Flux, leave an object out, which Flux then prunes; undefined where nothing does.
 * Source: kustomize, api/resource (IsLocalConfig: any value but "false"), as `kubectl kustomize` shows.
 */
function leftOutBy(manifest: Manifest): string | undefined {
  const value = annotationsOf(manifest).get(LOCAL_CONFIG);
  return value === undefined || value === 'false' ? undefined : `${LOCAL_CONFIG}: ${value}`;
}

/** What makes Argo CD pass over the file of an object, and so prune it; undefined where nothing does. */
const skippedBy = (manifest: Manifest): string | undefined =>
  !isLive(manifest) && manifest.source.text.includes(SKIPPED) ? SKIPPED : undefined;

/** Of Argo CD: an object that says so, and nothing else, is neither applied nor pruned (gitops-engine pkg/sync/hook, Skip). */
const isSkipped = (manifest: Manifest) => annotationsOf(manifest).get(HOOK)?.trim() === 'Skip';

/**
 * What makes an object an Argo CD hook, undefined where nothing does: it is deleted and created anew at every sync, and
 * `Prune=false` is not asked. With an annotation of its own, Argo CD does not look at Helm's.
 * Sources: gitops-engine pkg/sync/hook (hook.go, helm/hook.go) and pkg/sync/sync_context.go (hooksPendingDeletion).
 */
export function hookedBy(manifest: Manifest): string | undefined {
  const [own, helm] = [HOOK, HELM_HOOK].map((key) => annotationsOf(manifest).get(key));
  if (own !== undefined) return isSkipped(manifest) ? undefined : `${HOOK}: ${own}`;
  return helm === undefined || helm === 'crd-install' ? undefined : `${HELM_HOOK}: ${helm}`;
}

/** What makes an engine take from the cluster what Git still has, or delete it and create it anew; undefined where nothing does. */
export const droppedBy = (engine: Engine, manifest: Manifest): string | undefined =>
  engine === 'flux' ? leftOutBy(manifest) : (skippedBy(manifest) ?? hookedBy(manifest));

/** What makes an engine pass an object over that Git still has, undefined where nothing does. */
export const notAppliedBy = (engine: Engine, manifest: Manifest): string | undefined =>
  droppedBy(engine, manifest) ?? (engine === 'argocd' && isSkipped(manifest) ? `${HOOK}: Skip` : undefined);

/**
 * What makes it doubtful when a deployed object that leaves Git is gone: somebody has to confirm it first.
 * Source: Argo CD, "Sync Options: Resource Pruning With Confirmation", since 2.14.
 */
export const pruningDelayedBy = (deployed: Manifest): string | undefined =>
  argoSays(deployed, 'Prune=confirm');

/** The same where the Application goes. Source: Argo CD, "Sync Options: Resource Deletion With Confirmation". */
export const deletionDelayedBy = (deployed: Manifest): string | undefined =>
  argoSays(deployed, 'Delete=confirm');

/** What makes Flux pass an object over: what Git says of it from then on, that included, never reaches the cluster. */
const passedOver = (manifest: Manifest) =>
  fluxSays(manifest, 'reconcile', ['disabled']) ?? fluxSays(manifest, 'ssa', ['ignore', 'ifnotpresent']);

/** Flux asks the live object. Of one that only Git shows, nothing else is known to be live than what Flux applies. */
function keptByFlux(deployed: Manifest): string | undefined {
  const prune = fluxSays(deployed, 'prune', ['disabled']);
  if (!isLive(deployed)) return passedOver(deployed) === undefined ? prune : undefined;
  return prune ?? fluxSays(deployed, 'reconcile', ['disabled']) ?? fluxSays(deployed, 'ssa', ['ignore']);
}

/**
 * What keeps a deployed object from an engine when it leaves what that applies, undefined where nothing does. Of Argo CD's
 * options anything but the exact value is no protection; `Prune=confirm` delays a deletion and does not prevent it.
 * Sources: kustomize-controller internal/controller (deleteObjects), fluxcd/pkg ssa/manager_apply.go and manager_delete.go; Argo CD, "Sync Options: No Prune Resources".
 */
export function keptFrom(engine: Engine, deployed: Manifest): string | undefined {
  return engine === 'argocd' ? argoSays(deployed, 'Prune=false') : keptByFlux(deployed);
}

/**
 * What keeps a deployed object when the unit of an engine that applied it is deleted and deletes what it applied.
 * Sources: as above; Argo CD, "Sync Options: No Resource Deletion".
 */
export const keptAfter = (engine: Engine, deployed: Manifest): string | undefined =>
  engine === 'argocd' ? argoSays(deployed, 'Delete=false') : keptFrom(engine, deployed);

/**
 * What keeps a deployed object that leaves Git, undefined where nothing does.
 * @param engines those that apply it, where they are known: each reads its own sign alone, and one that deletes is enough
 */
export function pruningDisabledBy(deployed: Manifest, engines: readonly Engine[]): string | undefined {
  const signs = (engines.length > 0 ? engines : ENGINES).map((engine) => keptFrom(engine, deployed));
  const isEnough = engines.length === 0 || !signs.includes(undefined);
  return isEnough ? signs.find((one) => one !== undefined) : undefined;
}
