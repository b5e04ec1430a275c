// What git prints of commits and of what they change, as data.
import { nonsense, OBJECT_ID } from './git-process';

/** Stands for the content of a link or a submodule. */
export const LINK = 'link';

/** A path that a commit changed, with its blob before and after: undefined where it had none, LINK where it was no file. */
export interface FileChange {
  readonly path: string;
  readonly old: string | undefined;
  readonly now: string | undefined;
}

/** A commit of a branch with what it changed in a folder, against its first parent. */
export interface Commit {
  readonly id: string;
  /** More than one for a merge. */
  readonly parents: readonly string[];
  readonly changes: readonly FileChange[];
}

/** Lines that a change replaces, both sides from 1. With no line of its own a side names the line before. */
export interface Hunk {
  readonly old: Span;
  readonly now: Span;
}
interface Span {
  readonly start: number;
  readonly count: number;
}

/** What differs between two commits: the lines of every file that does, by its path from the root of the repository. */
export type Diff = ReadonlyMap<string, readonly Hunk[]>;

export function hunksIn(patch: string): Hunk[] {
  const span = (start: string | undefined, count = '1') => ({ start: Number(start), count: Number(count) });
  // A line ends with a line feed only: to the flag `m` it also ends with characters that a manifest can hold.
  return patch.split('\n').flatMap((line) => {
    const [, old, olds, now, news] = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    return old === undefined ? [] : [{ old: span(old, olds), now: span(now, news) }];
  });
}

const blob = (mode: string, id: string) =>
  mode === '000000' ? undefined : mode.startsWith('100') ? id : LINK;

/**
 * Reads `git log --raw -z` with commits marked by \x01: `\x01<id> <parents>\0`, then `:<modes> <blobs> <status>\0<path>\0`
 * for each file.
 */
export function commitsIn(text: string): Commit[] {
  const commits: (Omit<Commit, 'changes'> & { readonly changes: FileChange[] })[] = [];
  const tokens = text.split('\0');
  for (let i = 0; i < tokens.length; i += 1) {
    const token = (tokens[i] ?? '').replace(/^\n/, '');
    if (token.startsWith('\x01')) {
      const [id = '', ...parents] = token.slice(1).trim().split(' ');
      if (!OBJECT_ID.test(id)) throw nonsense('log');
      commits.push({ id, parents, changes: [] });
    } else if (token.startsWith(':')) {
      const [before = '', after = '', old = '', now = ''] = token.slice(1).split(' ');
      i += 1;
      commits.at(-1)?.changes.push({ path: tokens[i] ?? '', old: blob(before, old), now: blob(after, now) });
    } else if (token !== '') throw nonsense('log');
  }
  return commits;
}
