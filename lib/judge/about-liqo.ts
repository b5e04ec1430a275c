// Whether anything that is judged has to do with Liqo. Virtual nodes of other makers, and tolerations of everything, are common
// in repositories that have never heard of it.
import type { Facts } from './rule';
import type { State } from './state';

const known = new WeakMap<State, boolean>();

/** Whether a state, or what is known beside it, says anything of Liqo. */
export function isAboutLiqo(state: State, facts: Facts): boolean {
  const { consumer, configured, inventories, beside } = facts;
  if (consumer !== undefined || configured.size > 0) return true;
  // Of a baseline without an inventory, nothing is known: that is an empty one.
  if (inventories.after !== undefined || (inventories.before?.providers ?? []).length > 0) return true;
  const found = known.get(state) ?? state.manifests.some(({ source }) => /liqo/i.test(source.text));
  known.set(state, found);
  return found || (beside?.().after.offloadings.length ?? 0) > 0;
}
