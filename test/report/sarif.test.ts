// SARIF against the schema that OASIS publishes, as Microsoft ships it.
import type { Finding } from '../../lib/judge/finding';
import { RULES } from '../../lib/judge/registry';
import { PROBLEM_CODES } from '../../lib/input/error';
import { HOMEPAGE } from '../../lib/report/rule-url';
import { sarifProblems, sarifReport } from '../../lib/report/sarif';
import { version } from '../../lib/report/version';
import { validate } from './sarif-schema';
import { APPROVED, EXISTING, REJECTED, report, STALE } from './given';

interface Log {
  runs: {
    tool: {
      driver: {
        version: string;
        informationUri: string;
        rules: { id: string; defaultConfiguration: { level: string } }[];
        notifications: { id: string }[];
      };
    };
    invocations: {
      executionSuccessful: boolean;
      toolExecutionNotifications?: {
        level: string;
        descriptor: { id: string };
        message: { text: string };
        properties: object;
      }[];
    }[];
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      baselineState: string;
      suppressions: object[];
      locations: { physicalLocation: { artifactLocation: { uri: string }; region?: object } }[];
      partialFingerprints: Record<string, string>;
      properties: object;
    }[];
  }[];
}

const log = (...findings: Finding[]) => parsed(sarifReport(report(...findings)));

/** @param isSmall what is not takes the validator long */
function parsed(text: string, isSmall = true) {
  const parsed = JSON.parse(text) as Log;
  expect(isSmall && !validate(parsed) ? validate.errors : []).toEqual([]);
  const [run] = parsed.runs;
  if (run === undefined) throw new Error('no run');
  return run;
}

test('the schema refuses what is none', () => {
  const parsed = JSON.parse(sarifReport(report(REJECTED))) as Log;
  const [result] = parsed.runs[0]?.results ?? [];
  if (result !== undefined) result.level = 'fatal';
  expect(validate(parsed)).toBe(false);
});

test('a finding', () => {
  expect(log({ ...REJECTED, clusters: ['naples'], witness: { labels: { a: 'b' } } }).results)
    .toMatchInlineSnapshot(`
   [
     {
       "baselineState": "new",
       "level": "error",
       "locations": [
         {
           "physicalLocation": {
             "artifactLocation": {
               "uri": "dist/namespaces/demo/shop.yaml",
               "uriBaseId": "%SRCROOT%",
             },
             "region": {
               "startLine": 20,
             },
           },
         },
       ],
       "message": {
         "text": "Liqo refuses the update: namespaceMappingStrategy is immutable, and this changes it from DefaultName to EnforceSameName.
   Set it back to DefaultName.",
       },
       "partialFingerprints": {
         "cdk8sLiqo/v1": "7f7f9a9b081bb58d2e27fd3248d669ab9b17ae340ac7b2fde0f4969f94038621",
       },
       "properties": {
         "category": "refused",
         "clusters": [
           "naples",
         ],
         "namespace": "shop",
         "witness": {
           "labels": {
             "a": "b",
           },
         },
       },
       "relatedLocations": [
         {
           "physicalLocation": {
             "artifactLocation": {
               "uri": "config/namespaces/demo/shop.ts",
               "uriBaseId": "%SRCROOT%",
             },
             "region": {
               "startLine": 1,
             },
           },
         },
       ],
       "ruleId": "mapping-strategy-immutable",
       "ruleIndex": 3,
       "suppressions": [],
     },
   ]
  `);
});

test('every rule is there, and a result points at its own', () => {
  const { tool, results } = log(REJECTED, APPROVED, STALE, EXISTING);
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(RULES.map(({ name }) => name));
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  const levels = tool.driver.rules.map(({ defaultConfiguration: { level } }) => level);
  expect(new Set(levels)).toEqual(new Set(['error', 'warning', 'note']));
});

