// What the formats of `import --check` are given, and the words that they share with `import`.
import type { Consequences, ProviderDrift } from '../judge/drift';
import type { Report } from './report';
import { count } from './terminal';

export interface DriftReport {
  /** The inventory's path, as people know it. */
  readonly file: string;
  readonly baseline: Report['baseline'];
  /** Where the inventory is not what the cluster shows; empty where it is. */
  readonly stale: readonly ProviderDrift[];
  /** How many providers the cluster shows. */
  readonly live: number;
  readonly consequences: Consequences;
}

/** The IDs of providers that changed in one way. */
export const idsThat = (change: ProviderDrift['change'], stale: readonly ProviderDrift[]) =>
  stale.filter((one) => one.change === change).map(({ provider }) => provider);

/** `1 provider added, 0 removed, 2 changed, 197 unchanged`. */
export function countsOf(stale: readonly ProviderDrift[], live: number): string {
  const [added, removed, changed] = [
    idsThat('added', stale).length,
    idsThat('removed', stale).length,
    idsThat('changed', stale).length,
  ];
  const unchanged = live - added - changed;
  return `${count(added, 'provider')} added, ${removed} removed, ${changed} changed, ${unchanged} unchanged`;
}
