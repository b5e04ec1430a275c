// What a command line does differently where somebody sits in front of it.
import { cli, CONFIGS, folder } from '../scratch';

const REJECTED = {
  ...CONFIGS,
  'dist/namespaces/demo/old.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: old }\n',
  'dist/namespaces/demo/older.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: old }\n',
};
const check = (env: NodeJS.ProcessEnv, columns?: number) =>
  cli(folder(REJECTED), ['check', '--against', 'none'], { TERM: 'xterm', ...env }, '', columns);
const widest = (text: string) => Math.max(...text.split('\n').map(({ length }) => length));

test('colours on a terminal only, and not where nobody wants them', () => {
  expect(check({}, 80).out).toContain('\u001b[');
  for (const { out } of [check({}), check({ NO_COLOR: '1' }, 80), check({ TERM: 'dumb' }, 80)]) {
    expect(out).toContain('duplicate-object');
    expect(out).not.toContain('\u001b');
  }
});

test.each([
  [[], { FORCE_COLOR: '1' }, undefined, true],
  [[], { FORCE_COLOR: '0' }, 80, false],
  [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, undefined, false],
  [[], { NO_COLOR: '' }, 80, true],
  [['--no-color'], { FORCE_COLOR: '1' }, 80, false],
  [['--color'], { NO_COLOR: '1' }, undefined, true],
])('colours: %j %j on %s columns: %s', (args, env, columns, expected) => {
  const { out } = cli(folder(REJECTED), ['check', '--against', 'none', ...args], env, '', columns);
  expect(out).toContain('duplicate-object');
  expect(out.includes('\u001b')).toBe(expected);
});

test('links on a terminal that shows them, and in no log', () => {
  const link = '\u001b]8;;https://';
  expect(check({ VTE_VERSION: '7600' }, 80).out).toContain(link);
  for (const { out } of [
    check({}, 80),
    check({ VTE_VERSION: '7600', CI: '1' }, 80),
    check({ VTE_VERSION: '7600' }),
  ])
    expect(out).not.toContain(link);
});

test('quiet: errors and nothing else, and nothing where there is none', () => {
  const quiet = cli(folder(REJECTED), ['check', '--against', 'none', '--all', '--quiet']);
  expect(quiet.status).toBe(1);
  expect(quiet.out).toMatch(/error/);
  expect(quiet.out).not.toMatch(/^ +(warning|info) /m);
  const root = folder(CONFIGS);
  expect(cli(root, ['synth', '--against', 'none', '-q'])).toEqual({ status: 0, out: '', err: '' });
  expect(cli(root, ['check', '--against', 'none', '-q'])).toEqual({ status: 0, out: '', err: '' });
});

test('lines as wide as the terminal, from 40 to 100 columns', () => {
  const width = (columns?: number) => widest(check({ NO_COLOR: '1' }, columns).out);
  expect(width(20)).toBeLessThanOrEqual(40);
  expect(width(60)).toBeLessThanOrEqual(60);
  expect(width(300)).toBeLessThanOrEqual(100);
  expect(width(60)).toBeGreaterThan(40);
  expect(width(300)).toBeGreaterThan(80);
  expect(width()).toBeLessThanOrEqual(80);
});

test('status waits for nobody to type a cluster', () => {
  const root = folder(CONFIGS);
  expect(cli(root, ['status'], {}, '', 80)).toMatchObject({
    status: 2,
    err: expect.stringContaining('status was not told what the cluster holds'),
  });
  expect(cli(root, ['status']).err).not.toContain('was not told');
});
