// SARIF against the schema that OASIS publishes, as Microsoft ships it.
import type { Finding } from '../../lib/judge/finding';
import { RULES } from '../../lib/judge/registry';
import { sarifReport } from '../../lib/report/sarif';
import { validate } from './sarif-schema';
import { APPROVED, EXISTING, REJECTED, report, STALE } from './given';

interface Log {
  runs: {
    tool: { driver: { rules: { id: string; defaultConfiguration: { level: string } }[] } };
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

function log(...findings: Finding[]) {
  const parsed = JSON.parse(sarifReport(report(...findings))) as Log;
  validate(parsed);
  expect(validate.errors ?? []).toEqual([]);
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
