// The generated pages are what `npm run docs` would write now.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configPage } from '../../docs/generate/config';
import { conformancePage } from '../../docs/generate/conformance';
import { gitopsPage } from '../../docs/generate/gitops';
import { guardPage } from '../../docs/generate/guard';
import { reportsPage } from '../../docs/generate/reports';
import { rulesPage } from '../../docs/generate/rules';
import { schemaFiles, SCHEMAS } from '../../docs/generate/schemas';
import { workloadsPage } from '../../docs/generate/workloads';
import { ROWS } from '../compile/guard/rows';
import { RULES } from '../../lib/judge/registry';

const committed = (page: string) => readFileSync(join(__dirname, '../../docs', page), 'utf8');

test('docs/config.md is that of lib/config/types.ts', () => {
  expect(committed('config.md')).toBe(configPage());
});

test('docs/rules.md is that of the registry', () => {
  expect(committed('rules.md')).toBe(rulesPage());
});

test("docs/gitops.md has the health checks' phases", () => {
  expect(committed('gitops.md')).toBe(gitopsPage(committed('gitops.md')));
  expect(() => gitopsPage('# GitOps')).toThrow('no place for the table');
});

test('docs/guard.md has the tables of the guard', () => {
  expect(committed('guard.md')).toBe(guardPage(committed('guard.md')));
  expect(() => guardPage('# The guard')).toThrow('no place for the table');
  expect(committed('apiserver.md')).toMatch(new RegExp(`changes under the guard.*\\| ${ROWS.length} `));
});

test('docs/workloads.md has the kinds with pods', () => {
  expect(committed('workloads.md')).toBe(workloadsPage(committed('workloads.md')));
  expect(() => workloadsPage('# Workloads')).toThrow('no place for the table');
});

test('docs/reports.md has the codes', () => {
  expect(committed('reports.md')).toBe(reportsPage(committed('reports.md')));
  expect(() => reportsPage('# Reports')).toThrow('no place for the table');
});

test('schemas/ has the schemas of now, and no others', () => {
  const root = join(__dirname, '../..');
  const files = schemaFiles();
  for (const [path, text] of files)
    expect([path, readFileSync(join(root, path), 'utf8')]).toEqual([path, text]);
  expect(readdirSync(join(root, SCHEMAS)).map((name) => `${SCHEMAS}/${name}`)).toEqual(
    [...files.keys()].sort(),
  );
});

test('docs/conformance.md is that of test/conformance', () => {
  expect(committed('conformance.md')).toBe(conformancePage());
});

test.each(RULES.map(({ name }) => name))('docs/rules.md has one section on %s', (name) => {
  const headings = committed('rules.md')
    .split('\n')
    .filter((line) => line === `### ${name}`);
  expect(headings).toHaveLength(1);
});
