// JUnit XML, read by a strict parser.
import { junitProblems, junitReport } from '../../lib/report/junit';
import { APPROVED, EXISTING, REJECTED, report, STALE } from './given';
import { elementsIn } from './xml';

const cases = (text: string) =>
  elementsIn(text)
    .filter(({ name }) => name === 'testcase')
    .map(({ attributes }) => `${attributes['classname'] ?? ''}/${attributes['name'] ?? ''}`);

test('a suite a namespace, a case a finding', () => {
  expect(junitReport(report(STALE, APPROVED, REJECTED))).toMatchInlineSnapshot(`
   "<?xml version="1.0" encoding="UTF-8"?>
   <testsuites name="cdk8s-liqo">
     <testsuite name="cdk8s-liqo" tests="1" failures="0" errors="0" skipped="0">
       <testcase classname="cdk8s-liqo" name="judged" time="0">
         <system-out>rejected: 2 errors, 0 warnings, 0 infos, 1 approved
   Judged against origin/main (cccccccccccc).</system-out>
       </testcase>
     </testsuite>
     <testsuite name="whole cluster" tests="1" failures="1" errors="0" skipped="0">
       <testcase classname="whole cluster" name="dist-stale: dist/namespaces/a.yaml" file="dist/namespaces/a.yaml" time="0">
         <failure message="dist/namespaces/a.yaml is missing." type="dist-stale">dist/namespaces/a.yaml is missing.
   Run npx cdk8s-liqo synth.
   dist/namespaces/a.yaml</failure>
       </testcase>
     </testsuite>
     <testsuite name="namespace blog" tests="1" failures="0" errors="0" skipped="1">
       <testcase classname="namespace blog" name="unoffload" file="dist/namespaces/blog.yaml" time="0">
         <skipped message="The NamespaceOffloading of &apos;blog&apos; leaves Git.">The NamespaceOffloading of &apos;blog&apos; leaves Git.
   Approved: PLAT-1 moved
   dist/namespaces/blog.yaml:9</skipped>
       </testcase>
     </testsuite>
     <testsuite name="namespace shop" tests="1" failures="1" errors="0" skipped="0">
       <testcase classname="namespace shop" name="mapping-strategy-immutable" file="dist/namespaces/demo/shop.yaml" time="0">
         <failure message="Liqo refuses the update: namespaceMappingStrategy is immutable, and this changes it from DefaultName to EnforceSameName." type="mapping-strategy-immutable">Liqo refuses the update: namespaceMappingStrategy is immutable, and this changes it from DefaultName to EnforceSameName.
   Set it back to DefaultName.
   dist/namespaces/demo/shop.yaml:20
   from config/namespaces/demo/shop.ts</failure>
       </testcase>
     </testsuite>
   </testsuites>
   "
  `);
});

test('counts are those of the elements', () => {
  const info = { ...REJECTED, severity: 'info' } as const;
  const elements = elementsIn(junitReport(report(EXISTING, REJECTED, APPROVED, info, info)));
  const suites = elements.filter(({ name }) => name === 'testsuite');
  const sum = (attribute: string) =>
    suites.reduce((total, { attributes }) => total + Number(attributes[attribute]), 0);
  const count = (wanted: string) => elements.filter(({ name }) => name === wanted).length;
  expect([sum('tests'), sum('failures'), sum('skipped')]).toEqual([6, 1, 2]);
  expect([count('testcase'), count('failure'), count('skipped')]).toEqual([6, 1, 2]);
});

test('equal names get a number, since GitLab drops all but the first', () => {
  const names = cases(
    junitReport(report(REJECTED, REJECTED, { ...STALE, file: 'a' }, { ...STALE, file: 'b' })),
  );
  expect(new Set(names).size).toBe(5);
  expect(names).toContain('namespace shop/mapping-strategy-immutable (2)');
  expect(names).toContain('whole cluster/dist-stale: b');
});

test('nothing found is a case that passed', () => {
  const text = junitReport(report());
  expect(cases(text)).toEqual(['cdk8s-liqo/judged']);
  expect(text).not.toMatch(/<(failure|error|skipped)/);
});

test('what could not be judged is an error', () => {
  const elements = elementsIn(
    junitProblems([{ code: 'baseline-unknown', message: 'no <ref>', file: 'a', remedy: 'fetch' }]),
  );
  expect(elements.find(({ name }) => name === 'error')).toMatchObject({
    attributes: { message: 'no <ref>', type: 'baseline-unknown' },
    text: 'a: no <ref>: fetch',
  });
});
