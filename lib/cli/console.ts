// Where we speak: the report on one stream, progress and errors on stderr.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeOf, InputError, messageOf, type InputProblem } from '../input/error';
import { problemsReport } from '../report/problems';
import type { Look } from '../report/report';

/** A terminal or not: Node leaves `isTTY` undefined where it is none. */
export type Stream = Pick<NodeJS.WriteStream, 'write' | 'columns'> & { readonly isTTY?: boolean };

/** Where a command is started and where it speaks: the process, or a test. The environment is the process's in both. */
export interface Io {
  /** A path from the working directory, made absolute. */
  readonly resolve: (path: string) => string;
  /** Whether somebody types on standard input. To ask the process opens the stream, so nobody asks before it matters. */
  readonly stdinIsTerminal: () => boolean;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Whether configs run in a thread of their own. */
  readonly isApart?: boolean;
}

export const OF_PROCESS: Io = {
  resolve: (path) => resolve(path),
  stdinIsTerminal: () => process.stdin.isTTY,
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
};

/** 0 nothing at severity error; 1 findings at error; 2 could not judge, or wrong usage. */
export type ExitStatus = 0 | 1 | 2;

function lookOf(stream: Stream): Look {
  const color =
    Boolean(stream.isTTY) && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
  return { color, width: Math.max(40, Math.min((stream.isTTY === true && stream.columns) || 80, 100)) };
}

/** Writes a text to a stream, or to a file where one is named. @throws InputError where it cannot be written */
export function say(textFor: (look: Look) => string, stream: Stream, output?: string): void {
  if (output === undefined) {
    stream.write(textFor(lookOf(stream)));
    return;
  }
  try {
    writeFileSync(output, textFor({ color: false, width: 80 }));
  } catch (thrown) {
    if (codeOf(thrown) === undefined) throw thrown;
    throw new InputError({ message: `the report cannot be written: ${messageOf(thrown)}`, file: output });
  }
}

/** A line on a terminal that says what is being done, from the second second on. */
export class Progress {
  private readonly start = performance.now();
  private shown = false;

  constructor(private readonly stream: Stream) {}

  readonly say = (stage: string): void => {
    if (this.stream.isTTY !== true || performance.now() - this.start < 1000) return;
    this.stream.write(`\r\u001b[K${stage} …`);
    this.shown = true;
  };

  readonly clear = (): void => {
    if (this.shown) this.stream.write('\r\u001b[K');
    this.shown = false;
  };
}

/**
 * Runs a command; a user's mistake becomes a message and exit status 2, one of ours keeps its stack trace.
 * @param failed what else is done with the mistakes
 */
export function guarded(
  { stderr }: Pick<Io, 'stderr'>,
  command: (progress: Progress) => ExitStatus,
  failed: (problems: readonly InputProblem[]) => void = () => undefined,
): ExitStatus {
  const progress = new Progress(stderr);
  try {
    return command(progress);
  } catch (thrown) {
    progress.clear();
    if (!(thrown instanceof InputError)) {
      const trace = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      stderr.write(`cdk8s-liqo has a bug; please report it with this trace:\n${trace}\n`);
      return 2;
    }
    stderr.write(problemsReport(thrown.problems, lookOf(stderr).width));
    return guarded({ stderr }, () => {
      failed(thrown.problems);
      return 2;
    });
  }
}
