// Kustomizations beside the judged folder of which nobody can tell what they make of it: of an overlay that takes in what lies
// in it, or of the units that apply it.
import { OFFLOADING_KIND } from '../../liqo/constants';
import { fileOf, type Manifest } from '../manifest';
import type { DeclaredUnit, DeclaredUnits } from './declared-units';
import type { Kustomization } from './kustomization';
import type { KustomizeBuild, Unclear } from './kustomize-build';

export interface Judged {
  readonly units: DeclaredUnits;
  /** What lies in the judged folder. */
  readonly manifests: readonly Manifest[];
  /** Whether a path lies in it. */
  readonly covers: (path: string) => boolean;
  /** Texts of files anywhere in the repository; of those that are not there none. */
  readonly texts: (paths: readonly string[]) => readonly { readonly path: string; readonly text: string }[];
}

const VITAL = ['Namespace', OFFLOADING_KIND];

/** The units that apply some of the files, those that apply these, and so on. */
function concerned(units: DeclaredUnits, files: readonly string[], known: ReadonlySet<DeclaredUnit>) {
  const found = new Set(files.flatMap((file) => units.applying(file)).filter((unit) => !known.has(unit)));
  if (found.size === 0) return known;
  const above = [...found].map(({ declared }) => fileOf(declared));
  return concerned(units, above, new Set([...known, ...found]));
}

const buildsOf = ({ reach }: DeclaredUnits, all: readonly DeclaredUnit[]): KustomizeBuild[] =>
  all.flatMap(({ engine, folders }) => folders.map(({ folder }) => reach.from(engine, folder)));

/** The kustomizations that objects pass through, with the kinds of these. */
function passed({ units, manifests, covers }: Judged): [Kustomization, string][] {
  const through = (build: KustomizeBuild, path: string, kinds: readonly string[]) =>
    build
      .chainOf(path)
      .filter(({ file }) => !covers(file))
      .flatMap((one) => kinds.map((kind): [Kustomization, string] => [one, kind]));
  const own = buildsOf(units, units.all).flatMap((build) =>
    [...build.takenIn].filter(covers).flatMap((path) => through(build, path, VITAL)),
  );
  const files = [...new Set(manifests.map(fileOf))];
  const objects = [...concerned(units, files, new Set())].map(({ declared }) => declared);
  const ofUnits = objects.flatMap((one) => {
    const builds = buildsOf(units, units.applying(fileOf(one)));
    const any = builds.length === 0 ? [units.reach.anywhere()] : builds;
    return any.flatMap((build) => through(build, fileOf(one), [one.kind]));
  });
  return [...own, ...ofUnits];
}

export function unclearBeside(judged: Judged): Unclear[] {
  if (judged.units.isEmpty || judged.units.reach.isPlain) return [];
  const kinds = new Map<Kustomization, Set<string>>();
  for (const [one, kind] of passed(judged)) kinds.set(one, (kinds.get(one) ?? new Set()).add(kind));
  return [...kinds].flatMap(([one, of]) => {
    const { why, state } = one.unclearFor([...of]) ?? {};
    if (why === undefined) return [];
    const parts = judged
      .texts(one.parts)
      .map(({ path, text }) => `${path}\n${text.replaceAll('\r\n', '\n')}`);
    return [{ file: one.file, why, state: JSON.stringify([state, ...parts.sort()]) }];
  });
}
