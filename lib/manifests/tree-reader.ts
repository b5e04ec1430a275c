// Reads what a commit holds of a project: the judged folder, and what beside it decides about it.
import { dirname, join } from 'node:path/posix';
import { InputError } from '../input/error';
import { UNIT_FOLDERS } from './dist';
import { UNIT_SIGNS } from './engines/declared-units';
import { EngineView } from './engines/engine-view';
import { readFolder } from './engines/read-folder';
import { ignoreFilesFor, isSteering, type SteeringFile } from './engines/steering-files';
import type { Repository, TreeEntry } from './git';
import type { KnownTexts } from './known';
import type { Manifest } from './manifest';
import { checkSize, decode, isManifestFile, MAX_FILE_SIZE, type Content } from './read';
import { homesOf, NAMESPACE_SIGNS, namespacesIn, unitsIn } from './unit-search';
import { isOurs, OFFLOADING_SIGNS } from './write';

/** The folder of approvals, from the project's. */
export const APPROVALS = 'config/approvals';

/** A file that was read at a commit but is no manifest. */
export interface CommittedFile {
  readonly path: string;
  readonly text: string;
}

/** @throws InputError for links and submodules, which nobody can judge */
function checkRegular(entries: readonly TreeEntry[], commit: string): void {
  const found = entries.find(({ special }) => special !== undefined);
  if (found === undefined) return;
  throw new InputError({
    message: `${found.special ?? ''} at ${commit.slice(0, 12)} cannot be judged`,
    file: found.path,
    remedy: 'commit the manifests themselves',
  });
}

/** A file beside the folder. */
export interface ElsewhereFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Empty where it is too large to be read. */
  readonly content: Buffer;
}

/** Reads folders of commits; equal blobs are parsed once, and those that were just compiled not at all. */
export class TreeReader {
  private readonly knownBlobs = new Map<string, string>();
  private readonly listed = new Map<string, readonly TreeEntry[]>();
  private readonly whole = new Map<string, readonly TreeEntry[]>();

  constructor(
    private readonly repository: Repository,
    private readonly known: KnownTexts,
    readonly folder: string,
    /** From the root of the repository. */
    private readonly files: readonly string[],
  ) {
    for (const text of known.texts()) this.knownBlobs.set(repository.blobId(text), text);
  }

  /** Undefined where the commit does not hold the folder. */
  content(commit: string): Content | undefined {
    const entries = this.entries(commit).filter(({ path }) => this.isInside(path));
    if (entries.length === 0) return undefined;
    checkRegular(
      entries.filter((one) => !this.isPassedOver(one, commit)),
      commit,
    );
    const files = entries.filter(({ path, special }) => special === undefined && isManifestFile(path));
    const unread = files.find(({ path }) => path.slice(this.folder.length).includes('/node_modules/'));
    if (unread !== undefined)
      throw new InputError({
        message: 'manifests in node_modules are not read',
        file: unread.path,
        remedy: 'move them out of node_modules',
      });
    this.load(files);
    return readFolder(
      files.map(({ path, id }) => ({ path, text: this.knownBlobs.get(id) ?? '' })),
      this.view(commit),
      this.known,
    );
  }

  /** What engines make of the folder, as far as its files tell. */
  view(commit: string): EngineView {
    return new EngineView({ folder: this.folder, steering: this.steering(commit) });
  }

  /** A link to nowhere, or to a file that no engine reads. What it leads to is looked up in the commit: a folder may hold manifests. */
  private isPassedOver({ path, id, special }: TreeEntry, commit: string): boolean {
    if (special !== 'a symbolic link' || isSteering(path)) return false;
    const [target = ''] = this.repository.read([id]);
    const file = join(dirname(path), target.toString());
    if (file.startsWith('..') || target.toString().startsWith('/')) return false;
    const found = this.repository.list(commit, [file]);
    if (found.length === 0) return true;
    return !isManifestFile(path) && found.some((one) => one.path === file && one.special === undefined);
  }

  /** The engines' own objects, wherever they lie. Ours must be readable; of what else only looks like one, nothing is known. */
  units(commit: string): Manifest[] {
    const found = this.found(commit, UNIT_SIGNS);
    const { prefix } = this.repository;
    const own = this.entries(commit).filter(
      ({ path, special }) => special === undefined && this.isUnit(path) && isManifestFile(path),
    );
    this.load(own);
    const ours = own.flatMap(({ path, id }) => {
      const text = this.knownBlobs.get(id) ?? '';
      return isOurs(path.slice(prefix.length), Buffer.from(text)) ? [{ path, text }] : [];
    });
    const named = new Set(ours.map(({ path }) => path));
    return [
      ...ours.flatMap(({ path, text }) => this.known.read(path, text)),
      ...unitsIn(
        found.filter(({ path }) => !named.has(path)),
        this.known,
      ),
    ];
  }

  /** Namespaces and their offloadings, wherever they lie. */
  namespaces(commit: string): Manifest[] {
    return namespacesIn(this.found(commit, NAMESPACE_SIGNS), this.known);
  }

