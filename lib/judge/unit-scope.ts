// The units that a check is about: those in the judged folder, and those that apply something in it.
import type { DeclaredUnit } from '../manifests/engines/declared-units';
import { fileOf } from '../manifests/manifest';
import type { Facts } from './rule';
import type { Change } from './state';

/** Whether a unit, or the source object that it reads from, is in the judged folder. */
export const isJudged = ({ declared, from }: DeclaredUnit, { view }: Pick<Facts, 'view'>): boolean =>
  [declared, from?.declared].some((one) => one !== undefined && view.before.covers(fileOf(one)));

/** @param forms the forms of one unit on either side */
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
