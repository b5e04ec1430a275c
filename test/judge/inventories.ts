// Selectors and inventories from a few words: naples is in the south, florence in the center.
import type { Inventory } from '../../lib/liqo/inventory';
import { parseInventory } from '../../lib/manifests/inventory';
import { parseSelector } from '../../lib/selector/parse';
import { manifestTerms } from '../../lib/selector/print';
import { offloading, state } from './given';

/** The nodeSelectorTerms of alternatives, in flow YAML. */
export const termsOf = (texts: readonly string[]) =>
  JSON.stringify(
    manifestTerms(texts.map((text) => ({ matchExpressions: parseSelector(text), matchFields: [] }))),
  );

/** A NamespaceOffloading that selects these alternatives. */
export const selecting = (texts: readonly string[], more = '') => {
  return state(offloading('shop', `{ clusterSelector: { nodeSelectorTerms: ${termsOf(texts)} }${more} }`));
};

export function inventory(text: string): Inventory {
  const parsed = parseInventory('config/inventory.yaml', text);
  if (parsed === undefined) throw new Error('an empty inventory');
  return parsed;
}

export const node = (id: string, labels: string, name = `liqo-${id}`) =>
  `{ name: ${name}, labels: { ${labels} } }`;
export const provider = (id: string, ...nodes: string[]) =>
  `- { id: ${id}, virtualNodes: [${nodes.join(', ')}] }`;
export const of = (complete: boolean, ...providers: string[]) =>
  inventory(`complete: ${complete}\nproviders:\n${providers.join('\n')}\n`);

export const NAPLES = provider('naples', node('naples', 'region: south'));
export const FLORENCE = provider('florence', node('florence', 'region: center'));
export const VENICE = of(true, NAPLES, FLORENCE);
export const PARTIAL = of(false, NAPLES, FLORENCE);

/** What the baseline and today know. */
export interface Inventories {
  readonly before?: Inventory;
  readonly after?: Inventory;
}
