// The engines' own objects as Git declares them: which files an Application or a Kustomization applies, and what it deletes.
import { dirname } from 'node:path/posix';
import { groupBy } from '../group';
import { fileOf, identityOf, type Manifest } from '../manifest';
import { RepositoryFiles } from './application-set';
import {
  applicationSetUnits,
  applicationUnit,
  isApplication,
  isApplicationSet,
  leavesWhatItMade,
  policyOf,
} from './argo-unit';
import { foldersOf, holds, isPicked, type DeclaredUnit, type UnitFolder } from './declared-unit';
import { isKustomizationUnit, isSource, kustomizationUnits } from './flux-unit';
import { ENGINES } from './engines';
import { Reach } from './reach';
import { notAppliedBy } from './signs';
import type { SteeringFile } from './steering-files';

export { foldersOf, holds, type DeclaredUnit, type UnitFolder } from './declared-unit';

/** What the units of one side are read with. */
export interface UnitContext {
  /** The URLs of this repository, as far as they are known. */
  readonly urls?: readonly string[];
  /** What steers engines, anywhere in the repository. */
  readonly steering?: readonly SteeringFile[];
  /** What generators of ApplicationSets find. */
  readonly files?: RepositoryFiles;
}

const NO_FILES = new RepositoryFiles(
  () => [],
  () => [],
);

/** What stands in a manifest of a unit, or of a source of Flux. */
export const UNIT_SIGNS: readonly string[] = [
  'argoproj.io/v1alpha1',
  'kustomize.toolkit.fluxcd.io/v1',
  'source.toolkit.fluxcd.io/v1',
];

/** Whether an object is a unit, or says where one has its files from. */
export const isOfUnits = (one: Manifest): boolean =>
  [isApplication, isApplicationSet, isKustomizationUnit, isSource].some((is) => is(one));

/**
 * The units of one state of a repository.
 * Sources: argo-cd reposerver/repository (findManifests), docs/user-guide/app_deletion.md;
 * kustomize-controller internal/controller (finalizerShouldDeleteResources); fluxcd/pkg kustomize (scanManifests).
 */
export class DeclaredUnits {
  readonly all: readonly DeclaredUnit[];
  private readonly applied: readonly DeclaredUnit[];
  private readonly byId: ReadonlyMap<string, readonly DeclaredUnit[]>;
  private readonly byFolder: ReadonlyMap<string, readonly { unit: DeclaredUnit; at: UnitFolder }[]>;
  readonly reach: Reach;
  /** The Namespaces that units live in, by name. */
  readonly homes: ReadonlyMap<string, readonly Manifest[]>;
  private readonly sets: ReadonlyMap<string, Manifest>;
  private takenBy: ReadonlyMap<string, readonly { unit: DeclaredUnit }[]> | undefined;

  /** @param given other objects among them are passed over */
  constructor(given: readonly Manifest[], { urls = [], steering = [], files = NO_FILES }: UnitContext = {}) {
    const manifests = given.filter(({ name }) => name !== ''); // no API server takes the others
    const sources = manifests.filter(isSource);
    this.sets = new Map(manifests.filter(isApplicationSet).map((one) => [identityOf(one), one]));
    this.all = [
      ...manifests.flatMap((one) => {
        if (isApplication(one)) return [applicationUnit(one, urls)];
        return isKustomizationUnit(one) ? kustomizationUnits(one, sources, urls) : [];
      }),
      ...manifests.filter(isApplicationSet).flatMap((one) => applicationSetUnits(one, { urls, files })),
    ];
    this.byId = groupBy(this.all, ({ id }) => id);
    this.applied = this.all.filter(({ isElsewhere }) => isElsewhere !== true);
    const placed = this.applied.flatMap((unit) => unit.folders.map((at) => ({ unit, at })));
    this.byFolder = groupBy(placed, ({ at }) => at.folder);
    this.reach = new Reach(steering);
    this.homes = groupBy(
      manifests.filter(({ kind }) => kind === 'Namespace'),
      ({ name }) => name,
    );
  }

  /** Whether none has its files from this repository. */
  get isEmpty(): boolean {
    return this.applied.length === 0;
  }

  /** The forms of a unit that this state declares. */
  formsOf({ id }: DeclaredUnit): readonly DeclaredUnit[] {
    return this.byId.get(id) ?? [];
  }

  /** The ApplicationSet that made a unit, as this state declares it, whatever it makes now. */
  setOf({ declared, isOfSet }: DeclaredUnit): Manifest | undefined {
    return isOfSet === true ? this.sets.get(identityOf(declared)) : undefined;
  }

