// A finding is shown where a pull request shows its line.
import type { Finding } from '../../lib/judge/finding';
import type { Diff, Hunk } from '../../lib/manifests/git-output';
import { placeOf } from '../../lib/report/place';
import { REJECTED } from './given';

const DIST = 'dist/namespaces/demo/shop.yaml';
const CONFIG = 'config/namespaces/demo/shop.ts';
const hunk = (old: number, olds: number, now: number, news: number): Hunk => ({
  old: { start: old, count: olds },
  now: { start: now, count: news },
});
const diff = (dist?: Hunk[], config?: Hunk[]): Diff =>
  new Map([...(dist ? [[DIST, dist] as const] : []), ...(config ? [[CONFIG, config] as const] : [])]);
const GONE: Finding = { ...REJECTED, removed: true };

test.each<[string, Finding, Diff, string, number]>([
  ['the line changed', REJECTED, diff([hunk(20, 1, 20, 1)], [hunk(3, 1, 3, 1)]), DIST, 20],
  ['it stands three lines above a change', REJECTED, diff([hunk(23, 1, 23, 1)]), DIST, 20],
  ['and three lines below one', REJECTED, diff([hunk(15, 3, 15, 3)]), DIST, 20],
  ['it stands four lines above', REJECTED, diff([hunk(24, 1, 24, 1)], [hunk(3, 1, 3, 2)]), CONFIG, 3],
  ['and four lines below', REJECTED, diff([hunk(16, 1, 16, 1)], [hunk(3, 1, 3, 2)]), CONFIG, 3],
  ['the file did not change', REJECTED, diff(undefined, [hunk(7, 1, 6, 0), hunk(9, 1, 9, 1)]), CONFIG, 6],
  [
    'lines left the top of the config',
    REJECTED,
    diff(undefined, [hunk(1, 2, 0, 0), hunk(9, 1, 7, 1)]),
    CONFIG,
    7,
  ],
  ['neither changed', REJECTED, diff(), DIST, 20],
  ['git shows no lines of the file', REJECTED, diff([], [hunk(3, 1, 3, 1)]), CONFIG, 3],
  ['the config is deleted', REJECTED, diff(undefined, [hunk(1, 8, 0, 0)]), DIST, 20],
  ['an object is gone from a file', GONE, diff([hunk(18, 9, 17, 0)], [hunk(3, 1, 3, 1)]), DIST, 17],
  ['it is replaced by another', GONE, diff([hunk(2, 1, 2, 5), hunk(18, 9, 22, 4)]), DIST, 22],
  ['its file is gone', GONE, diff([hunk(1, 26, 0, 0)], [hunk(3, 1, 2, 0)]), CONFIG, 2],
  ['its file and its config are', GONE, diff([hunk(1, 26, 0, 0)], [hunk(1, 8, 0, 0)]), DIST, 20],
])('where %s', (_, finding, shown, file, line) => {
  expect(placeOf(finding, shown)).toEqual({ file, line });
});

test('without a file there is no place, without a line the file is one', () => {
  const nowhere = { ...REJECTED, file: undefined, line: undefined, config: undefined };
  expect(placeOf(nowhere, diff([hunk(1, 1, 1, 1)]))).toEqual({});
  expect(placeOf({ ...nowhere, file: DIST }, diff())).toEqual({ file: DIST });
});
