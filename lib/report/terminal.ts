// Text on a terminal: wrapped, and harmless whatever a pull request put into a name.

/** Control characters, and what reorders text or ends a line that nobody meant to end. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]/g;

const codeOf = (one: string) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Shows control characters and what reorders text instead of obeying them, and breaks what a CI runner takes for a
 * command of its own at the beginning of a line (GitHub Actions: `::error::`, `##[error]`).
 */
export function printable(text: string): string {
  return text
    .replace(/(^|\s)::/g, '$1: :')
    .replaceAll('##[', '# #[')
    .replace(CONTROLS, codeOf);
}

/** JSON in which all that is escaped: for machines it says the same, and what shows it in a log obeys nothing. */
export const plainJson = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .replace(CONTROLS, (one) => (one === '\n' ? one : codeOf(one)))
    .replaceAll('##[', '#\\u0023[');

/** Halves of surrogate pairs, which no encoding can hold, become U+FFFD. */
export const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** A text in one line, harmless. */
export const oneLine = (text: string) => printable(text.replace(/\s+/g, ' ').trim());

/** Breaks a text at blanks into lines of at most `width` columns, each after the indent. Longer words stay whole. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text).split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => indent + one).join('\n');
}

/** At most so many characters of a text. */
export const clipped = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** `1 error`, `2 errors`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** The first names of many, and how many are left. */
export function few(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ');
}
