// Which files of a folder kustomize applies, as far as the kustomizations in it tell.
import { dirname } from 'node:path/posix';
import { groupBy } from '../group';
import { once } from '../once';
import { isManifestFile } from '../read';
import { kustomizationOf, type Kustomization } from './kustomization';
import { isKustomization, type SteeringFile } from './steering-files';

/** Why nobody can tell what a tool gives. */
export interface Unclear {
  readonly file: string;
  /** The second half of a sentence. */
  readonly why: string;
  /** What shows what the tool gives; kustomize where nothing stands here. */
  readonly render?: string;
  /** Beside the judged folder: all that decides about it. */
  readonly state?: string;
}

export const isBelow = (path: string, folder: string): boolean =>
  folder === '.' || path.startsWith(`${folder}/`);

/** The kustomizations of one state of a repository, each read once somebody asks. */
export class Kustomizations {
  private readonly files: ReadonlyMap<string, readonly SteeringFile[]>;
  private readonly known = new Map<string, readonly Kustomization[]>();
  private readonly namespaces = new Map<string, readonly (string | undefined)[]>();
  /** By what they take in. */
  private readonly takers = once(() =>
    groupBy(
      [...this.files.keys()].flatMap((folder) =>
        this.in(folder)
          .slice(-1)
          .flatMap((by) => (by.entries ?? []).map(({ path }) => ({ path, by }))),
      ),
      ({ path }) => path,
    ),
  );

  /** @param steering other files among them are passed over */
  constructor(steering: readonly SteeringFile[]) {
    this.files = groupBy(
      steering.filter(({ path }) => isKustomization(path)),
      ({ path }) => dirname(path),
    );
  }

  /** The folders that have one, below one and that itself. */
  foldersIn(top: string): string[] {
    return [...this.files.keys()].filter((folder) => folder === top || isBelow(folder, top));
  }

  has(folder: string): boolean {
    return this.files.has(folder);
  }

  /** Those in a folder: the last one is taken for the one that counts. */
  in(folder: string): readonly Kustomization[] {
    const known = this.known.get(folder) ?? (this.files.get(folder) ?? []).map(kustomizationOf);
    this.known.set(folder, known);
    return known;
  }

  /** The folders whose kustomizations take in a file, by others or directly, each with whether none takes it in itself. */
  buildersOf(path: string): ReadonlyMap<string, boolean> {
    const takersOf = (one: string) => (this.takers().get(one) ?? []).map(({ by }) => by.folder);
    const found = new Set(takersOf(path));
    for (const one of found) for (const outer of takersOf(one)) found.add(outer); // grows while it is walked
    return new Map([...found].map((one) => [one, takersOf(one).length === 0]));
  }

  /**
   * The namespaces that kustomizations put the objects of a file in, the outermost having the last word: several where it is
   * taken in several times, undefined among them where one of these ways leaves the objects where they are.
   */
  namespacesFor(path: string): readonly (string | undefined)[] {
    const known = this.namespaces.get(path);
    if (known !== undefined) return known;
    this.namespaces.set(path, []); // for what takes itself in
    const taking = this.takers().get(path) ?? [];
    const all = taking.flatMap(({ by }) =>
      this.namespacesFor(by.folder).map((outer) => outer ?? by.namespace),
    );
    const found = taking.length === 0 ? [undefined] : [...new Set(all)];
    this.namespaces.set(path, found);
    return found;
  }
}

/** Where kustomize is run. */
export interface BuildPlace {
  /** The folder that is built, from the root of the repository; `.` for that itself. */
  readonly top: string;
  /** What is known of the repository lies in this folder. @default top */
  readonly within?: string;
  /** Whether, where the folder has no kustomization, each outermost one below it is built as a whole. */
  readonly goesDeeper: boolean;
  /** Whether these are parts of one build, as a unit makes it; else each may be a unit's. */
  readonly isOne?: boolean;
}

export class KustomizeBuild {
  /** The folders that are built, each by itself. */
  private readonly roots: ReadonlySet<string>;
  /** The folders that the roots lead to, with these. */
  private readonly reached = new Set<string>();
  /** What is taken in, files and folders, and what takes it in: for the roots nothing. */
  private readonly taken: Map<string, Kustomization | undefined>;
  private readonly within: string;
  private readonly reasons = new Map<string, Unclear>();
  private readonly parts: () => ReadonlySet<string>;

  constructor(
    private readonly all: Kustomizations,
    { top, within = top, goesDeeper, isOne = false }: BuildPlace,
  ) {
    this.within = within;
    const below = new Set(all.foldersIn(top));
    const outermost = [...below].filter((one) => !isIn(below, dirname(one)));
    this.parts = once(() => new Set([...below].flatMap((one) => all.in(one)).flatMap(({ parts }) => parts)));
    const roots = below.has(top) ? [top] : goesDeeper ? outermost : [];
    this.roots = new Set(roots);
    this.taken = new Map(roots.map((root) => [root, undefined]));
    for (const one of isOne ? [roots] : roots.map((root) => [root])) this.build(one);
  }

