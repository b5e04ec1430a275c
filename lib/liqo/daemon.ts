// DaemonSets: their controller decides node by node, on the template as it is written, and pins each pod to its node with
// matchFields. Admission comes after that and can undo both: Liqo's webhook lets the pod onto virtual nodes and, where the
// clusterSelector has terms, drops the pin; a RuntimeClass binds a pod pinned to a local node to virtual ones.
// Source: kubernetes, pkg/controller/daemon (daemon_controller.go, NodeShouldRunDaemonPod; util/daemonset_util.go).
import type { Environment } from './admission';
import type { Provider, VirtualNode } from './inventory';
import { landing, localVerdict, nodeOf, type Landing } from './landing';
import type { Possible } from './node-kind';
import type { PodSpec } from './pod';
import { fits, type Fit } from './scheduling';

export interface DaemonLanding {
  readonly local: {
    /** Whether there can be a local node that the controller makes a pod for. */
    readonly made: Possible;
    /** Where such a pod can land, if one is made. */
    readonly landing?: Landing;
  };
  /** Every virtual node of the inventory, in its order. */
  readonly virtualNodes: readonly {
    readonly provider: string;
    readonly virtualNode: string;
    /** Whether the controller makes a pod for it. */
    readonly made: Fit;
    /** Where that pod can land. */
    readonly landing?: Landing;
  }[];
}

/** ReplaceDaemonSetPodNodeNameNodeAffinity: the pin takes the place of what the template requires. */
export function daemonPod(template: PodSpec, nodeName: string): PodSpec {
  const pin = { key: 'metadata.name', operator: 'In', values: [nodeName] } as const;
  return { ...template, required: [{ matchExpressions: [], matchFields: [pin] }] };
}

/** Whether a stored pod of a DaemonSet lost what pins it to its node. */
export const isUnpinned = ({ required }: PodSpec): boolean =>
  required === undefined || required.some(({ matchFields }) => (matchFields ?? []).length === 0);

/** A name for a local node that no virtual node has. */
function localName(providers: readonly Provider[]): string {
  const taken = providers.flatMap(({ virtualNodes }) => virtualNodes.map(({ name }) => name));
  return `local-${taken.join('-')}`;
}

/** Whether the controller makes a pod for a virtual node. Unlike the scheduler it looks at all the rest under a nodeName too. */
function madeFor({ nodeName, ...rest }: PodSpec, provider: Provider, virtualNode: VirtualNode): Fit {
  if (!virtualNode.createNode) return { answer: 'no', exclusions: [{ by: 'no-node' }] };
  return nodeName === undefined || nodeName === virtualNode.name
    ? fits(rest, nodeOf(provider, virtualNode))
    : { answer: 'no', exclusions: [{ by: 'nodeName', nodeName }] };
}

/** Which nodes get a pod of a DaemonSet, and where those pods can land. */
export function daemonLanding(
  template: PodSpec,
  environment: Environment,
  providers: readonly Provider[],
): DaemonLanding {
  const { nodeName } = template;
  const onLocal = localVerdict(template, providers);
  const of = (name: string, made: Possible | Fit) =>
    made.answer === 'no' ? {} : { landing: landing(daemonPod(template, name), environment, providers) };
  const virtualNodes = providers.flatMap((provider) =>
    provider.virtualNodes.map((virtualNode) => {
      const { name } = virtualNode;
      const made = madeFor(template, provider, virtualNode);
      return { provider: provider.id, virtualNode: name, made, ...of(name, made) };
    }),
  );
  return { local: { made: onLocal, ...of(nodeName ?? localName(providers), onLocal) }, virtualNodes };
}