  /**
   * The units that apply a file: what lies in a folder of theirs, and what the kustomization there takes in from elsewhere.
   * Flux applies all that lies below its path, an Application the files of a folder, and deeper where it says so. A unit of a
   * repository with another name counts where no other one applies the file: a strange path that is called as one of ours
   * mostly has a unit of ours as well, and the units of a renamed repository have no others beside them.
   */
  applying(file: string): DeclaredUnit[] {
    const all = this.reaching(file).filter((unit) => this.finds(unit, file));
    const named = all.filter(({ isOfAnotherName }) => isOfAnotherName !== true);
    return named.length > 0 ? named : all;
  }

  /** Whether a unit, in the form of either side, finds a file of this state. */
  finds({ engine, folders }: DeclaredUnit, file: string): boolean {
    return folders.some((at) => this.reach.finds(engine, at.folder, file, holds(at, file)));
  }

  /** Whether a unit is known that an object would have to reach the cluster by, seeing where it lies. */
  isReached(one: Manifest): boolean {
    return this.reaching(fileOf(one)).length > 0;
  }

  /** Whether an engine applies an object where it lies; of one that no unit reaches, whether nothing speaks against it. */
  isApplied(one: Manifest): boolean {
    const file = fileOf(one);
    const isTaken = ({ engine }: Pick<DeclaredUnit, 'engine'>) => notAppliedBy(engine, one) === undefined;
    if (this.isReached(one)) return this.applying(file).some(isTaken);
    const engine = one.kind.startsWith('Application') ? 'argocd' : 'flux';
    return ENGINES.every((each) => isTaken({ engine: each })) && this.reach.findsAnywhere(engine, file);
  }

  /** The units in whose folders a file lies, and those that take it in from elsewhere. */
  private reaching(file: string): DeclaredUnit[] {
    const placed = foldersOf(file).flatMap((folder) =>
      (this.byFolder.get(folder) ?? []).filter(({ at }) => isPicked(at, file)).map(({ unit }) => unit),
    );
    const taken = this.takingIn().get(file) ?? [];
    return [...new Set([...placed, ...taken.map(({ unit }) => unit)])];
  }

  /** By file, the units whose kustomization takes it in. */
  private takingIn() {
    return (this.takenBy ??= groupBy(
      this.applied.flatMap((unit) =>
        unit.folders.flatMap(({ folder }) =>
          this.reach.takenIn(unit.engine, folder).map((file) => ({ file, unit })),
        ),
      ),
      ({ file }) => file,
    ));
  }
}

/** Whether two declarations lie in one place, as far as the paths of their files tell. */
const isBeside = (one: DeclaredUnit, other: DeclaredUnit) =>
  dirname(one.declared.source.file) === dirname(other.declared.source.file);

const isSameFile = (one: DeclaredUnit, other: DeclaredUnit) =>
  one.declared.source.file === other.declared.source.file;

const namesOf = ({ folders }: DeclaredUnit) => folders.map(({ folder }) => folder).join('\n');
/** Whether two forms apply the same folders. */
export const isForTheSame = (one: DeclaredUnit, other: DeclaredUnit) => namesOf(one) === namesOf(other);

/**
 * The form that a unit has on the new side; undefined where it is declared no more. One object may be declared for several
 * clusters, in a folder for each: forms then belong together by file, by folder, and by what they apply, in this order.
 */
export function formAfter(
  unit: DeclaredUnit,
  { before, after }: { readonly before: DeclaredUnits; readonly after: DeclaredUnits },
): DeclaredUnit | undefined {
  const [then, now] = [before.formsOf(unit), after.formsOf(unit)];
  const left = [...now];
  const pairs = new Map<DeclaredUnit, DeclaredUnit>();
  for (const fits of [isSameFile, isBeside, isForTheSame, () => true])
    for (const one of then) {
      const at = pairs.has(one) ? -1 : left.findIndex((other) => fits(one, other));
      const [found] = at < 0 ? [] : left.splice(at, 1);
      if (found !== undefined) pairs.set(one, found);
    }
  const own = then.find((one) => one === unit) ?? then.find((one) => isSameFile(one, unit));
  const found = (own && pairs.get(own)) ?? now.find((other) => isBeside(unit, other));
  const set = after.setOf(unit) ?? (leavesWhatItMade(unit.declared) ? unit.declared : undefined);
  const isLeftAlone = set !== undefined && !policyOf(set)[found === undefined ? 'deletes' : 'updates'];
  return isLeftAlone ? unit : found;
}
