import { InputError } from '../../lib/input/error';
import { RULES } from '../../lib/judge/registry';
import { checkSeverities, severityOf, type Severities } from '../../lib/judge/severities';

const ruleOf = (name: string) => {
  const rule = RULES.find((one) => one.name === name);
  if (rule === undefined) throw new Error(name);
  return rule;
};

test.each([
  ['orphaned', {}, 'info'],
  ['orphaned', { orphaned: 'error' }, 'error'],
  ['scheduling-label-missing', { 'scheduling-label-missing': 'off' }, 'off'],
  ['webhook-skipped', { 'webhook-skipped': 'warning' }, 'warning'],
  ['dist-stale', { 'dist-stale': 'off' }, 'error'],
  ['dist-stale', { orphaned: 'off' }, 'error'],
  ['unoffload', { unoffload: 'off' }, 'error'],
  ['mapping-strategy-immutable', { 'mapping-strategy-immutable': 'info' }, 'error'],
] as const)('%s with %j is %s', (name, severities: Severities, expected) => {
  expect(severityOf(ruleOf(name), severities)).toBe(expected);
});

test.each([
  ['a worse category is never lowered', 'workload-moved', 'destructive', 'off', 'error'],
  ['nor is it where nothing is set', 'workload-moved', 'destructive', undefined, 'error'],
  ['a milder one keeps its own severity', 'server-field', 'info', undefined, 'info'],
  ['what is off is off', 'server-field', 'info', 'off', 'off'],
  ['a setting makes it nothing graver', 'server-field', 'info', 'warning', 'info'],
  ['a setting makes it milder', 'server-field', 'risky', 'info', 'info'],
  ['a milder one of a rule that nobody may lower', 'dist-stale', 'info', 'off', 'info'],
] as const)('%s', (_, name, category, setting, expected) => {
  const severities = setting === undefined ? {} : { [name]: setting };
  expect(severityOf(ruleOf(name), severities, category)).toBe(expected);
});

function problemsOf(severities: Severities) {
  try {
    checkSeverities(severities, 'config/cluster.ts');
    return [];
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.problems;
    throw thrown;
  }
}

test('refuses unknown rules and fixed ones, all at once, with what was meant', () => {
  expect(
    problemsOf({
      unofload: 'off',
      unoffload: 'off',
      'schema-invalid': 'off',
      xyzzy: 'off',
      'dist-stale': 'off',
      __proto__: 'off',
    }),
  ).toEqual([
    expect.objectContaining({ path: '/severities/unofload', remedy: "did you mean 'unoffload'?" }),
    expect.objectContaining({
      path: '/severities/unoffload',
      message: "you cannot change the severity of 'unoffload': its findings are destructive",
      remedy: expect.stringContaining('approve single findings instead'),
    }),
    expect.objectContaining({
      path: '/severities/schema-invalid',
      file: 'config/cluster.ts',
      remedy: 'remove this line',
    }),
    expect.objectContaining({
      path: '/severities/xyzzy',
      message: "there is no rule 'xyzzy'",
      remedy: 'docs/rules.md lists them',
    }),
    expect.objectContaining({
      path: '/severities/dist-stale',
      message: "you cannot change the severity of 'dist-stale': it reports what could not be judged",
    }),
  ]);
});

test('takes those of every adjustable rule', () => {
  const adjusted = { 'webhook-skipped': 'off', orphaned: 'error', 'approval-unused': 'error' } as const;
  expect(() => {
    checkSeverities(adjusted, 'config/cluster.ts');
  }).not.toThrow();
});
