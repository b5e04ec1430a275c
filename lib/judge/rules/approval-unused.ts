import type { RunRule, Unused } from '../rule';

function hitText({ clusters, others }: NonNullable<Unused['found']>): string {
  if (clusters === undefined || clusters.length === 0) return 'clusters that the inventory does not name';
  return `${clusters.join(', ')}${others === true ? ', and perhaps others' : ''}`;
}

export const approvalUnused: RunRule = {
  name: 'approval-unused',
  category: 'risky',
  about: 'run',
  summary: 'An approval matches nothing in this change.',
  why: 'Either the approval is misspelt, or it would let a later commit of the same branch pass unnoticed.',
  source: 'docs/changing-a-strategy.md',
  check: (_facts, { unused }) =>
    unused.map(({ namespace, provider, object, rule, reason, file, line, clusters = [], found }) => {
      const subject = namespace ?? provider ?? object ?? '';
      const approval = `The approval of ${rule} for '${subject}' (${reason}) approves nothing`;
      return found === undefined
        ? {
            namespace,
            message: `${approval}: no finding of this change matches it.`,
            remedy: 'Remove it, or correct its rule and the name it gives.',
            file,
            line,
          }
        : {
            namespace,
            message: `${approval}: it names ${clusters.join(', ')}, but the change affects ${hitText(found)}.`,
            remedy: 'List all of these clusters, or leave `clusters` out.',
            file,
            line,
          };
    }),
};
