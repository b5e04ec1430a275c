import type { RunRule, Unused } from '../rule';

function hitText({ clusters, others }: NonNullable<Unused['found']>): string {
  if (clusters === undefined || clusters.length === 0) return 'clusters that nobody can name';
  return `${clusters.join(', ')}${others === true ? ', and maybe others' : ''}`;
}

export const approvalUnused: RunRule = {
  name: 'approval-unused',
  category: 'risky',
  about: 'run',
  summary: 'An approval lets through what does not happen.',
  why: 'A live approval that nothing needs is either a misspelt one, or would let a later commit of the same branch through unseen.',
  source: 'docs/changing-a-strategy.md',
  check: (_facts, { unused }) =>
    unused.map(({ namespace, provider, object, rule, reason, file, line, clusters = [], found }) => {
      const subject = namespace ?? provider ?? object ?? '';
      const approval = `The approval of ${rule} for '${subject}' (${reason}) lets nothing through`;
      return found === undefined
        ? {
            namespace,
            message: `${approval}: this change has no such finding.`,
            remedy: 'Remove it, or correct what it names and its rule.',
            file,
            line,
          }
        : {
            namespace,
            message: `${approval}: it is for ${clusters.join(', ')}, and the change hits ${hitText(found)}.`,
            remedy: 'Name all of them, or leave `clusters` out.',
            file,
            line,
          };
    }),
};
