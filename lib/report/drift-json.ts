// The drift of an inventory for machines.
import type { DriftJson } from './contract';
import type { DriftReport } from './drift';
import { plainJson } from './terminal';

export function driftJson({ baseline, stale, consequences }: DriftReport): string {
  const { kind, ref, commit, manifests } = baseline;
  const report: DriftJson = {
    version: 1,
    baseline: { kind, ref, commit, objects: manifests.length },
    stale,
    namespaces: consequences.namespaces,
    unreadable: consequences.unreadable,
  };
  return `${plainJson(report)}\n`;
}
