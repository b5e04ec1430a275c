// What kustomize makes of the files of a folder, as far as the kustomizations in it tell.
import { createHash } from 'node:crypto';
import { dirname } from 'node:path/posix';
import { InputError } from '../input/error';
import type { IgnoreFile } from './flux-artifact';
import { isKustomization, kustomizationOf, type Kustomization } from './kustomization';
import { isManifestFile } from './read';

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
  private readonly open = new Set<string>();
  /** Where folders take each other in, kustomize fails, and nothing is applied or pruned. */
  private fails = false;
  /** The folders that are built, each by itself. */
  private readonly roots: readonly string[];
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
    const folders = [...this.byFolder.keys()];
    const outermost = folders.filter((one) => !folders.some((other) => other !== one && isBelow(one, other)));
    this.roots = this.byFolder.has(top) ? [top] : goesDeeper ? outermost : [];
    this.all = this.joined(
      this.roots,
      (root) => this.build(root),
      () => undefined,
    );
  }

  /** What changes a file, or the kustomization by which it is left out. */
  treatmentOf(path: string): { readonly changedBy: Changes; readonly leftOutBy?: string } {
    if (this.fails || !this.roots.some((root) => isBelow(path, root))) return { changedBy: NONE };
    const ways = this.waysTo(path);
    return ways.length === 0
      ? { changedBy: NONE, leftOutBy: this.nearest(path) }
      : { changedBy: this.merged('.', ways) };
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

  private reasons({ entries = [], uses, unclear }: Kustomization): string[] {
    const beside = [...new Set([...entries, ...uses])].filter(
      (path) => path !== this.top && !isBelow(path, this.top),
    );
    const unread = entries.filter(
      (path) => !beside.includes(path) && !this.byFolder.has(path) && !isManifestFile(path),
    );
    return [
      ...unclear,
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

  private nearest(path: string): string | undefined {
    const folder = dirname(path);
    if (this.built.has(folder)) return this.fileIn(folder);
    return folder === path ? undefined : this.nearest(folder);
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
  private changing({ rest, uses }: Kustomization, seen = new Set<string>()): unknown[] {
    const used = uses.filter((path) => !seen.has(path));
    for (const path of used) seen.add(path);
    return [
      rest,
      ...used.map((path) => {
        const component = this.byFolder.get(path);
        return component === undefined ? (this.texts.get(path) ?? '') : this.changing(component, seen);
      }),
    ];
  }

  private build(folder: string): Given {
    const known = this.built.get(folder);
    const own = this.byFolder.get(folder);
    if (known !== undefined || own === undefined) return known ?? NOTHING;
    this.open.add(folder);
    if (this.open.size > DEEPEST)
      throw new InputError({
        message: `kustomizations take each other in more than ${DEEPEST} deep, so what they give cannot be judged`,
        file: own.file,
        remedy: 'judge what kustomize makes of the folder in its place',
      });
    const given = this.givenBy(own);
    this.open.delete(folder);
    this.built.set(folder, given);
    return given;
  }

  private givenBy(own: Kustomization): Given {
    const { folder, entries } = own;
    const name = this.shown(folder);
    const change = own.rest === '' ? undefined : digest(this.changing(own));
    const taken = (entry: string): Given => {
      if (!this.byFolder.has(entry)) return { files: new Map([[entry, [NONE]]]), unknown: new Map() };
      if (this.open.has(entry)) this.fails = true;
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
