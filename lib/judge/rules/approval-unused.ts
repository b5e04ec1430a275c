import type { RunRule } from '../rule';

export const approvalUnused: RunRule = {
  name: 'approval-unused',
  category: 'risky',
  about: 'run',
  summary: 'An approval lets through what does not happen.',
  why: 'A live approval that nothing needs is either a misspelt one, or would let a later commit of the same branch through unseen.',
  source: 'docs/changing-a-strategy.md',
  check: (_facts, unused) =>
    unused.map(({ namespace, rule, reason, file, line }) => ({
      namespace,
      message: `The approval of ${rule} for '${namespace}' (${reason}) lets nothing through: this change has no such finding.`,
      remedy: 'Remove it, or correct its namespace and rule.',
      file,
      line,
    })),
};
