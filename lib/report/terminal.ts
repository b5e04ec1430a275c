// Text on a terminal: wrapped, and harmless whatever a pull request put into a name.

/**
 * Shows control characters and what reorders text instead of obeying them, and breaks what a CI runner takes for a
 * command of its own at the beginning of a line (GitHub Actions: `::error::`, `##[error]`).
 */
export function printable(text: string): string {
  return text
    .replace(/(^|\s)::/g, '$1: :')
    .replaceAll('##[', '# #[')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (one) => {
      return `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
}

/** Breaks a text at blanks into lines of at most `width` columns, each after the indent. Longer words stay whole. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text.replace(/\s+/g, ' ')).trim().split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => indent + one).join('\n');
}

/** `1 error`, `2 errors`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
