// The RuntimeClass that Liqo installs (deployments/liqo/templates/runtime-class.yaml, values `offloading.runtimeClass`).
import { RUNTIME_CLASS, TYPE_LABEL, VIRTUAL_NODE, VIRTUAL_NODE_TAINT } from './constants';
import type { Taint } from './tolerations';

/** The taint that Liqo gives every virtual node (pkg/virtualKubelet/liqoNodeProvider/setup.go). */
export const TAINT_OF_VIRTUAL_NODES: Taint = { key: VIRTUAL_NODE_TAINT, value: 'true', effect: 'NoExecute' };

/** The toleration that lets a pod onto a virtual node; also what the pod webhook appends (pkg/webhooks/pod/mutations.go). */
export const VIRTUAL_NODE_TOLERATION = {
  key: VIRTUAL_NODE_TAINT,
  operator: 'Exists',
  effect: 'NoExecute',
} as const;

/** The object for a class of that name: the chart's own handler, node selector and toleration. */
export function runtimeClassManifest(name: string) {
  return {
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name },
    handler: RUNTIME_CLASS,
    scheduling: {
      nodeSelector: { [TYPE_LABEL]: VIRTUAL_NODE },
      tolerations: [VIRTUAL_NODE_TOLERATION],
    },
  };
}
