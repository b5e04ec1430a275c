// What kustomize makes of the files of a folder, as far as the kustomizations in it tell.
import { createHash } from 'node:crypto';
import { dirname } from 'node:path/posix';
import { InputError } from '../../input/error';
import type { IgnoreFile } from './flux-artifact';
import { isKustomization, kustomizationOf, type Kustomization } from './kustomization';
import { isManifestFile } from '../read';

/** By folder, from the judged one: what changes a file there in a way that is not judged. */
export type Changes = ReadonlyMap<string, string>;

/** How deep kustomizations may take each other in. */
const DEEPEST = 100;

const NONE: Changes = new Map();

/** What a kustomization gives. */
interface Given {
  /** The files that it takes in, with each way by which it does. */
  readonly files: ReadonlyMap<string, readonly Changes[]>;
  /** Folders of which nobody knows what is taken in, with what their kustomization says. */
  readonly unknown: ReadonlyMap<string, string>;
}

const NOTHING: Given = { files: new Map(), unknown: new Map() };

export const isBelow = (path: string, folder: string): boolean =>
  folder === '.' || path.startsWith(`${folder}/`);

const digest = (all: readonly unknown[]) => createHash('sha256').update(JSON.stringify(all)).digest('hex');

const kustomizationsIn = (files: readonly IgnoreFile[]): Kustomization[] =>
  files.filter(({ path }) => isKustomization(path)).map(kustomizationOf);

/** Files that kustomizations read and that are no objects of their own, among other texts. */
export function kustomizeParts(files: readonly IgnoreFile[]): ReadonlySet<string> {
  const all = kustomizationsIn(files);
  const entries = new Set(all.flatMap((one) => one.entries ?? []));
  return new Set(all.flatMap(({ parts }) => parts).filter((path) => !entries.has(path)));
}

export class KustomizeBuild {
  private readonly byFolder: ReadonlyMap<string, Kustomization>;
  private readonly texts: ReadonlyMap<string, string>;
  private readonly built = new Map<string, Given>();
  private readonly said = new Map<string, string>();
  private readonly open = new Set<string>();
  private readonly using = new Set<string>();
  /** Those that close a circle: kustomize fails, and nothing is applied or pruned. */
  private readonly circles = new Set<string>();
  /** The folders that are built, each by itself. */
  private readonly roots: ReadonlySet<string>;
  private readonly all: Given;

  /**
   * @param top the judged folder, from the root of the repository; `.` for that itself
   * @param files kustomizations and what they use, in it
   * @param goesDeeper whether, where the folder has no kustomization, each outermost one below it is built as a whole
   */
  constructor(
    private readonly top: string,
    files: readonly IgnoreFile[],
    goesDeeper: boolean,
  ) {
    this.byFolder = new Map(kustomizationsIn(files).map((one) => [one.folder, one]));
    this.texts = new Map(files.map(({ path, text }) => [path, text]));
    const outermost = [...this.byFolder.keys()].filter((one) => !this.isIn(this.byFolder, dirname(one)));
    this.roots = new Set(this.byFolder.has(top) ? [top] : goesDeeper ? outermost : []);
    this.all = this.joined(
      [...this.roots],
      (root) => this.build(root),
      () => undefined,
    );
  }

  /** What changes a file, or the kustomization by which it is left out. */
  treatmentOf(path: string): { readonly changedBy: Changes; readonly leftOutBy?: string } {
    if (this.circles.size > 0) return { changedBy: NONE };
    const ways = this.waysTo(path);
    return ways.length === 0
      ? { changedBy: NONE, leftOutBy: this.nearest(path) }
      : { changedBy: this.merged('.', ways) };
  }

  /** Whether a kustomization decides what becomes of a file. */
  isBuilt(path: string): boolean {
    return this.isIn(this.roots, dirname(path));
  }

  /** Why nobody can tell what is given, by kustomization. */
  unclear(): { readonly file: string; readonly why: string }[] {
    return [...this.built.keys()].flatMap((folder) => {
      const own = this.byFolder.get(folder);
      return own === undefined ? [] : this.reasons(own).map((why) => ({ file: own.file, why }));
    });
  }

  /** The kustomization of a folder, by a key of its changes. */
  fileIn(folder: string): string | undefined {
    return this.byFolder.get(folder)?.file;
  }