test('an approval suppresses, and what was so before is unchanged', () => {
  const [approved, existing] = log(APPROVED, EXISTING).results;
  expect(approved).toMatchObject({
    level: 'warning',
    baselineState: 'new',
    suppressions: [{ kind: 'external', status: 'accepted', justification: 'PLAT-1 moved' }],
    message: { text: "The NamespaceOffloading of 'blog' leaves Git.\nApproved: PLAT-1 moved" },
  });
  expect(existing).toMatchObject({ baselineState: 'unchanged', suppressions: [] });
});

test('a fingerprint outlives a moved line, and no other message', () => {
  const [one, moved, other] = log(
    REJECTED,
    { ...REJECTED, line: 99, remedy: 'another' },
    { ...REJECTED, message: 'another' },
  ).results.map(({ partialFingerprints }) => Object.values(partialFingerprints)[0]);
  expect(one).toBe(moved);
  expect(one).not.toBe(other);
});

test.each([
  ['a b/c#d?e%f.yaml', 'a%20b/c%23d%3Fe%25f.yaml'],
  ['javascript:x', 'javascript%3Ax'],
  ['//evil/x', './//evil/x'],
  ['ü/\ud800', '%C3%BC/%EF%BF%BD'],
])('the path %j is a relative reference', (file, uri) => {
  const [result] = log({ ...STALE, file }).results;
  expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
});

test('a finding about no file has a place all the same, which GitHub asks for', () => {
  expect(log({ ...STALE, file: undefined }).results[0]?.locations).toHaveLength(1);
});

test('nothing found is a run without results', () => {
  expect(log().results).toEqual([]);
});

test('the tool says which one it is', () => {
  const { driver } = log().tool;
  expect([driver.version, driver.informationUri]).toEqual([version(), HOMEPAGE]);
  expect(driver.notifications.map(({ id }) => id)).toEqual(
    expect.arrayContaining(Object.keys(PROBLEM_CODES)),
  );
});

test('of 27,000 findings the worst 25,000, and a note of what is left out', () => {
  const many = (finding: Finding, count: number) => Array.from({ length: count }, () => finding);
  const deleted: Finding = { ...APPROVED, severity: 'error', approved: undefined };
  const findings = [...many(EXISTING, 2500), ...many(REJECTED, 24_499), deleted];
  const { results, invocations } = parsed(sarifReport(report(...findings)), false);
  expect(results).toHaveLength(25_000);
  expect(results.slice(0, 2).map(({ ruleId }) => ruleId)).toEqual([
    'unoffload',
    'mapping-strategy-immutable',
  ]);
  expect(results.filter(({ level }) => level === 'error')).toHaveLength(24_500);
  expect(invocations).toMatchObject([
    {
      executionSuccessful: true,
      toolExecutionNotifications: [
        {
          level: 'warning',
          descriptor: { id: 'results-left-out' },
          message: {
            text: expect.stringMatching(/^27,000 findings: .* 2,000 are left out \(0 errors, 2000 w/),
          },
          properties: { errors: 0, warnings: 2000, infos: 0, approved: 0 },
        },
      ],
    },
  ]);
});

test('25,000 findings are all there', () => {
  const { results, invocations } = parsed(
    sarifReport(report(...Array.from({ length: 25_000 }, () => REJECTED))),
    false,
  );
  expect(results).toHaveLength(25_000);
  expect(invocations).toEqual([{ executionSuccessful: true }]);
});

test('what could not be judged has no results, so that no alert is closed by it', () => {
  const run = parsed(
    sarifProblems([{ code: 'merge-failed', message: 'both changed it', file: 'dist/a b.yaml' }]),
  );
  expect(run).not.toHaveProperty('results');
  expect(run.invocations).toMatchObject([
    {
      executionSuccessful: false,
      exitCode: 2,
      toolExecutionNotifications: [
        {
          descriptor: { id: 'merge-failed' },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'dist/a%20b.yaml' } } }],
        },
      ],
    },
  ]);
});
