import { identityOf, type Manifest } from '../../manifests/manifest';
import { assumed, lastAccepted } from '../acceptance';
import type { Step } from '../../manifests/history';
import { toOffloading, type Offloading } from '../offloading';
import type { ChangeRule, Facts, Problem } from '../rule';

/** What the cluster held of an object before it was removed, the oldest step being believed, and the commit that removed it. */
function removal(
  steps: readonly Step[],
  engines: Facts['engines'],
): { was: Manifest; removed: string } | undefined {
  const at = steps.findIndex(({ manifests }) => manifests.length > 0);
  const [removed, oldest] = [steps[at - 1], steps.at(-1)];
  if (removed === undefined || oldest === undefined) return undefined;
  const held = lastAccepted(steps.slice(at, -1), engines, assumed(oldest));
  const was = held === undefined ? steps[at]?.manifests[0] : held.manifest;
  return was === undefined ? undefined : { was, removed: removed.commit };
}

const differs = (was: Offloading, is: Offloading) =>
  was.mapping !== is.mapping || was.remoteNamespaceName !== is.remoteNamespaceName;

const naming = ({ mapping, remoteNamespaceName }: Offloading) =>
  `${mapping ?? 'an invalid strategy'}${remoteNamespaceName === '' ? '' : ` '${remoteNamespaceName}'`}`;

function unsettled(is: Offloading, steps: readonly Step[], engines: Facts['engines']): Problem[] {
  const found = removal(steps, engines);
  if (found === undefined) return [];
  const was = toOffloading(found.was);
  if (!differs(was, is)) return [];
  const { namespace, manifest } = is;
  return [
    {
      namespace,
      message: `'${namespace}' was offloaded as ${naming(was)} until commit ${found.removed.slice(0, 12)}: where that one has not been reconciled and the twins are not gone, this is the update to ${naming(is)} that Liqo refuses.`,
      remedy: `Before it is merged, \`kubectl get namespaceoffloading ${manifest.name} -n ${namespace}\` must say NotFound.`,
      manifest,
      field: ['spec', 'namespaceMappingStrategy'],
    },
  ];
}

export const reoffloadUnsettled: ChangeRule = {
  name: 'reoffload-unsettled',
  category: 'risky',
  about: 'change',
  summary: 'A namespace is offloaded anew under another strategy, soon after it was unoffloaded.',
  why: 'A GitOps engine reconciles to the newest commit, and a finalizer waits for every provider: unoffloading and offloading anew can reach the cluster as one update, which the webhook refuses. `settledAfterCommits` of `config/cluster.ts` says how many commits of the baseline are looked at.',
  source: 'pkg/webhooks/namespaceoffloading; NSO/lifecycle.go; docs/changing-a-strategy.md',
  check: ({ before, after }, { past, settledAfterCommits, engines }) => {
    const anew = after.offloadings.filter(({ manifest }) => !before.has(manifest));
    if (past === undefined || anew.length === 0 || settledAfterCommits === 0) return [];
    const { steps, cut } = past(
      anew.map(({ manifest }) => manifest),
      settledAfterCommits,
    );
    const found = anew.flatMap((one) => unsettled(one, steps.get(identityOf(one.manifest)) ?? [], engines));
    if (cut === undefined) return found;
    const others = anew.length - 1;
    return [
      ...found,
      {
        message: `'${anew[0]?.namespace ?? ''}'${others > 0 ? ` and ${others} more namespaces are` : ' is'} offloaded anew, and whether one was unoffloaded within the last ${settledAfterCommits} commits is not known: ${cut.reason}.`,
        remedy: cut.remedy,
      },
    ];
  },
};
