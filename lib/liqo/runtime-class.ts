// The RuntimeClass that Liqo installs (deployments/liqo/templates/runtime-class.yaml, values `offloading.runtimeClass`).
import { RUNTIME_CLASS, TYPE_LABEL, VIRTUAL_NODE, VIRTUAL_NODE_TAINT } from './constants';
import type { Toleration } from './pod';
import { tolerationOf, type Taint } from './tolerations';

/** The taint that Liqo gives every virtual node (pkg/virtualKubelet/liqoNodeProvider/setup.go). */
export const TAINT_OF_VIRTUAL_NODES: Taint = { key: VIRTUAL_NODE_TAINT, value: 'true', effect: 'NoExecute' };

/** The toleration that lets a pod onto a virtual node; also what the pod webhook appends (pkg/webhooks/pod/mutations.go). */
export const VIRTUAL_NODE_TOLERATION = {
  key: VIRTUAL_NODE_TAINT,
  operator: 'Exists',
  effect: 'NoExecute',
} as const;

/** What can be said of Liqo's RuntimeClass: `offloading.runtimeClass` of the chart's values, and who owns it. */
export interface RuntimeClassSettings {
  readonly name?: string;
  /** Whether Git holds one beside the chart's own. */
  readonly managed?: boolean;
  /** The name of the chart's own, where Git holds another. */
  readonly chartName?: string;
  readonly handler?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly nodeSelector?: false | Readonly<Record<string, string>>;
  readonly tolerations?: readonly Toleration[];
}

/** The name by which pods ask for virtual nodes. */
export const classNameOf = ({ name = RUNTIME_CLASS }: RuntimeClassSettings = {}): string => name;

/**
 * The name by which the pod webhook knows pods that it leaves alone: always that of the chart's own class, which the chart
 * hands to it (deployments/liqo/templates/liqo-webhook-deployment.yaml, --liqo-runtime-class).
 */
export const webhookClassOf = (settings: RuntimeClassSettings = {}): string =>
  settings.managed === true ? (settings.chartName ?? RUNTIME_CLASS) : classNameOf(settings);

/** Whether tolerations let a pod onto virtual nodes. */
export const leadsToVirtualNodes = (tolerations: readonly Toleration[]): boolean =>
  tolerationOf(TAINT_OF_VIRTUAL_NODES, tolerations) !== undefined;

const unlessEmpty = (strings: Readonly<Record<string, string>> = {}) =>
  Object.keys(strings).length > 0 ? { ...strings } : undefined;

/** The object as the chart writes it with these values; the labels that Helm puts on its own are left out. */
export function runtimeClassManifest(settings: RuntimeClassSettings) {
  const { handler = RUNTIME_CLASS, labels, annotations } = settings;
  const { nodeSelector = { [TYPE_LABEL]: VIRTUAL_NODE }, tolerations = [VIRTUAL_NODE_TOLERATION] } = settings;
  return {
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: {
      name: classNameOf(settings),
      labels: unlessEmpty(labels),
      annotations: unlessEmpty(annotations),
    },
    handler,
    scheduling: { ...(nodeSelector !== false && { nodeSelector: { ...nodeSelector } }), tolerations },
  };
}
