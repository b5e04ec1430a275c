// Questions to git about a repository. Nothing here writes to it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { codeOf, InputError } from '../input/error';
import { isWithin, kindOnDisk, realPath } from './folder';
import { commitsIn, hunksIn, type Commit, type Diff } from './git-output';
import { answer, firstLine, namesIn, nonsense, OBJECT_ID, run, spawn, type Answer } from './git-process';

/** A regular file in a tree. */
export interface TreeEntry {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly id: string;
  /** What it is where it is no regular file: nobody can judge that. */
  readonly special?: 'a symbolic link' | 'a submodule';
}

/** How a log ends: with the commit that has no parent, where this clone is cut off, or at a commit that it was told to leave out. */
type End = 'root' | 'cut' | { readonly before: string };

export class Repository {
  private constructor(
    /** The root of the work tree. */
    readonly root: string,
    /** The folder that the project lies in. */
    private readonly folder: string,
    /** The project's folder inside the repository: empty or ending in `/`. */
    readonly prefix: string,
    readonly shallow: boolean,
    private readonly hash: string,
  ) {}

  /** The repository around a folder, undefined where there is none. @throws InputError where git cannot say */
  static around(folder: string): Repository | undefined {
    const asked = spawn(folder, [
      'rev-parse',
      '--is-shallow-repository',
      '--show-object-format',
      '--show-toplevel',
    ]);
    if (codeOf(asked.error) === 'ENOENT' && !looksLikeWorkTree(resolve(folder))) return undefined;
    const { status, out, err } = answer(asked);
    if (status !== 0) {
      // A `.git` that leads nowhere (a moved worktree, a submodule without its parent) is broken, not absent.
      if (err.includes('not a git repository') && !looksLikeWorkTree(resolve(folder))) return undefined;
      throw unreadable(err, folder);
    }
    const [shallow = '', hash = '', ...top] = out.toString().trimEnd().split('\n');
    if (!['true', 'false'].includes(shallow) || !['sha1', 'sha256'].includes(hash) || top.join('') === '')
      throw nonsense('rev-parse');
    const root = realPath(top.join('\n'));
    if (!existsSync(root)) throw nonsense('rev-parse');
    const prefix = relative(root, realpathSync(folder)).split(sep).join('/');
    return new Repository(root, folder, prefix === '' ? '' : `${prefix}/`, shallow === 'true', hash);
  }

  /** The innermost other repository (a submodule, a clone, a worktree) that a real path below the root belongs to: where that lies. */
  nestedAt(path: string): string | undefined {
    for (let at = path; at !== this.root && isWithin(at, this.root); at = dirname(at))
      if (kindOnDisk(join(at, '.git')) !== undefined) return relative(this.root, at).split(sep).join('/');
    return undefined;
  }

