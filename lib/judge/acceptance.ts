// What the API server and Liqo's webhook let through, and so what a cluster holds after a history of manifests.
import { OFFLOADING_NAME, WEBHOOK_SKIP_LABEL } from '../liqo/constants';
import type { Step } from '../manifests/history';
import { labelsOf, sameJson, valueAt, type Manifest } from '../manifests/manifest';
import { schemaProblems } from '../manifests/schema';
import { forcedBy } from './force';
import { isOffloading, toOffloading } from './offloading';
import { pruningDisabledBy } from './pruning';

const skipsWebhook = (manifest: Manifest) => labelsOf(manifest).get(WEBHOOK_SKIP_LABEL) === 'true';

/** Whether the object can be created (pkg/webhooks/namespaceoffloading, handleCreate). */
export function acceptsCreate(manifest: Manifest): boolean {
  if (schemaProblems(manifest).length > 0) return false;
  if (!isOffloading(manifest) || skipsWebhook(manifest)) return true;
  const { mapping, remoteNamespaceName } = toOffloading(manifest);
  return manifest.name === OFFLOADING_NAME && (mapping !== 'SelectedName' || remoteNamespaceName !== '');
}

/**
 * Whether the one form of an object can be updated to the other (pkg/webhooks/namespaceoffloading, handleUpdate; a
 * RuntimeClass's handler is immutable). The webhook is left out only where both forms carry the label that skips it: its
 * objectSelector is asked about either.
 */
export function acceptsUpdate(was: Manifest, is: Manifest): boolean {
  if (schemaProblems(is).length > 0) return false;
  if (!isOffloading(is)) return sameJson(valueAt(was.body, 'handler'), valueAt(is.body, 'handler'));
  if (skipsWebhook(was) && skipsWebhook(is)) return true;
  const [old, now] = [toOffloading(was), toOffloading(is)];
  return (
    is.name === OFFLOADING_NAME &&
    old.mapping === now.mapping &&
    old.remoteNamespaceName === now.remoteNamespaceName
  );
}

/** What a cluster holds of an object. */
export interface Accepted {
  /** Undefined where the object is not there. */
  readonly manifest: Manifest | undefined;
  /** The commit that made it so. */
  readonly commit: string | undefined;
  /** The first commit since then that the cluster refused. */
  readonly refused: string | undefined;
}

const NOTHING: Accepted = { manifest: undefined, commit: undefined, refused: undefined };

/** The one form that a commit declares; undefined where it is in doubt which one is applied, or how. */
function declared({ manifests }: Step): Manifest | undefined {
  const [first] = manifests;
  const clear =
    first !== undefined &&
    manifests.every(({ body }) => sameJson(body, first.body)) &&
    forcedBy(first) === undefined;
  return clear ? first : undefined;
}

/** Goes on from what the cluster held by what a commit declares. Undefined: it cannot be known. */
function next(held: Accepted | undefined, step: Step, previous: Step | undefined): Accepted | undefined {
  if (step.manifests.length === 0) {
    // What is kept from pruning stays as it is; what nobody saw before may have been kept as well.
    const kept = previous?.manifests.some((one) => pruningDisabledBy(one) !== undefined) ?? true;
    return kept ? held : { ...NOTHING, commit: step.commit };
  }
  const wanted = declared(step);
  if (held === undefined || wanted === undefined) return undefined;
  const fits = held.manifest === undefined ? acceptsCreate(wanted) : acceptsUpdate(held.manifest, wanted);
  if (fits) return { manifest: wanted, commit: step.commit, refused: undefined };
  return { ...held, refused: held.refused ?? step.commit };
}

/**
 * What the cluster holds of an object, every commit of the branch having been applied in turn.
 * @param steps the newest first
 * @param complete whether the object did not exist before the oldest of them
 * @returns undefined where the steps do not tell
 */
export function lastAccepted(steps: readonly Step[], complete: boolean): Accepted | undefined {
  let held = complete ? NOTHING : undefined;
  let previous: Step | undefined;
  for (const step of steps.toReversed()) {
    held = next(held, step, previous);
    previous = step;
  }
  return held;
}
