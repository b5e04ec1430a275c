import fc from 'fast-check';
import { unitName } from '../../../lib/compile/gitops/names';

test.each([
  ['venice', 'cluster', 'venice.cluster'],
  ['venice', 'namespaces/demo', 'venice.namespaces.demo'],
  ['venice', 'namespaces/a/b', 'venice.namespaces.a.b'],
])('%s %s is %s', (consumer, unit, name) => {
  expect(unitName(consumer, unit)).toBe(name);
});

test.each(['namespaces/Demo', 'namespaces/a.b', 'namespaces/a_b', `namespaces/${'a'.repeat(60)}`])(
  'tells %s by a hash',
  (unit) => {
    expect(unitName('venice', unit)).toMatch(/^venice-namespaces-[a-z0-9-]+-[0-9a-f]{8}$/);
  },
);

const folder = fc
  .array(fc.stringMatching(/^[A-Za-z0-9._-]{1,12}$/), { maxLength: 4 })
  .map((all) => all.join('/'));
const id = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);

test('names are values of labels and names of objects, and differ where consumer or unit do', () => {
  fc.assert(
    fc.property(id, folder, id, folder, (a, x, b, y) => {
      const name = unitName(a, `namespaces/${x}`);
      expect(name).toMatch(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/);
      expect(name).not.toMatch(/\.\.|\.-|-\./);
      expect(name === unitName(b, `namespaces/${y}`)).toBe(a === b && x === y);
    }),
  );
});
