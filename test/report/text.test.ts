import { textReport } from '../../lib/report/text';
import { APPROVED, EXISTING, REJECTED, report, STALE } from './given';

const plain = { color: false, width: 80 };

test('groups by namespace, the sentence first, then the remedy, then the place', () => {
  expect(textReport(report(APPROVED, REJECTED, STALE), plain)).toBe(`blog
  approved unoffload
    The NamespaceOffloading of 'blog' leaves Git.
    Approved: PLAT-1 moved
    dist/namespaces/blog.yaml:9

shop
  error mapping-strategy-immutable
    Liqo refuses the update: namespaceMappingStrategy is immutable, and this
    changes it from DefaultName to EnforceSameName.
    Set it back to DefaultName.
    dist/namespaces/demo/shop.yaml:20
    from config/namespaces/demo/shop.ts

this change
  error dist-stale
    dist/namespaces/a.yaml is missing.
    Run npx cdk8s-liqo synth.
    dist/namespaces/a.yaml

Judged against origin/main (cccccccccccc).
rejected: 2 errors, 0 warnings, 0 infos, 1 approved
`);
});

test('names a namespace once', () => {
  const text = textReport(report(REJECTED, { ...REJECTED, rule: 'other' }), plain);
  expect(text.match(/^shop$/gm)).toHaveLength(1);
  expect(text).toContain('  error other\n');
});

test('says in two lines that nothing was found', () => {
  expect(textReport(report(), plain)).toBe(
    'Judged against origin/main (cccccccccccc).\npassed: 0 errors, 0 warnings, 0 infos\n',
  );
});

test('counts what was so before, and spells it out where it is an error again', () => {
  const two = textReport(report(EXISTING, { ...EXISTING, namespace: 'older' }), plain);
  expect(two).toBe(`Already so before this change (--all shows each)
    cluster-selector-absent: 2, first deploy/old.yaml:4

Judged against origin/main (cccccccccccc).
passed: 0 errors, 0 warnings, 0 infos, 2 already so before
`);
  expect(textReport(report({ ...EXISTING, severity: 'error' }), plain)).toContain(
    'It has no clusterSelector.',
  );
});

test('with --all nothing is only counted', () => {
  const all = textReport({ ...report(EXISTING), all: true }, plain);
  expect(all).toContain('It has no clusterSelector.');
  expect(all).toMatch(/passed: 0 errors, 1 warning, 0 infos\n$/);
  expect(all).not.toContain('lready so before');
});

test('keeps to the width, but for words that are longer', () => {
  const long = { ...REJECTED, message: 'word '.repeat(60), remedy: `short ${'x'.repeat(90)} short` };
  const lines = textReport(report(long), { color: false, width: 60 }).split('\n');
  expect(lines.filter((line) => line.length > 60)).toEqual([`    ${'x'.repeat(90)}`]);
});

test('colours only where it is told to', () => {
  expect(textReport(report(REJECTED), plain)).not.toContain('\u001b');
  expect(textReport(report(REJECTED), { ...plain, color: true })).toContain('\u001b[31merror\u001b[39m');
});

test('shows control characters and marks of direction instead of obeying them', () => {
  const evil = 'a\u001b[2Jb\u202ec\r\u0007';
  const text = textReport(
    report({ ...REJECTED, namespace: evil, message: evil, remedy: evil, file: evil, config: evil }),
    plain,
  );
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(text).toContain('a\\u001b[2Jb\\u202ec\\u000d\\u0007');
});

test('an approval stands on a line of its own, to be copied', () => {
  const entry =
    '{ namespace: a-namespace-with-a-long-name, rule: unoffload, clusters: [one, two], reason: "…" }';
  const text = textReport(
    report({ ...REJECTED, remedy: `Keep it, or let it go with the line\n- ${entry}` }),
    plain,
  );
  expect(text).toContain(`\n    - ${entry}\n`);
});

test('what a name smuggles in begins no line and is no command of a CI runner', () => {
  const text = textReport(
    report({
      ...REJECTED,
      namespace: 'a\n::error::b',
      message: `${'x'.repeat(74)} ::error::c\n::warning::d`,
      remedy: '##[error]e',
      file: 'f\n::error::g\t',
    }),
    plain,
  );
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).not.toContain('##[');
  expect(text).not.toContain('\t');
});
