import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../lib/judge/registry';
import { isAdjustable, severityOf } from '../../lib/judge/severities';

const filesOf = (folder: string, ending: string) =>
  readdirSync(join(__dirname, folder))
    .map((file) => file.replace(ending, ''))
    .sort();
const names = RULES.map(({ name }) => name);

test('holds every rule file once', () => {
  expect([...names].sort()).toEqual(filesOf('../../lib/judge/rules', '.ts'));
  expect(new Set(names).size).toBe(names.length);
});

test.each(names)('%s has a test of its own', (name) => {
  expect(existsSync(join(__dirname, 'rules', `${name}.test.ts`))).toBe(true);
});

test('names known rules only, where one covers another', () => {
  const covered = RULES.flatMap(({ covers }) => covers ?? []);
  expect(covered.filter((name) => !names.includes(name))).toEqual([]);
});

test('lets nobody lower what is refused or destructive, or what was not judged', () => {
  const fixed = RULES.filter((rule) => !isAdjustable(rule)).map(({ name }) => name);
  expect(fixed).toEqual([
    'schema-invalid',
    'offloading-name',
    'remote-name-required',
    'mapping-strategy-immutable',
    'remote-name-immutable',
    'runtime-class-handler-immutable',
    'field-immutable',
    'namespace-removed',
    'unoffload',
    'object-dropped',
    'object-unfetched',
    'object-left-out',
    'owner-declared',
    'clusters-deselected',
    'peering-removed',
    'peering-changed',
    'tenant-drained',
    'liqo-removed',
    'claim-recreated',
    'remote-name-reused',
    'remote-name-collision',
    'namespace-absent',
    'folder-incomplete',
    'policy',
    'judge-changed',
    'dist-stale',
  ]);
});

test('lets approvals through for what is destructive, or undone by hand before, and can be meant', () => {
  const approvable = RULES.filter((rule) => rule.approvable === true).map(({ name }) => name);
  expect(approvable).toEqual([
    'field-immutable',
    'namespace-removed',
    'unoffload',
    'object-dropped',
    'object-unfetched',
    'object-left-out',
    'clusters-deselected',
    'peering-removed',
    'peering-changed',
    'tenant-drained',
    'liqo-removed',
    'claim-recreated',
    'claim-removed',
    'remote-name-reused',
    'cluster-id-changed',
    'workload-moved',
    'engine-handover',
  ]);
});

test.each(RULES)('$name is as severe as its category says', (rule) => {
  const severity = {
    refused: 'error',
    destructive: 'error',
    broken: 'error',
    policy: 'error',
    risky: 'warning',
    info: 'info',
  };
  expect(severityOf(rule, {})).toBe(severity[rule.category]);
});
