import { declaredElsewhere as rule } from '../../../lib/judge/rules/declared-elsewhere';
import type { Declared } from '../../../lib/judge/rule';
import { FACTS, find, state } from '../given';

const found = (...elsewhere: Declared[]) => find(rule, state(), state(), { ...FACTS, elsewhere });

test('says where an offloading that is new is declared as well', () => {
  expect(found({ namespace: 'shop', file: 'deploy/shop.yaml' })).toEqual([
    expect.objectContaining({
      namespace: 'shop',
      file: 'deploy/shop.yaml',
      message: expect.stringContaining('but deploy/shop.yaml also declares it'),
    }),
  ]);
});

test('says where a file goes that cannot be read', () => {
  expect(found({ namespace: 'shop', file: 'chart/x.yaml', isUnread: true })).toEqual([
    expect.objectContaining({
      message: expect.stringContaining('which this change removes, may have declared it'),
    }),
  ]);
});

test('says nothing where none is', () => {
  expect(found()).toEqual([]);
});
