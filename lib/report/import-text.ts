// What `import` says when it is done: how many providers changed, and which.
import type { ProviderDrift } from '../judge/drift';
import { countsOf, idsThat } from './drift';
import type { Look } from './report';
import { wrap, few } from './terminal';

export interface Imported {
  /** The inventory's path, as people know it. */
  readonly file: string;
  /** From what the file said to what it says now; empty where it was left as it was. */
  readonly changes: readonly ProviderDrift[];
  /** How many providers the cluster shows. */
  readonly live: number;
  readonly isNew: boolean;
}

const MOST_NAMES = 50;
const NEW = 'The file is new and has complete: false. Its first lines explain when to set it to true.';

export function importText({ file, changes, live, isNew }: Imported, { width }: Look): string {
  const names = (['added', 'removed', 'changed'] as const).flatMap((change) => {
    const ids = idsThat(change, changes);
    return ids.length === 0 ? [] : [wrap(`${change}: ${few(ids, MOST_NAMES)}`, width, '  ')];
  });
  const untouched = changes.length === 0 && !isNew ? '; the file was left as it was' : '';
  return `${[
    wrap(`${file}: ${countsOf(changes, live)}${untouched}`, width, ''),
    ...names,
    ...(isNew ? [wrap(NEW, width, '')] : []),
  ].join('\n')}\n`;
}
