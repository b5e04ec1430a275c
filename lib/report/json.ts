// The report for machines. Its form is a contract: fields are added, never renamed, within a version.
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
