// What every format is given, and what a format is.
import type { Verdict } from '../judge/finding';
import type { Baseline } from '../manifests/baseline';
import type { Plan } from '../plan/plan';

export interface Report {
  readonly baseline: Pick<Baseline, 'kind' | 'ref' | 'commit' | 'manifests' | 'description'>;
  readonly verdict: Verdict;
  /** Made where a format asks for it. */
  readonly plan: () => Plan;
}

export interface Look {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** A format turns a report into text that ends in a line feed. */
export type Format = (report: Report, look: Look) => string;
