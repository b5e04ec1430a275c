import { declaredElsewhere as rule } from '../../../lib/judge/rules/declared-elsewhere';
import { FACTS, find, state } from '../given';

const found = (...elsewhere: { namespace: string; file: string }[]) =>
  find(rule, state(), state(), { ...FACTS, elsewhere });

test('says where an offloading that is new is declared as well', () => {
  expect(found({ namespace: 'shop', file: 'deploy/shop.yaml' })).toEqual([
    expect.objectContaining({
      namespace: 'shop',
      file: 'deploy/shop.yaml',
      message: expect.stringContaining('deploy/shop.yaml declares it as well'),
    }),
  ]);
});

test('says nothing where none is', () => {
  expect(found()).toEqual([]);
});
