import { selects } from '../../liqo/inventory';
import { idsOf, listed, perSelector } from '../cluster-impact';
import type { StateRule } from '../rule';

export const mappingStrategyNotAccepted: StateRule = {
  name: 'mapping-strategy-not-accepted',
  category: 'broken',
  about: 'state',
  summary: 'A selected provider does not accept the namespaceMappingStrategy.',
  why: 'Providers may restrict how their consumers name twin namespaces; `acceptedMappingStrategies` in `config/inventory.yaml` lists the strategies that a provider accepts. With any other strategy, the twin namespace is never created there.',
  source: 'liqo issue 3307',
  check: ({ offloadings }, { inventories }) => {
    const selected = perSelector((terms) =>
      (inventories.after?.providers ?? []).filter((one) => selects(terms, one) !== 'no'),
    );
    return offloadings.flatMap((offloading) => {
      const { manifest, namespace, mapping } = offloading;
      if (mapping === undefined) return [];
      const providers = selected(offloading) ?? [];
      const clusters = idsOf(
        providers.filter((one) => one.acceptedMappingStrategies?.includes(mapping) === false),
      );
      if (clusters.length === 0) return [];
      return [
        {
          namespace,
          message: `'${namespace}' is offloaded with ${mapping} to ${listed(clusters)}, which does not accept that strategy: the twin namespace is never created there.`,
          remedy: 'Use a strategy that every selected provider accepts, or select other providers.',
          manifest,
          field: ['spec', 'namespaceMappingStrategy'],
          clusters,
        },
      ];
    });
  },
};
