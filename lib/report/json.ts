// The report for machines.
import type { InputProblem } from '../input/error';
import type { CheckJson, CouldNotJudgeJson } from './contract';
import { failedRun } from './invocation';
import type { Report } from './report';
import { plainJson } from './terminal';

export function jsonReport({ baseline, verdict }: Report): string {
  const { kind, ref, commit, manifests } = baseline;
  const report: CheckJson = {
    version: 1,
    baseline: { kind, ref, commit, objects: manifests.length },
    findings: verdict.findings,
    summary: verdict.summary,
  };
  return `${plainJson(report)}\n`;
}

/** Why there is no report; it has no findings, so that nobody takes it for one without any. */
export function jsonProblems(problems: readonly InputProblem[]): string {
  const report: CouldNotJudgeJson = { version: 1, invocations: [failedRun(problems)] };
  return `${plainJson(report)}\n`;
}
