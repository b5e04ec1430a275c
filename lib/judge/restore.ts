// If a change was merged against the judge, the baseline holds an object that the cluster refused. The old side is then
// the form that the cluster accepted last.
import type { Past, ReadPast } from '../manifests/history';
import { identityOf, type Manifest, type ObjectKey } from '../manifests/manifest';
import { acceptsCreate, acceptsUpdate, lastAccepted, namespaceWasGone, type Accepted } from './acceptance';
import type { Facts } from './rule';
import { pruningDisabledBy } from '../manifests/engines/signs';
import { State, updated, type Change, type Restored } from './state';

export interface Restoration extends Change {
  /** Objects, by identity, whose deployed form the history does not show. */
  readonly cut: ReadonlyMap<string, NonNullable<Past['cut']>>;
}

const once = (state: State, one: Manifest) => state.byIdentity.get(identityOf(one))?.length === 1;

/** Refused updates of objects that both sides declare once. */
function refusedUpdates({ before, after }: Change): Manifest[] {
  const candidates = [...after.offloadings.map(({ manifest }) => manifest), ...after.runtimeClasses];
  return updated(before, candidates)
    .filter(({ was, is }) => once(before, was) && once(after, is) && !acceptsUpdate(was, is))
    .map(({ is }) => is);
}

/** Removed offloadings with an annotation that keeps them, which the cluster may have refused with the rest. */
function keptRemovals({ before, after }: Change, engines: Facts['engines']): Manifest[] {
  return before.offloadings
    .map(({ manifest }) => manifest)
    .filter((one) => !after.has(one) && once(before, one) && pruningDisabledBy(one, engines) !== undefined);
}

const namespaceOf = ({ namespace: name }: Manifest): ObjectKey[] =>
  name === '' ? [] : [{ apiVersion: 'v1', kind: 'Namespace', namespace: '', name }];

/** The form of an object that the cluster holds; undefined if its past does not show it. */
function heldOf(one: Manifest, { steps, complete }: Past, engines: Facts['engines']): Accepted | undefined {
  const [own = [], namespace = []] = [one, ...namespaceOf(one)].map((wanted) =>
    steps.get(identityOf(wanted)),
  );
  return complete && !namespaceWasGone(namespace, own) ? lastAccepted(own, engines) : undefined;
}

const accepts = ({ manifest }: Accepted, is: Manifest) =>
  manifest === undefined ? acceptsCreate(is) : acceptsUpdate(manifest, is);

/** Replaces a refused form with the one that the cluster accepted last, if the change is a valid update of that. */
export function restore(
  { before, after }: Change,
  readPast: ReadPast | undefined,
  engines: Facts['engines'],
): Restoration {
  const refused = refusedUpdates({ before, after });
  const removed = keptRemovals({ before, after }, engines);
  const cut = new Map<string, NonNullable<Past['cut']>>();
  if (refused.length + removed.length === 0 || readPast === undefined)
    return { before, after, restored: [], cut };
  const past = readPast([...refused, ...removed].flatMap((one) => [one, ...namespaceOf(one)]));
  const restored = refused.flatMap((is): Restored[] => {
    const held = heldOf(is, past, engines);
    if (held === undefined && past.cut !== undefined) cut.set(identityOf(is), past.cut);
    return held?.refused === undefined || !accepts(held, is)
      ? []
      : [{ is, accepted: held.manifest, commit: held.commit, refused: held.refused }];
  });
  const replaced = new Map(restored.map(({ is, accepted }) => [identityOf(is), accepted]));
  for (const one of removed) {
    const held = heldOf(one, past, engines);
    if (held?.refused !== undefined) replaced.set(identityOf(one), held.manifest);
  }
  if (replaced.size === 0) return { before, after, restored, cut };
  const kept = before.manifests.filter((one) => !replaced.has(identityOf(one)));
  const live = [...replaced.values()].flatMap((one) => one ?? []);
  return { before: new State([...kept, ...live], before.beside), after, restored, cut };
}
