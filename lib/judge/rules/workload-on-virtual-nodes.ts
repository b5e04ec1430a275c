import { VIRTUAL_NODE_TAINT } from '../../liqo/constants';
import { ANY_VIRTUAL_NODE, possible } from '../../liqo/node-kind';
import { TAINT_OF_VIRTUAL_NODES } from '../../liqo/runtime-class';
import { tolerationOf } from '../../liqo/tolerations';
import { podOffloadingOf, workloadsOf, type Workload } from '../workloads';
import type { StateRule } from '../rule';
import type { State } from '../state';

/** Whether pods get past the taint of virtual nodes without naming it, where nobody sends them there. */
function byAccident({ manifest, pod }: Workload, state: State): boolean {
  const toleration = tolerationOf(TAINT_OF_VIRTUAL_NODES, pod.tolerations);
  if (toleration === undefined || toleration.key === VIRTUAL_NODE_TAINT) return false;
  const offloading = podOffloadingOf(state, manifest.namespace);
  const sent = offloading !== undefined && offloading.pods !== 'Local' && manifest.kind !== 'DaemonSet';
  return !sent && possible(pod, ANY_VIRTUAL_NODE).answer !== 'no';
}

export const workloadOnVirtualNodes: StateRule = {
  name: 'workload-on-virtual-nodes',
  category: 'risky',
  about: 'state',
  summary: 'Pods that tolerate everything land on virtual nodes as well.',
  why: 'Virtual nodes are kept free by a taint. A toleration for everything, as agents and DaemonSets often have, gets past it: the pods are sent to other clusters, or hang there where the namespace is not offloaded.',
  source: 'pkg/virtualKubelet/liqoNodeProvider/setup.go',
  check: (state) =>
    workloadsOf(state)
      .filter((workload) => byAccident(workload, state))
      .map(({ manifest, title }) => ({
        namespace: manifest.namespace,
        message: `${title} in '${manifest.namespace}' tolerates every taint, that of virtual nodes among them: its pods land there too.`,
        remedy:
          'Keep it off them with a required node affinity liqo.io/type NotIn (virtual-node) (place it local), or name the taint where it is meant.',
        manifest,
      })),
};
