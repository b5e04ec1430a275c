// The files that the work tree would give in a commit, or merged into one, made by git itself in a temporary folder. The work tree
// counts as `git add -A` would commit it. The repository is only read: the index and all new objects lie in the temporary folder.
// Source: git-merge-tree, "--write-tree", since git 2.38.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { codeOf, InputError, messageOf } from '../input/error';
import type { GitTarget, MergeParents } from './baseline-target';
import { realPath } from './folder';
import type { Repository } from './git';
import { once } from './once';
import { answer, firstLine, namesIn, nonsense, OBJECT_ID, spawn, type Answer } from './git-process';

/** Of the repository's own settings none may run a hook, or write beside the temporary index. */
const QUIET = [
  ...['-c', 'core.fsync=none', '-c', 'core.looseCompression=0'], // it is all removed again
  ...['-c', 'core.hooksPath=/dev/null', '-c', 'core.splitIndex=false', '-c', 'core.untrackedCache=false'],
  ...['-c', 'core.safecrlf=false', '-c', 'advice.addEmbeddedRepo=false'],
];

/** Whoever merges: the commit is never seen. */
const NOBODY = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'cdk8s-liqo'],
    [`GIT_${who}_EMAIL`, 'cdk8s-liqo@invalid'],
    [`GIT_${who}_DATE`, '2000-01-01T00:00:00Z'],
  ]),
) as NodeJS.ProcessEnv;

/** What a config can import, what an engine or a tool reads, and links: with all of config/, and nothing else, it is written. */
const WANTED =
  /(\.(ya?ml|json|[cm]?[jt]sx?|txt|css)|(^|\/)(Kustomization|\.sourceignore|\.argocd-source[^/]*|[^/]*\.jsonnet))$/;

const UNWRITTEN = 'the result of a merge cannot be written to the temporary folder';

/** What no config takes data from, and no engine or tool reads. */
const PROSE = /(\.(md|rst|adoc|png|jpe?g|gif|svg|pdf)|(^|\/)(LICENSE|NOTICE|CODEOWNERS))$/;

/** What the work tree is merged into. */
export type Into = GitTarget & { readonly merge: MergeParents };

/** A file of a tree. */
interface Listed {
  readonly mode: string;
  readonly path: string;
}

/** A work tree as git would commit it, merged into a commit where that takes a merge. */
export class MergeTree {
  /** Absolute path of a folder that holds its files, as a checkout of it would. */
  readonly folder: string;
  /** Files that git cannot merge, from the root of the repository. */
  readonly conflicts: readonly string[];
  private readonly tree: string;
  private readonly ours: string;
  private listed: readonly Listed[] | undefined;
  private readonly env: NodeJS.ProcessEnv;
  private hasUnborn = false;
  /** Whether something but prose of a path is read: all of config/, and what links lead to. */
  readonly isRead: (path: string) => boolean;

  /** @throws InputError where git cannot make it; nothing is left behind then */
  static of(repository: Repository, into?: Into): MergeTree {
    const scratch = makeScratch();
    try {
      return new MergeTree(repository, into, scratch);
    } catch (thrown) {
      remove(scratch);
      throw thrown;
    }
  }

  private constructor(
    private readonly repository: Repository,
    private readonly into: Into | undefined,
    private readonly scratch: string,
  ) {
    this.folder = join(scratch, 'files');
    for (const folder of ['files', 'objects']) mkdirSync(join(scratch, folder));
    const index = repository.ownFile('index');
    if (existsSync(index)) copyFileSync(index, join(scratch, 'index'));
    this.env = { ...NOBODY, ...environmentIn(scratch, repository.ownFile('objects')) };
    this.refuseConflicted();
    this.add();
    const tree = this.id(['write-tree']);
    const parents = (into?.merge.heads ?? []).flatMap((head) => ['-p', head]);
    this.ours = into === undefined ? tree : this.id(['commit-tree', tree, ...parents, '-m', 'work tree']);
    [this.tree, ...this.conflicts] = into === undefined ? [tree] : this.merge(into);
    const configs = `${repository.prefix}config/`;
    const linked = once(() => this.links().map((path) => this.linkedFrom(path)));
    const isLinked = (path: string) => linked().some((one) => path === one || path.startsWith(`${one}/`));
    this.isRead = (path) => WANTED.test(path) || path.startsWith(configs) || isLinked(path);
  }

