// Virtual nodes that pods ask for by name.
import { HOSTNAME_LABEL, labelsOf, type Inventory } from '../liqo/inventory';
import type { PodSpec } from '../liqo/pod';
import type { UncheckedRequirement } from '../selector/term';

const NODE_NAME = 'metadata.name';

/** The nodes and host names that a pod requires by name. */
function asked({ nodeName, nodeSelector, required }: PodSpec) {
  const requirements = (required ?? []).flatMap(({ matchExpressions, matchFields }) => [
    ...(matchExpressions ?? []),
    ...(matchFields ?? []),
  ]);
  const valuesOf = (key: string) =>
    requirements.flatMap((one: UncheckedRequirement) =>
      one.key === key && one.operator === 'In' ? (one.values ?? []) : [],
    );
  const host = Object.hasOwn(nodeSelector, HOSTNAME_LABEL) ? nodeSelector[HOSTNAME_LABEL] : undefined;
  return {
    names: new Set([...(nodeName === undefined ? [] : [nodeName]), ...valuesOf(NODE_NAME)]),
    hosts: new Set([...(host === undefined ? [] : [host]), ...valuesOf(HOSTNAME_LABEL)]),
  };
}

/** The virtual nodes of the inventory that a pod requires by name or host name, sorted. */
export function virtualNodesNamed(pod: PodSpec, inventory: Inventory | undefined): string[] {
  const { names, hosts } = asked(pod);
  if (names.size + hosts.size === 0) return [];
  const found = (inventory?.providers ?? []).flatMap((provider) =>
    provider.virtualNodes.flatMap((node) => {
      const host = labelsOf(provider, node)[HOSTNAME_LABEL];
      return names.has(node.name) || (host !== undefined && hosts.has(host)) ? [node.name] : [];
    }),
  );
  return [...new Set(found)].sort();
}
