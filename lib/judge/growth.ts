// Whether an existing problem has grown: it then counts as new, and blocks the change that makes it worse.
import { EVERYTHING, isSubset, type Selection } from '../selector/algebra';
import { EVERY_VIRTUAL_NODE } from './cluster-impact';
import { groupBy } from '../manifests/group';
import type { Problem } from './rule';

/** Equal for the same problem on both sides of a change. */
const fingerprint = ({ namespace, message }: Problem) => `${namespace ?? ''}|${message}`;

const either = (a: Selection, b: Selection): Selection =>
  a === EVERYTHING || b === EVERYTHING ? EVERYTHING : [...a, ...b];

/** Whether the problem affects no cluster that the old one did not; undecided counts as no. */
function isNoWorse(now: Problem, old: Problem): boolean {
  const { reach, clusters = [] } = now;
  if (!clusters.every((id) => old.clusters?.includes(id) === true)) return false;
  if (reach === undefined || old.reach === undefined) return reach === old.reach;
  if (JSON.stringify(reach) === JSON.stringify(old.reach)) return true;
  const covered = either(old.reach.selected, reach.allowed);
  return isSubset(reach.selected, covered, { facts: EVERY_VIRTUAL_NODE }).answer === 'yes';
}

/** @returns whether a problem of the new side was there before, and has not grown */
export function amongOld(old: readonly Problem[]): (problem: Problem) => boolean {
  const known = groupBy(old, fingerprint);
  return (problem) => known.get(fingerprint(problem))?.some((one) => isNoWorse(problem, one)) === true;
}
