import type { Json } from '../../lib/manifests/manifest';
import { simpler, smallest } from './shrink';

const steps = (value: Json) => [...simpler(value)];

test.each<[Json, Json[]]>([
  ['', []],
  ['ab', ['', 'b', 'a']],
  [
    [1, 'a'],
    [['a'], [1], [1, '']],
  ],
  [{ a: 'b' }, [{}, { a: '' }]],
  [1, []],
])('%j becomes simpler in steps', (value, expected) => {
  expect(steps(value)).toEqual(expected);
});

test('finds a smallest case', async () => {
  const differ = (values: readonly Json[]) =>
    Promise.resolve(
      values.map((one) => JSON.stringify(one).includes('x') && JSON.stringify(one).includes('[')),
    );
  expect(await smallest({ a: ['one', 'yxz'], b: 'x' }, differ)).toEqual({ a: [], b: 'x' });
});
