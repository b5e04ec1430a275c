// What the objects of dist say to the engines: in which order Argo CD applies them, and what stands before their deletion.
import type { GitOpsConfig } from '../../config/types';
import { InputError } from '../../input/error';
import { OFFLOADING_KIND } from '../../liqo/constants';
import { GUARD_LABEL } from '../../liqo/guard';
import { ARGO_CD, FLUX } from '../../manifests/engines/engines';
import { stringsAt, valueAt, type JsonObject } from '../../manifests/manifest';
import { createsPods } from '../../manifests/pod-template';
import { withMetadata } from '../notes';

const WAVE = `${ARGO_CD}/sync-wave`;
const OPTIONS = `${ARGO_CD}/sync-options`;
const WEIGHT = 'helm.sh/hook-weight';

/** Argo CD applies the lower wave first, and waits until it is healthy ("Sync Phases and Waves"); without one it is 0. */
const GUARD = -30;
const FIRST = -20;
const OFFLOADING = -10;
const WAVES: ReadonlyMap<string, number> = new Map([
  ['Namespace', FIRST],
  ['RuntimeClass', FIRST],
  [OFFLOADING_KIND, OFFLOADING],
]);

/** "Sync Options: Resource Pruning/Deletion With Confirmation" (since 2.14), "No Prune Resources", "No Resource Deletion". */
const PROTECTIONS = {
  confirm: ['Prune=confirm', 'Delete=confirm'],
  prevent: ['Prune=false', 'Delete=false'],
  none: [],
} as const;

const GUARDED: ReadonlySet<string> = new Set([OFFLOADING_KIND, 'Namespace', 'PersistentVolumeClaim']);

/** The guard stands before what it guards. */
const isOfGuard = (body: JsonObject) => stringsAt(body, 'metadata', 'labels').has(GUARD_LABEL);

const kindOf = (body: JsonObject) => stringsAt(body).get('kind') ?? '';

/** Whether a StatefulSet takes its claims along (apps/v1, StatefulSetPersistentVolumeClaimRetentionPolicy). */
const takesClaims = (body: JsonObject) =>
  valueAt(body, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete';

/** Whether its deletion destroys what lies on providers. */
function destroys(body: JsonObject, offloaded: boolean): boolean {
  if (!offloaded) return kindOf(body) === OFFLOADING_KIND;
  return GUARDED.has(kindOf(body)) || (kindOf(body) === 'StatefulSet' && takesClaims(body));
}

/** Sync options with others added, but for those that the object has an opinion on. */
function optionsWith(present: string | undefined, wanted: readonly string[]): string | undefined {
  const own = (present ?? '').split(',').flatMap((one) => one.trim() || []);
  const names = new Set(own.map((one) => one.split('=')[0]));
  const all = [...own, ...wanted.filter((one) => !names.has(one.split('=')[0]))];
  return all.length > 0 ? all.join(',') : undefined;
}

/** The wave of an object; what is no integer counts as if it were not there (gitops-engine pkg/sync/syncwaves). */
function waveOf(annotations: Readonly<Record<string, string | undefined>>): number {
  const said = [annotations[WAVE], annotations[WEIGHT]];
  return Number(said.find((text) => text !== undefined && /^[+-]?[0-9]+$/.test(text)) ?? 0);
}

/** A Namespace comes before its NamespaceOffloading, and pods after it: those that come before stay local for good. */
function refuseOutOfTurn(body: JsonObject, wave: number): void {
  const kind = kindOf(body);
  const refuse = (what: string, remedy: string) => {
    const name = stringsAt(body, 'metadata').get('name') ?? '';
    throw new InputError({
      message: `${kind} '${name}' has the sync wave ${wave}: Argo CD would create ${what} the NamespaceOffloading, which has ${OFFLOADING}`,
      remedy: `set a wave ${remedy} ${OFFLOADING}, or none`,
    });
  };
  const hasPods = createsPods({ apiVersion: stringsAt(body).get('apiVersion') ?? '', kind, body });
  if (kind === 'Namespace' && wave >= OFFLOADING) refuse('it after', 'below');
  if (hasPods && wave <= OFFLOADING) refuse('its pods before', 'above');
}

function annotationsFor(
  body: JsonObject,
  { argocd, flux }: GitOpsConfig,
  offloaded: boolean,
): Record<string, string> {
  const present = stringsAt(body, 'metadata', 'annotations');
  const wanted: Record<string, string | undefined> = Object.fromEntries(present);
  const guarded = destroys(body, offloaded);
  if (argocd !== undefined) {
    const wave = isOfGuard(body) ? GUARD : WAVES.get(kindOf(body));
    wanted[WAVE] ??= wave?.toString();
    if (offloaded) refuseOutOfTurn(body, waveOf(wanted));
    const options = guarded ? PROTECTIONS[argocd.protection ?? 'confirm'] : [];
    wanted[OPTIONS] = optionsWith(present.get(OPTIONS), options);
  }
  if (flux?.protection === 'prevent' && guarded) wanted[`${FLUX}/prune`] ??= 'disabled';
  const said = Object.entries(wanted).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return Object.fromEntries(said.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))) as Record<string, string>;
}

/**
 * An object with the annotations that the engines of a configuration ask for; those that it has stay.
 * @throws InputError for what Argo CD would create out of turn, by a wave of its own
 */
export function steered(body: JsonObject, gitops: GitOpsConfig | undefined, offloaded: boolean): JsonObject {
  if (gitops === undefined) return body;
  const annotations = annotationsFor(body, gitops, offloaded);
  if (Object.keys(annotations).length === 0) return body;
  return withMetadata(body, (metadata) => {
    const sorted: JsonObject = { annotations, ...metadata };
    return { ...sorted, annotations };
  });
}
