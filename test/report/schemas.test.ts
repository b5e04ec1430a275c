// The published schemas take what they are for, and refuse what is another thing. Each report that a test prints with
// `--format json` is held against its schema as well: test/scratch.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { approvalEntry } from '../../lib/judge/approval-entry';
import { parseApprovals } from '../../lib/judge/approvals';
import { RULES } from '../../lib/judge/registry';
import { inventoryText, parseInventory } from '../../lib/manifests/inventory';
import { jsonProblems, jsonReport } from '../../lib/report/json';
import { against } from '../schemas';
import { PROJECT } from '../scratch';
import { APPROVED, EXISTING, REJECTED, report, STALE } from './given';

const inventory = readFileSync(join(PROJECT, 'config/inventory.yaml'), 'utf8');

test('check', () => {
  const printed = JSON.parse(
    jsonReport(
      report({ ...REJECTED, clusters: ['naples'], witness: { labels: {} } }, APPROVED, EXISTING, STALE),
    ),
  ) as { findings: object[] };
  expect(against('check', printed)).toEqual([]);
  expect(against('check', { ...printed, summary: undefined })).not.toEqual([]);
  expect(
    against('check', { ...printed, findings: [{ ...printed.findings[0], severity: 'fatal' }] }),
  ).not.toEqual([]);
});

test.each(['check', 'plan', 'explain', 'status', 'drift'])('%s, if nothing could be judged', (name) => {
  const printed = JSON.parse(
    jsonProblems([
      { code: 'usage', message: 'a', file: 'b', line: 1, column: 2, path: '/', excerpt: 'c', remedy: 'd' },
    ]),
  ) as object;
  expect(against(name, printed)).toEqual([]);
  expect(against(name, { ...printed, invocations: undefined })).not.toEqual([]);
});

test('inventories', () => {
  expect(against('inventory', parse(inventory))).toEqual([]);
  const written = parseInventory('a', inventory) ?? { complete: false, providers: [] };
  expect(against('inventory', parse(inventoryText(written)))).toEqual([]);
  for (const text of ['providers: [{ id: A, virtualNodes: [{ name: a }] }]', 'providers: []\nmore: 1', '{}'])
    expect([text, against('inventory', parse(text))]).not.toEqual([text, []]);
});

test('the entry of every rule that can be approved', () => {
  for (const { name, approvable, approvedBy } of RULES) {
    const [, entry = ''] = approvalEntry('shop', name, ['naples'], approvedBy).split('\n');
    expect([name, against('approvals', parse(entry)).length === 0]).toEqual([name, approvable === true]);
    if (approvable === true) expect(parseApprovals('a', entry)).toHaveLength(1);
  }
  for (const text of [
    '- { rule: unoffload, reason: a }',
    '- { namespace: a, provider: b, rule: unoffload, reason: a }',
  ])
    expect([text, against('approvals', parse(text))]).not.toEqual([text, []]);
});
