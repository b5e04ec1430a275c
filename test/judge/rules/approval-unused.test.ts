import { approvalUnused as rule } from '../../../lib/judge/rules/approval-unused';
import { FACTS } from '../given';

const approval = {
  namespace: 'shop',
  rule: 'unoffload',
  reason: 'moved',
  file: 'config/approvals/a.yaml',
  line: 3,
};

test('finds an approval that let nothing through', () => {
  expect(rule.check(FACTS, [approval])).toMatchObject([
    {
      namespace: 'shop',
      file: 'config/approvals/a.yaml',
      line: 3,
      message: expect.stringContaining('unoffload'),
    },
  ]);
});

test('passes over a run in which none is left', () => {
  expect(rule.check(FACTS, [])).toEqual([]);
});
