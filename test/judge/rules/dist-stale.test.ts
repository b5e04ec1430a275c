import type { StaleFile } from '../../../lib/judge/rule';
import { distStale as rule } from '../../../lib/judge/rules/dist-stale';
import { FACTS } from '../given';

const found = (stale: readonly StaleFile[], errors = 0) =>
  rule.check({ ...FACTS, stale }, { unused: [], errors });

const file = (name: string, how: StaleFile['how'] = 'different') => ({ path: `dist/${name}.yaml`, how });

test.each([
  ['missing', 'is missing'],
  ['different', 'differs'],
  ['left over', 'has no config'],
] as const)('finds a file that is %s', (how, words) => {
  expect(found([file('a', how)])).toMatchObject([
    { file: 'dist/a.yaml', message: expect.stringContaining(`in 1 file: dist/a.yaml ${words}. `) },
  ]);
});

test('is one finding, whatever the number of files, and names three of them', () => {
  const [one, ...others] = found(['a', 'b', 'c', 'd', 'e'].map((name) => file(name)));
  expect(others).toEqual([]);
  expect(one?.message).toContain(
    'in 5 files: dist/a.yaml differs, dist/b.yaml differs, dist/c.yaml differs, and 2 more. ',
  );
});

test('does not advise to synth while synth would refuse', () => {
  const remedies = [0, 1, 2].map((errors) => found([file('a')], errors)[0]?.remedy);
  expect(remedies[0]).toMatch(/^Run npx cdk8s-liqo synth and commit what it writes\./);
  expect(remedies.slice(1)).toEqual([
    'synth writes them once the other error is fixed.',
    'synth writes them once the 2 other errors are fixed.',
  ]);
});

test('passes over a dist that is what the configs give', () => {
  expect(found([])).toEqual([]);
});
