// What every format is given, and the list of formats.
import type { Baseline } from '../manifests/baseline';
import type { Verdict } from '../judge/finding';
import { jsonReport } from './json';
import { textReport } from './text';

export interface Report {
  readonly baseline: Pick<Baseline, 'kind' | 'ref' | 'commit' | 'manifests' | 'description'>;
  readonly verdict: Verdict;
}

export interface Look {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** A format turns a report into text that ends in a line feed. */
export type Format = (report: Report, look: Look) => string;

export const FORMATS = { text: textReport, json: jsonReport } as const satisfies Record<string, Format>;
export type FormatName = keyof typeof FORMATS;

export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
