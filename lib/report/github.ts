// Annotations for GitHub Actions: workflow commands, one a finding, and the verdict as the last line.
// Syntax: docs.github.com "Workflow commands"; escapes: actions/runner, src/Runner.Common/ActionCommand.cs.
import type { Severity } from '../judge/finding';
import { codeOfProblem, type InputProblem } from '../input/error';
import { alike, entriesOf, othersText, titleOf, type Alike } from './alike';
import { byImportance, outcomeOf, remedyParts, toldOf, toldText } from './findings';
import { placeOf, type Place } from './place';
import type { Report } from './report';
import { clipped, oneLine } from './terminal';

type Command = 'error' | 'warning' | 'notice';

const COMMAND: Readonly<Record<Severity, Command>> = { error: 'error', warning: 'warning', info: 'notice' };

/** So many annotations of a kind GitHub shows for a step; the others stand in the log. */
const SHOWN = 10;

/** In characters: a title that GitHub takes (REST API, check runs), and a message that somebody reads. */
const TITLE = 255;
const MESSAGE = 4000;

const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** @param message its lines; what they hold begins no line of the log, so that nothing in it is a command */
function annotation(command: Command, { file, line }: Place, title: string, message: readonly string[]) {
  const properties = [
    ...(file === undefined ? [] : [`file=${property(oneLine(file))}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${property(clipped(oneLine(title), TITLE))}`,
  ];
  const text = message.map((one) => clipped(oneLine(one), MESSAGE)).join('\n');
  return `::${command} ${properties.join(',')}::${data(text)}\n`;
}

function annotationOf(group: Alike, place: Place): string {
  const { rule, severity, message, remedy, approved } = group.first;
  const where = titleOf(group);
  const advice = approved === undefined ? remedyParts(remedy).sentence : `Approved: ${approved}`;
  const lines = [message, othersText(group), advice, ...entriesOf(group)].filter((one) => one !== '');
  return annotation(COMMAND[severity], place, where === undefined ? rule : `${rule}: ${where}`, lines);
}

export function githubReport(report: Report): string {
  const { baseline, verdict } = report;
  const told = toldOf(report);
  const findings = byImportance(told.shown);
  const groups = alike(findings);
  const diff = findings.length === 0 ? undefined : report.diff();
  const annotations = groups.map((one) =>
    annotationOf(one, diff === undefined ? one.first : placeOf(one.first, diff)),
  );
  const kinds = Object.keys(COMMAND) as Severity[];
  const isCut = kinds.some((kind) => groups.filter(({ first }) => first.severity === kind).length > SHOWN);
  return [
    ...annotations,
    ...(isCut ? [`GitHub shows ${SHOWN} annotations of a kind; all of them are above.\n`] : []),
    `${outcomeOf(verdict.summary)}: ${toldText(told)}, judged against ${oneLine(baseline.description)}\n`,
  ].join('');
}

/** Why nothing could be judged. */
export function githubProblems(problems: readonly InputProblem[]): string {
  return problems
    .slice(0, SHOWN)
    .map((problem) => {
      const { message, remedy = '', command = '' } = problem;
      const lines = [message, remedy, command].filter((line) => line !== '');
      return annotation('error', problem, `cdk8s-liqo could not judge: ${codeOfProblem(problem)}`, lines);
    })
    .join('');
}
