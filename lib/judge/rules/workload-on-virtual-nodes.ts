import { isAboutLiqo } from '../about-liqo';
import { VIRTUAL_NODE_TAINT } from '../../liqo/constants';
import { ANY_VIRTUAL_NODE, possible } from '../../liqo/node-kind';
import { TAINT_OF_VIRTUAL_NODES } from '../../liqo/runtime-class';
import { tolerationOf } from '../../liqo/tolerations';
import { contradiction, environmentOf, reachOf, workloadsOf, type Workload } from '../workloads';
import { groupBy } from '../../manifests/group';
import { nodeOf } from '../../liqo/landing';
import type { PodSpec, Toleration } from '../../liqo/pod';
import { fits } from '../../liqo/scheduling';
import { listed } from '../cluster-impact';
import type { Facts, Problem, StateRule } from '../rule';
import type { State } from '../state';
import { surroundings, type Surroundings } from '../surroundings';
import { virtualNodesNamed } from '../virtual-node-names';

/** Pods that reach virtual nodes, or ask for one, although their namespace sends none there. */
interface Stray {
  readonly workload: Workload;
  readonly around: Surroundings;
  /** The toleration that gets them past the taint of virtual nodes. */
  readonly toleration?: Toleration;
  /** The virtual nodes that they ask for by name. */
  readonly named: readonly string[];
}

const namesTaint = ({ key }: Toleration) => key === VIRTUAL_NODE_TAINT;

/** Whether a pod that tolerates the taint has a virtual node to go to. */
function hasVirtualNode(pod: PodSpec, { inventories: { after } }: Facts): boolean {
  const nodes = (after?.providers ?? []).flatMap((one) => one.virtualNodes.map((node) => nodeOf(one, node)));
  return after?.complete === true || pod.nodeName !== undefined
    ? nodes.some((node) => fits(pod, node).answer === 'yes')
    : possible(pod, ANY_VIRTUAL_NODE).answer !== 'no';
}

/** Whether the namespace's offloading sends the pods there: not those of a DaemonSet, unless it names the taint itself. */
function isSent({ manifest, pod }: Workload, { pods: offloading }: Surroundings): boolean {
  if (offloading === undefined || offloading.pods === 'Local') return false;
  const own = tolerationOf(TAINT_OF_VIRTUAL_NODES, pod.tolerations);
  return manifest.kind !== 'DaemonSet' || own === undefined || namesTaint(own);
}

function strayOf(workload: Workload, state: State, facts: Facts): Stray | undefined {
  const around = surroundings(state, workload.manifest.namespace, facts);
  const { declared, offloading, pods } = around;
  const unreadable = offloading !== undefined && pods === undefined; // see schema-invalid
  if (!declared || unreadable || isSent(workload, around)) return undefined;
  const { landing } = reachOf(workload.pod, environmentOf(workload, state, facts), facts);
  if (landing.outcome !== 'stored') return undefined;
  const pod = landing.bound ? workload.pod : landing.pod;
  const toleration = tolerationOf(TAINT_OF_VIRTUAL_NODES, pod.tolerations);
  const strays = toleration !== undefined && hasVirtualNode(pod, facts);
  const named = landing.bound ? [] : virtualNodesNamed(pod, facts.inventories.after);
  if (!strays && named.length === 0) return undefined;
  if (contradiction(workload, state, facts) !== undefined) return undefined;
  return { workload, around, named, ...(strays && { toleration }) };
}

const quoted = (names: readonly string[]) => listed(names.map((name) => `'${name}'`));

const taintsText = ({ effect }: Toleration) =>
  effect === undefined ? 'every taint' : `every ${effect} taint`;

const KEEP_OFF =
  'To keep it off virtual nodes, require node affinity liqo.io/type NotIn (virtual-node) (place it local)';

