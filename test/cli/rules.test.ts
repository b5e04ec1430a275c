import { RULES } from '../../lib/judge/registry';
import { ruleUrl } from '../../lib/report/rule-url';
import { cli, folder } from '../scratch';

const rules = (...args: string[]) => cli(folder(), ['rules', ...args]);

test('the list has every rule, within the width of a screen', () => {
  const { status, out } = rules();
  expect(status).toBe(0);
  for (const { name } of RULES) expect(out).toMatch(new RegExp(`^  ${name} +(error|warning|info) `, 'm'));
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('one rule: what it finds, why, where that stands, and how to approve it', () => {
  const { status, out } = rules('clusters-deselected');
  expect(status).toBe(0);
  expect(out).toMatch(/^error clusters-deselected \(destructive: /);
  expect(out).toContain('\n    - { namespace: shop, rule: clusters-deselected, reason: ');
  expect(out).toContain('namespaceoffloading-controller/clusterselector.go');
  expect(out).toContain(ruleUrl('clusters-deselected'));
  expect(out).not.toContain('severities:');
});

test.each([
  ['workload-escapes-selector', "    severities: { 'workload-escapes-selector': 'off' },"],
  ['selector-invalid', "    severities: { 'selector-invalid': 'warning' },"],
  ['peering-removed', '    - { provider: naples, rule: peering-removed, '],
  ['policy', 'Change the policy in config/policies.ts.'],
  ['schema-invalid', 'neither approved nor lowered'],
])('%s: how to live with it', (name, expected) => {
  expect(rules(name).out).toContain(expected);
});

test('json has all of it, for all rules or for one', () => {
  const all = JSON.parse(rules('--format', 'json').out) as { version: number; rules: { name: string }[] };
  expect(all.rules.map(({ name }) => name)).toEqual(RULES.map(({ name }) => name));
  expect(JSON.parse(rules('unoffload', '--format', 'json').out)).toEqual({
    version: 1,
    rules: [
      expect.objectContaining({
        name: 'unoffload',
        category: 'destructive',
        severity: 'error',
        adjustable: false,
        approvedBy: 'namespace',
        url: ruleUrl('unoffload'),
      }),
    ],
  });
});

test('a rule that is none', () => {
  expect(rules('clusters-deslected')).toMatchObject({
    status: 2,
    out: '',
    err: "error: there is no rule 'clusters-deslected'\n  did you mean clusters-deselected?\n",
  });
});
