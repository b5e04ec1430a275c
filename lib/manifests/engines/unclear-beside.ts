// Kustomizations beside the judged folder of which nobody can tell what they make of it: of an overlay that takes in what lies
// in it, or of the units that apply it.
import { dirname } from 'node:path/posix';
import { OFFLOADING_KIND } from '../../liqo/constants';
import { fileOf, type Manifest } from '../manifest';
import type { DeclaredUnit, DeclaredUnits } from './declared-units';
import type { Kustomization } from './kustomization';
import type { KustomizeBuild, Unclear } from './kustomize-build';
import { isChart, isOverride } from './steering-files';

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

const objectsOf = ({ units, manifests }: Judged): Manifest[] => [
  ...new Set(
    [...concerned(units, [...new Set(manifests.map(fileOf))], new Set())].map(({ declared }) => declared),
  ),
];

/** What Argo CD runs, or is told, in the folders that units are applied from. */
function overrides({ units, covers }: Judged, objects: readonly Manifest[]): Unclear[] {
  const folders = new Set(
    objects.flatMap((one) => {
      const appliers = units.applying(fileOf(one));
      if (appliers.length === 0) return one.kind.startsWith('Application') ? [dirname(fileOf(one))] : [];
      const ofArgoCD = appliers.filter(({ engine }) => engine === 'argocd');
      return ofArgoCD.flatMap((unit) => unit.folders.map(({ folder }) => folder));
    }),
  );
  return units.reach.steering
    .filter(({ path }) => folders.has(dirname(path)) && (isChart(path) || isOverride(path)) && !covers(path))
    .map(({ path: file, text }) => ({
      ...{ file, why: 'this file changes what Argo CD renders from its folder', state: text },
      render: 'argocd app manifests',
    }));
}

/** The kustomizations that objects pass through, with the kinds of these. */
function passed({ units, covers }: Judged, objects: readonly Manifest[]): [Kustomization, string][] {
  const through = (build: KustomizeBuild, path: string, kinds: readonly string[]) =>
    build
      .chainOf(path)
      .filter(({ file }) => !covers(file))
      .flatMap((one) => kinds.map((kind): [Kustomization, string] => [one, kind]));
  const own = buildsOf(units, units.all).flatMap((build) =>
    [...build.takenIn].filter(covers).flatMap((path) => through(build, path, VITAL)),
  );
  const ofUnits = objects.flatMap((one) => {
    const builds = buildsOf(units, units.applying(fileOf(one)));
    const any = builds.length === 0 ? [units.reach.anywhere()] : builds;
    return any.flatMap((build) => through(build, fileOf(one), [one.kind]));
  });
  return [...own, ...ofUnits];
}

export function unclearBeside(judged: Judged): Unclear[] {
  const { units, texts } = judged;
  if (units.isEmpty || units.reach.steering.length === 0) return [];
  const objects = objectsOf(judged);
  const kinds = new Map<Kustomization, Set<string>>();
  for (const [one, kind] of units.reach.isPlain ? [] : passed(judged, objects))
    kinds.set(one, (kinds.get(one) ?? new Set()).add(kind));
  const changed = [...kinds].flatMap(([one, of]) => {
    const { why, state } = one.unclearFor([...of]) ?? {};
    if (why === undefined) return [];
    const parts = texts(one.parts).map(({ path, text }) => `${path}\n${text.replaceAll('\r\n', '\n')}`);
    return [{ file: one.file, why, state: JSON.stringify([state, ...parts.sort()]) }];
  });
  return [...changed, ...overrides(judged, objects)];
}
