import { identityOf, type Manifest } from '../../manifests/manifest';
import { assumed, lastAccepted } from '../acceptance';
import type { Step } from '../../manifests/history';
import { toOffloading, type Offloading } from '../offloading';
import type { ChangeRule, Facts, Problem } from '../rule';

/** The form that the cluster held before an object was removed, trusting the oldest step, and the commit that removed it. */
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
      message: `'${namespace}' was offloaded with ${naming(was)} until commit ${found.removed.slice(0, 12)}: if the engine has not reconciled that commit yet, or the old twins still exist, Liqo refuses this change as an update to ${naming(is)}.`,
      remedy: `Before you merge, check that \`kubectl get namespaceoffloading ${manifest.name} -n ${namespace}\` says NotFound.`,
      manifest,
      field: ['spec', 'namespaceMappingStrategy'],
    },
  ];
}

export const reoffloadUnsettled: ChangeRule = {
  name: 'reoffload-unsettled',
  category: 'risky',
  about: 'change',
  summary: 'A namespace is offloaded again with another strategy soon after it was unoffloaded.',
  why: 'A GitOps engine reconciles to the newest commit, and a finalizer waits for every provider, so unoffloading and offloading again can reach the cluster as one update, which the webhook refuses. `settledAfterCommits` in `config/cluster.ts` sets how many commits of the baseline the rule looks at.',
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
        message: `'${anew[0]?.namespace ?? ''}'${others > 0 ? ` and ${others} more namespaces are` : ' is'} newly offloaded, but the judge cannot tell whether one was unoffloaded within the last ${settledAfterCommits} commits: ${cut.reason}.`,
        remedy: cut.remedy,
      },
    ];
  },
};
