// Where somebody went past the judge, the baseline branch holds what the cluster refused, and an update is an update of
// what it accepted last. Then that is the old side.
import type { Past, ReadPast } from '../manifests/history';
import { identityOf, type Manifest } from '../manifests/manifest';
import { acceptsCreate, acceptsUpdate, lastAccepted, type Accepted } from './acceptance';
import { State, updated, type Change, type Restored } from './state';

export interface Restoration extends Change {
  /** Objects, by identity, of which the history does not tell what is deployed. */
  readonly cut: ReadonlyMap<string, NonNullable<Past['cut']>>;
}

/** Updates that are refused, of objects that either side declares once. */
function refusedUpdates({ before, after }: Change): { was: Manifest; is: Manifest }[] {
  const candidates = [...after.offloadings.map(({ manifest }) => manifest), ...after.runtimeClasses];
  const once = (state: State, one: Manifest) => state.byIdentity.get(identityOf(one))?.length === 1;
  return updated(before, candidates).filter(
    ({ was, is }) => once(before, was) && once(after, is) && !acceptsUpdate(was, is),
  );
}

const accepts = ({ manifest }: Accepted, is: Manifest) =>
  manifest === undefined ? acceptsCreate(is) : acceptsUpdate(manifest, is);

/** Puts what the cluster accepted last in the place of what it refused, where the change fits that. */
export function restore(change: Change, readPast: ReadPast | undefined): Restoration {
  const refused = refusedUpdates(change);
  if (refused.length === 0 || readPast === undefined)
    return { before: change.before, after: change.after, restored: [], cut: new Map() };
  const { steps, complete, cut } = readPast(refused.map(({ is }) => is));
  const unknown = new Map<string, NonNullable<Past['cut']>>();
  const restored = refused.flatMap(({ is }): Restored[] => {
    const identity = identityOf(is);
    const held = lastAccepted(steps.get(identity) ?? [], complete);
    if (held === undefined && cut !== undefined) unknown.set(identity, cut);
    return held?.refused === undefined || !accepts(held, is)
      ? []
      : [{ is, accepted: held.manifest, commit: held.commit, refused: held.refused }];
  });
  if (restored.length === 0) return { before: change.before, after: change.after, restored, cut: unknown };
  const replaced = new Set(restored.map(({ is }) => identityOf(is)));
  const kept = change.before.manifests.filter((one) => !replaced.has(identityOf(one)));
  const before = new State([...kept, ...restored.flatMap(({ accepted }) => accepted ?? [])]);
  return { before, after: change.after, restored, cut: unknown };
}
