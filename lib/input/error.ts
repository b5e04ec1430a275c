// A user's mistake: what is wrong, where, and what to do. The command line prints it without a stack trace, exit status 2.
import { types } from 'node:util';

/** One thing that is wrong with the input. */
export interface InputProblem {
  /** What is wrong, one sentence without a full stop. */
  readonly message: string;
  /** The file, as the user knows it, and where in it. Lines and columns count from 1. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** JSON path inside a config or manifest, such as `/offloading/clusterSelector/0`. */
  readonly path?: string;
  /** Lines shown as they are below the message: a source line with a caret, a selector with a caret. */
  readonly excerpt?: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** The command that does it, to be copied: a line of its own, never wrapped. */
  readonly command?: string;
}

/** Thrown for everything that a user can cause; holds every problem found at once. */
export class InputError extends Error {
  readonly problems: readonly InputProblem[];

  constructor(problems: InputProblem | readonly InputProblem[]) {
    const list: readonly InputProblem[] = 'message' in problems ? [problems] : problems;
    super(list.map(({ message }) => message).join('; '));
    this.name = 'InputError';
    this.problems = list;
  }
}

/** Whether something is an Error, wherever it was made: esbuild throws those of a worker. */
export function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || types.isNativeError(thrown);
}

/** The text of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  try {
    const text: unknown = isError(thrown) ? thrown.message : thrown;
    return String(text);
  } catch {
    return 'something that has no text'; // a config can throw what throws when it is looked at
  }
}

/** The error code of a failed system call (`ENOENT`, `EACCES`, …), or undefined. */
export function codeOf(thrown: unknown): string | undefined {
  return isError(thrown) && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}
