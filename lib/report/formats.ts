// The formats by name, for findings, a plan, an explanation, a drift and a status: a new one is a file of its own, its name in
// format-names.ts and one line here.
import type { InputProblem } from '../input/error';
import type { Explanation } from '../explain/explain';
import type { GuardDescription } from '../liqo/guard';
import type { DriftReport } from './drift';
import { driftJson } from './drift-json';
import { driftText } from './drift-text';
import { explainJson } from './explain-json';
import { explainMarkdown } from './explain-markdown';
import { explainText } from './explain-text';
import { githubProblems, githubReport } from './github';
import { guardJson, guardMarkdown, guardText } from './guard';
import { jsonProblems, jsonReport } from './json';
import { junitProblems, junitReport } from './junit';
import { planJson } from './plan-json';
import { planMarkdown } from './plan-markdown';
import { planText } from './plan-text';
import { problemsReport } from './problems';
import { pullRequestProblems, pullRequestReport } from './pull-request';
import type {
  DriftFormatName,
  ExplainFormatName,
  FormatName,
  PlanFormatName,
  StatusFormatName,
} from './format-names';
import type { Format, Look } from './report';
import { sarifProblems, sarifReport } from './sarif';
import { statusJson } from './status-json';
import { statusText } from './status-text';
import type { Status } from '../status/status';
import { textReport } from './text';

export type * from './format-names';

/** Of synth and check. */
export const FORMATS = {
  text: textReport,
  json: jsonReport,
  github: githubReport,
  sarif: sarifReport,
  junit: junitReport,
  markdown: pullRequestReport,
} as const satisfies Record<FormatName, Format>;

/** Of plan. */
export const PLAN_FORMATS = {
  text: planText,
  json: planJson,
  markdown: planMarkdown,
} as const satisfies Record<PlanFormatName, Format>;

/** What a report says if nothing could be judged, also of a plan, an explanation, a drift or a status. */
export const PROBLEM_FORMATS: Readonly<Record<FormatName, (problems: readonly InputProblem[]) => string>> = {
  text: (problems) => problemsReport(problems, 80),
  json: jsonProblems,
  github: githubProblems,
  sarif: sarifProblems,
  junit: junitProblems,
  markdown: pullRequestProblems,
};

/** Of explain. */
export const EXPLAIN_FORMATS = {
  text: explainText,
  json: explainJson,
  markdown: explainMarkdown,
} as const satisfies Record<ExplainFormatName, (explanation: Explanation, look: Look) => string>;

/** Of explain guard. */
export const GUARD_FORMATS = {
  text: guardText,
  json: guardJson,
  markdown: guardMarkdown,
} as const satisfies Record<ExplainFormatName, (guard: GuardDescription, look: Look) => string>;

/** Of import --check. */
export const DRIFT_FORMATS = {
  text: driftText,
  json: driftJson,
} as const satisfies Record<DriftFormatName, (report: DriftReport, look: Look) => string>;

/** Of status. */
export const STATUS_FORMATS = {
  text: statusText,
  json: statusJson,
} as const satisfies Record<StatusFormatName, (status: Status, look: Look) => string>;
