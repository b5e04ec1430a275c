// Where a pod can land: what the API server makes of it, then local nodes, which nobody lists, and every virtual node of
// the inventory.
import { checkTerm } from '../selector/term';
import { admit, type Environment, type PodOffloading } from './admission';
import { labelsOf, selects, type Provider, type Selected, type VirtualNode } from './inventory';
import { anyLocalNode, named, possible, type Possible } from './node-kind';
import type { PodSpec } from './pod';
import { TAINT_OF_VIRTUAL_NODES } from './runtime-class';
import { fits, type Fit, type Node } from './scheduling';

export interface VirtualNodeLanding {
  /** The provider's cluster ID. */
  readonly provider: string;
  readonly virtualNode: string;
  readonly verdict: Fit;
  /** Whether the namespace has a twin namespace there. */
  readonly selected: Selected;
  /** It can be scheduled there, has no twin namespace, and so stays Pending with `OffloadingBackOff`. */
  readonly hangs: boolean;
}

export type Landing =
  | {
      readonly outcome: 'stored';
      /** The pod as the API server stores it. */
      readonly pod: PodSpec;
      /** Whether Liqo's webhook bound it to what the namespace selects. */
      readonly bound: boolean;
      readonly assumptions: readonly string[];
      /** Whether some local node can run it; `yes` says which labels such a node needs. */
      readonly local: Possible;
      /** Every virtual node of the inventory, in its order. */
      readonly virtualNodes: readonly VirtualNodeLanding[];
    }
  | { readonly outcome: 'rejected' | 'undecided'; readonly reason: string };

/** The Node behind a virtual node. */
export function nodeOf(provider: Provider, virtualNode: VirtualNode): Node {
  return {
    name: virtualNode.name,
    labels: labelsOf(provider, virtualNode),
    taints: [TAINT_OF_VIRTUAL_NODES],
  };
}

/**
 * Whether an offloading gives its namespace a twin on a provider, whatever its strategy for pods. With a term in error
 * the controller stops at the first virtual node that no other term matches, in random order: nothing can be said
 * (namespaceoffloading-controller, clusterselector.go).
 */
export function twinOn(offloading: PodOffloading | undefined, provider: Provider): Selected {
  if (offloading === undefined) return 'no';
  const checked = offloading.terms?.map(checkTerm);
  const terms = checked?.flatMap((one) => (one.ok ? [one.term] : []));
  return terms === undefined || terms.length !== checked?.length ? 'perhaps' : selects(terms, provider);
}

/** Whether some local node can run a stored pod, past the scheduler or not. */
export function localVerdict(pod: PodSpec, providers: readonly Provider[]): Possible {
  const local = anyLocalNode(providers);
  const { nodeName } = pod;
  if (nodeName === undefined) return possible(pod, local);
  const isVirtual = providers.some(({ virtualNodes }) =>
    virtualNodes.some(({ name, createNode }) => createNode && name === nodeName),
  );
  if (isVirtual) return { answer: 'no', exclusions: [{ by: 'nodeName', nodeName }] };
  // Past the scheduler, but a kubelet looks at nodeSelector and affinity too (pkg/kubelet/lifecycle/predicate.go).
  return possible(pod, named(local, nodeName));
}

function verdictOn(pod: PodSpec, provider: Provider, virtualNode: VirtualNode): Fit {
  return virtualNode.createNode
    ? fits(pod, nodeOf(provider, virtualNode))
    : { answer: 'no', exclusions: [{ by: 'no-node' }] };
}

/** Where a new pod can land, by what surrounds it and the providers that are known. */
export function landing(pod: PodSpec, environment: Environment, providers: readonly Provider[]): Landing {
  const admission = admit(pod, environment);
  if (admission.outcome !== 'stored') return admission;
  const virtualNodes = providers.flatMap((provider) => {
    const selected = twinOn(environment.namespace.offloading, provider);
    return provider.virtualNodes.map((virtualNode) => {
      const verdict = verdictOn(admission.pod, provider, virtualNode);
      return {
        provider: provider.id,
        virtualNode: virtualNode.name,
        verdict,
        selected,
        hangs: verdict.answer === 'yes' && selected === 'no',
      };
    });
  });
  return { ...admission, local: localVerdict(admission.pod, providers), virtualNodes };
}
