// The units of both sides, and what the repository has beside the judged folder for them to apply.
import { join } from 'node:path';
import type { Facts } from '../judge/rule';
import { State } from '../judge/state';
import type { Baseline } from '../manifests/baseline';
import { UNIT_FOLDERS } from '../manifests/dist';
import { isOfUnits, UNIT_SIGNS } from '../manifests/engines/declared-units';
import { kindOnDisk, readFile } from '../manifests/folder';
import type { KnownTexts } from '../manifests/known';
import type { Manifest } from '../manifests/manifest';
import {
  homesOf,
  NAMESPACE_SIGNS,
  namespacesIn,
  unitsIn,
  unreadSince,
  type Searched,
} from '../manifests/unit-search';
import { isOurs } from '../manifests/write';
import type { Checkout } from './checkout';

/** The new side, but for the judged folder. */
const besideFolder = ({ checkout: { top, manifestsWith }, isJudged }: Place): Searched => ({
  holding: (texts, all) =>
    manifestsWith(texts, all)
      .filter((path) => !isJudged(path) && kindOnDisk(join(top, path)) === 'file')
      .map((path) => ({ path, text: readFile(join(top, path)).toString() })),
});

interface Place {
  readonly checkout: Checkout;
  readonly known: KnownTexts;
  /** Whether a path from the root of the repository lies in the judged folder. */
  readonly isJudged: (path: string) => boolean;
}

/** The units of the work tree: those of the judged side, and whatever else is found. */
export function unitsNow(
  side: { readonly manifests: readonly Manifest[]; readonly units: readonly Manifest[] },
  then: readonly Manifest[],
  place: Place,
): Manifest[] {
  const { checkout, known } = place;
  const own = [...side.units, ...side.manifests.filter(isOfUnits)];
  const { prefix } = checkout;
  const isUnit = (path: string) => UNIT_FOLDERS.some((folder) => path.startsWith(`${prefix}${folder}/`));
  const files = besideFolder(place)
    .holding(UNIT_SIGNS)
    .filter(({ path, text }) => !(isUnit(path) && isOurs(path.slice(prefix.length), Buffer.from(text))));
  return [...own, ...unitsIn(files, known), ...unreadSince(then, files, known)];
}

/** The Namespaces that the units of both sides live in, on the new one. */
export function homesNow(
  units: readonly Manifest[],
  { manifests }: { readonly manifests: readonly Manifest[] },
  place: Place,
): Manifest[] {
  const names = new Set(units.map(({ namespace }) => namespace));
  const own = manifests.filter(({ kind, name }) => kind === 'Namespace' && names.has(name));
  return [...own, ...homesOf(units, besideFolder(place), place.known)];
}

/** Undefined where nothing else is known of the repository. */
export function besideOf({ namespaces }: Baseline, place: Place): Facts['beside'] {
  if (namespaces === undefined) return undefined;
  const { known, isJudged } = place;
  let read: ReturnType<NonNullable<Facts['beside']>> | undefined;
  const isBeside = ({ source }: Manifest) => !isJudged(source.file);
  return () =>
    (read ??= {
      before: new State(namespaces().filter(isBeside)),
      after: new State(namespacesIn(besideFolder(place).holding(NAMESPACE_SIGNS), known)),
    });
}
