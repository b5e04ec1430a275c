import type { StateRule } from '../rule';
import { losesPin, workloadsOf } from '../workloads';

export const nodePinDropped: StateRule = {
  name: 'node-pin-dropped',
  category: 'broken',
  about: 'state',
  summary: "Liqo's webhook drops what pins pods to their nodes.",
  why: "Where the podOffloadingStrategy is Remote, or the clusterSelector has terms, Liqo's webhook merges node affinity into each new pod and keeps nothing but matchExpressions. The controller of a DaemonSet pins each pod to its node by `matchFields`: they start anywhere that the namespace allows, several on one node and none on another. As long as such a pod is Pending, the controller cannot tell which node it is for, passes over it, and makes another. Pods that name their node by `matchFields` themselves lose it as well.",
  source:
    'pkg/webhooks/pod/mutations.go, pkg/utils/nodeUtils.go (MergeNodeSelector); Kubernetes, pkg/controller/daemon (getNodesToDaemonPods, GetTargetNodeName)',
  check: (state, facts) =>
    workloadsOf(state).flatMap((workload) => {
      if (!losesPin(workload, state, facts)) return [];
      const { manifest, title } = workload;
      const { kind, namespace } = manifest;
      const what =
        kind === 'DaemonSet'
          ? `they start on any node that '${namespace}' allows, several on one and none on another, and while they are Pending the controller makes more of them`
          : `they start on any node that '${namespace}' allows`;
      return [
        {
          namespace,
          message: `Liqo's webhook drops the matchFields that pin the pods of ${title} to their nodes: ${what}.`,
          remedy:
            kind === 'DaemonSet'
              ? 'Move it to a namespace that is not offloaded, or whose podOffloadingStrategy is Local.'
              : 'Ask for kubernetes.io/hostname in matchExpressions instead.',
          manifest,
        },
      ];
    }),
};
