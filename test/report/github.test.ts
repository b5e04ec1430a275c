// GitHub's annotations, read as its runner reads them.
import { githubProblems, githubReport } from '../../lib/report/github';
import { APPROVED, EXISTING, REJECTED, report, STALE } from './given';
import { commandsIn } from './runner';

test('errors first, then what was let through, and the verdict last', () => {
  const given = report(STALE, APPROVED, EXISTING, REJECTED, {
    ...REJECTED,
    severity: 'info',
    category: 'info',
  });
  expect(githubReport(given)).toMatchInlineSnapshot(`
    "::error file=dist/namespaces/demo/shop.yaml,line=20,title=mapping-strategy-immutable%3A shop::Liqo refuses the update: namespaceMappingStrategy is immutable, and this changes it from DefaultName to EnforceSameName.%0ASet it back to DefaultName.
    ::error file=dist/namespaces/a.yaml,title=dist-stale::dist/namespaces/a.yaml is missing.%0ARun npx cdk8s-liqo synth.
    ::warning file=dist/namespaces/blog.yaml,line=9,title=unoffload%3A blog::The NamespaceOffloading of 'blog' leaves Git.%0AApproved: PLAT-1 moved
    ::notice file=dist/namespaces/demo/shop.yaml,line=20,title=mapping-strategy-immutable%3A shop::Liqo refuses the update: namespaceMappingStrategy is immutable, and this changes it from DefaultName to EnforceSameName.%0ASet it back to DefaultName.
    rejected: 2 errors, 0 warnings, 1 info, 1 approved, 1 already so before, judged against origin/main (cccccccccccc)
    "
  `);
});

test('what destroys comes before what is refused', () => {
  const destroyed = { ...REJECTED, rule: 'unoffload', category: 'destructive' } as const;
  const [first, second] = commandsIn(githubReport(report(REJECTED, destroyed)));
  expect([first?.properties['title'], second?.properties['title']]).toEqual([
    'unoffload: shop',
    'mapping-strategy-immutable: shop',
  ]);
});

test('a finding on the lines of the pull request', () => {
  const span = { start: 4, count: 2 };
  const diff = () => new Map([['config/namespaces/demo/shop.ts', [{ old: span, now: span }]]]);
  expect(commandsIn(githubReport({ ...report(REJECTED), diff }))).toMatchObject([
    { command: 'error', properties: { file: 'config/namespaces/demo/shop.ts', line: '4' } },
  ]);
});

test('says that GitHub shows ten of a kind, and not before', () => {
  const findings = (number: number) => Array.from({ length: number }, () => REJECTED);
  expect(githubReport(report(...findings(11)))).toContain('GitHub shows 10 annotations of a kind');
  expect(githubReport(report(...findings(10), APPROVED))).not.toContain('GitHub shows');
});

test('nothing found is one line', () => {
  expect(githubReport(report())).toBe(
    'passed: 0 errors, 0 warnings, 0 infos, judged against origin/main (cccccccccccc)\n',
  );
});

test('what could not be judged is an error as well', () => {
  const problem = {
    message: 'a: 100% wrong',
    file: 'config/a,b.ts',
    line: 3,
    remedy: 'mend it',
    command: 'rm a',
  };
  expect(githubProblems([problem])).toBe(
    '::error file=config/a%2Cb.ts,line=3,title=cdk8s-liqo could not judge%3A input-unreadable::a: 100%25 wrong%0Amend it%0Arm a\n',
  );
  expect(commandsIn(githubProblems([problem]))).toMatchObject([
    { properties: { file: 'config/a,b.ts' }, data: 'a: 100% wrong\nmend it\nrm a' },
  ]);
});
