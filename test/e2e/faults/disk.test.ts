// synth on a disk that fails, and a synth that is killed: no file is torn, nothing is lost, the next run heals.
import { cli, write } from '../../scratch';
import { callsOf, synthWith } from './disk';
import { begun, distOf, isTemporary, TRIALS } from './project';

const a = distOf(begun());
const published = () => {
  const root = begun();
  expect(cli(root, ['synth']).status).toBe(0);
  return distOf(root);
};

/** Each file is that of A or of B, whole. */
function expectWhole(dist: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): void {
  const torn = [...dist].filter(
    ([path, text]) => !isTemporary(path) && text !== a.get(path) && text !== b.get(path),
  );
  expect(torn).toEqual([]);
  const kept = [...a.keys()].filter((path) => b.has(path));
  expect(kept.filter((path) => !dist.has(path))).toEqual([]);
}

const spread = (calls: number): number[] =>
  Array.from({ length: TRIALS }, (_, i) => 1 + Math.floor((i * calls) / TRIALS));

test('a synth that is killed at any point', () => {
  const b = published();
  const calls = callsOf(begun());
  expect(calls).toBeGreaterThan(80);
  let mixed = 0;
  for (const [i, at] of spread(calls).entries()) {
    const root = begun();
    const ran = synthWith(root, at, ['before', 'torn', 'after'][i % 3] ?? '');
    expect([at, ran.status, ran.out]).toEqual([at, null, expect.any(String)]);
    const dist = distOf(root);
    expectWhole(dist, b);
    if ([...dist].some(([path, text]) => b.get(path) !== text)) {
      mixed += 1;
      expect(cli(root, ['check', '--format', 'json']).out).toContain('"rule": "dist-stale"');
    }
    expect(cli(root, ['synth']).status).toBe(0);
    expect(distOf(root)).toEqual(b);
  }
  expect(mixed).toBeGreaterThan(TRIALS / 2);
});

test.each(['ENOSPC', 'EACCES', 'EIO', 'EROFS'])('a disk that says %s', (code) => {
  const b = published();
  const calls = callsOf(begun());
  for (const at of spread(calls).filter((_, i) => i % 2 === 1)) {
    const root = begun();
    const ran = synthWith(root, at, code);
    expect([at, ran.status, ran.err]).toEqual([
      at,
      2,
      expect.stringMatching(new RegExp(`^error: dist cannot be written: ${code}`)),
    ]);
    expect(ran.err).not.toMatch(/^\s+at .*:\d+:\d+/m);
    const dist = distOf(root);
    expectWhole(dist, b);
    expect([...dist.keys()].filter(isTemporary)).toEqual([]);
    expect(cli(root, ['synth']).status).toBe(0);
    expect(distOf(root)).toEqual(b);
  }
});

test('of what the judge rejects not one call changes dist', () => {
  const root = begun();
  write(root, { 'config/approvals/b.yaml': undefined });
  expect(cli(root, ['synth']).status).toBe(1);
  expect(callsOf(root)).toBe(0);
  expect(distOf(root)).toEqual(a);
});
