// What the formats of synth and check share about findings.
import { ENTRY } from '../judge/approval-entry';
import { summarize, type Category, type Finding, type Severity, type Summary } from '../judge/finding';
import type { Report } from './report';
import { count } from './terminal';

/** What is shown one by one, and what is told of in a few words. */
export interface Told {
  readonly shown: readonly Finding[];
  /** What was there before the change: adopting the tool must not bury what a change does. None where all is wanted. */
  readonly folded: readonly Finding[];
}

export function toldOf({ verdict, all = false }: Pick<Report, 'verdict' | 'all'>): Told {
  const isFolded = ({ existing, severity }: Finding) => !all && existing === true && severity !== 'error';
  const folded = verdict.findings.filter(isFolded);
  return { shown: verdict.findings.filter((one) => !isFolded(one)), folded };
}

/** How many findings are shown, and apart from them how many are told of in a few words. */
export function toldText({ shown, folded }: Told): string {
  const before = folded.length === 0 ? '' : `, ${folded.length} already so before`;
  return countsText(summarize(shown)) + before;
}

/** `2 errors, 1 warning, 0 infos, 1 approved`. */
export function countsText({ errors, warnings, infos, approved }: Summary): string {
  const counts = [count(errors, 'error'), count(warnings, 'warning'), count(infos, 'info')];
  return [...counts, ...(approved > 0 ? [`${approved} approved`] : [])].join(', ');
}

export const outcomeOf = ({ errors }: Summary) => (errors > 0 ? 'rejected' : 'passed');

/** The sentence of a remedy, and the entry to copy that it ends in. */
export function remedyParts(remedy: string): { readonly sentence: string; readonly entry?: string } {
  const at = remedy.indexOf(ENTRY);
  if (at < 0) return { sentence: remedy };
  return { sentence: remedy.slice(0, at), entry: `- ${remedy.slice(at + ENTRY.length)}` };
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const CATEGORIES: readonly Category[] = ['destructive', 'refused', 'broken', 'policy', 'risky', 'info'];

/** Errors first, then by category: if only a few are shown, it is these. */
export function byImportance(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity, category }: Finding) =>
    SEVERITIES.indexOf(severity) * CATEGORIES.length + CATEGORIES.indexOf(category);
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/** `file:line`, and its config. */
export function placesOf({ file, line, config }: Pick<Finding, 'file' | 'line' | 'config'>): string[] {
  const at = file === undefined ? [] : [`${file}${line === undefined ? '' : `:${line}`}`];
  return config === undefined ? at : [...at, `from ${config}`];
}
