// Whether anything that is judged concerns Liqo. Virtual nodes of other projects, and tolerations of everything, are common
// in repositories that do not use Liqo.
import type { Facts } from './rule';
import type { State } from './state';

const known = new WeakMap<State, boolean>();

/** Whether a state, or the facts beside it, mention Liqo. */
export function isAboutLiqo(state: State, facts: Facts): boolean {
  const { consumer, configured, inventories, beside } = facts;
  if (consumer !== undefined || configured.size > 0) return true;
  // A baseline without an inventory has an empty one.
  if (inventories.after !== undefined || (inventories.before?.providers ?? []).length > 0) return true;
  const found = known.get(state) ?? state.manifests.some(({ source }) => /liqo/i.test(source.text));
  known.set(state, found);
  return found || (beside?.().after.offloadings.length ?? 0) > 0;
}
