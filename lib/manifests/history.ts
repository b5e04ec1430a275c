// What single objects were at earlier commits: the first-parent history of a branch, which is what a GitOps engine saw.
import { InputError } from '../input/error';
import type { EngineView } from './engines/engine-view';
import { asBuilt, asPlaced } from './engines/read-folder';
import type { Repository } from './git';
import { LINK, type Commit, type FileChange } from './git-output';
import { groupBy } from './group';
import type { KnownTexts } from './known';
import { identityOf, type Manifest, type ObjectKey } from './manifest';
import { decode, isManifestFile, MAX_FILE_SIZE } from './read';
import { OFFLOADING_SIGNS } from './write';

/** What an object was at a commit that touched it, or at the oldest one looked at. */
export interface Step {
  /** The full ID of the commit. */
  readonly commit: string;
  /** How many commits that touched the folder are newer. */
  readonly age: number;
  /** The object as the commit left it: none where it removed it, several where the same object is declared twice. */
  readonly manifests: readonly Manifest[];
  /** A merge brought several commits that touched it: which of their forms the branch ever had is not known. */
  readonly doubtful?: true;
}

/** The past of objects. */
export interface Past {
  /** By identity, the newest step first: it left the object as it is deployed. An object that nothing touched has none. */
  readonly steps: ReadonlyMap<string, readonly Step[]>;
  /** Whether the commit without a parent was reached: before its step an object did not exist. */
  readonly complete: boolean;
  /** Why less was read than was asked for: the rest of a sentence, and what would bring it. */
  readonly cut?: { readonly reason: string; readonly remedy: string };
}

/** Objects that are looked for by what they say. */
export interface Sought {
  readonly matches: (manifest: Manifest) => boolean;
  /** Words of which each of them holds one, or an escape: other texts are not parsed. */
  readonly words: ReadonlySet<string>;
}

/** Those that are asked about by name, or those that say something. */
export type Wanted = readonly ObjectKey[] | Sought;

/**
 * Reads the past of objects, as far back as the newest `commits` commits of the branch; all where left out. What is sought
 * has steps for the forms that match alone.
 */
export type ReadPast = (wanted: Wanted, commits?: number) => Past;

/** The same, with the units that apply the objects: they may put them into another namespace, and are taken to have done so before. */
export type ReadPlacedPast = (wanted: Wanted, commits?: number, units?: EngineView) => Past;

/** Where a history is read. */
export interface HistorySource {
  readonly repository: Repository;
  /** The newest commit. */
  readonly commit: string;
  /** The folder of the manifests, from the root of the repository: empty for all of it. */
  readonly folder: string;
  /** The manifests at the newest commit. */
  readonly manifests: readonly Manifest[];
  readonly known: KnownTexts;
  /** What kustomize makes of a file at the newest commit, and is taken to have made of it before. */
  readonly view?: EngineView;
  /** What units make of it, likewise. */
  readonly units?: EngineView;
}

const WORD = /[a-z0-9-]+/g;

/** Whether objects are looked for by what they say. */
export const isSought = (wanted: Wanted): wanted is Sought => 'words' in wanted;

/** Whether texts can hold one of the objects. A name that does not stand there as a word of its own needs an escape. */
function mentioning(wanted: Wanted): (text: string) => boolean {
  const words = isSought(wanted)
    ? wanted.words
    : new Set(wanted.map(({ namespace, name }) => (namespace === '' ? name : namespace)));
  // A manifest need not name the namespace default; what is no DNS label is no word.
  if (words.has('default') || [...words].some((word) => !/^[a-z0-9-]+$/.test(word))) return () => true;
  return (text) => {
    if (text.includes('\\')) return true;
    for (const [word] of text.matchAll(WORD)) if (words.has(word)) return true;
    return false;
  };
}

/** The objects wanted, by identity, each with the manifests that a file holds of it. */
type Held = ReadonlyMap<string, readonly Manifest[]>;