  /** The commit that a ref names, undefined where there is no such ref. @throws InputError for an ambiguous or malformed one */
  resolve(ref: string): string | undefined {
    checkRef(ref);
    const asked = ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`];
    const { status, out, err } = run(this.folder, ['-c', 'core.warnAmbiguousRefs=true', ...asked]);
    if (status !== 0) {
      this.refuseFailure(asked);
      return undefined;
    }
    if (err.includes('ambiguous')) {
      throw new InputError({
        message: `the git ref '${ref}' is ambiguous: several branches or tags have that name`,
        remedy: `write it in full, such as git:refs/remotes/${ref}`,
      });
    }
    const id = out.toString().trim();
    if (!OBJECT_ID.test(id)) throw nonsense('rev-parse');
    return id;
  }

  /** A ref that is not there is told from a git that failed: quietly asked, only the one is status 1. */
  private refuseFailure([command = '', ...asked]: readonly string[]): void {
    const { status, err } = run(this.folder, [command, '--quiet', ...asked]);
    if (status !== 1)
      throw new InputError({ message: `git cannot look up a ref: ${firstLine(err) || `status ${status}`}` });
  }

  /** Those of some refs, by their full names, that are there and lead to something. @throws InputError for a broken one */
  present(refs: readonly string[]): string[] {
    const { status, out, err } = run(this.folder, ['for-each-ref', '--format=%(refname)', ...refs]);
    if (status !== 0 || err.includes('broken ref'))
      throw new InputError({ message: `git cannot look up a ref: ${firstLine(err) || `status ${status}`}` });
    const found = new Set(out.toString().split('\n'));
    return refs.filter((ref) => found.has(ref));
  }

  /** Whether anything was ever fetched from a remote. */
  hasRemoteBranches(): boolean {
    return this.lines('for-each-ref', '--count=1', 'refs/remotes').length > 0;
  }

  /** What lies below some folders of a commit. */
  list(commit: string, folders: readonly string[]): TreeEntry[] {
    const { status, out, err } = run(this.folder, [
      'ls-tree',
      '-r',
      '-z',
      '--full-tree',
      commit,
      '--',
      ...folders,
    ]);
    if (status !== 0) throw new InputError({ message: `git cannot list ${commit}: ${firstLine(err)}` });
    const [last, ...lines] = out.toString().split('\0').reverse();
    if (last !== '') throw nonsense('ls-tree');
    return lines.reverse().map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', , id = ''] = line.slice(0, tab).split(' ');
      const path = line.slice(tab + 1);
      if (!OBJECT_ID.test(id)) throw nonsense('ls-tree');
      if (mode.startsWith('100')) return { path, id };
      return { path, id, special: mode === '120000' ? 'a symbolic link' : 'a submodule' };
    });
  }

  /** The sizes of blobs, in bytes, in the order asked for. */
  sizes(ids: readonly string[]): number[] {
    if (ids.length === 0) return [];
    const { out, err } = run(this.folder, ['cat-file', '--batch-check=%(objectsize)'], {
      input: `${ids.join('\n')}\n`,
    });
    const sizes = out.toString().trim().split('\n').map(Number);
    if (sizes.length === ids.length && sizes.every((size) => Number.isInteger(size))) return sizes;
    throw new InputError({
      message: `git cannot read its objects: ${firstLine(err) || 'one is missing'}`,
      remedy: 'check the repository with `git fsck`; in a partial clone, run `git fetch --refetch`',
    });
  }

  /** The contents of blobs, in the order asked for. @throws InputError where the repository lacks one */
  read(ids: readonly string[]): Buffer[] {
    if (ids.length === 0) return [];
    const { out, err } = run(this.folder, ['cat-file', '--batch'], { input: `${ids.join('\n')}\n` });
    const contents: Buffer[] = [];
    let at = 0;
    for (const id of ids) {
      const end = out.indexOf('\n', at);
      const [, type, size] = out.subarray(at, Math.max(end, at)).toString().split(' ');
      if (type !== 'blob') {
        throw new InputError({
          message: `git cannot read object ${id}: ${firstLine(err) || 'it is missing'}`,
        });
      }
      const content = out.subarray(end + 1, end + 1 + Number(size));
      if (this.blobId(content) !== id) throw nonsense('cat-file');
      contents.push(content);
      at = end + 1 + Number(size) + 1;
    }
    return contents;
  }

  /** The name that git would give a blob of that content. */
  blobId(content: string | Buffer): string {
    return createHash(this.hash)
      .update(`blob ${Buffer.byteLength(content)}\0`)
      .update(content)
      .digest('hex');
  }

  /**
   * The manifests in which one of the texts stands, or each of them; from the root of the repository.
   * @param tree a commit or a tree; undefined for the work tree, with what git would add to it
   * @param env where objects lie that the repository itself does not have
   */
  manifestsWith(
    tree: string | undefined,
    texts: readonly string[],
    { env = {}, all = false }: { readonly env?: NodeJS.ProcessEnv; readonly all?: boolean } = {},
  ): string[] {
    const patterns = texts.flatMap((text) => ['-e', text]);
    const where = tree === undefined ? ['--untracked'] : [tree];
    // Without the dashes, a file that is called like the commit makes git refuse to answer.
    const asked = [
      'grep',
      '--no-color',
      '-l',
      '-z',
      '-I',
      '-F',
      '--no-recurse-submodules',
      '--full-name',
      ...(all ? ['--all-match'] : []),
      ...patterns,
      ...where,
      '--',
      ...['*.yaml', '*.yml', '*.json'],
    ];
    const given = run(this.root, asked, { env, options: [] });
    if (given.status > 1) throw new InputError({ message: `git grep failed: ${firstLine(given.err)}` });
    return namesIn(given.out).map((line) => (tree === undefined ? line : line.slice(tree.length + 1)));
  }

  /** Whether the index has files that are not to lie in the work tree, or whose changes there git is told to pass over. */
  isSparse(how: 'sparse' | 'or unwatched' = 'sparse'): boolean {
    const isOther = how === 'sparse' ? /^S / : /^[Sa-z] /;
    return this.lines('ls-files', '-v').some((line) => isOther.test(line));
  }

  /** The files of the work tree, with what git would add to it; from the root of the repository. */
  workTree(): string[] {
    const list = (...which: readonly string[]) => namesIn(this.answerTo(['ls-files', '-z', ...which]).out);
    const gone = new Set(list('--deleted'));
    return list('--cached', '--others', '--exclude-standard').filter((path) => !gone.has(path));
  }

  /** The URLs by which this repository is known: those of its remotes, as they are written and as git goes by `insteadOf`. */
  urls(): string[] {
    const asked = [
      ['remote', '-v'],
      ['config', '--get-regexp', '^remote\\..*\\.url$'],
    ];
    const lines = asked.flatMap((args) => run(this.root, args).out.toString().split('\n'));
    return [...new Set(lines.flatMap((line) => line.split(/\s+/)[1] ?? []))];
  }

  /** The files that git would leave out of every commit, as they are no part of one yet; paths are from the project's folder. */
  ignored(paths: readonly string[]): string[] {
    const folders = [...new Set(paths.map((path) => path.replace(/(?<=[^/])\/.*/s, '')))];
    // Left to itself, check-ignore compares each path with each file of the index.
    const tracked = new Set(this.tracked(folders));
    const untracked = paths.filter((path) => !tracked.has(path));
    if (untracked.length === 0) return [];
    const asked = ['check-ignore', '--no-index', '-z', '--stdin'];
    const { status, out, err } = answer(
      spawn(this.folder, asked, { input: untracked.join('\0'), options: [] }),
    );
    if (status > 1) throw new InputError({ message: `git cannot list ignored files: ${firstLine(err)}` });
    return namesIn(out);
  }

  /** What git ignores of the work tree, from its root; a folder of which it ignores everything ends in `/`. */
  ignoredOnDisk(): string[] {
    const asked = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'];
    const { status, out, err } = run(this.root, asked);
    if (status !== 0) throw new InputError({ message: `git cannot list ignored files: ${firstLine(err)}` });
    return namesIn(out);
  }

  /** Files that git tracks in some folders; all paths are from the project's folder. */
  private tracked(folders: readonly string[]): string[] {
    const { status, out, err } = run(this.folder, ['ls-files', '-z', '--', ...folders]);
    if (status !== 0) throw new InputError({ message: `git cannot list tracked files: ${firstLine(err)}` });
    return namesIn(out);
  }

  /** HEAD, and while a merge is on its way what is merged: the parents of the next commit. */
  heads(): string[] {
    const head = this.resolve('HEAD');
    if (head === undefined) return [];
    const path = this.ownFile('MERGE_HEAD');
    const merged = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
    return [head, ...merged];
  }

  /** Whether any commit that leads to this one ever held the folder. */
  everHeld(commit: string, folder: string): boolean {
    return this.lines('rev-list', '-1', '--full-history', commit, '--', folder).length > 0;
  }

  /** The absolute path of a file that git keeps for itself. */
  ownFile(name: string): string {
    const [file] = this.lines('rev-parse', '--git-path', name);
    if (file === undefined) throw nonsense('rev-parse');
    return resolve(this.root, file);
  }

  /**
   * The first-parent history of a commit, newest first: those commits that touched the folder. Of a clone that is cut off,
   * the oldest commit is left out: nobody knows what it changed.
   * @param commits how many commits to look at, whether they touch the folder or not
   */
  firstParents(
    commit: string,
    folder: string,
    commits?: number,
  ): { readonly log: Commit[]; readonly end: End } {
    const limit = commits === undefined ? [] : [`--max-count=${commits}`];
    const looked = this.lines('rev-list', '--first-parent', '--parents', ...limit, commit, '--');
    if (!looked.every((line) => line.split(' ').every((id) => OBJECT_ID.test(id))))
      throw nonsense('rev-list');
    const [oldest = '', parent] = looked.at(-1)?.split(' ') ?? [];
    const cut = this.cuts().has(oldest);
    const seen = new Set(looked.map((line) => line.split(' ')[0]));
    if (cut) seen.delete(oldest);
    // The range ends with what was looked at: beside a path, --max-count would count only the commits that touch it.
    const range = parent === undefined ? [commit] : [commit, `^${parent}`];
    const log = this.log(['--first-parent', ...range], folder).filter(({ id }) => seen.has(id));
    return { log, end: cut ? 'cut' : parent === undefined ? 'root' : { before: parent } };
  }

  /** The commits that a merge brought to its first parent, newest first: those that touched the folder. Empty for no merge. */
  brought({ id, parents: [first, second] }: Commit, folder: string): Commit[] {
    return first === undefined || second === undefined
      ? []
      : this.log(['--no-merges', id, `^${first}`], folder);
  }

  /** What commits changed in a folder, each against its first parent, whatever the user's own settings say of logs. */
  private log(range: readonly string[], folder: string): Commit[] {
    const form = [
      '--raw',
      '-z',
      '--no-abbrev',
      '--no-renames',
      '--no-color',
      '--no-relative',
      '--format=%x01%H %P',
    ];
    const paths = folder === '' ? [] : [`${folder}/`];
    const { status, out, err } = run(this.root, [
      ...['-c', 'log.showSignature=false', 'log', '--diff-merges=first-parent', '--root'],
      ...[...form, ...range, '--', ...paths],
    ]);
    if (status !== 0) throw new InputError({ message: `git cannot read its log: ${firstLine(err)}` });
    return commitsIn(out.toString());
  }

  /**
   * What a command answers; no answer is never taken for an empty one.
   * @param expected statuses that are answers
   * @throws InputError for any other
   */
  private answerTo(args: readonly string[], expected: readonly number[] = [0]): Answer {
    const given = run(this.root, args);
    if (expected.includes(given.status)) return given;
    throw new InputError({ message: `git ${args[0] ?? ''} failed: ${firstLine(given.err)}` });
  }

  /** The lines that a command prints. @throws InputError where it fails */
  private lines(...args: readonly string[]): string[] {
    return this.answerTo(args)
      .out.toString()
      .split('\n')
      .filter((line) => line !== '');
  }

  /**
   * What a pull request shows of some folders, from the root of the repository: the lines that differ, without context,
   * whatever the user's own settings say of diffs. Of a file that git takes for binary there are none.
   */
  diff(from: string, to: string, folders: readonly string[]): Diff {
    const ask = (...form: readonly string[]) => {
      const settings = ['--no-renames', '--diff-filter=AMD', '--no-relative', '--submodule=short'];
      const { status, out, err } = run(this.root, [
        ...['diff-tree', '-r', ...form, ...settings, from, to],
        ...['--', ...folders],
      ]);
      if (status !== 0) throw new InputError({ message: `git cannot compare commits: ${firstLine(err)}` });
      return out.toString();
    };
    const paths = ask('--name-only', '-z').split('\0').slice(0, -1);
    const patch = ask(
      '-p',
      '--unified=0',
      '--inter-hunk-context=0',
      '--no-color',
      '--no-ext-diff',
      '--no-textconv',
    );
    // Names may be quoted in a patch, so that they are taken from the list, which comes in the same order.
    const [, ...files] = `\n${patch}`.split('\ndiff --git ');
    return new Map(paths.map((path, i) => [path, hunksIn(files[i] ?? '')]));
  }

  isAncestor(ancestor: string, commit: string): boolean {
    return this.answerTo(['merge-base', '--is-ancestor', ancestor, commit], [0, 1]).status === 0;
  }

  /**
   * All best common ancestors of a commit and a merge of the heads. In a shallow clone they are only believed where no history that is missing could hold a
   * better one. @throws InputError saying what to fetch
   */
  mergeBases(ref: string, commit: string, heads: readonly string[]): string[] {
    const bases = this.answerTo(['merge-base', '--all', commit, ...heads], [0, 1])
      .out.toString()
      .trim()
      .split('\n')
      .filter((line) => line !== '');
    const truncated = () => heads.some((head) => this.truncatedBetween(commit, head));
    if (this.shallow && (bases.length === 0 || truncated())) {
      throw new InputError({
        code: 'clone-shallow',
        message: `this clone is shallow: it does not have the commits between '${ref}' and HEAD`,
        remedy: 'fetch the whole history (in GitHub Actions: fetch-depth: 0)',
        command: 'git fetch --unshallow',
      });
    }
    return bases;
  }

  /** Whether the history that only one of the two has is cut off anywhere (git lists the cuts in a file of its own). */
  private truncatedBetween(a: string, b: string): boolean {
    const cut = this.cuts();
    return this.lines('rev-list', `${a}...${b}`, '--').some((commit) => cut.has(commit));
  }

  /** The commits whose parents a shallow clone lacks. */
  private cuts(): ReadonlySet<string> {
    if (!this.shallow) return new Set();
    return new Set(readFileSync(this.ownFile('shallow'), 'utf8').split('\n'));
  }
}

/** @throws InputError for refs that are empty or that git could take for an option */
function checkRef(ref: string): void {
  const problem = ref === '' ? 'is empty' : ref.startsWith('-') ? "begins with '-'" : undefined;
  if (problem === undefined && !/[\0-\x1f\x7f]/.test(ref)) return;
  throw new InputError({
    message: `the git ref ${JSON.stringify(ref)} ${problem ?? 'holds control characters'}`,
    remedy: 'give a branch, a tag or a commit, such as origin/main',
  });
}

/** Git does not read what belongs to another user; it says itself how it would. */
function unreadable(err: string, folder: string): InputError {
  const command = err
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line.startsWith('git config --global --add safe.directory '));
  return new InputError({
    message: `git cannot read the repository: ${firstLine(err)}`,
    file: folder,
    ...(command !== undefined && { remedy: 'if you trust the repository, run:', command }),
  });
}

/** Whether a folder or one above it looks like a work tree: asked only where git itself cannot be. */
function looksLikeWorkTree(folder: string): boolean {
  const above = dirname(folder);
  return existsSync(join(folder, '.git')) || (above !== folder && looksLikeWorkTree(above));
}