  /** The manifests in which one of some texts stands, or each, as far as they are text of a size that is read. */
  private found(commit: string, texts: readonly string[], all = false): CommittedFile[] {
    const wanted = new Set(this.repository.manifestsWith(commit, texts, { all }));
    return wanted.size === 0 ? [] : this.small(commit, (path) => wanted.has(path));
  }

  /** Files anywhere in a commit, but for those of a size that nobody reads. */
  private small(commit: string, wanted: (path: string) => boolean): CommittedFile[] {
    const files = this.all(commit).filter(({ path, special }) => special === undefined && wanted(path));
    const sizes = this.repository.sizes(files.map(({ id }) => id));
    const small = files.filter((_, i) => (sizes[i] ?? 0) <= MAX_FILE_SIZE);
    return this.repository
      .read(small.map(({ id }) => id))
      .map((content, i) => ({ path: small[i]?.path ?? '', text: content.toString() }));
  }

  private all(commit: string): readonly TreeEntry[] {
    const known = this.whole.get(commit) ?? this.repository.list(commit, []);
    this.whole.set(commit, known);
    return known;
  }

  /** The Namespaces that some units live in, wherever they lie. */
  homes(commit: string, units: readonly Manifest[]): Manifest[] {
    return homesOf(units, { holding: (texts, all) => this.found(commit, texts, all) }, this.known);
  }

  /** Every file of the commit. */
  paths(commit: string): string[] {
    return this.all(commit).flatMap(({ path, special }) => (special === undefined ? [path] : []));
  }

  /** Some of them, as far as they are of a size that is read. */
  read(commit: string, paths: readonly string[]): CommittedFile[] {
    const wanted = new Set(paths);
    return wanted.size === 0 ? [] : this.small(commit, (path) => wanted.has(path));
  }

  approvals(commit: string): CommittedFile[] {
    return this.texts(commit, (path) => path.startsWith(this.approvalsFolder) && /\.ya?ml$/.test(path));
  }

  beside(commit: string): CommittedFile[] {
    return this.texts(commit, (path) => this.files.includes(path));
  }

  steering(commit: string): SteeringFile[] {
    const isInside = (path: string) => this.isInside(path) || this.isUnit(path);
    const onTheWay = new Set(this.ignoreFiles);
    return this.texts(commit, (path) => (isInside(path) ? isSteering(path) : onTheWay.has(path)));
  }

  /** What else of the commit may offload namespaces, beside the folder. */
  elsewhere(commit: string): ElsewhereFile[] {
    const wanted = new Set(this.repository.manifestsWith(commit, OFFLOADING_SIGNS));
    const isBeside = (path: string) => wanted.has(path) && !this.isInside(path) && !this.isUnit(path);
    if (![...wanted].some(isBeside)) return [];
    const files = this.all(commit).filter(({ path, special }) => special === undefined && isBeside(path));
    const sizes = this.repository.sizes(files.map(({ id }) => id));
    const small = files.filter((_, i) => (sizes[i] ?? 0) <= MAX_FILE_SIZE);
    const contents = this.repository.read(small.map(({ id }) => id));
    const byPath = new Map(small.map(({ path }, i) => [path, contents[i]]));
    return files.map(({ path }, i) => ({
      path,
      size: sizes[i] ?? 0,
      content: byPath.get(path) ?? Buffer.alloc(0),
    }));
  }

  private texts(commit: string, wanted: (path: string) => boolean): CommittedFile[] {
    const files = this.entries(commit).filter(({ path }) => wanted(path));
    checkRegular(files, commit);
    this.load(files);
    return files.map(({ path, id }) => ({ path, text: this.knownBlobs.get(id) ?? '' }));
  }

  private get approvalsFolder(): string {
    return `${this.repository.prefix}${APPROVALS}/`;
  }

  private isInside(path: string): boolean {
    return this.folder === '' || path.startsWith(`${this.folder}/`);
  }

  private isUnit(path: string): boolean {
    return this.unitFolders.some((folder) => path.startsWith(folder));
  }

  private get ignoreFiles(): string[] {
    return [this.folder, ...this.unitFolders].flatMap(ignoreFilesFor);
  }

  private get unitFolders(): string[] {
    return UNIT_FOLDERS.map((folder) => `${this.repository.prefix}${folder}/`);
  }

  private entries(commit: string): readonly TreeEntry[] {
    const known = this.listed.get(commit);
    if (known !== undefined) return known;
    const folders =
      this.folder === ''
        ? []
        : [`${this.folder}/`, this.approvalsFolder, ...this.unitFolders, ...this.ignoreFiles, ...this.files];
    const entries = this.repository.list(commit, folders);
    this.listed.set(commit, entries);
    return entries;
  }

  private load(entries: readonly TreeEntry[]): void {
    const missing = entries.filter(({ id }) => !this.knownBlobs.has(id));
    const ids = missing.map(({ id }) => id);
    this.repository.sizes(ids).forEach((size, i) => {
      checkSize(missing[i]?.path ?? '', size);
    });
    this.repository.read(ids).forEach((content, i) => {
      const entry = missing[i];
      if (entry !== undefined) this.knownBlobs.set(entry.id, decode(entry.path, content));
    });
  }
}
