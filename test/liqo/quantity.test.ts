import fc from 'fast-check';
import { compareQuantities } from '../../lib/liqo/quantity';

test.each([
  ['1Gi', '1024Mi', 0],
  ['1', '1000m', 0],
  [1, '1', 0],
  ['0.5', '500m', 0],
  ['1e3', '1k', 0],
  ['1.5Gi', '1536Mi', 0],
  ['1G', '1Gi', -1],
  ['2', '1999m', 1],
  ['-1', '1', -1],
  ['100n', '1u', -1],
  ['+5', '5.', 0],
  ['.5', '500m', 0],
  ['1E', '1e18', 0],
])('compares %s with %s', (a, b, order) => {
  expect(compareQuantities(a, b)).toBe(order);
});

test.each(['', 'Gi', '1 Gi', 'a', '1KiB', '--1', null, {}])('takes %p for no quantity', (text) => {
  expect(compareQuantities(text, '1')).toBeUndefined();
});

test('finds a number equal in every unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (n) => {
      const forms = [`${n}Mi`, `${n * 1024}Ki`, `${n * 1024 * 1024}`, `${n * 1024 * 1024 * 1000}m`];
      return forms.every((form) => compareQuantities(form, forms[0]) === 0);
    }),
  );
});
