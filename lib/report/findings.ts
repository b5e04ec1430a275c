// What the formats of synth and check share about findings.
import { ENTRY } from '../judge/approval-entry';
import type { Category, Finding, Severity, Summary } from '../judge/finding';
import { count } from './terminal';

/** Whether a finding is only summarised because it existed before the change. */
export function isFolded({ existing, severity }: Finding): boolean {
  return existing === true && severity !== 'error';
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
