import type { Unused } from '../../../lib/judge/rule';
import { approvalUnused as rule } from '../../../lib/judge/rules/approval-unused';
import { FACTS } from '../given';

const found = (unused: readonly Unused[]) => rule.check(FACTS, { unused, errors: 0 });

const approval = {
  namespace: 'shop',
  rule: 'unoffload',
  reason: 'moved',
  file: 'config/approvals/a.yaml',
  line: 3,
};

test('finds an approval that let nothing through', () => {
  expect(found([approval])).toMatchObject([
    {
      namespace: 'shop',
      file: 'config/approvals/a.yaml',
      line: 3,
      message: expect.stringContaining('unoffload'),
    },
  ]);
});

test.each([
  [{ clusters: ['florence', 'naples'] }, 'it is for rome, and the change hits florence, naples.'],
  [
    { clusters: ['rome'], others: true as const },
    'it is for rome, and the change hits rome, and maybe others.',
  ],
  [{ clusters: [], others: true as const }, 'the change hits clusters that nobody can name.'],
  [{}, 'it is for rome, and the change hits clusters that nobody can name.'],
])('says which clusters one does not cover: %j', (hit, said) => {
  expect(found([{ ...approval, clusters: ['rome'], found: hit }])).toMatchObject([
    { message: expect.stringContaining(said), remedy: 'Name all of them, or leave `clusters` out.' },
  ]);
});

test('passes over a run in which none is left', () => {
  expect(found([])).toEqual([]);
});
