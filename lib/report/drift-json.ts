// The drift of an inventory for machines. Its form is a contract: fields are added, never renamed, within a version.
import type { DriftReport } from './drift';
import { plainJson } from './terminal';

export function driftJson({ baseline, stale, consequences }: DriftReport): string {
  const { kind, ref, commit, manifests } = baseline;
  const report = {
    version: 1,
    baseline: { kind, ref, commit, objects: manifests.length },
    stale,
    namespaces: consequences.namespaces,
    unreadable: consequences.unreadable,
  };
  return `${plainJson(report)}\n`;
}
