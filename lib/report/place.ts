// Where in a pull request a finding is shown: GitHub and GitLab show it beside a line only where the line is in the diff.
import type { Finding } from '../judge/finding';
import type { Diff, Hunk } from '../manifests/git-output';

export interface Place {
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

/** Lines above and below a change that a pull request shows as well. */
const CONTEXT = 3;

/** The first line of the new side that a hunk shows; of one that only deletes, the line before it. */
const shownLine = ({ now }: Hunk) => Math.max(1, now.start);

const covers = ({ start, count }: Hunk['now'], line: number) =>
  line >= start - CONTEXT && line < start + Math.max(1, count) + CONTEXT;

/** The place in the new side of a line of either side; undefined where the diff does not show it. */
function inDist(hunks: readonly Hunk[], { line = 1, removed }: Finding): number | undefined {
  if (removed !== true) return hunks.some(({ now }) => covers(now, line)) ? line : undefined;
  const gone = hunks.find(({ old }) => line >= old.start && line < old.start + old.count);
  return gone && shownLine(gone);
}

/** The first line of a file that the diff shows; undefined of one that is deleted whole, or that git takes for binary. */
function firstShown(hunks: readonly Hunk[]): number | undefined {
  const [first] = hunks.filter(({ now }) => now.start > 0 || now.count > 0);
  return first && shownLine(first);
}

/**
 * The line in dist where the diff shows it, else the first changed line of the config that it comes from, else the line
 * in dist after all.
 */
export function placeOf(finding: Finding, diff: Diff): Place {
  const { file, line, config } = finding;
  const [inFile = [], inConfig = []] = [file, config].map((one) => (one === undefined ? [] : diff.get(one)));
  const shown = firstShown(inFile) === undefined ? undefined : inDist(inFile, finding);
  if (shown !== undefined) return { file, line: shown };
  const changed = firstShown(inConfig);
  return changed === undefined ? { file, line } : { file: config, line: changed };
}
