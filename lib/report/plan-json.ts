// The plan for machines.
import type { PlanJson } from './contract';
import type { Report } from './report';
import { plainJson } from './terminal';

export function planJson({ baseline, verdict, stale, plan }: Report): string {
  const { kind, ref, commit, manifests } = baseline;
  const { namespaces, summary } = plan();
  const report: PlanJson = {
    version: 1,
    baseline: { kind, ref, commit, objects: manifests.length },
    namespaces: namespaces.map(({ namespace, ...rest }) => ({ namespace: namespace || undefined, ...rest })),
    summary,
    verdict: verdict.summary,
    stale: stale.map(({ path }) => path),
  };
  return `${plainJson(report)}\n`;
}
