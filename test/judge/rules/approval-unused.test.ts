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
  [{ clusters: ['florence', 'naples'] }, 'it names rome, but the change affects florence, naples.'],
  [
    { clusters: ['rome'], others: true as const },
    'it names rome, but the change affects rome, and perhaps others.',
  ],
  [
    { clusters: [], others: true as const },
    'but the change affects clusters that the inventory does not name.',
  ],
  [{}, 'it names rome, but the change affects clusters that the inventory does not name.'],
])('says which clusters one does not cover: %j', (hit, said) => {
  expect(found([{ ...approval, clusters: ['rome'], found: hit }])).toMatchObject([
    {
      message: expect.stringContaining(said),
      remedy: 'List all of these clusters, or leave `clusters` out.',
    },
  ]);
});

test('passes over a run in which none is left', () => {
  expect(found([])).toEqual([]);
});
