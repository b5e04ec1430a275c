// Text inside Markdown that GitHub and GitLab render: nothing in it is obeyed, whatever a pull request put into a name.
import { oneLine } from './terminal';

/** In characters; GitHub takes 65,536 for a comment. */
export const LIMIT = 60_000;

/** Invisible: GitHub looks for mentions and issues in the text that is left once references are read. */
const JOINER = '&#8288;';

const referenced = (text: string) => text.replace(/./g, (one) => `&#${one.charCodeAt(0)};`);

/**
 * Text inside a line, as it is: no emphasis, link, mention, issue reference, formula, HTML, or end of a table's cell, and
 * where it begins the line no list or underline of a heading. Line ends become blanks.
 */
export function escaped(text: string): string {
  return oneLine(text)
    .replace(/[&<>\\`*_~[\]#|@:$]/g, referenced)
    .replace(/^(\s*)([-+=]|\d+[.)])/, (_, blanks: string, mark: string) => `${blanks}${referenced(mark)}`)
    .replace(/(www)\./gi, '$1&#46;')
    .replace(/&#(64|35);/g, `&#$1;${JOINER}`);
}

/** A code block that nothing inside can end; the language is for the colours. */
export function fenced(text: string, language: string): string {
  const longest = [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** A table; empty where it has no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

/** The first blocks that fit together, each with a line feed, and how many do not. */
export function fitting(
  blocks: readonly string[],
  limit: number,
): { readonly shown: string[]; readonly more: number } {
  let left = limit;
  const shown: string[] = [];
  for (const one of blocks) {
    left -= one.length + 1;
    if (left < 0) break;
    shown.push(one);
  }
  return { shown, more: blocks.length - shown.length };
}

const ROWS = 100;

/** A table of as many rows as fit, at most a hundred, and a line that says how many do not. */
export function boundedTable<T>(
  head: readonly string[],
  items: readonly T[],
  row: (item: T) => readonly string[],
  limit: number,
): string[] {
  const rows = items.slice(0, ROWS).map(row);
  const shown = rows.slice(0, fitting(rows.map(line), limit).shown.length);
  const more = items.length - shown.length;
  return [...table(head, shown), ...(more > 0 ? [`… and ${more} more.`, ''] : [])];
}
