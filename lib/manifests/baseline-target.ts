// What a change is judged against, before any of it is read: a commit, a path, standard input, or nothing at all.
import { isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { InputError, type InputProblem } from '../input/error';
import { isLinkPassedOver } from './engines/steering-files';
import { isWithin, kindOnDisk, listFiles, realPath } from './folder';
import type { Repository } from './git';
import { isManifestFile } from './read';

/** A commit, and the folder in it that stands for the judged one. */
export interface GitTarget {
  readonly kind: 'git';
  /** As it was asked for. */
  readonly ref: string;
  /** The full commit ID: the ref may move while we look. */
  readonly commit: string;
  /** From the root of the repository: empty for all of it. */
  readonly folder: string;
  /** Whether the folder was asked for by name: then it has to be there. */
  readonly isNamed: boolean;
  /** For people: `origin/main (0123456789ab)`. */
  readonly title: string;
  /** What merging the new side into the commit joins; undefined where that takes no merge, or none is wanted. */
  readonly merge?: MergeParents;
}

/** Both sides of a merge that git has yet to make. */
export interface MergeParents {
  /** HEAD, and while a merge is on its way what that takes in. */
  readonly heads: readonly string[];
  /** Their best common ancestors with the commit. */
  readonly bases: readonly string[];
}

export type Target =
  | GitTarget
  | { readonly kind: 'path'; readonly path: string; readonly description?: string }
  | { readonly kind: 'stdin' }
  | { readonly kind: 'none'; readonly description: string };

export interface TargetRequest {
  /** `-`, `none`, `git:<ref>[:<folder>]`, a git ref, or a path that begins with `./`, `../` or `/`; undefined for the default. */
  readonly against: string | undefined;
  /** Absolute path of the project's folder. */
  readonly root: string;
  readonly repository: Repository | undefined;
  /** The folder that is judged, from the project's, with `/`: the same one is read at a git ref. */
  readonly folder: string;
  /** Absolute path of the new side where it is read off the disk: that is no baseline, it would be compared with itself. */
  readonly judged?: string;
  /** Whether the new side is merged into a commit that it does not descend from. */
  readonly merges?: boolean;
}

/**
 * Finds what is asked for. Without a wish: origin's main branch, then HEAD, then (outside git) the dist on disk.
 * @throws InputError where it is not there, or nobody can tell what is meant
 */
export function findTarget(request: TargetRequest): Target {
  const { against } = request;
  if (against === undefined) return defaultTarget(request);
  if (against === '') {
    throw new InputError({
      message: 'the baseline is empty',
      remedy: "give a git ref or a path with --against or in CDK8S_LIQO_AGAINST; 'none' is a first run",
    });
  }
  if (against === 'none') return { kind: 'none', description: 'nothing: --against none' };
  if (against === '-') return { kind: 'stdin' };
  if (/^\.\.?(\/|$)/.test(against) || isAbsolute(against)) return pathTarget(request, against);
  const [, ref = against, folder] = /^git:([^:]*)(?::(.*))?$/s.exec(against) ?? [];
  return gitTarget(request, ref, folder);
}

/** What origin may call its main branch, in the order of preference. */
const MAIN_BRANCHES = ['HEAD', 'main', 'master'].map((branch) => `refs/remotes/origin/${branch}`);

function defaultTarget(request: TargetRequest): Target {
  const { repository, root, folder, judged } = request;
  if (repository !== undefined) {
    const [ref] = repository.present(MAIN_BRANCHES);
    if (ref !== undefined) return gitTarget(request, ref, undefined, ref.replace('refs/remotes/', ''));
    if (repository.resolve('HEAD') !== undefined) {
      if (!repository.hasRemoteBranches()) return gitTarget(request, 'HEAD');
      throw new InputError({
        message: 'this clone does not know the main branch of origin, so the deployed state is unknown',
        remedy: 'fetch it, or give another baseline with --against:',
        command: `git fetch${unshallow(repository)} origin '+refs/heads/*:refs/remotes/origin/*' && git remote set-head origin --auto`,
      });
    }
  }
  if (judged !== undefined) {
    throw new InputError({
      message: `there is no git commit, so the earlier contents of ${folder}/ are unknown`,
      remedy:
        "give the deployed state with --against or CDK8S_LIQO_AGAINST: a copy of the folder, or a list as kubectl prints it; 'none' is a first run",
    });
  }
  const onDisk = kindOnDisk(join(root, folder));
  const isEmpty =
    onDisk === 'folder' && listFiles(join(root, folder), isManifestFile, isLinkPassedOver).length === 0;
  if (onDisk === undefined || isEmpty)
    return {
      kind: 'none',
      description: `nothing: a first run, with no manifest in ${folder}/ and no git commit`,
    };
  return {
    ...pathTarget(request, `./${folder}`),
    description: `the ${folder}/ on disk, because there is no git commit`,
  };
}

const overlap = (one: string, other: string) => isWithin(one, other) || isWithin(other, one);

function pathTarget({ root, judged }: TargetRequest, path: string) {
  if (judged !== undefined && overlap(realPath(resolve(root, path)), realPath(judged))) {
    throw new InputError({
      message: 'the baseline overlaps the judged folder, which would be compared with itself',
      file: path,
      remedy: 'give the deployed state: a git ref, or a copy that nothing writes to',
    });
  }
  return { kind: 'path' as const, path };
}

const unshallow = ({ shallow }: Repository) => (shallow ? ' --unshallow' : '');

/** Of a ref that this clone does not have: how it comes here. */
function missingRef({ root }: TargetRequest, repository: Repository, ref: string): InputProblem {
  const message = `there is no git ref '${ref}' here`;
  const isPath = !ref.startsWith('-') && kindOnDisk(resolve(root, ref)) !== undefined;
  const orPath = isPath ? `, or write ./${ref} for the path` : '';
  const [, branch] = /^(?:(?:refs\/remotes\/)?origin\/|refs\/heads\/)?([A-Za-z][\w./-]*)$/.exec(ref) ?? [];
  if (branch === undefined || branch.startsWith('HEAD') || branch.includes('..'))
    return {
      message,
      remedy: `give another baseline with --against${orPath}`,
      ...(repository.shallow && { command: 'git fetch --unshallow' }),
    };
  return {
    message,
    remedy: `fetch it${ref.includes('origin/') ? '' : ` and judge against origin/${branch}`}${orPath}`,
    command: `git fetch${unshallow(repository)} origin +refs/heads/${branch}:refs/remotes/origin/${branch}`,
  };
}

function gitTarget(request: TargetRequest, ref: string, folder?: string, shown = ref): GitTarget {
  const { repository, root } = request;
  if (repository === undefined) {
    throw new InputError({
      message: `'${shown}' is read as a git ref, but this is not a git repository`,
      file: root,
      remedy: `write a folder as ./${/^[\w./-]+$/.test(shown) ? shown : 'path'}`,
    });
  }
  const commit = repository.resolve(ref);
  if (/^0{40,}$/.test(ref)) {
    throw new InputError({
      message: 'the baseline is all zeros, which CI gives as the commit before a new branch',
      remedy: 'give the branch that it started from with --against; a first run is --against none',
    });
  }
  if (commit === undefined) throw new InputError(missingRef(request, repository, shown));
  const at = folder === undefined ? shown : `${shown}:${folder}`;
  const judged = judgedFolder(request, repository);
  return {
    kind: 'git',
    ref: shown,
    commit,
    folder: folder === undefined ? judged : inRepository(repository, folder),
    isNamed: folder !== undefined,
    title: at.startsWith(commit) ? at.replace(commit, commit.slice(0, 12)) : `${at} (${commit.slice(0, 12)})`,
    ...(request.merges === true && { merge: mergeOf(repository, commit, shown) }),
  };
}

/** @throws InputError where there is no commit to merge, or this clone lacks those that decide how */
function mergeOf(repository: Repository, commit: string, shown: string): MergeParents | undefined {
  const heads = repository.heads();
  if (heads.length === 0)
    throw new InputError({
      message: `this branch has no commit yet, so git cannot merge it into '${shown}'`,
      remedy: 'commit first, or judge the files as they are here with --no-merge',
    });
  if (heads.some((head) => head === commit || repository.isAncestor(commit, head))) return undefined;
  return { heads, bases: repository.mergeBases(shown, commit, heads) };
}

/** Where the judged folder really lies in the repository, whatever links lead to it. @throws InputError where it does not */
function judgedFolder({ root, folder }: TargetRequest, repository: Repository): string {
  const real = realPath(join(root, folder));
  if (!isWithin(real, repository.root)) throw outside(folder);
  const other = repository.nestedAt(real);
  if (other !== undefined)
    throw new InputError({
      message: `${folder} belongs to another repository, ${other}, which holds its deployed state`,
      file: folder,
      remedy: `judge it from there: cdk8s-liqo -C ${other} check`,
    });
  return relative(repository.root, real).split(sep).join('/');
}

const outside = (folder: string) =>
  new InputError({
    message: `the folder '${folder}' is outside the repository`,
    remedy: 'run in the repository that contains it (-C), or give another baseline with --against',
  });

/** A folder is from the root of the repository, as in `git show ref:path`; `./` makes it the project's. */
function inRepository(repository: Repository, folder: string): string {
  const path = posix.normalize(folder.startsWith('./') ? `./${repository.prefix}${folder}` : folder);
  if (path === '..' || path.startsWith('../') || isAbsolute(path)) throw outside(folder);
  return path === '.' || path === './' ? '' : path.replace(/\/$/, '');
}
