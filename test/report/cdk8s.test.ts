import { besideViolations, problemViolations, violationsOf } from '../../lib/report/cdk8s';
import { APPROVED, EXISTING, REJECTED, report, STALE } from './given';

test('errors are violations, one a finding', () => {
  expect(violationsOf(report(STALE, APPROVED, REJECTED, EXISTING))).toEqual([
    {
      ruleName: 'dist-stale',
      recommendation: 'dist/namespaces/a.yaml is missing.',
      fix: 'Run npx cdk8s-liqo synth.',
      violatingResources: [
        {
          resourceName: 'the whole cluster',
          manifestPath: 'dist/namespaces/a.yaml',
          locations: ['dist/namespaces/a.yaml'],
        },
      ],
    },
    {
      ruleName: 'mapping-strategy-immutable',
      recommendation: REJECTED.message,
      fix: 'Set it back to DefaultName.',
      violatingResources: [
        {
          resourceName: 'namespace shop',
          manifestPath: 'dist/namespaces/demo/shop.yaml',
          locations: ['dist/namespaces/demo/shop.yaml:20'],
        },
      ],
    },
  ]);
});

test('an error without a file still has a place, since cdk8s counts places', () => {
  const [violation] = violationsOf(report({ ...REJECTED, file: undefined, line: undefined }));
  expect(violation?.violatingResources).toEqual([
    { resourceName: 'namespace shop', manifestPath: 'none', locations: ['namespace shop'] },
  ]);
});

test('all else is text, with the outcome of everything', () => {
  const text = besideViolations(report(STALE, APPROVED, REJECTED, EXISTING));
  expect(text).toContain('Approved: PLAT-1 moved');
  expect(text).toContain('cluster-selector-absent: 1');
  expect(text).not.toMatch(/dist-stale|mapping-strategy-immutable/);
  expect(text).toMatch(/rejected: 2 errors, 0 warnings, 0 infos, 1 approved, 1 already so before$/);
});

test('a problem is a violation with its place', () => {
  const problems = [
    {
      message: 'broken YAML',
      file: 'dist/a.yaml',
      line: 3,
      column: 7,
      excerpt: 'a: [\n   ^',
      remedy: 'mend it',
    },
    { message: 'no baseline' },
  ];
  expect(problemViolations(problems)).toEqual([
    {
      ruleName: 'could-not-judge',
      recommendation: 'broken YAML: a: [ ^',
      fix: 'mend it',
      violatingResources: [
        { resourceName: 'the whole cluster', manifestPath: 'dist/a.yaml', locations: ['dist/a.yaml:3:7'] },
      ],
    },
    {
      ruleName: 'could-not-judge',
      recommendation: 'no baseline',
      fix: 'fix it and run synth again',
      violatingResources: [{ resourceName: 'the whole cluster', manifestPath: 'none', locations: ['none'] }],
    },
  ]);
});

test('control characters are shown, and nothing begins a line or is a command of a CI runner', () => {
  const evil = 'a\u001b[2Jb\u202ec\n::error::d\u0007 ##[error]e';
  const made = [
    ...violationsOf(report({ ...REJECTED, namespace: evil, message: evil, remedy: evil, file: evil })),
    ...problemViolations([{ message: evil, remedy: evil, file: evil, path: evil, excerpt: evil }]),
  ];
  const texts = made.flatMap(({ recommendation, fix, violatingResources }) => [
    recommendation,
    fix,
    ...violatingResources.flatMap((one) => [one.resourceName, one.manifestPath, ...one.locations]),
  ]);
  expect(texts).toHaveLength(10);
  expect(texts.filter((text) => text.includes('a\\u001b[2Jb\\u202ec'))).toHaveLength(9); // all but "the whole cluster"
  for (const text of texts) {
    expect(text).not.toMatch(/[\u0000-\u001f\u202e]|(^|\s)::|##\[/);
  }
});
