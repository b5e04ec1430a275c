// Which files of a folder kustomize applies, as far as the kustomizations in it tell.
import { dirname } from 'node:path/posix';
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
}

export const isBelow = (path: string, folder: string): boolean =>
  folder === '.' || path.startsWith(`${folder}/`);

export class KustomizeBuild {
  private readonly byFolder: ReadonlyMap<string, Kustomization>;
  /** The folders that are built, each by itself. */
  private readonly roots: ReadonlySet<string>;
  /** The folders that the roots lead to, with these. */
  private readonly reached = new Set<string>();
  /** What is taken in, files and folders, and what takes it in: for the roots nothing. */
  private readonly taken: Map<string, Kustomization | undefined>;
  private readonly parts: ReadonlySet<string>;
  readonly unclear: Unclear[] = [];

  /**
   * @param top the judged folder, from the root of the repository; `.` for that itself
   * @param files kustomizations in it
   * @param goesDeeper whether, where the folder has no kustomization, each outermost one below it is built as a whole
   */
  constructor(
    private readonly top: string,
    files: readonly SteeringFile[],
    goesDeeper: boolean,
  ) {
    const all = files.filter(({ path }) => isKustomization(path)).map(kustomizationOf);
    this.parts = new Set(all.flatMap(({ parts }) => parts));
    this.byFolder = new Map(all.map((one) => [one.folder, one]));
    const outermost = [...this.byFolder.keys()].filter((one) => !isIn(this.byFolder, dirname(one)));
    this.roots = new Set(this.byFolder.has(top) ? [top] : goesDeeper ? outermost : []);
    this.taken = new Map([...this.roots].map((root) => [root, undefined]));
    const waiting = [...this.roots];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const own = this.byFolder.get(folder);
      if (own === undefined || this.reached.has(folder)) continue;
      this.reached.add(folder);
      waiting.push(...this.take(own));
    }
    for (const { file, folder } of all)
      if (this.reached.has(folder) && this.byFolder.get(folder)?.file !== file)
        this.unclear.push({ file, why: 'there is another one in its folder' });
  }

  /** The kustomization by which a file is left out, undefined where none is. */
  leftOutBy(path: string): string | undefined {
    if (!this.isBuilt(path) || this.taken.has(path)) return undefined;
    const nearest = nearestIn(this.reached, dirname(path));
    const own = this.byFolder.get(nearest ?? '');
    return own?.entries === undefined ? undefined : own.file;
  }

  /** Whether a kustomization decides what becomes of a file. */
  isBuilt(path: string): boolean {
    return isIn(this.roots, dirname(path));
  }

  /** Whether one takes in a file by its name. */
  takes(path: string): boolean {
    return this.taken.has(path);
  }

  /** Whether kustomize reads a file for something else than the objects in it, and for nothing more. */
  isPart(path: string): boolean {
    return this.parts.has(path) && this.isBuilt(path) && !this.takes(path);
  }

  /** What the kustomizations in a folder, and in what they take in, may read: files and folders. */
  reach(folder: string): ReadonlySet<string> {
    const reached = new Set([folder]);
    // A set that grows while it is walked.
    for (const path of reached)
      for (const own of this.byFolder.values())
        if (own.folder === path || isBelow(own.folder, path))
          for (const entry of own.entries ?? []) reached.add(entry.path);
    return reached;
  }

  /** The labels that are put on what lies in a file: the outermost kustomization has the last word. */
  labelsFor(path: string): readonly (readonly [string, string])[] {
    const by = this.taken.get(path);
    if (by === undefined || by.folder === path) return [];
    return [...by.labels, ...this.labelsFor(by.folder)];
  }

  /** The namespace that what lies in a file is put in, by the outermost kustomization that names one. */
  namespaceFor(path: string): string | undefined {
    const by = this.taken.get(path);
    if (by === undefined || by.folder === path) return undefined;
    return this.namespaceFor(by.folder) ?? by.namespace;
  }

  /** @returns the folders that it leads to */
  private take(own: Kustomization): string[] {
    const { file, entries = [], unclear } = own;
    const say = (why: string) => this.unclear.push({ file, why });
    for (const why of unclear) say(why);
    const list = (paths: readonly string[]) => [...new Set(paths)].join(', ');
    const twice = entries.filter(
      ({ path }, i) => this.taken.has(path) || entries.findIndex((one) => one.path === path) < i,
    );
    const beside = entries.filter(({ path }) => path !== this.top && !isBelow(path, this.top));
    const isRead = (path: string) => this.byFolder.has(path) || isManifestFile(path);
    const unread = entries.filter((one) => !one.mayBeRemote && !beside.includes(one) && !isRead(one.path));
    if (twice.length > 0)
      say(`it takes in ${list(twice.map(({ path }) => path))}, which is taken in already`);
    if (beside.length > 0) say(`it takes in ${list(beside.map(({ path }) => path))}, beside the folder`);
    if (unread.length > 0) say(`it takes in ${list(unread.map(({ path }) => path))}, which is not read`);
    const folders = entries.map(({ path }) => path).filter((path) => this.byFolder.has(path));
    for (const { path } of entries) if (!this.taken.has(path)) this.taken.set(path, own);
    return folders;
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
