// The reports of one run: one on a stream or in a file, and copies of it in other formats.
import { rmSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { codeOf, InputError, messageOf, type InputProblem } from '../input/error';
import { COMPONENTS, GITOPS } from '../manifests/dist';
import { isWithin, kindOnDisk, realPath } from '../manifests/folder';
import { Repository } from '../manifests/git';
import { isManifestFile } from '../manifests/read';
import { PROBLEM_FORMATS, type FormatName } from '../report/formats';
import type { Format, Look, Report } from '../report/report';
import { guarded, say, type ExitStatus, type Io, type Progress, type Stream } from './console';

/** A report in a file. */
export interface ReportFile<Name extends FormatName = FormatName> {
  readonly format: Name;
  /** From the project. */
  readonly file: string;
}

/** Which reports are wanted. */
export interface Wanted<Name extends FormatName = FormatName> {
  readonly format: Name;
  /** The file for the report, from the project; undefined: a stream. */
  readonly output?: string;
  /** What `--report` asks for besides. */
  readonly reports?: readonly ReportFile<Name>[];
}

/** Folders that are read for the next verdict or applied by an engine, from the project. */
const INPUTS = ['dist', 'config', COMPONENTS, GITOPS];

export class Reports<Name extends FormatName> {
  private files: readonly ReportFile<Name>[] = [];

  constructor(
    private readonly root: string,
    private readonly wanted: Wanted<Name>,
    private readonly formats: Readonly<Record<Name, Format>>,
    /** What else this run reads, from the project: a folder of manifests, a baseline that may be a path. */
    private readonly reads: readonly (string | undefined)[] = [],
  ) {}

  /**
   * Removes what a former run left, so that nobody takes it for this one's.
   * @throws InputError where a report would lie among what is judged, or two of them in one place
   */
  prepare(): void {
    const { root } = this;
    const { format, output, reports = [] } = this.wanted;
    const files = [...(output === undefined ? [] : [{ format, file: output }]), ...reports].map((one) => ({
      ...one,
      file: resolve(root, one.file),
    }));
    for (const { file } of files) checkPath(root, file);
    const places = files.map(({ file }) => realPath(file));
    const reads = this.reads.flatMap((one) => (one === undefined ? [] : [realPath(resolve(root, one))]));
    const isRead = (file: string) =>
      reads.some((one) => file === one || (isWithin(file, one) && isManifestFile(file)));
    checkPlaces(root, places, isRead);
    for (const { file } of files) remove(file);
    this.files = files;
  }

  /** The files first: where one cannot be written, nobody has read a verdict yet. @throws InputError in that case */
  write(report: Report, stream: Stream): ExitStatus {
    for (const { format, file } of this.files)
      say((look) => this.formats[format](report, look), stream, file);
    const { format, output } = this.wanted;
    if (output === undefined) say((look) => this.formats[format](report, look), stream);
    return report.verdict.summary.errors > 0 ? 1 : 0;
  }

  /** Says in every report why nothing could be judged. */
  fail(found: readonly InputProblem[], stream: Stream): void {
    const problems = found.map((one) => ({ ...one, file: fromRepository(this.root, one.file) }));
    const unsaid = this.files.flatMap(({ format, file }) =>
      problemsOf(() => {
        remove(file);
        sayProblems(format, problems, stream, file);
      }),
    );
    const { format, output } = this.wanted;
    if (output === undefined) sayProblems(format, problems, stream);
    const isNew = ({ message, file }: InputProblem) =>
      !found.some((one) => one.message === message && one.file === file);
    if (unsaid.some(isNew)) throw new InputError(unsaid.filter(isNew));
  }
}

/** What goes wrong in one of several attempts. */
function problemsOf(attempt: () => void): readonly InputProblem[] {
  try {
    attempt();
    return [];
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.problems;
    throw thrown;
  }
}

/** Writes a command's one report. */
export type SayReport = (textFor: (look: Look) => string) => void;

/**
 * Runs a command that has one report, on standard output or in a file. If it cannot give it, the report says why in a form of
 * its own.
 */
export function withReport(
  { root, format, output }: Pick<Wanted, 'format' | 'output'> & { readonly root: string },
  io: Io,
  command: (progress: Progress, report: SayReport) => ExitStatus,
): ExitStatus {
  const file = output === undefined ? undefined : resolve(root, output);
  return guarded(
    io,
    (progress) =>
      command(progress, (textFor) => {
        progress.clear();
        say(textFor, io.stdout, file);
      }),
    (problems) => {
      problemsOf(() => {
        sayProblems(format, problems, io.stdout, file);
      });
    },
  );
}

/**
 * Says in the form of a report that there is none, and why. People have read it on standard error by now, and a stream that
 * takes no more takes this neither.
 */
function sayProblems(
  format: FormatName,
  problems: readonly InputProblem[],
  stream: Stream,
  output?: string,
): void {
  if (output === undefined && (format === 'text' || stream.errored)) return;
  say(() => PROBLEM_FORMATS[format](problems), stream, output);
}

/** Reports name files from the root of the repository, and mistakes some of them from the project. */
function fromRepository(root: string, file: string | undefined): string | undefined {
  if (file === undefined || kindOnDisk(resolve(root, file)) === undefined) return file;
  try {
    return `${Repository.around(root)?.prefix ?? ''}${relative(root, resolve(root, file)).split(sep).join('/')}`;
  } catch (thrown) {
    if (thrown instanceof InputError) return file; // what git says is among the mistakes
    throw thrown;
  }
}

function refuse(message: string, remedy: string): never {
  throw new InputError({ code: 'usage', message, remedy });
}

/** A link that was committed leads anywhere; one outside of the project, such as /dev/stdout, is the user's own. */
function checkPath(root: string, file: string): void {
  if (!isWithin(file, root)) return;
  if (kindOnDisk(file) === 'link' || !isWithin(realPath(file), realPath(root)))
    refuse(
      `a report cannot be written to '${relative(root, file)}': a link lies there`,
      'name a file of its own',
    );
}

/** @param files real paths */
function checkPlaces(root: string, files: readonly string[], isRead: (file: string) => boolean): void {
  const inputs = INPUTS.map((folder) => realPath(join(root, folder)));
  files.forEach((file, i) => {
    const shown = relative(root, file);
    if (isRead(file) || inputs.some((folder) => isWithin(file, folder)))
      refuse(
        `a report cannot be written to '${shown}': what lies there is judged`,
        `name a file outside ${INPUTS.join(', ')} that nothing else is read from`,
      );
    if (file.toLowerCase().split(sep).includes('.git'))
      refuse(
        `a report cannot be written to '${shown}': git's own files lie there`,
        'name a file outside .git',
      );
    if (kindOnDisk(dirname(file)) !== 'folder')
      refuse(`the report cannot be written to '${shown}': there is no such folder`, 'make the folder first');
    if (kindOnDisk(file) === 'folder')
      refuse(`the report cannot be written to '${shown}': that is a folder`, 'name a file in it');
    if (files.indexOf(file) !== i)
      refuse(`two reports would be written to '${shown}'`, 'give each a file of its own');
  });
}

/** Only a file: `/dev/stdout` or a pipe holds nothing of a former run. @throws InputError where it cannot be removed */
function remove(file: string): void {
  try {
    if (kindOnDisk(file) === 'file') rmSync(file);
  } catch (thrown) {
    if (codeOf(thrown) === undefined) throw thrown;
    const message = `the report cannot be written: ${messageOf(thrown)}`;
    throw new InputError({ code: 'output-failed', message, file });
  }
}
