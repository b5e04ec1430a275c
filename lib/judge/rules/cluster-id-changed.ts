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

/** What becomes of twins; empty where none has the cluster's name. */
function consequence(change: Change): string {
  const namespaces = namedAfterIt(change);
  return namespaces.length === 0
    ? ''
    : `: the twin namespaces of ${someOf(namespaces)} get other names, empty, and what is in the old ones is left behind`;
}

const approval = (object: string) => approvalEntry(object, 'cluster-id-changed', undefined, 'object');

/** A value of Liqo's chart. Helm asks the cluster and refuses; Argo CD renders without it and goes ahead. */
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
            message: `${changes}: every peering is with '${old}' and fails${consequence(change).replace(':', ',')}.`,
            remedy: `Set it back, or let it through with ${approval(name)}`,
          },
        ]
      : [
          {
            ...shared,
            message: `${changes}: Liqo's chart refuses that, and no upgrade passes any more.`,
            remedy: `Set it back, or let it through with ${approval(name)}`,
          },
        ];
  });
}

/** What configs say of the cluster. */
function ofConfig(change: Change, { consumer, consumerBefore }: Facts): Problem[] {
  if (consumer === undefined || consumerBefore === undefined || consumer === consumerBefore) return [];
  return [
    {
      object: FILE,
      file: FILE,
      line: 1,
      message: `The cluster's Liqo ID changes from '${consumerBefore}' to '${consumer}'${consequence(change)}.`,
      remedy: `Set it back if the cluster's own ID stays. If it was wrong before, let it through with ${approval(FILE)}`,
    },
  ];
}

/** What twins are called in the cluster; undefined for objects that it does not hold. */
const shownName = ({ manifest }: Offloading) =>
  manifest.twin ?? stringsAt(manifest.body, 'status').get('remoteNamespaceName');

/** Live twins that have another cluster's name. */
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
    message: `The cluster calls itself '${id}', by the twin namespaces of ${someOf(all.map(({ namespace }) => namespace))}, and the configs say '${consumer}': names of twins are judged wrongly, or all of them are about to change.`,
    remedy: `Write id: '${id}' into ${FILE}, or let it through with ${approval(FILE)}`,
  }));
}

export const clusterIdChanged: ChangeRule = {
  name: 'cluster-id-changed',
  category: 'broken',
  about: 'change',
  approvable: true,
  approvedBy: 'object',
  summary: "The consumer's cluster ID changes, or is not what the cluster shows.",
  why: "DefaultName names twins after the cluster, and every peering is with its ID. Liqo's chart refuses another `discovery.config.clusterID` on an upgrade by Helm, Flux or k3s; Argo CD renders the chart without asking the cluster, and the ID then changes. Then each DefaultName namespace gets a new, empty twin, and the old one is left behind with all that is in it. Values are read where Git has them as text, ConfigMaps of `valuesFrom` included; those of a Secret are not. `id` of `config/cluster.ts` is read at the baseline where it is a plain text; against live objects, the names of the twins tell.",
  source:
    'deployments/liqo/templates/liqo-clusterid-configmap.yaml; NSM/enforcement.go (ensureNamespacesExistence overwrites the current mapping); NamespaceOffloading status.remoteNamespaceName',
  check: (change, facts) => [...ofChart(change), ...ofConfig(change, facts), ...ofTwins(change, facts)],
};
