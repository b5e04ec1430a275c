import { approvalEntry, ENTRY } from '../../lib/judge/approval-entry';
import { parseApprovals } from '../../lib/judge/approvals';

test('shows an entry on a line of its own', () => {
  expect(approvalEntry('shop', 'unoffload')).toBe(
    'config/approvals/*.yaml:\n- { namespace: shop, rule: unoffload, reason: "…" }',
  );
});

test.each([
  ['shop', undefined],
  ['on', undefined],
  ['012', ['naples']],
  ['shop', ['florence', '1e3', 'yes']],
])('what it shows for %s and the clusters %j is read back', (namespace, clusters) => {
  const [sentence = '', entry = ''] = approvalEntry(namespace, 'clusters-deselected', clusters).split(ENTRY);
  expect(sentence).toMatch(/^config\/approvals\/\*\.yaml:$/);
  expect(parseApprovals('config/approvals/a.yaml', `- ${entry}\n`)).toEqual([
    {
      namespace,
      rule: 'clusters-deselected',
      reason: '…',
      ...(clusters && { clusters }),
      file: 'config/approvals/a.yaml',
      line: 1,
    },
  ]);
});
