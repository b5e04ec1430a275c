// Text inside Markdown that GitHub and GitLab render: nothing in it is obeyed, whatever a pull request put into a name.
import { printable } from './terminal';

/** Invisible: GitHub looks for mentions and issues in the text that is left once references are read. */
const JOINER = '&#8288;';

/**
 * Text inside a line, as it is: no emphasis, link, mention, issue reference, formula, HTML, or end of a table's cell.
 * Line ends become blanks.
 */
export function escaped(text: string): string {
  return printable(text.replace(/\s+/g, ' '))
    .replace(/[&<>\\`*_~[\]#|@:$]/g, (one) => `&#${one.charCodeAt(0)};`)
    .replace(/(www)\./gi, '$1&#46;')
    .replace(/&#(64|35);/g, `&#$1;${JOINER}`);
}

/** A code block that nothing inside can end; the language is for the colours. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}
