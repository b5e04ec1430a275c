import { jsonProblems, jsonReport } from '../../lib/report/json';
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

test('what could not be judged has no findings, and says what SARIF says', () => {
  const problem = {
    code: 'clone-shallow' as const,
    message: 'this clone is shallow',
    file: 'dist/a.yaml',
    line: 2,
    remedy: 'fetch the whole history',
    command: 'git fetch --unshallow',
  };
  expect(JSON.parse(jsonProblems([problem, { message: 'unreadable', file: '/tmp/b' }]))).toEqual({
    version: 1,
    invocations: [
      {
        executionSuccessful: false,
        exitCode: 2,
        toolExecutionNotifications: [
          {
            level: 'error',
            descriptor: { id: 'clone-shallow' },
            message: { text: 'this clone is shallow\nfetch the whole history\ngit fetch --unshallow' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'dist/a.yaml', uriBaseId: '%SRCROOT%' },
                  region: { startLine: 2 },
                },
              },
            ],
            properties: {
              file: 'dist/a.yaml',
              remedy: 'fetch the whole history',
              command: 'git fetch --unshallow',
            },
          },
          {
            level: 'error',
            descriptor: { id: 'input-unreadable' },
            message: { text: 'unreadable' },
            locations: [],
            properties: { file: '/tmp/b' },
          },
        ],
      },
    ],
  });
});
