import type { StateRule } from '../rule';
import { contradiction, workloadsOf } from '../workloads';

export const placementContradictsStrategy: StateRule = {
  name: 'placement-contradicts-strategy',
  category: 'broken',
  about: 'state',
  summary: 'Pods require nodes that their namespace does not allow.',
  why: "Pods that can run only on virtual nodes, in a namespace that is not offloaded, are scheduled there and hang in OffloadingBackOff, because there is no twin namespace. With the strategy Local they leave the cluster although the namespace keeps its pods local. With Remote, Liqo's webhook requires a virtual node for every pod, so a pod that must not run there runs nowhere.",
  source: 'pkg/webhooks/pod/mutations.go; pkg/virtualKubelet/reflection',
  check: (state, facts) =>
    workloadsOf(state).flatMap((workload) => {
      const what = contradiction(workload, state, facts);
      const { manifest, title } = workload;
      if (what === undefined) return [];
      return [
        {
          namespace: manifest.namespace,
          message: `${title} in '${manifest.namespace}' ${what}.`,
          remedy: "Change its placement, or the namespace's offloading.",
          manifest,
        },
      ];
    }),
};