  get unclear(): readonly Unclear[] {
    return [...this.reasons.values()];
  }

  /** The files and folders that are taken in by their names. */
  get takenIn(): Iterable<string> {
    return this.taken.keys();
  }

  /** The kustomization by which a file is left out, undefined where none is. */
  leftOutBy(path: string): string | undefined {
    const own = this.passingOver(path);
    return own?.entries === undefined ? undefined : own.file;
  }

  /** The innermost kustomization by the folder of a file that none takes in by name. */
  private passingOver(path: string): Kustomization | undefined {
    if (!this.isBuilt(path) || this.taken.has(path)) return undefined;
    return this.all.in(nearestIn(this.reached, dirname(path)) ?? '').at(-1);
  }

  /** Whether a kustomization decides what becomes of a file. */
  isBuilt(path: string): boolean {
    return this.roots.size > 0 && isIn(this.roots, dirname(path));
  }

  /** Whether one takes in a file by its name. */
  takes(path: string): boolean {
    return this.taken.has(path);
  }

  /** Whether kustomize reads a file for something else than the objects in it, and for nothing more; it may lie anywhere. */
  isPart(path: string): boolean {
    return this.parts().has(path) && !this.takes(path);
  }

  /** The kustomizations of a folder, with those of all that they take in. */
  from(folder: string): readonly Kustomization[] {
    const folders = new Set([folder]);
    // A set that grows while it is walked.
    for (const one of folders)
      for (const { entries = [], parts } of this.all.in(one))
        for (const path of [...entries.map((entry) => entry.path), ...parts]) folders.add(path);
    return [...folders].flatMap((one) => this.all.in(one));
  }

  /** The kustomizations that a file passes through, or may, the innermost first. */
  chainOf(path: string): readonly Kustomization[] {
    const chain = new Set<Kustomization>();
    const first = this.taken.get(path) ?? this.passingOver(path);
    for (let by = first; by !== undefined && !chain.has(by); by = this.taken.get(by.folder)) chain.add(by);
    return [...chain];
  }

  /** The labels that are put on what lies in a file: the outermost kustomization has the last word. */
  labelsFor(path: string): readonly (readonly [string, string])[] {
    return this.takes(path) ? this.chainOf(path).flatMap(({ labels }) => labels) : [];
  }

  private build(roots: readonly string[]): void {
    const own = new Set(roots);
    const seen = new Set<string>();
    const waiting = [...roots];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const found = this.all.in(folder);
      const last = found.at(-1);
      if (last === undefined || seen.has(folder)) continue;
      seen.add(folder);
      this.reached.add(folder);
      for (const { file } of found.slice(0, -1)) this.say(file, 'there is another one in its folder');
      waiting.push(...this.take(last, own));
    }
  }

  private say(file: string, why: string): void {
    this.reasons.set(JSON.stringify([file, why]), { file, why });
  }

  /**
   * @param known what the same build has taken in so far
   * @returns the folders that it leads to
   */
  private take(own: Kustomization, known: Set<string>): string[] {
    const { file, entries = [], unclear } = own;
    const say = (why: string) => {
      this.say(file, why);
    };
    for (const why of unclear) say(why);
    const list = (paths: readonly string[]) => [...new Set(paths)].join(', ');
    const isLabelled = (path: string) => {
      const other = this.taken.get(path);
      return other !== undefined && other !== own && [own, other].some(({ labels }) => labels.length > 0);
    };
    const twice = entries.filter(
      ({ path }, i) =>
        known.has(path) || isLabelled(path) || entries.findIndex((one) => one.path === path) < i,
    );
    const isInside = (path: string) => path === this.within || isBelow(path, this.within);
    const beside = entries.filter(({ path }) => !isInside(path));
    const isRead = (path: string) => this.all.has(path) || isManifestFile(path);
    const unread = entries.filter((one) => !one.mayBeRemote && isInside(one.path) && !isRead(one.path));
    if (twice.length > 0) say(`it includes ${list(twice.map(({ path }) => path))} more than once`);
    if (beside.length > 0) say(`it includes ${list(beside.map(({ path }) => path))} from outside the folder`);
    if (unread.length > 0)
      say(`it includes ${list(unread.map(({ path }) => path))}, which cannot be read here`);
    for (const { path } of entries) {
      known.add(path);
      if (this.taken.get(path) === undefined) this.taken.set(path, own);
    }
    return entries.map(({ path }) => path).filter((path) => this.all.has(path));
  }
}

interface Folders {
  has: (folder: string) => boolean;
}

/** The innermost of the folders that a folder is or lies in. */
function nearestIn(folders: Folders, folder: string): string | undefined {
  if (folders.has(folder)) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : nearestIn(folders, above);
}

const isIn = (folders: Folders, folder: string) => nearestIn(folders, folder) !== undefined;
