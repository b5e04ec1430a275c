// What single objects were at earlier commits: the first-parent history of a branch, which is what a GitOps engine saw.
import { InputError } from '../input/error';
import { LINK, type Commit, type FileChange, type Repository } from './git';
import { groupBy } from './group';
import type { KnownTexts } from './known';
import { identityOf, type Manifest } from './manifest';
import { decode, isManifestFile, MAX_FILE_SIZE } from './read';

/** What an object was at a commit that touched it, or at the oldest one looked at. */
export interface Step {
  /** The full ID of the commit. */
  readonly commit: string;
  /** The object as the commit left it: none where it removed it, several where the same object is declared twice. */
  readonly manifests: readonly Manifest[];
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

/** Reads the past of objects, as far back as the newest `commits` commits of the branch; all where left out. */
export type ReadPast = (wanted: readonly Manifest[], commits?: number) => Past;

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
}

/** More names than this are not looked for one by one. */
const FEW = 100;

/** Whether a text can hold one of the objects. A name that does not stand there literally needs an escape. */
function mentions(text: string, wanted: readonly Manifest[]): boolean {
  if (wanted.length > FEW || text.includes('\\')) return true;
  return wanted.some(({ namespace, name }) => {
    const word = namespace === '' ? name : namespace;
    return word === 'default' || text.includes(word);
  });
}

/** The objects wanted, by identity, each with the manifests that a file holds of it. */
type Held = ReadonlyMap<string, readonly Manifest[]>;

/** Reads each blob once, and of it only the objects wanted. */
class Blobs {
  private readonly identities: ReadonlySet<string>;
  private readonly contents = new Map<string, Buffer | undefined>();

  constructor(
    private readonly source: HistorySource,
    private readonly wanted: readonly Manifest[],
  ) {
    this.identities = new Set(wanted.map(identityOf));
  }

  load(ids: readonly string[]): void {
    const { repository } = this.source;
    const sizes = repository.sizes(ids);
    const small = ids.filter((_, i) => (sizes[i] ?? Infinity) <= MAX_FILE_SIZE);
    const contents = repository.read(small);
    small.forEach((id, i) => this.contents.set(id, contents[i]));
  }

  /** What a file holds of the objects wanted. @throws InputError where it cannot be read */
  held({ path, old }: FileChange): Held {
    if (old === undefined) return new Map();
    const content = this.contents.get(old);
    if (content === undefined) {
      throw new InputError({ message: old === LINK ? 'it was a link' : 'it is too large', file: path });
    }
    const text = decode(path, content);
    return mentions(text, this.wanted) ? this.among(this.source.known.read(path, text)) : new Map();
  }

  among(manifests: readonly Manifest[]): Held {
    return groupBy(
      manifests.filter((one) => this.identities.has(identityOf(one))),
      identityOf,
    );
  }
}

/** What every file holds of the objects wanted, going back commit by commit. */
class Walk {
  private readonly files = new Map<string, Held>();
  readonly steps = new Map<string, Step[]>();

  constructor(
    private readonly blobs: Blobs,
    manifests: readonly Manifest[],
  ) {
    for (const [file, all] of groupBy(manifests, ({ source }) => source.file))
      this.keep(file, blobs.among(all));
  }

  /**
   * Records what the commit left of the objects that it touched, and goes to what was there before it.
   * @throws InputError where that cannot be read; nothing is recorded then
   */
  back({ id, changes }: Commit): void {
    const before = changes.map((one) => ({ path: one.path, held: this.blobs.held(one) }));
    const touched = new Set(
      before.flatMap(({ path, held }) => [...held.keys(), ...(this.files.get(path)?.keys() ?? [])]),
    );
    for (const identity of touched) {
      const manifests = this.held(identity);
      const present = this.steps.get(identity);
      if (present === undefined) this.steps.set(identity, [{ commit: id, manifests }]);
      else present.push({ commit: id, manifests });
    }
    for (const { path, held } of before) this.keep(path, held);
  }

  /** Records what was there at a commit, of all objects that were touched since. */
  end(commit: string): void {
    for (const [identity, steps] of this.steps) steps.push({ commit, manifests: this.held(identity) });
  }

  private held(identity: string): Manifest[] {
    return [...this.files.values()].flatMap((held) => held.get(identity) ?? []);
  }

  private keep(file: string, held: Held): void {
    if (held.size === 0) this.files.delete(file);
    else this.files.set(file, held);
  }
}

const SHALLOW = {
  reason: 'this clone is shallow',
  remedy: 'git fetch --unshallow   (in GitHub Actions: fetch-depth: 0)',
};

/** The past of some objects; it ends before a commit that changed what cannot be read. */
export function readPast(source: HistorySource, wanted: readonly Manifest[], commits?: number): Past {
  const { log, end } = source.repository.firstParents(source.commit, source.folder, commits);
  const blobs = new Blobs(source, wanted);
  const looked = log.map(({ id, changes }) => ({
    id,
    changes: changes.filter(({ path }) => isManifestFile(path)),
  }));
  const ids = looked.flatMap(({ changes }) => changes.flatMap(({ old }) => old ?? []));
  blobs.load([...new Set(ids)].filter((id) => id !== LINK));
  const walk = new Walk(blobs, source.manifests);
  for (const one of looked) {
    try {
      walk.back(one);
    } catch (thrown) {
      if (!(thrown instanceof InputError)) throw thrown;
      const [problem] = thrown.problems;
      const reason = `what ${problem?.file ?? 'a file'} was before commit ${one.id.slice(0, 12)} cannot be read`;
      return { steps: walk.steps, complete: false, cut: { reason, remedy: 'judge against an older commit' } };
    }
  }
  if (typeof end === 'object') walk.end(end.before);
  return { steps: walk.steps, complete: end === 'root', ...(end === 'cut' && { cut: SHALLOW }) };
}
