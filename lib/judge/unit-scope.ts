// Which units a check is about: those that lie in the judged folder, and those that apply something in it.
import type { DeclaredUnit } from '../manifests/engines/declared-units';
import { fileOf } from '../manifests/manifest';
import type { Facts } from './rule';
import type { Change } from './state';

/** Whether a unit lies in the judged folder, or the object that says where it has its files from. */
export const isJudged = ({ declared, from }: DeclaredUnit, { view }: Pick<Facts, 'view'>): boolean =>
  [declared, from?.declared].some((one) => one !== undefined && view.before.covers(fileOf(one)));

/** @param forms of one unit, on either side */
export function isConcerned(
  forms: readonly DeclaredUnit[],
  { before, after }: Change,
  facts: Pick<Facts, 'view' | 'units'>,
): boolean {
  if (forms.some((one) => one.isOfAnotherName !== true && isJudged(one, facts))) return true;
  const { units } = facts;
  const sides = [
    [units.before, before],
    [units.after, after],
  ] as const;
  return sides.some(([side, { manifests }]) =>
    manifests.some((one) => side.applying(fileOf(one)).some((unit) => forms.includes(unit))),
  );
}
