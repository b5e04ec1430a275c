import type { StateRule } from '../rule';
import { contradiction, workloadsOf } from '../workloads';

export const placementContradictsStrategy: StateRule = {
  name: 'placement-contradicts-strategy',
  category: 'broken',
  about: 'state',
  summary: 'Pods ask for nodes that the namespace does not allow them.',
  why: "Pods that can run on virtual nodes only, in a namespace that is not offloaded, are scheduled there and hang in OffloadingBackOff: there is no twin namespace. With the strategy Local they leave although the namespace says that pods stay. With Remote, Liqo's webhook requires a virtual node of every pod, so one that must not run there runs nowhere.",
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
