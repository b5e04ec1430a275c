import { judgeChanged as rule } from '../../../lib/judge/rules/judge-changed';
import { FACTS, find, state } from '../given';

test('finds each file that decides and changes', () => {
  const facts = { ...FACTS, judgeChanged: ['config/policies.ts', 'config/inventory.yaml'] };
  expect(find(rule, state(), undefined, facts)).toMatchObject([
    {
      file: 'config/policies.ts',
      message: expect.stringContaining('This change also edits config/policies.ts'),
    },
    { file: 'config/inventory.yaml' },
  ]);
});

test('passes over a change that leaves them alone', () => {
  expect(find(rule, state())).toEqual([]);
});
