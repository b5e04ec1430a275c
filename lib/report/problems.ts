// Errors in the input, for people: what is wrong, where, what to do.
import type { InputProblem } from '../input/error';
import { printable, wrap } from './terminal';

/** `file:line:column path`, as far as it is known. */
export function place({ file, line, column, path }: InputProblem): string {
  const position = [file, line, column].filter((part) => part !== undefined).join(':');
  return [position, path].filter((part) => part !== undefined && part !== '').join(' ');
}

function problemText(problem: InputProblem, width: number): string {
  const at = place(problem);
  const lines = [wrap(`error: ${problem.message}`, width, '')];
  if (at !== '') lines.push(printable(`  at ${at}`));
  if (problem.excerpt !== undefined)
    lines.push(...problem.excerpt.split('\n').map((line) => printable(`    ${line}`)));
  if (problem.remedy !== undefined) lines.push(wrap(problem.remedy, width, '  '));
  if (problem.command !== undefined) lines.push(printable(`    ${problem.command}`));
  return lines.join('\n');
}

/** What a command warns of, one sentence each; after fifty it says how many are left. Empty where there is nothing. */
export function warningsReport(messages: readonly string[], width: number): string {
  const shown = messages.slice(0, 50).map((message) => wrap(`warning: ${message}`, width, ''));
  const more = messages.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more warnings`] : [])].map((line) => `${line}\n`).join('');
}

/** All problems of an InputError; after fifty it says how many are left. */
export function problemsReport(problems: readonly InputProblem[], width: number): string {
  const shown = problems.slice(0, 50).map((problem) => problemText(problem, width));
  const more = problems.length - shown.length;
  return `${[...shown, ...(more > 0 ? [`and ${more} more errors`] : [])].join('\n')}\n`;
}
