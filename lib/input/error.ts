// A user's mistake: what is wrong, where, and what to do. The command line prints it without a stack trace, exit status 2.
import { types } from 'node:util';

/**
 * What a script can ask of a mistake: which part of the run it ended. A contract like the names of rules: codes are added, and
 * never change their meaning. The sentences are what docs/reports.md and SARIF say of them.
 */
export const PROBLEM_CODES = {
  usage: 'The command line is wrong, or names something that does not exist.',
  'config-invalid': 'A config cannot be loaded or compiled, or is invalid.',
  'approval-invalid': 'A file of approvals cannot be read, or has an invalid entry.',
  'inventory-invalid': 'config/inventory.yaml cannot be read.',
  'baseline-unknown':
    'The deployed state is unknown: the ref, the folder or the file is missing or unreadable.',
  'clone-shallow': 'The clone lacks the history that the verdict needs.',
  'merge-failed': 'git cannot merge the change into what it is judged against.',
  'git-failed': 'git is missing, was killed, or gave an unexpected answer.',
  'target-unknown': 'The namespace or workload to explain does not exist.',
  'input-unreadable': 'A manifest or another file cannot be read reliably.',
  'output-failed': 'A report, dist/ or another file cannot be written.',
  'internal-error': 'cdk8s-liqo has a bug.',
} as const;
export type ProblemCode = keyof typeof PROBLEM_CODES;

/** One thing that is wrong with the input. */
export interface InputProblem {
  /** @default 'input-unreadable' */
  readonly code?: ProblemCode;
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

export const codeOfProblem = ({ code = 'input-unreadable' }: InputProblem): ProblemCode => code;

/** Runs a part of the work: a mistake that it throws gets the code, unless it has one. */
export function coded<T>(code: ProblemCode, part: () => T): T {
  try {
    return part();
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    throw new InputError(thrown.problems.map((one) => ({ code, ...one })));
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
    return 'an error without a message'; // a config can throw an object that throws when it is read
  }
}

/** The error code of a failed system call (`ENOENT`, `EACCES`, …), or undefined. */
export function codeOf(thrown: unknown): string | undefined {
  return isError(thrown) && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}
