// Objects of cases as the judge sees them.
import { State } from '../../../lib/judge/state';
import type { JsonObject, Manifest } from '../../../lib/manifests/manifest';
import { manifests } from '../../judge/given';

export const manifestsOf = (objects: readonly (JsonObject | undefined)[]): Manifest[] =>
  objects.flatMap((one) => (one === undefined ? [] : manifests(JSON.stringify(one), 'given.json')));

/** A state of nothing, or of one NamespaceOffloading. */
export function stateOf(object: JsonObject | undefined): State {
  const state = new State(manifestsOf([object]));
  if (state.offloadings.length !== (object === undefined ? 0 : 1)) throw new Error('no NamespaceOffloading');
  return state;
}