/** What the namespace declares, and the effect on its pods. */
function consequence({ around, toleration }: Stray): string {
  const { namespace, pods } = around;
  if (toleration === undefined)
    return `but ${pods === undefined ? `nothing offloads '${namespace}'` : `the podOffloadingStrategy of '${namespace}' is Local`}: its pods cannot run there`;
  return pods === undefined
    ? `but nothing offloads '${namespace}': its pods can be scheduled there, where they hang because there is no twin namespace`
    : `but the podOffloadingStrategy of '${namespace}' is Local: its pods can still leave the cluster`;
}

/** Pods that name the taint, or a virtual node, mean it. */
function meant(stray: Stray): Problem {
  const { workload, named } = stray;
  const { manifest, title } = workload;
  const { namespace } = manifest;
  const what =
    named.length > 0 ? `asks for the virtual node ${quoted(named)}` : 'tolerates the taint of virtual nodes';
  return {
    namespace,
    message: `${title} in '${namespace}' ${what}, ${consequence(stray)}.`,
    remedy:
      named.length > 0
        ? 'Require local nodes, or offload the namespace.'
        : `${KEEP_OFF}. Or remove the toleration, or offload the namespace.`,
    manifest,
  };
}

/** A workload that tolerates everything does not mean virtual nodes: agents of the platform share one finding. */
function accidental(strays: readonly Stray[], toleration: Toleration): Problem[] {
  return strays.slice(0, 1).map(({ workload: { manifest, title } }) => {
    const names = strays.map(({ workload }) => workload.manifest.name).sort();
    const { namespace } = manifest;
    const who = names.length === 1 ? title : `The DaemonSets ${quoted(names)}`;
    const [verb, their] = names.length === 1 ? ['tolerates', 'its'] : ['tolerate', 'their'];
    return {
      namespace,
      message: `${who} in '${namespace}' ${verb} ${taintsText(toleration)}, including that of virtual nodes: ${their} pods land there too.`,
      remedy: `${KEEP_OFF}. If the pods should run there, name the taint in the toleration.`,
      manifest,
    };
  });
}

/** DaemonSets of one namespace that tolerate the same. */
function groupOf({ workload: { manifest }, toleration }: Stray): string {
  const own = manifest.kind === 'DaemonSet' ? '' : `${manifest.kind}/${manifest.name}`;
  return JSON.stringify([manifest.namespace, toleration?.effect, own]);
}

export const workloadOnVirtualNodes: StateRule = {
  name: 'workload-on-virtual-nodes',
  category: 'risky',
  about: 'state',
  summary: 'Pods land on virtual nodes, or ask for one, in a namespace that does not send pods there.',
  why: 'A taint keeps pods off virtual nodes. A toleration for everything, as agents and DaemonSets often have, gets past it, and so does a toleration of the taint itself: such pods run on other clusters even under the strategy Local, and hang if the namespace is not offloaded. Pods that ask for a virtual node by its name or host name in such a namespace run nowhere. DaemonSets of one namespace that tolerate everything, such as those of a CNI and kube-proxy, share one finding. If nothing that is judged concerns Liqo, the rule assumes that there are no virtual nodes.',
  source: 'pkg/virtualKubelet/liqoNodeProvider/setup.go; pkg/webhooks/pod/mutations.go',
  check: (state, facts) => {
    if (!isAboutLiqo(state, facts)) return [];
    const strays = workloadsOf(state).flatMap((workload) => strayOf(workload, state, facts) ?? []);
    const isMeant = ({ toleration, named }: Stray) =>
      named.length > 0 || toleration === undefined || namesTaint(toleration);
    const byAccident = groupBy(
      strays.filter((one) => !isMeant(one)),
      groupOf,
    );
    return [
      ...strays.filter(isMeant).map(meant),
      ...[...byAccident.values()].flatMap((group) => {
        const toleration = group[0]?.toleration;
        return toleration === undefined ? [] : accidental(group, toleration);
      }),
    ];
  },
};