  private reasons({ folder, entries = [], uses, unclear }: Kustomization): string[] {
    const beside = [...new Set([...entries, ...uses])].filter(
      (path) => path !== this.top && !isBelow(path, this.top),
    );
    const unread = entries.filter(
      (path) => !beside.includes(path) && !this.byFolder.has(path) && !isManifestFile(path),
    );
    return [
      ...unclear,
      ...(this.circles.has(folder) ? ['it takes in what takes it in, so nothing is applied any more'] : []),
      ...(beside.length === 0 ? [] : [`it takes in ${beside.join(', ')}, beside the folder`]),
      ...(unread.length === 0 ? [] : [`it takes in ${unread.join(', ')}, which is not read`]),
    ];
  }

  private waysTo(path: string): readonly Changes[] {
    const ways = this.all.files.get(path);
    if (ways !== undefined) return ways;
    return [...this.all.unknown]
      .filter(([folder]) => isBelow(path, folder))
      .map(([folder, text]) => new Map([[this.shown(folder), text]]));
  }

  /** Whether a folder is one of these, or lies in one. */
  private isIn(folders: { has: (one: string) => boolean }, folder: string): boolean {
    if (folders.has(folder)) return true;
    return folder !== '.' && this.isIn(folders, dirname(folder));
  }

  private nearest(path: string): string | undefined {
    const folder = dirname(path);
    if (this.built.has(folder)) return this.fileIn(folder);
    return folder === path || folder === this.top ? undefined : this.nearest(folder);
  }

  private shown(folder: string): string {
    if (folder === this.top) return '.';
    return this.top === '.' ? folder : folder.slice(this.top.length + 1);
  }

  private merged(key: string, ways: readonly Changes[]): Changes {
    const [only = NONE, ...more] = ways;
    return more.length === 0 ? only : new Map([[key, digest(ways.map((one) => [...one]))]]);
  }

  /** What a kustomization says about the objects that it takes in, with what it uses for that. */
  private changing({ folder, rest, uses }: Kustomization): string {
    const known = this.said.get(folder);
    if (known !== undefined) return known;
    this.said.set(folder, ''); // of folders that use each other, one has to be first
    this.enter(this.using, folder);
    const used = uses.map((path) => {
      const component = this.byFolder.get(path);
      return component === undefined ? (this.texts.get(path) ?? '') : this.changing(component);
    });
    this.using.delete(folder);
    const all = digest([rest, ...used]);
    this.said.set(folder, all);
    return all;
  }

  /** @throws InputError for what leads on and on */
  private enter(stack: Set<string>, folder: string): void {
    stack.add(folder);
    if (stack.size <= DEEPEST) return;
    throw new InputError({
      message: `kustomizations take each other in more than ${DEEPEST} deep, so what they give cannot be judged`,
      file: this.fileIn(folder),
      remedy: 'judge what kustomize makes of the folder in its place',
    });
  }

  private build(folder: string): Given {
    const known = this.built.get(folder);
    const own = this.byFolder.get(folder);
    if (known !== undefined || own === undefined) return known ?? NOTHING;
    const change = own.rest === '' ? undefined : this.changing(own);
    this.enter(this.open, folder);
    const given = this.givenBy(own, change);
    this.open.delete(folder);
    this.built.set(folder, given);
    return given;
  }

  private givenBy(own: Kustomization, change: string | undefined): Given {
    const { folder, entries } = own;
    const name = this.shown(folder);
    const taken = (entry: string): Given => {
      if (!this.byFolder.has(entry)) return { files: new Map([[entry, [NONE]]]), unknown: new Map() };
      if (this.open.has(entry)) this.circles.add(folder);
      return this.open.has(entry) ? NOTHING : this.build(entry);
    };
    const given = this.joined([...new Set(entries)], taken, (ways) => {
      const one = this.merged(name, ways);
      return change === undefined ? one : new Map([...one, [name, digest([one.get(name) ?? '', change])]]);
    });
    return entries === undefined ? { ...given, unknown: new Map([[folder, own.rest]]) } : given;
  }

  /** What several give together, the ways to a file made one where that is asked for. */
  private joined(
    names: readonly string[],
    take: (name: string) => Given,
    one: (ways: readonly Changes[]) => Changes | undefined,
  ): Given {
    const files = new Map<string, Changes[]>();
    const unknown = new Map<string, string>();
    for (const given of names.map(take)) {
      for (const [path, ways] of given.files) {
        const all = files.get(path);
        if (all === undefined) files.set(path, [...ways]);
        else all.push(...ways);
      }
      for (const [path, text] of given.unknown) unknown.set(path, text);
    }
    for (const [path, ways] of files) {
      const only = one(ways);
      if (only !== undefined) files.set(path, [only]);
    }
    return { files, unknown };
  }
}
