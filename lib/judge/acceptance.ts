// What the API server and Liqo's webhook accept, and so what a cluster holds after a history of manifests.
import { OFFLOADING_NAME, WEBHOOK_SKIP_LABEL } from '../liqo/constants';
import type { Step } from '../manifests/history';
import { labelsOf, sameJson, valueAt, type Manifest } from '../manifests/manifest';
import { schemaProblems } from '../manifests/schema';
import { isOffloading, toOffloading } from './offloading';
import type { Facts } from './rule';
import { pruningDelayedBy, pruningDisabledBy, steeredBy } from '../manifests/engines/signs';

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
 * RuntimeClass's handler is immutable). The webhook is skipped only if both forms carry the label that skips it: its
 * objectSelector is evaluated for either.
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
  /** Undefined if the object does not exist. */
  readonly manifest: Manifest | undefined;
  /** The commit with that form. */
  readonly commit: string | undefined;
  /** The first commit since then that the cluster refused. */
  readonly refused: string | undefined;
}

const NOTHING: Accepted = { manifest: undefined, commit: undefined, refused: undefined };

/** The one form that a commit declares; undefined if it is unclear which one is applied, or whether any is. */
function declared({ manifests, doubtful }: Step): Manifest | undefined {
  const [first] = manifests;
  const clear =
    first !== undefined &&
    doubtful !== true &&
    manifests.every(({ body }) => sameJson(body, first.body)) &&
    steeredBy(first) === undefined;
  return clear ? first : undefined;
}

/** What the cluster holds after one more commit. Undefined: unknown. */
function next(held: Accepted | undefined, step: Step, engines: Facts['engines']): Accepted | undefined {
  if (step.manifests.length === 0) {
    // The live object decides whether it is pruned.
    const live = held?.manifest;
    if (held === undefined || step.doubtful === true) return undefined;
    if (live === undefined) return { ...NOTHING, commit: step.commit };
    if (pruningDisabledBy(live, engines) !== undefined) return held;
    const doubt = steeredBy(live) ?? pruningDelayedBy(live);
    return doubt === undefined ? { ...NOTHING, commit: step.commit } : undefined;
  }
  const wanted = declared(step);
  if (held === undefined || wanted === undefined) return undefined;
  const fits = held.manifest === undefined ? acceptsCreate(wanted) : acceptsUpdate(held.manifest, wanted);
  if (fits) return { manifest: wanted, commit: step.commit, refused: undefined };
  return { ...held, refused: held.refused ?? step.commit };
}

/** Assumes that the cluster accepted the oldest step: good enough for a warning. */
export function assumed({ manifests: [manifest], commit }: Step): Accepted {
  return { manifest, commit, refused: undefined };
}

/**
 * The form of an object that the cluster holds if every commit of the branch was applied in turn.
 * @param steps the newest first
 * @param engines those that apply it, if known
 * @param begin what it held before the oldest of them; by default the object did not exist
 * @returns undefined if the steps do not show it
 */
export function lastAccepted(
  steps: readonly Step[],
  engines: Facts['engines'],
  begin: Accepted = NOTHING,
): Accepted | undefined {
  return steps.toReversed().reduce<Accepted | undefined>((held, step) => next(held, step, engines), begin);
}

/**
 * Whether a Namespace was gone while an object in it was declared: then Kubernetes deleted the object, and it is unknown
 * when it came back.
 */
export function namespaceWasGone(namespace: readonly Step[], steps: readonly Step[]): boolean {
  return namespace.some(({ age, manifests }, i) => {
    const existed = namespace[i + 1]?.manifests ?? [];
    const declaredThen = steps.find((step) => step.age >= age)?.manifests ?? [];
    return manifests.length === 0 && existed.length > 0 && declaredThen.length > 0;
  });
}
