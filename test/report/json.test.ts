import { jsonReport } from '../../lib/report/json';
import { APPROVED, EXISTING, REJECTED, report } from './given';

test('has the form that others rely on', () => {
  const text = jsonReport(report(REJECTED, APPROVED, EXISTING));
  expect(text.endsWith('}\n')).toBe(true);
  expect(JSON.parse(text)).toEqual({
    version: 1,
    baseline: { kind: 'git', ref: 'origin/main', commit: 'c'.repeat(40), objects: 0 },
    findings: [REJECTED, APPROVED, EXISTING],
    summary: { errors: 1, warnings: 1, infos: 0, approved: 1 },
  });
});

test('leaves out what there is not', () => {
  const given = report();
  const none = { ...given, baseline: { kind: 'none', manifests: [], description: 'nothing' } } as const;
  expect(JSON.parse(jsonReport(none))).toEqual({
    version: 1,
    baseline: { kind: 'none', objects: 0 },
    findings: [],
    summary: { errors: 0, warnings: 0, infos: 0, approved: 0 },
  });
});
