// Where the new side of a change is read: the work tree, or what merging it would give. All that is judged and all that steers
// the judge comes from there, the configs and what they import included.
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { coded, InputError } from '../input/error';
import type { Target } from '../manifests/baseline-target';
import { COMPONENTS, GITOPS } from '../manifests/dist';
import { isWithin, kindOnDisk, realPath, shownFrom } from '../manifests/folder';
import type { Repository } from '../manifests/git';
import { MergeTree } from '../manifests/merge-tree';
import { APPROVALS } from '../manifests/tree-reader';
import { isOurs } from '../manifests/write';

export interface Checkout {
  /** Absolute path of what stands for the root of the repository; the project's folder outside git. */
  readonly top: string;
  /** Absolute path of what stands for the project's folder. */
  readonly root: string;
  readonly repository: Repository | undefined;
  /** The project's folder from the root of the repository: empty or ending in `/`. */
  readonly prefix: string;
  /** Whether git merged it: then all that lies there is committed. */
  readonly isMerged: boolean;
  /** Generated files that both sides of a merge changed, from the project's folder: they are made anew, whatever they hold. */
  readonly unsettled: ReadonlySet<string>;
  /** Manifests, anywhere in the repository, in which one of the texts stands, or each; from its root. None outside git. */
  readonly manifestsWith: (texts: readonly string[], all?: boolean) => readonly string[];
  /** All files of the repository, from its root. None outside git. */
  readonly paths: () => readonly string[];
}

/** The files as they lie there. */
export function workTree(root: string, repository: Repository | undefined): Checkout {
  let paths: readonly string[] | undefined;
  return {
    top: repository?.root ?? root,
    root: repository === undefined ? root : join(repository.root, repository.prefix),
    repository,
    prefix: repository?.prefix ?? '',
    isMerged: false,
    unsettled: new Set(),
    manifestsWith: (texts, all) => repository?.manifestsWith(undefined, texts, { all }) ?? [],
    paths: () => (paths ??= repository?.workTree() ?? []),
  };
}

/** What is judged. */
export interface Judged {
  /** From the project's folder. */
  readonly folder: string;
  /** Whether synth makes it from configs: of that a merge need not know what becomes, it is made anew. */
  readonly isGenerated: boolean;
}

/** What configs give. */
export const OF_CONFIGS: Judged = { folder: 'dist', isGenerated: true };

/**
 * Calls back with the new side's files: merged into what they are judged against, where that takes a merge. A file that a sparse
 * checkout leaves out is there all the same.
 * @throws InputError where git cannot merge, with the files that are in conflict
 */
export function inCheckout<T>(
  here: Checkout,
  target: Target,
  judged: Judged,
  use: (checkout: Checkout) => T,
): T {
  const { repository, prefix } = here;
  const into =
    target.kind === 'git' && target.merge !== undefined ? { ...target, merge: target.merge } : undefined;
  if (repository === undefined || (into === undefined && !repository.isSparse()))
    return shownFrom(here.top, () => use(here));
  const merge = coded('merge-failed', () => MergeTree.of(repository, into));
  const cwd = process.cwd();
  try {
    const ours = judged.isGenerated ? generatedAmong(merge, prefix) : new Set<string>();
    refuseConflicts(
      merge.conflicts.filter((path) => !ours.has(path)),
      into?.ref ?? '',
    );
    const judging = {
      isMerged: true,
      manifestsWith: (texts: readonly string[], all?: boolean) => merge.manifestsWith(texts, all),
      paths: () => merge.paths(),
    };
    if (into !== undefined && ours.size === 0 && merge.isWorkTree() && !hides(here, judged, merge))
      return shownFrom(here.top, () => use({ ...here, ...judging }));
    coded('merge-failed', () => {
      merge.write(ours);
    });
    linkIgnored(repository, merge.folder, prefix);
    const place = join(merge.folder, relative(repository.root, realPath(cwd)));
    // What configs read of a folder while they are evaluated, they find from here.
    if (isWithin(place, merge.folder) && kindOnDisk(place) === 'folder') process.chdir(place);
    return shownFrom(merge.folder, () =>
      use({
        ...here,
        ...judging,
        top: merge.folder,
        root: join(merge.folder, prefix),
        unsettled: new Set([...ours].map((path) => path.slice(prefix.length))),
      }),
    );
  } finally {
    process.chdir(cwd);
    merge.remove();
  }
}

/** The files in conflict that carry our header on either side. */
function generatedAmong(merge: MergeTree, prefix: string): Set<string> {
  const folders = ['dist', COMPONENTS, GITOPS].map((folder) => `${prefix}${folder}/`);
  const isGenerated = (path: string) =>
    folders.some((folder) => path.startsWith(folder)) &&
    merge.sidesOf(path).some((content) => isOurs(path.slice(prefix.length), content));
  return new Set(merge.conflicts.filter(isGenerated));
}

function refuseConflicts(files: readonly string[], ref: string): void {
  if (files.length === 0) return;
  throw new InputError(
    files.map((file) => ({
      code: 'merge-failed' as const,
      message: `this branch and '${ref}' have both changed this file and git cannot merge it, so the deployed result is unknown`,
      file,
      remedy: `merge ${ref} into this branch first, or rebase it`,
    })),
  );
}

/** Where nothing that git ignores has a part: it would never be committed. */
const committed = (prefix: string) =>
  ['dist', COMPONENTS, GITOPS, APPROVALS].map((folder) => prefix + folder);

/** Whether the work tree has, beside what a merge gives, anything that git ignores and that would be judged, or steer. */
function hides({ repository, prefix }: Checkout, { folder }: Judged, merge: MergeTree): boolean {
  const folders = [posix.join(prefix, folder), ...committed(prefix)];
  const isNear = (path: string) =>
    folders.some((one) => one === '.' || isWithin(path, one) || isWithin(one, path));
  return (repository?.ignoredOnDisk() ?? []).some((path) =>
    path.endsWith('/') ? isNear(path.slice(0, -1)) : isNear(path) || merge.isRead(path),
  );
}

/** What configs import may be made by a build and ignored by git: it is the same on both sides of a merge. */
function linkIgnored(repository: Repository, top: string, prefix: string): void {
  const skipped = committed(prefix);
  for (const path of repository.ignoredOnDisk().map((one) => one.replace(/\/$/, ''))) {
    const place = join(top, path);
    if (skipped.some((folder) => isWithin(path, folder)) || kindOnDisk(place) !== undefined) continue;
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(repository.root, path), place);
  }
}
