// What every format is given, and what a format is.
import type { Verdict } from '../judge/finding';
import type { StaleFile } from '../judge/rule';
import type { Baseline } from '../manifests/baseline';
import type { Diff } from '../manifests/git-output';
import type { Plan } from '../plan/plan';

export interface Report {
  readonly baseline: Pick<Baseline, 'kind' | 'ref' | 'commit' | 'manifests' | 'description'>;
  readonly verdict: Verdict;
  /** Whether findings that were there before the change count as if they were new. @default false */
  readonly all?: boolean;
  /** The files of dist that are not what the configs give. A verdict has a finding for them, but for that of a plan. */
  readonly stale: readonly StaleFile[];
  /** Made where a format asks for it. */
  readonly plan: () => Plan;
  /**
   * What a pull request shows of the change, without the files of dist that are committed in another form than the one
   * that was judged. Empty where the baseline is no commit. Asked of git where a format needs it.
   */
  readonly diff: () => Diff;
}

export interface Look {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether the terminal shows links (OSC 8). @default false */
  readonly links?: boolean;
  /** Whether only errors are wanted. @default false */
  readonly quiet?: boolean;
}

/** A format turns a report into text that ends in a line feed. */
export type Format = (report: Report, look: Look) => string;
