// The objects of a peering: with the last VirtualNode of a cluster goes its NamespaceMap, and with that every twin there.
import { textIn } from './cel';
import type { Part } from './part';

/** On what a remote cluster made here: it is the remote cluster's to delete (pkg/consts/replication.go). */
const REPLICATED = 'liqo.io/replicated';

const deletion = (apiGroup: string, ...resources: readonly string[]) =>
  ({ operations: ['DELETE'], apiGroup, resources }) as const;

export const PEERING_DELETION: Part = {
  guards: 'peering-deletion',
  name: 'peering-deletion',
  watched: [
    deletion('offloading.liqo.io', 'virtualnodes', 'namespacemaps'),
    deletion('authentication.liqo.io', 'resourceslices'),
    deletion('core.liqo.io', 'foreignclusters'),
  ],
  conditions: [
    { name: 'not-of-a-consumer', expression: `${textIn('oldObject', 'labels', REPLICATED)} != "true"` },
  ],
  fits: 'false',
  does: `"deleting the " + request.kind.kind + " '" + oldObject.metadata.name + "' can end the peering: Liqo then deletes every twin namespace on that provider, with all that is in it."`,
  bound: 'generation',
};
