import type { ChangeRule } from '../rule';
import { updatedOffloadings } from '../state';

export const podStrategyRestricted: ChangeRule = {
  name: 'pod-strategy-restricted',
  category: 'risky',
  about: 'change',
  summary: 'The podOffloadingStrategy changes to Remote or Local.',
  why: "Liqo's webhook warns but accepts the change. Pods that already run where they are no longer allowed are not evicted; only new pods follow the new strategy.",
  source: 'pkg/webhooks/namespaceoffloading',
  check: (change) =>
    updatedOffloadings(change)
      .filter(({ was, is }) => was.pods !== is.pods && (is.pods === 'Local' || is.pods === 'Remote'))
      .map(({ was, is }) => ({
        namespace: is.namespace,
        message: `podOffloadingStrategy changes from ${was.pods ?? 'an invalid value'} to ${is.pods ?? ''}: pods that already run where they are no longer allowed are not evicted.`,
        remedy: 'Restart the workloads of the namespace once the change is applied.',
        manifest: is.manifest,
        field: ['spec', 'podOffloadingStrategy'],
      })),
};
