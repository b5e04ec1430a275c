import { groupBy } from '../../manifests/group';
import { stringsAt } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { chartValue, installedBefore, type Installation } from '../liqo-chart';
import type { Offloading } from '../offloading';
import { someOf } from '../peering-impact';
import type { ChangeRule, Facts, Problem } from '../rule';
import type { Change } from '../state';

const FILE = 'config/cluster.ts';

/** Namespaces whose twins are named after the cluster. */
const namedAfterIt = ({ before }: Change) =>
  before.offloadings.filter(({ mapping }) => mapping === 'DefaultName').map(({ namespace }) => namespace);

/** What happens to twins; empty if none is named after the cluster. */
function consequence(change: Change): string {
  const namespaces = namedAfterIt(change);
  return namespaces.length === 0
    ? ''
    : `: the twin namespaces of ${someOf(namespaces)} are replaced by new, empty ones, and everything in the old ones is left behind`;
}

const approval = (object: string) => approvalEntry(object, 'cluster-id-changed', undefined, 'object');

/** A value of Liqo's chart. Helm asks the cluster and refuses; Argo CD renders without the cluster and goes ahead. */
function ofChart(change: Change): Problem[] {
  const idOf = (one: Installation) => chartValue(one, 'discovery', 'config', 'clusterID');
  return installedBefore(change).flatMap(({ was, is }): Problem[] => {
    const [old, now] = [idOf(was), is && idOf(is)];
    if (is === undefined || old === undefined || now === undefined || old === now) return [];
    const { manifest, name } = is;
    const changes = `The ${manifest.kind} '${name}' changes the cluster's Liqo ID from '${old}' to '${now}'`;
    const shared = { object: name, manifest };
    return is.by === 'Argo CD'
      ? [
          {
            ...shared,
            category: 'destructive',
            message: `${changes}: every peering is with '${old}' and breaks${consequence(change).replace(':', ', and')}.`,
            remedy: `Revert the ID, or approve the change in ${approval(name)}`,
          },
        ]
      : [
          {
            ...shared,
            message: `${changes}: Liqo's chart refuses this, and every later upgrade fails too.`,
            remedy: `Revert the ID, or approve the change in ${approval(name)}`,
          },
        ];
  });
}

/** The ID in the configs. */
function ofConfig(change: Change, { consumer, consumerBefore }: Facts): Problem[] {
  if (consumer === undefined || consumerBefore === undefined || consumer === consumerBefore) return [];
  return [
    {
      object: FILE,
      file: FILE,
      line: 1,
      message: `The cluster's Liqo ID changes from '${consumerBefore}' to '${consumer}'${consequence(change)}.`,
      remedy: `Revert it if the cluster keeps its ID. If the old ID was wrong, approve the change in ${approval(FILE)}`,
    },
  ];
}

/** What twins are called in the cluster; undefined for objects that it does not hold. */
const shownName = ({ manifest }: Offloading) =>
  manifest.twin ?? stringsAt(manifest.body, 'status').get('remoteNamespaceName');

/** Live twins that carry another cluster's ID. */
function ofTwins({ before }: Change, { consumer }: Facts): Problem[] {
  if (consumer === undefined) return [];
  const shown = before.offloadings.flatMap(({ namespace, mapping, ...one }) => {
    const twin = shownName({ namespace, mapping, ...one });
    const isOurs = mapping === 'DefaultName' && twin?.startsWith(`${namespace}-`) === true;
    const id = isOurs ? twin.slice(namespace.length + 1) : consumer;
    return id === consumer ? [] : [{ namespace, id }];
  });
  return [...groupBy(shown, ({ id }) => id)].map(([id, all]) => ({
    object: FILE,
    file: FILE,
    line: 1,
    message: `The twin namespaces of ${someOf(all.map(({ namespace }) => namespace))} show that the cluster's Liqo ID is '${id}', but the configs say '${consumer}': either the names of twins are judged wrongly, or all of them are about to change.`,
    remedy: `Set id: '${id}' in ${FILE}, or approve the change in ${approval(FILE)}`,
  }));
}

export const clusterIdChanged: ChangeRule = {
  name: 'cluster-id-changed',
  category: 'broken',
  about: 'change',
  approvable: true,
  approvedBy: 'object',
  summary: "The consumer's cluster ID changes, or differs from the one the cluster shows.",
  why: "DefaultName names twin namespaces after the cluster, and every peering is with its ID. Liqo's chart refuses a new `discovery.config.clusterID` when Helm, Flux or k3s upgrades it. Argo CD renders the chart without asking the cluster, so the ID changes: each DefaultName namespace then gets a new, empty twin, and the old one is left behind with everything in it. The rule reads chart values that Git holds as text, including ConfigMaps in `valuesFrom`, but not those in a Secret. It reads `id` from `config/cluster.ts` at the baseline if it is a string literal; against live objects it reads the ID from the names of the twins.",
  source:
    'deployments/liqo/templates/liqo-clusterid-configmap.yaml; NSM/enforcement.go (ensureNamespacesExistence overwrites the current mapping); NamespaceOffloading status.remoteNamespaceName',
  check: (change, facts) => [...ofChart(change), ...ofConfig(change, facts), ...ofTwins(change, facts)],
};
