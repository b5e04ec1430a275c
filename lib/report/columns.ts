// Rows of cells in columns on a terminal, the last cell wrapped under itself.
import { wrap } from './terminal';

export const INDENT = '  ';
/** Labels longer than this have a line of their own. */
const LABEL = 22;

/** A cell; `shown` is its text with colours. */
interface Cell {
  readonly text: string;
  readonly shown?: string;
  readonly width: number;
}

/** Cells in columns, the last one wrapped under itself. */
export function columns(cells: readonly Cell[], why: string, width: number): string[] {
  let head = '';
  let used = INDENT.length;
  const lines: string[] = [];
  for (const { text, shown = text, width: column } of cells) {
    if (text.length > column) {
      lines.push(`${INDENT}${head}${shown}`.trimEnd());
      head = ' '.repeat(column + 2);
    } else head += `${shown}${' '.repeat(column - text.length + 2)}`;
    used += column + 2;
  }
  if (why === '') return [...lines, `${INDENT}${head}`.trimEnd()];
  const wrapped = wrap(why, width, ' '.repeat(used));
  return [...lines, `${INDENT}${head}${wrapped.slice(used)}`];
}

/** The width of a column of labels. */
export const widthOf = (labels: readonly string[]) =>
  Math.min(LABEL, Math.max(0, ...labels.map((one) => one.length)));
