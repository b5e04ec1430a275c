// Selectors are matched against the labels of virtual nodes: those of the Node, or where there is none of the VirtualNode's
// spec (pkg/utils/virtualnode). A changed label is a changed selector.
import { TYPE_LABEL, VIRTUAL_NODE } from '../../liqo/constants';
import { field, mapOf } from './cel';
import { encodedKey } from './parameters';
import type { Part } from './part';

/** CEL over `variables.old` and `variables.now`: whether every label that is used stays what it was. */
const used = (key: string) => `has(params.data) && ${encodedKey(key)} in params.data`;
const SAME = [
  `variables.old.all(k, k in variables.now && variables.now[k] == variables.old[k] || !(${used('k')}))`,
  `variables.now.all(k, k in variables.old || !(${used('k')}))`,
].join(' && ');

const part = (labels: (object: string) => string) =>
  ({
    guards: 'cluster-labels',
    parameters: 'selector-keys',
    variables: [
      { name: 'old', expression: labels('oldObject') },
      { name: 'now', expression: labels('object') },
    ],
    fits: SAME,
    does: `"a label of the virtual node '" + object.metadata.name + "' changes that clusterSelectors use: where one no longer selects the cluster, Liqo deletes the twin namespace, with all that is in it."`,
  }) as const;

export const CLUSTER_LABELS: readonly Part[] = [
  {
    ...part((object) => field(object, ['spec', 'labels'], '{}')),
    name: 'virtual-node-labels',
    watched: [{ operations: ['UPDATE'], apiGroup: 'offloading.liqo.io', resources: ['virtualnodes'] }],
    bound: 'generation',
  },
  {
    ...part((object) => mapOf(object, 'labels')),
    name: 'node-labels',
    watched: [{ operations: ['UPDATE'], apiGroup: '', resources: ['nodes'] }],
    // Asked before the parameters are: no other Node waits for them.
    objectSelector: { matchLabels: { [TYPE_LABEL]: VIRTUAL_NODE } },
    // Each virtual kubelet keeps its Node, by a service account in the namespace of the peering (pkg/vkMachinery/forge).
    conditions: [
      {
        name: 'not-a-virtual-kubelet',
        expression:
          '!(has(request.userInfo.groups) && request.userInfo.groups.exists(g, g.startsWith("system:serviceaccounts:liqo-tenant-")))',
      },
    ],
    bound: 'resourceVersion',
  },
];
