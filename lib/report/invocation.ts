// Whether a run came to a verdict, and what it has to say beside findings: an `invocation` of SARIF 2.1.0 (3.20), which the JSON
// of a run that could not judge has as well.
import { codeOfProblem, PROBLEM_CODES, type InputProblem } from '../input/error';
import type { CouldNotJudgeJson, NotificationJson } from './contract';
import { oneLine, wellFormed } from './terminal';

/** The root of the repository, for whoever reads it. */
export const ROOT = '%SRCROOT%';

/** A relative URI reference (RFC 3986) in which nothing can be taken for a scheme, a host, a query or a fragment. */
export function uri(path: string): string {
  const encoded = wellFormed(path).split('/').map(encodeURIComponent).join('/');
  return encoded.startsWith('/') ? `./${encoded}` : encoded;
}

export const inLines = (lines: readonly string[]) => wellFormed(lines.map(oneLine).join('\n'));

/** The id of what says that results were left out. */
const RESULTS_LEFT_OUT = 'results-left-out';

/** What the notifications of a run can be: codes of mistakes, and what was left out. */
export const NOTIFICATIONS = [
  ...Object.entries(PROBLEM_CODES),
  [
    RESULTS_LEFT_OUT,
    'There are more findings than a SARIF file may have; this file has the worst ones.',
  ] as const,
].map(([id, text]) => ({ id, shortDescription: { text } }));

/** Absolute paths lie outside the repository, and name the machine. */
const locationsOf = ({ file, line, column }: InputProblem) =>
  file === undefined || file.startsWith('/')
    ? []
    : [
        {
          physicalLocation: {
            artifactLocation: { uri: uri(file), uriBaseId: ROOT },
            ...(line !== undefined && { region: { startLine: line, startColumn: column } }),
          },
        },
      ];

function notification(problem: InputProblem): NotificationJson {
  const { message, remedy, command, file, path, excerpt } = problem;
  return {
    level: 'error',
    descriptor: { id: codeOfProblem(problem) },
    message: { text: inLines([message, remedy ?? '', command ?? ''].filter((line) => line !== '')) },
    locations: locationsOf(problem),
    properties: { file, path, excerpt, remedy, command },
  };
}

/** Of a run that could not judge: exit status 2. */
export const failedRun = (problems: readonly InputProblem[]): CouldNotJudgeJson['invocations'][number] => ({
  executionSuccessful: false,
  exitCode: 2,
  toolExecutionNotifications: problems.map(notification),
});

/** Of a run that judged. @param leftOut how many findings the file does not have, by severity, and how many it has */
export const judgedRun = (leftOut?: { readonly text: string; readonly counts: object }) => ({
  executionSuccessful: true,
  ...(leftOut !== undefined && {
    toolExecutionNotifications: [
      {
        level: 'warning',
        descriptor: { id: RESULTS_LEFT_OUT },
        message: { text: leftOut.text },
        properties: leftOut.counts,
      },
    ],
  }),
});
