// An explanation for machines, with every virtual node.
import type { Explanation } from '../explain/explain';
import type { Place } from '../explain/places';
import type { Reason } from '../explain/reasons';
import type { ExplainJson } from './contract';
import { placesLine } from './explain-rows';
import { plainJson } from './terminal';

const reasonsJson = (reasons: readonly Reason[]) => reasons.map(({ by, text }) => ({ by, text }));
const placeJson = <T extends Place>({ reasons, ...place }: T) => ({
  ...place,
  reasons: reasonsJson(reasons),
});

export function explainJson({ namespace, inventory, about, workloads }: Explanation): string {
  const { offloading } = about ?? {};
  const report: ExplainJson = {
    version: 1,
    namespace,
    inventory,
    about: about && {
      ...about,
      offloading: offloading && {
        ...offloading,
        providers: offloading.providers.map(({ reasons, ...one }) => ({
          ...one,
          reasons: reasonsJson(reasons),
        })),
      },
    },
    workloads: workloads.map(({ places, ...one }) => ({
      ...one,
      summary: placesLine({ places, ...one }),
      places: places && {
        local: placeJson(places.local),
        virtualNodes: places.virtualNodes.map(placeJson),
        others: places.others && placeJson(places.others),
      },
    })),
  };
  return `${plainJson(report)}\n`;
}