/** In bytes: what git is asked for at once. */
const BATCH = 64 * 1024 * 1024;

/** Reads each blob once, and of it only the objects wanted. */
class Blobs {
  private readonly isWanted: (manifest: Manifest) => boolean;
  private readonly mentions: (text: string) => boolean;
  private readonly contents = new Map<string, Buffer>();

  constructor(
    private readonly source: HistorySource,
    wanted: Wanted,
  ) {
    const identities = new Set(isSought(wanted) ? [] : wanted.map(identityOf));
    this.isWanted = isSought(wanted) ? wanted.matches : (one) => identities.has(identityOf(one));
    this.mentions = mentioning(wanted);
  }

  /** @throws InputError where git does not have one of them */
  load(wanted: Iterable<string | undefined>): void {
    const { repository } = this.source;
    const ids = [...new Set(wanted)].filter(
      (id) => id !== undefined && id !== LINK && !this.contents.has(id),
    );
    const known = ids.filter((id) => id !== undefined);
    const sizes = repository.sizes(known);
    let batch: string[] = [];
    let bytes = 0;
    const read = () => {
      repository.read(batch).forEach((content, i) => this.contents.set(batch[i] ?? '', content));
      [batch, bytes] = [[], 0];
    };
    known.forEach((id, i) => {
      const size = sizes[i] ?? 0;
      if (size > MAX_FILE_SIZE) return; // held() says so, should it be asked
      batch.push(id);
      bytes += size;
      if (bytes > BATCH) read();
    });
    read();
  }

  /** What a file holds of the objects wanted. @throws InputError where it cannot be read */
  held(path: string, id: string | undefined): Held {
    if (id === undefined) return new Map();
    const content = this.contents.get(id);
    if (content === undefined)
      throw new InputError({ message: id === LINK ? 'it was a link' : 'it is too large', file: path });
    const text = decode(path, content);
    const { known, view, units } = this.source;
    const isMoved = view?.namespacesFor(path).some((one) => one !== undefined) === true;
    if (!isMoved && units?.mayMove(path) !== true && !this.mentions(text)) return new Map();
    const manifests = known.read(path, text);
    return this.among(view === undefined ? manifests : asBuilt(path, manifests, view));
  }

  among(manifests: readonly Manifest[]): Held {
    const { units } = this.source;
    const placed = units === undefined ? manifests : manifests.map((one) => asPlaced(one, units));
    return groupBy(
      placed.filter((one) => this.isWanted(one)),
      identityOf,
    );
  }
}

/** The objects that more than one of some commits touched. @throws InputError where what they changed cannot be read */
function touchedTwice(commits: readonly Commit[], blobs: Blobs): ReadonlySet<string> {
  if (commits.length < 2) return new Set();
  blobs.load(commits.flatMap(({ changes }) => changes.flatMap(({ old, now }) => [old, now])));
  const [once, twice] = [new Set<string>(), new Set<string>()];
  for (const { changes } of commits) {
    const held = changes.flatMap(({ path, old, now }) => [blobs.held(path, old), blobs.held(path, now)]);
    for (const identity of new Set(held.flatMap((one) => [...one.keys()])))
      (once.has(identity) ? twice : once).add(identity);
  }
  return twice;
}

/** What every file holds of the objects wanted, going back commit by commit. */
class Walk {
  private readonly files = new Map<string, Held>();
  private age = 0;
  readonly steps = new Map<string, Step[]>();

  constructor(
    private readonly source: HistorySource,
    private readonly blobs: Blobs,
  ) {
    for (const [file, all] of groupBy(source.manifests, ({ source: { file: path } }) => path))
      this.keep(file, blobs.among(all));
  }

