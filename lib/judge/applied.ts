// Of an object that Git declares several times, the copies that an engine applies: the others are no part of what is deployed.
import { ENGINES, type Engine } from '../manifests/engines/engines';
import type { Manifest } from '../manifests/manifest';
import { fileOf } from './removal';
import type { Facts } from './rule';
import { State } from './state';
import { notAppliedBy } from '../manifests/engines/signs';

type Side = 'before' | 'after';

function applies(engine: Engine, manifest: Manifest, facts: Facts, side: Side): boolean {
  const file = fileOf(manifest);
  const isFetched = engine !== 'flux' || facts.artifact[side](file) === undefined;
  const isTakenIn = facts.tools[side].leftOutBy(engine, file) === undefined;
  return isFetched && isTakenIn && notAppliedBy(engine, manifest) === undefined;
}

/** The state without copies of objects that are not applied where they lie, as long as others are. */
export function appliedOf(state: State, facts: Facts, side: Side): State {
  const engines = facts.engines.length > 0 ? facts.engines : ENGINES;
  const dropped = new Set(
    [...state.byIdentity.values()].flatMap((all) => {
      if (all.length < 2) return [];
      const left = all.filter((one) => !engines.every((engine) => applies(engine, one, facts, side)));
      return left.length < all.length ? left : [];
    }),
  );
  if (dropped.size === 0) return state;
  return new State(state.manifests.filter((one) => !dropped.has(one)));
}
