// Where we speak: the report on one stream, progress and errors on stderr.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeOf, InputError, messageOf, type InputProblem } from '../input/error';
import { problemsReport } from '../report/problems';
import type { Look } from '../report/report';
import { showsLinks } from './links';

/** A terminal or not: Node leaves `isTTY` undefined where it is none. */
export type Stream = Pick<NodeJS.WriteStream, 'write' | 'columns'> & {
  readonly isTTY?: boolean;
  /** What --color or --no-color said of it. @default as the environment has it */
  readonly color?: boolean;
  /** Whether --quiet was said. */
  readonly quiet?: boolean;
  /** Why it takes no more. Files and pipes are written at once, so it is known after the write that failed. */
  readonly errored?: Error | null;
};

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

/**
 * Whether a stream is written to in colour: as the command line says, else NO_COLOR (no-color.org), else FORCE_COLOR
 * (force-color.org; 0 and false are none), else on a terminal.
 */
function hasColor({ isTTY, color }: Stream, env: NodeJS.ProcessEnv): boolean {
  if (color !== undefined) return color;
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return isTTY === true && env['TERM'] !== 'dumb';
}

/** How a stream is written to. */
export function lookOf(stream: Stream): Look {
  const color = hasColor(stream, process.env);
  const width = Math.max(40, Math.min((stream.isTTY === true && stream.columns) || 80, 100));
  const links = color && stream.isTTY === true && showsLinks(process.env);
  return { color, width, links, quiet: stream.quiet };
}

/** The same stream, written to as the command line says. */
export const inManner = (stream: Stream, manner: Pick<Stream, 'color' | 'quiet'>): Stream => ({
  write: stream.write.bind(stream),
  columns: stream.columns,
  isTTY: stream.isTTY,
  get errored() {
    return stream.errored;
  },
  ...manner,
});

/** Writes a text to a stream, or to a file where one is named. @throws InputError where it cannot be written */
export function say(textFor: (look: Look) => string, stream: Stream, output?: string): void {
  if (output === undefined) {
    stream.write(textFor(lookOf(stream)));
    if (stream.errored) throw unwritten(stream.errored);
    return;
  }
  try {
    writeFileSync(output, textFor({ color: false, width: 80 }));
  } catch (thrown) {
    if (codeOf(thrown) === undefined) throw thrown;
    throw unwritten(thrown, output);
  }
}

const unwritten = (thrown: unknown, file?: string) =>
  new InputError({
    code: 'output-failed',
    message: `the report cannot be written: ${reasonOf(thrown)}`,
    ...(file !== undefined && { file }),
  });

/** Why a report did not arrive. */
export const reasonOf = (thrown: unknown): string =>
  codeOf(thrown) === 'EPIPE' ? 'its reader closed the pipe before the end' : messageOf(thrown);

/** A line on a terminal that says what is being done, from the second second on. */
export class Progress {
  private readonly start = performance.now();
  private shown = false;

  constructor(private readonly stream: Stream) {}

  readonly say = (stage: string): void => {
    if (this.stream.isTTY !== true || this.stream.quiet === true || performance.now() - this.start < 1000)
      return;
    this.stream.write(`\r\u001b[K${stage} …`);
    this.shown = true;
  };

  readonly clear = (): void => {
    if (this.shown) this.stream.write('\r\u001b[K');
    this.shown = false;
  };
}

const traceOf = (thrown: unknown) =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);

const bug = (thrown: unknown): InputProblem => ({
  code: 'internal-error',
  message: `cdk8s-liqo has a bug: ${messageOf(thrown)}`,
  remedy: 'report it with the trace that is on standard error',
});

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
    const problems = thrown instanceof InputError ? thrown.problems : [bug(thrown)];
    if (thrown instanceof InputError) stderr.write(problemsReport(problems, lookOf(stderr).width));
    else stderr.write(`cdk8s-liqo has a bug; please report it with this trace:\n${traceOf(thrown)}\n`);
    return guarded({ stderr }, () => {
      failed(problems);
      return 2;
    });
  }
}
