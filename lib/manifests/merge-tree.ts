// The files that merging the work tree into a commit would give, made by git itself in a temporary folder. The work tree counts
// as `git add -A` would commit it. The repository is only read: the index and all new objects lie in the temporary folder.
// Source: git-merge-tree, "--write-tree", since git 2.38.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { codeOf, InputError, messageOf } from '../input/error';
import type { GitTarget, MergeParents } from './baseline-target';
import { realPath } from './folder';
import type { Repository } from './git';
import { answer, firstLine, namesIn, nonsense, OBJECT_ID, spawn, type Answer } from './git-process';

/** Of the repository's own settings none may run a hook, or write beside the temporary index. */
const QUIET = [
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

/** What a config can import, what an engine or a tool reads, and links: all else of the merge is written nowhere. */
const WANTED =
  /(\.(ya?ml|json|[cm]?[jt]sx?|txt|css)|(^|\/)(Kustomization|\.sourceignore|\.argocd-source[^/]*|[^/]*\.jsonnet))$/;

/** The merge of a work tree into a commit. */
export class MergeTree {
  /** Absolute path of a folder that holds its files, as a checkout of it would. */
  readonly folder: string;
  /** Files that git cannot merge, from the root of the repository. */
  readonly conflicts: readonly string[];
  private readonly tree: string;
  private readonly ours: string;

  /** @throws InputError where git cannot make it; nothing is left behind then */
  static of(repository: Repository, target: GitTarget, parents: MergeParents): MergeTree {
    const scratch = makeScratch();
    try {
      return new MergeTree(repository, target, parents, scratch);
    } catch (thrown) {
      remove(scratch);
      throw thrown;
    }
  }

  private constructor(
    private readonly repository: Repository,
    private readonly target: GitTarget,
    { heads }: MergeParents,
    private readonly scratch: string,
  ) {
    this.folder = join(scratch, 'files');
    for (const folder of ['files', 'objects']) mkdirSync(join(scratch, folder));
    const index = repository.ownFile('index');
    if (existsSync(index)) copyFileSync(index, join(scratch, 'index'));
    this.refuseConflicted();
    this.ask('git cannot add the work tree to a merge', ['add', '-A']);
    const parents = heads.flatMap((head) => ['-p', head]);
    this.ours = this.id(['commit-tree', this.id(['write-tree']), ...parents, '-m', 'work tree']);
    [this.tree, ...this.conflicts] = this.merge();
  }

  /** Manifests of the merge, anywhere in it, in which one of the texts stands; from the root of the repository. */
  manifestsWith(texts: readonly string[]): string[] {
    return this.repository.manifestsWith(this.tree, texts, this.env);
  }

  /** The texts that the two sides, and git's own attempt, have of a file: fewer where one has none. */
  sidesOf(path: string): Buffer[] {
    return [this.target.commit, this.ours].flatMap((side) => {
      const { status, out } = this.run(['cat-file', 'blob', `${side}:${path}`]);
      return status === 0 ? [out] : [];
    });
  }

  /** Writes the files, but for some. @throws InputError where the disk refuses */
  write(without: ReadonlySet<string>): void {
    const failed = 'what a merge gives cannot be written to the temporary folder';
    const listed = namesIn(this.ask(failed, ['ls-tree', '-r', '-z', '--full-tree', this.tree]).out).map(
      (line) => ({ mode: line.slice(0, 6), path: line.slice(line.indexOf('\t') + 1) }),
    );
    const links = listed.filter(({ mode }) => mode === '120000').map(({ path }) => path);
    const linked = links.map((path) => this.linkedFrom(failed, path));
    const isLinked = (path: string) => linked.some((one) => path === one || path.startsWith(`${one}/`));
    const paths = listed.flatMap(({ mode, path }) => {
      const isWanted = mode === '120000' || (mode.startsWith('100') && (WANTED.test(path) || isLinked(path)));
      return isWanted && !without.has(path) ? [path] : [];
    });
    this.ask(failed, ['read-tree', this.tree]);
    const input = paths.map((path) => `${path}\0`).join('');
    this.ask(failed, ['checkout-index', '-q', '-z', '--stdin', `--prefix=${this.folder}/`], input);
  }

  /** Where a link leads, from the root of the repository. */
  private linkedFrom(failed: string, path: string): string {
    const target = this.ask(failed, ['cat-file', 'blob', `${this.tree}:${path}`]).out.toString();
    return posix.join(posix.dirname(path), target);
  }

  remove(): void {
    remove(this.scratch);
  }

  /** The tree, and what git could not merge into it. */
  private merge(): [tree: string, ...conflicts: string[]] {
    const { commit, ref } = this.target;
    const asked = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', commit, this.ours];
    const { status, out, err } = this.run(asked);
    if (status !== 0 && status !== 1) {
      this.refuseOldGit();
      const isUnrelated = err.includes('unrelated histories');
      throw new InputError({
        message: isUnrelated
          ? `this branch and '${ref}' have no commit in common, so git refuses to merge them`
          : `git cannot merge this branch into '${ref}': ${firstLine(err) || `status ${status}`}`,
        remedy:
          'name the branch that this one left with --against, or judge the files as they lie with --no-merge',
      });
    }
    const [tree = '', ...conflicts] = namesIn(out);
    if (!OBJECT_ID.test(tree)) throw nonsense('merge-tree');
    return [tree, ...new Set(conflicts)];
  }

  private refuseOldGit(): void {
    const version = this.run(['version']).out.toString().trim().split(' ')[2] ?? '';
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major > 2 || (major === 2 && minor >= 38)) return;
    throw new InputError({
      message: `git ${version} cannot tell what a merge into '${this.target.ref}' gives: that takes git 2.38`,
      remedy: `use a newer git, or merge ${this.target.ref} into this branch first`,
    });
  }

  private refuseConflicted(): void {
    const unmerged = namesIn(this.ask('git cannot read its index', ['ls-files', '-z', '-u']).out);
    const files = [...new Set(unmerged.map((line) => line.slice(line.indexOf('\t') + 1)))];
    if (files.length === 0) return;
    throw new InputError(
      files.map((file) => ({
        message: 'a merge is under way, and this file is still in conflict',
        file,
        remedy: 'resolve it and `git add` it, or take the merge back with `git merge --abort`',
      })),
    );
  }

  private get env(): NodeJS.ProcessEnv {
    const present = process.env['GIT_ALTERNATE_OBJECT_DIRECTORIES'];
    const objects = quotedForAlternates(this.repository.ownFile('objects'));
    return {
      ...NOBODY,
      GIT_INDEX_FILE: join(this.scratch, 'index'),
      GIT_OBJECT_DIRECTORY: join(this.scratch, 'objects'),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: present === undefined ? objects : `${objects}:${present}`,
    };
  }

  private run(args: readonly string[], input?: string): Answer {
    return answer(
      spawn(this.repository.root, args, {
        env: this.env,
        options: [...QUIET, '--literal-pathspecs'],
        ...(input !== undefined && { input }),
      }),
    );
  }

  private ask(failed: string, args: readonly string[], input?: string): Answer {
    const given = this.run(args, input);
    if (given.status === 0) return given;
    throw new InputError({
      message: `${failed}: ${firstLine(given.err) || `git ${args[0] ?? ''} failed`}`,
      file: this.repository.root,
      remedy: `mend what git says of it, ignore it, or merge ${this.target.ref} into this branch first (the temporary folder is ${tmpdir()}; TMPDIR names another)`,
    });
  }

  private id(args: readonly string[]): string {
    const id = this.ask('git cannot take up the work tree', args).out.toString().trim();
    if (!OBJECT_ID.test(id)) throw nonsense(args[0] ?? '');
    return id;
  }
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
      message: `there is no room to merge in: ${messageOf(thrown)}`,
      file: tmpdir(),
      remedy: 'make room there, or name another temporary folder with TMPDIR',
    });
  }
}

const remove = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
};
