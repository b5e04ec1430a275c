// The report for machines. Its form is a contract: fields are added, never renamed, within a version.
import type { InputProblem } from '../input/error';
import { failedRun } from './invocation';
import type { Report } from './report';
import { plainJson } from './terminal';

export function jsonReport({ baseline, verdict }: Report): string {
  const { kind, ref, commit, manifests } = baseline;
  const report = {
    version: 1,
    baseline: { kind, ref, commit, objects: manifests.length },
    findings: verdict.findings,
    summary: verdict.summary,
  };
  return `${plainJson(report)}\n`;
}

/** Why there is no report; it has no findings, so that nobody takes it for one without any. */
export const jsonProblems = (problems: readonly InputProblem[]): string =>
  `${plainJson({ version: 1, invocations: [failedRun(problems)] })}\n`;
