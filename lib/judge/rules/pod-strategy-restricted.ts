import type { ChangeRule } from '../rule';
import { updatedOffloadings } from '../state';

export const podStrategyRestricted: ChangeRule = {
  name: 'pod-strategy-restricted',
  category: 'risky',
  about: 'change',
  summary: 'The podOffloadingStrategy changes to Remote or Local.',
  why: 'The webhook warns and accepts. Pods that run on the side that is no longer allowed are not evicted; only new pods obey.',
  source: 'pkg/webhooks/namespaceoffloading',
  check: (change) =>
    updatedOffloadings(change)
      .filter(({ was, is }) => was.pods !== is.pods && (is.pods === 'Local' || is.pods === 'Remote'))
      .map(({ was, is }) => ({
        namespace: is.namespace,
        message: `podOffloadingStrategy changes from ${was.pods ?? 'an invalid value'} to ${is.pods ?? ''}: pods that already run elsewhere are not evicted.`,
        remedy: 'Restart the workloads of the namespace once it is applied.',
        manifest: is.manifest,
        field: ['spec', 'podOffloadingStrategy'],
      })),
};
