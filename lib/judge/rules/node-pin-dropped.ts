import type { StateRule } from '../rule';
import { losesPin, workloadsOf } from '../workloads';

export const nodePinDropped: StateRule = {
  name: 'node-pin-dropped',
  category: 'broken',
  about: 'state',
  summary: "Liqo's webhook drops the node pins of pods.",
  why: "If the podOffloadingStrategy is Remote, or the clusterSelector has terms, Liqo's webhook merges node affinity into each new pod and keeps only matchExpressions. The DaemonSet controller pins each pod to its node with `matchFields`, so the pods start anywhere that the namespace allows, several on one node and none on another. While such a pod is Pending, the controller cannot tell which node it is for, ignores it and creates another. Pods that name their node in `matchFields` themselves lose that pin as well.",
  source:
    'pkg/webhooks/pod/mutations.go, pkg/utils/nodeUtils.go (MergeNodeSelector); Kubernetes, pkg/controller/daemon (getNodesToDaemonPods, GetTargetNodeName)',
  check: (state, facts) =>
    workloadsOf(state).flatMap((workload) => {
      if (!losesPin(workload, state, facts)) return [];
      const { manifest, title } = workload;
      const { kind, namespace } = manifest;
      const what =
        kind === 'DaemonSet'
          ? `they start on any node that '${namespace}' allows, several on one and none on another, and the controller creates more while they are Pending`
          : `they start on any node that '${namespace}' allows`;
      return [
        {
          namespace,
          message: `Liqo's webhook drops the matchFields that pin the pods of ${title} to their nodes: ${what}.`,
          remedy:
            kind === 'DaemonSet'
              ? 'Move it to a namespace that is not offloaded, or whose podOffloadingStrategy is Local.'
              : 'Require kubernetes.io/hostname in matchExpressions instead.',
          manifest,
        },
      ];
    }),
};
