// What happens to a deployed object that is removed from Git, by the units that apply it.
import type { DeclaredUnit } from '../manifests/engines/declared-units';
import type { Engine } from '../manifests/engines/engines';
import { fileOf, type Manifest } from '../manifests/manifest';
import type { Facts } from './rule';
import { keptAfter, keptFrom, pruningDisabledBy } from '../manifests/engines/signs';
import { fateOf } from './unit-fate';

/** What keeps an object that its unit loses. The unit may reconcile the change in its old form, its new form, or both. */
function keeperIn(unit: DeclaredUnit, deployed: Manifest, facts: Pick<Facts, 'units'>): string | undefined {
  const { form } = fateOf(unit, facts);
  const own = keptFrom(unit.engine, deployed);
  if (form === undefined && unit.isSuspended) return `suspend: true of the ${unit.title}`;
  if (form === undefined && unit.deletes)
    return keptAfter(unit.engine, deployed) === undefined ? undefined : own;
  const prunes = unit.prunes !== 'never' || (form !== undefined && form.prunes !== 'never');
  return own ?? (prunes ? undefined : `prune: false of the ${unit.title}`);
}

/** The units that certainly applied an object, without those that an ApplicationSet may or may not generate. */
const appliersOf = (deployed: Manifest, { units }: Pick<Facts, 'units'>) =>
  units.before.applying(fileOf(deployed)).filter(({ isPerhaps }) => isPerhaps !== true);

/** What keeps an object that an engine no longer finds; undefined if nothing does. */
export function keeperFrom(
  engine: Engine,
  deployed: Manifest,
  facts: Pick<Facts, 'units'>,
): string | undefined {
  const applying = appliersOf(deployed, facts).filter((unit) => unit.engine === engine);
  if (applying.length === 0) return keptFrom(engine, deployed);
  const keepers = applying.map((unit) => keeperIn(unit, deployed, facts));
  return keepers.includes(undefined) ? undefined : keepers[0];
}

/**
 * What keeps a deployed object that is removed from Git; undefined if nothing does: an annotation that every engine reads
 * that applies it, or a Kustomization that does not prune.
 */
export function keeperOf(deployed: Manifest, facts: Pick<Facts, 'engines' | 'units'>): string | undefined {
  const applying = appliersOf(deployed, facts);
  if (applying.length === 0) return pruningDisabledBy(deployed, facts.engines);
  const keepers = applying.map((unit) => keeperIn(unit, deployed, facts));
  return keepers.includes(undefined) ? undefined : keepers[0];
}