  /** Whether all that is read of the merge lies in the work tree as it is: then nothing need be written. */
  isWorkTree(): boolean {
    if (this.hasUnborn || this.list().some(({ mode }) => mode === '160000')) return false;
    if (this.repository.isSparse('or unwatched')) return false;
    const asked = ['diff-tree', '-r', '-z', '--raw', '--no-renames', this.ours, this.tree];
    const [...fields] = namesIn(this.ask('git cannot compare a merge with the work tree', asked).out);
    const isFile = (mode = '') => mode === '000000' || mode.startsWith('100');
    return fields.every((field, i) => {
      if (i % 2 === 1) return PROSE.test(field) && !this.isRead(field);
      const [then = '', now] = field.slice(1).split(' ');
      return isFile(then) && isFile(now);
    });
  }

  /** @param unborn repositories in the work tree that have no commit: no commit could hold them, and git adds nothing beside one */
  private add(unborn: readonly string[] = []): void {
    const without = unborn.map((path) => `:(exclude,literal)${path}`);
    const asked = ['add', '-A', '--sparse', '--', '.', ...without];
    const given = this.run(asked, undefined, []);
    const [, another] = /^error: '(.+)\/' does not have a commit checked out$/m.exec(given.err) ?? [];
    if (given.status === 0) return;
    this.hasUnborn = true;
    if (another === undefined || unborn.includes(another))
      throw this.failed('git cannot add the work tree to a merge', asked, given);
    this.add([...unborn, another]);
  }

  /** All files of the tree, from the root of the repository. */
  paths(): string[] {
    return this.list().map(({ path }) => path);
  }

  /** Manifests of the merge, anywhere in it, in which one of the texts stands, or each; from the root of the repository. */
  manifestsWith(texts: readonly string[], all?: boolean): string[] {
    return this.repository.manifestsWith(this.tree, texts, { env: this.env, all });
  }

  /** The texts that the two sides, and git's own attempt, have of a file: fewer where one has none. */
  sidesOf(path: string): Buffer[] {
    return [...(this.into === undefined ? [] : [this.into.commit]), this.ours].flatMap((side) => {
      const { status, out } = this.run(['cat-file', 'blob', `${side}:${path}`]);
      return status === 0 ? [out] : [];
    });
  }

  /** Writes the files, but for some. @throws InputError where the disk refuses */
  write(without: ReadonlySet<string>): void {
    const paths = this.list().flatMap(({ mode, path }) => {
      const isWanted = mode === '120000' || (mode.startsWith('100') && this.isRead(path));
      return isWanted && !without.has(path) ? [path] : [];
    });
    this.ask(UNWRITTEN, ['read-tree', this.tree]);
    const input = paths.map((path) => `${path}\0`).join('');
    this.ask(UNWRITTEN, ['checkout-index', '-q', '-z', '--stdin', `--prefix=${this.folder}/`], input);
  }

  private list(): readonly Listed[] {
    if (this.listed !== undefined) return this.listed;
    const { out } = this.ask('git cannot list a merge', ['ls-tree', '-r', '-z', '--full-tree', this.tree]);
    this.listed = namesIn(out).map((line) => ({
      mode: line.slice(0, 6),
      path: line.slice(line.indexOf('\t') + 1),
    }));
    return this.listed;
  }

  private links(): string[] {
    return this.list().flatMap(({ mode, path }) => (mode === '120000' ? [path] : []));
  }

  /** Where a link leads, from the root of the repository. */
  private linkedFrom(path: string): string {
    const target = this.ask(UNWRITTEN, ['cat-file', 'blob', `${this.tree}:${path}`]).out.toString();
    return posix.join(posix.dirname(path), target);
  }

  remove(): void {
    remove(this.scratch);
  }

