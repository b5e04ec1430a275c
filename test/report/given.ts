// A report with every kind of finding.
import type { Finding } from '../../lib/judge/finding';
import { summarize } from '../../lib/judge/finding';
import type { Report } from '../../lib/report/report';

export const REJECTED: Finding = {
  rule: 'mapping-strategy-immutable',
  category: 'refused',
  severity: 'error',
  namespace: 'shop',
  message:
    'Liqo refuses the update: namespaceMappingStrategy is immutable, and this changes it from DefaultName to EnforceSameName.',
  remedy: 'Set it back to DefaultName.',
  file: 'dist/namespaces/demo/shop.yaml',
  line: 20,
  config: 'config/namespaces/demo/shop.ts',
};
export const APPROVED: Finding = {
  rule: 'unoffload',
  category: 'destructive',
  severity: 'warning',
  namespace: 'blog',
  message: "The NamespaceOffloading of 'blog' leaves Git.",
  remedy: 'Keep it.',
  file: 'dist/namespaces/blog.yaml',
  line: 9,
  approved: 'PLAT-1 moved',
};
export const STALE: Finding = {
  rule: 'dist-stale',
  category: 'broken',
  severity: 'error',
  message: 'dist/namespaces/a.yaml is missing.',
  remedy: 'Run npx cdk8s-liqo synth.',
  file: 'dist/namespaces/a.yaml',
};
export const EXISTING: Finding = {
  rule: 'cluster-selector-absent',
  category: 'broken',
  severity: 'warning',
  namespace: 'old',
  message: 'It has no clusterSelector.',
  remedy: 'Write one.',
  file: 'deploy/old.yaml',
  line: 4,
  existing: true,
};

export const report = (...findings: Finding[]): Report => ({
  baseline: {
    kind: 'git',
    ref: 'origin/main',
    commit: 'c'.repeat(40),
    manifests: [],
    description: 'origin/main (cccccccccccc)',
  },
  verdict: { findings, summary: summarize(findings) },
  stale: [],
  diff: () => new Map(),
  plan: () => ({ namespaces: [], summary: { create: 0, update: 0, replace: 0, delete: 0, unchanged: 0 } }),
});
