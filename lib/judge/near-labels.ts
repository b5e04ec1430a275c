// What a clusterSelector that selects none of the known providers was probably meant to say: one label of it has a slip in it.
import { slipOf } from '../input/schema';
import { labelsOf, type Provider } from '../liqo/inventory';
import type { NodeSelector } from '../selector/term';

/** The values of each label that the providers' virtual nodes have. */
function valuesByKey(providers: readonly Provider[]): Map<string, string[]> {
  const known = new Map<string, string[]>();
  for (const provider of providers)
    for (const node of provider.virtualNodes)
      for (const [key, value] of Object.entries(labelsOf(provider, node)))
        known.set(key, [...(known.get(key) ?? []), value]);
  return known;
}

/** `Did you mean 'center' for 'centre'?`, a sentence for each slip; empty where nothing is near. */
export function nearLabels(terms: NodeSelector, providers: readonly Provider[]): string[] {
  const known = valuesByKey(providers);
  const meant = (written: string, words: readonly string[]) => {
    const near = words.includes(written) ? undefined : slipOf(written, words);
    return near === undefined ? [] : [`Did you mean '${near}' for '${written}'?`];
  };
  const slips = terms.flatMap(({ matchExpressions }) =>
    matchExpressions.flatMap(({ key, operator, values }) => {
      const present = known.get(key);
      if (present === undefined) return meant(key, [...known.keys()]);
      return operator === 'In' ? values.flatMap((value) => meant(value, present)) : [];
    }),
  );
  return [...new Set(slips)];
}
