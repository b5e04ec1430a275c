import { VIRTUAL_NODE_TAINT } from '../../liqo/constants';
import { ANY_VIRTUAL_NODE, possible } from '../../liqo/node-kind';
import { TAINT_OF_VIRTUAL_NODES } from '../../liqo/runtime-class';
import { tolerationOf } from '../../liqo/tolerations';
import { podOffloadingOf, workloadsOf, type Workload } from '../workloads';
import { nodeOf } from '../../liqo/landing';
import type { Toleration } from '../../liqo/pod';
import { fits } from '../../liqo/scheduling';
import type { Facts, StateRule } from '../rule';
import type { State } from '../state';

/** The toleration by which pods get past the taint of virtual nodes without naming it, where nobody sends them there. */
function byAccident({ manifest, pod }: Workload, state: State, facts: Facts): Toleration | undefined {
  const toleration = tolerationOf(TAINT_OF_VIRTUAL_NODES, pod.tolerations);
  if (toleration === undefined || toleration.key === VIRTUAL_NODE_TAINT) return undefined;
  const offloading = podOffloadingOf(state, manifest.namespace, facts);
  const sent = offloading !== undefined && offloading.pods !== 'Local' && manifest.kind !== 'DaemonSet';
  if (sent) return undefined;
  const { after } = facts.inventories;
  const nodes = (after?.providers ?? []).flatMap((one) => one.virtualNodes.map((node) => nodeOf(one, node)));
  const some =
    after?.complete === true || pod.nodeName !== undefined
      ? nodes.some((node) => fits(pod, node).answer === 'yes')
      : possible(pod, ANY_VIRTUAL_NODE).answer !== 'no';
  return some ? toleration : undefined;
}

export const workloadOnVirtualNodes: StateRule = {
  name: 'workload-on-virtual-nodes',
  category: 'risky',
  about: 'state',
  summary: 'Pods that tolerate everything land on virtual nodes as well.',
  why: 'Virtual nodes are kept free by a taint. A toleration for everything, as agents and DaemonSets often have, gets past it: the pods are sent to other clusters, or hang there where the namespace is not offloaded.',
  source: 'pkg/virtualKubelet/liqoNodeProvider/setup.go',
  check: (state, facts) =>
    workloadsOf(state).flatMap((workload) => {
      const toleration = byAccident(workload, state, facts);
      const { manifest, title } = workload;
      if (toleration === undefined) return [];
      const taints = toleration.effect === undefined ? 'every taint' : `every ${toleration.effect} taint`;
      return [
        {
          namespace: manifest.namespace,
          message: `${title} in '${manifest.namespace}' tolerates ${taints}, that of virtual nodes among them: its pods land there too.`,
          remedy:
            'Keep it off them with a required node affinity liqo.io/type NotIn (virtual-node) (place it local), or name the taint where it is meant.',
          manifest,
        },
      ];
    }),
};