  /**
   * Records what the commit left of the objects that it touched, and goes to what was there before it.
   * @throws InputError where that cannot be read; nothing is recorded then
   */
  back(commit: Commit): void {
    const { id, changes } = commit;
    const before = changes.map(({ path, old }) => ({ path, held: this.blobs.held(path, old) }));
    const touched = new Set(
      before.flatMap(({ path, held }) => [...held.keys(), ...(this.files.get(path)?.keys() ?? [])]),
    );
    const { repository, folder } = this.source;
    const doubtful =
      touched.size === 0
        ? new Set()
        : touchedTwice(repository.brought(commit, folder).map(manifestsOnly), this.blobs);
    for (const identity of touched) this.record(identity, id, doubtful.has(identity));
    for (const { path, held } of before) this.keep(path, held);
    this.age += 1;
  }

  /** Records what was there at a commit, of all objects that were touched since. */
  end(commit: string): void {
    for (const identity of this.steps.keys()) this.record(identity, commit, false);
  }

  private record(identity: string, commit: string, doubtful: boolean): void {
    const manifests = [...this.files.values()].flatMap((held) => held.get(identity) ?? []);
    const step = { commit, age: this.age, manifests, ...(doubtful && { doubtful: true as const }) };
    this.steps.set(identity, [...(this.steps.get(identity) ?? []), step]);
  }

  private keep(file: string, held: Held): void {
    if (held.size === 0) this.files.delete(file);
    else this.files.set(file, held);
  }
}

/** A link can be a whole folder of manifests, whatever it is called. */
const isRelevant = ({ path, old }: FileChange) => isManifestFile(path) || old === LINK;
const manifestsOnly = (commit: Commit): Commit => ({ ...commit, changes: commit.changes.filter(isRelevant) });

const cutWith = (reason: string, remedy: string) => ({ complete: false, cut: { reason, remedy } });
const SHALLOW = cutWith(
  'this clone is shallow',
  'Fetch the whole history with `git fetch --unshallow` (in GitHub Actions: fetch-depth: 0).',
);

/** Whether offloadings left another place before the folder came: then its first commit is not their beginning. */
function cameFromElsewhere(
  { repository, commit, folder }: HistorySource,
  first: Commit | undefined,
): boolean {
  const parent = first && repository.resolve(`${first.id}^`);
  if (parent === undefined || folder === '') return false;
  const now = new Set(repository.manifestsWith(commit, OFFLOADING_SIGNS));
  return repository.manifestsWith(parent, OFFLOADING_SIGNS).some((path) => !now.has(path));
}

/** The past of some objects; it ends before a commit that changed what cannot be read. */
export function readPast(source: HistorySource, wanted: Wanted, commits?: number): Past {
  const { log, end } = source.repository.firstParents(source.commit, source.folder, commits);
  const blobs = new Blobs(source, wanted);
  const walk = new Walk(source, blobs);
  const looked = log.map(manifestsOnly);
  let at = looked[0];
  try {
    blobs.load(looked.flatMap(({ changes }) => changes.map(({ old }) => old)));
    for (const one of looked) {
      at = one;
      walk.back(one);
    }
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    const file = thrown.problems[0]?.file ?? 'a manifest';
    const reason = `the version of ${file} before commit ${at?.id.slice(0, 12) ?? ''} cannot be read`;
    return {
      steps: walk.steps,
      ...cutWith(reason, 'Fetch that commit, or judge against an older one.'),
    };
  }
  if (typeof end === 'object') walk.end(end.before);
  if (end === 'cut') return { steps: walk.steps, ...SHALLOW };
  const moved = end === 'root' && cameFromElsewhere(source, looked.at(-1));
  if (moved) {
    const reason = `${source.folder}/ was added in commit ${looked.at(-1)?.id.slice(0, 12) ?? ''}, and offloadings were in another place before`;
    return {
      steps: walk.steps,
      ...cutWith(reason, 'Judge against a commit that has the deployed form.'),
    };
  }
  return { steps: walk.steps, complete: end === 'root' };
}