  /** The tree, and what git could not merge into it. */
  private merge({ commit, ref }: Into): [tree: string, ...conflicts: string[]] {
    const asked = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', commit, this.ours];
    const { status, out, err } = this.run(asked);
    if (status !== 0 && status !== 1) {
      this.refuseOldGit(ref);
      const isUnrelated = err.includes('unrelated histories');
      throw new InputError({
        message: isUnrelated
          ? `this branch and '${ref}' have no commit in common, so git refuses to merge them`
          : `git cannot merge this branch into '${ref}': ${firstLine(err) || `status ${status}`}`,
        remedy:
          'give the branch that this one started from with --against, or judge the files as they are with --no-merge',
      });
    }
    const [tree = '', ...conflicts] = namesIn(out);
    if (!OBJECT_ID.test(tree)) throw nonsense('merge-tree');
    return [tree, ...new Set(conflicts)];
  }

  private refuseOldGit(ref: string): void {
    const version = this.run(['version']).out.toString().trim().split(' ')[2] ?? '';
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major > 2 || (major === 2 && minor >= 38)) return;
    throw new InputError({
      message: `git ${version} cannot compute a merge into '${ref}': that needs git 2.38`,
      remedy: `use a newer git, or merge ${ref} into this branch first`,
    });
  }

  private refuseConflicted(): void {
    const unmerged = namesIn(this.ask('git cannot read its index', ['ls-files', '-z', '-u']).out);
    const files = [...new Set(unmerged.map((line) => line.slice(line.indexOf('\t') + 1)))];
    if (files.length === 0) return;
    throw new InputError(
      files.map((file) => ({
        message: 'a merge is in progress, and this file still has conflicts',
        file,
        remedy: 'resolve it and `git add` it, or cancel the merge with `git merge --abort`',
      })),
    );
  }

  private run(args: readonly string[], input?: string, options = ['--literal-pathspecs']): Answer {
    return answer(
      spawn(this.repository.root, args, {
        env: this.env,
        options: [...QUIET, ...options],
        ...(input !== undefined && { input }),
      }),
    );
  }

  private ask(failed: string, args: readonly string[], input?: string): Answer {
    const given = this.run(args, input);
    if (given.status === 0) return given;
    throw this.failed(failed, args, given);
  }

  private failed(what: string, [command = '']: readonly string[], { err }: Answer): InputError {
    const merge = this.into === undefined ? '' : `, or merge ${this.into.ref} into this branch first`;
    return new InputError({
      message: `${what}: ${firstLine(err) || `git ${command} failed`}`,
      file: this.repository.root,
      remedy: `fix what git reports, or add the file to .gitignore${merge} (the temporary folder is ${tmpdir()}; set another with TMPDIR)`,
    });
  }

  private id(args: readonly string[]): string {
    const id = this.ask('git cannot add the work tree', args).out.toString().trim();
    if (!OBJECT_ID.test(id)) throw nonsense(args[0] ?? '');
    return id;
  }
}

/** Git writes to the folder, and reads from the repository what it does not find there. */
function environmentIn(scratch: string, objects: string): NodeJS.ProcessEnv {
  const present = process.env['GIT_ALTERNATE_OBJECT_DIRECTORIES'];
  const own = quotedForAlternates(objects);
  return {
    GIT_INDEX_FILE: join(scratch, 'index'),
    GIT_OBJECT_DIRECTORY: join(scratch, 'objects'),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: present === undefined ? own : `${own}:${present}`,
  };
}

/** A colon parts such paths, and a quote begins one that is quoted as in C. */
const quotedForAlternates = (path: string) =>
  /[:"]/.test(path) ? `"${path.replace(/[\\"]/g, '\\$&')}"` : path;

function makeScratch(): string {
  try {
    return realPath(mkdtempSync(join(tmpdir(), 'cdk8s-liqo-merge-')));
  } catch (thrown) {
    if (codeOf(thrown) === undefined) throw thrown;
    throw new InputError({
      message: `the temporary folder for a merge cannot be used: ${messageOf(thrown)}`,
      file: tmpdir(),
      remedy: 'free disk space there, or set another temporary folder with TMPDIR',
    });
  }
}

const remove = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
};
