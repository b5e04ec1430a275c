// The report as a validation plugin of cdk8s hands it over: an error is a violation, all else is text before it.
import type { InputProblem } from '../input/error';
import type { Finding } from '../judge/finding';
import { place } from './problems';
import type { Report } from './report';
import { printable } from './terminal';
import { textOf } from './text';

/** What cdk8s-cli calls a ValidationViolation; it prints all of it as it is, one line a field. */
export interface Violation {
  readonly ruleName: string;
  /** What happens in the cluster. */
  readonly recommendation: string;
  /** What to do instead. */
  readonly fix: string;
  readonly violatingResources: readonly {
    /** No bare name: cdk8s looks constructs up by it, and every NamespaceOffloading has the same. */
    readonly resourceName: string;
    /** `<file>:<line>`. */
    readonly locations: readonly string[];
    /** Relative to the root of the repository. */
    readonly manifestPath: string;
  }[];
}

/** The `ruleName` of what kept the judge from judging. */
const NOT_JUDGED = 'could-not-judge';

const line = (text: string) => printable(text.replace(/\s+/g, ' ').trim());

function violation(
  rule: string,
  message: string,
  remedy: string,
  [resource, file, at]: readonly [resource: string, file: string, at: string],
): Violation {
  return {
    ruleName: rule,
    recommendation: line(message),
    fix: line(remedy),
    violatingResources: [{ resourceName: line(resource), manifestPath: line(file), locations: [line(at)] }],
  };
}

function ofFinding({ rule, message, remedy, namespace, file, line: at }: Finding): Violation {
  const resource = namespace === undefined ? 'the whole cluster' : `namespace ${namespace}`;
  const position = file === undefined ? resource : `${file}${at === undefined ? '' : `:${at}`}`;
  return violation(rule, message, remedy, [resource, file ?? 'none', position]);
}

/** The errors of a report. */
export const violationsOf = ({ verdict }: Report): Violation[] =>
  verdict.findings.filter(({ severity }) => severity === 'error').map(ofFinding);

/** Why nothing was judged. */
export const problemViolations = (problems: readonly InputProblem[]): Violation[] =>
  problems.map((problem) => {
    const { message, file = 'none', remedy = 'fix it and run synth again', excerpt } = problem;
    const said = excerpt === undefined ? message : `${message}: ${excerpt}`;
    return violation(NOT_JUDGED, said, remedy, ['the whole cluster', file, place(problem) || 'none']);
  });

/** Warnings, notes, approvals, the baseline and the outcome, on 80 columns. */
export const besideViolations = (report: Report): string =>
  textOf(report, { color: false, width: 80 }, ({ severity }) => severity !== 'error').trimEnd();
