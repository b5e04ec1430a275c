import { identityOf, valueAt, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { claimTemplatesOf } from '../pod-data';
import { keeperOf } from '../removal';
import type { ChangeRule, Facts, Problem } from '../rule';
import type { Change, State } from '../state';
import { classOf, isClaim, isLiqoClass, isRetained } from '../storage';

const NAME = 'claim-removed';

/** Claims that a change deletes. */
interface Loss {
  readonly manifest: Manifest;
  /** The middle of the sentence: what happens to the object. */
  readonly what: string;
  /** Whether Liqo keeps the data on a provider. */
  readonly ofLiqo: boolean;
}

/** What a StatefulSet does with its claims (Kubernetes, "StatefulSets: PersistentVolumeClaim retention"). */
const deletesClaims = ({ body }: Manifest, when: 'whenDeleted' | 'whenScaled') =>
  valueAt(body, 'spec', 'persistentVolumeClaimRetentionPolicy', when) === 'Delete';

function replicasOf({ body }: Manifest): number {
  const replicas = valueAt(body, 'spec', 'replicas') ?? 1;
  return typeof replicas === 'number' ? replicas : 1;
}

const hasLiqoTemplates = (set: Manifest, state: State) =>
  claimTemplatesOf(set).some((one) => isLiqoClass(classOf(one), state));

/** A StatefulSet that deletes its claims, or those of the pods that it no longer has. */
function lossOfSet(was: Manifest, { before, after }: Change): Loss[] {
  if (claimTemplatesOf(was).length === 0) return [];
  const ofLiqo = hasLiqoTemplates(was, before);
  const [is] = after.byIdentity.get(identityOf(was)) ?? [];
  if (is === undefined)
    return deletesClaims(was, 'whenDeleted')
      ? [
          {
            manifest: was,
            what: 'is removed from Git: pruning deletes it with its PersistentVolumeClaims',
            ofLiqo,
          },
        ]
      : [];
  const [then, now] = [was, is].map(replicasOf);
  return deletesClaims(is, 'whenScaled') && then !== undefined && now !== undefined && now < then
    ? [
        {
          manifest: is,
          what: `goes from ${then} to ${now} replicas: the claims of the removed pods are deleted`,
          ofLiqo,
        },
      ]
    : [];
}

function lossesOf(change: Change, facts: Facts): Loss[] {
  const { before, after } = change;
  return before.manifests.flatMap((was): Loss[] => {
    if (was.name === '') return [];
    const gone = !after.has(was);
    if (gone && keeperOf(was, facts) !== undefined) return [];
    if (was.kind === 'StatefulSet') return lossOfSet(was, change);
    if (!isClaim(was) || !gone || isRetained(was, before)) return [];
    const ofLiqo = isLiqoClass(classOf(was.body), before);
    return [{ manifest: was, what: 'is removed from Git: pruning deletes it', ofLiqo }];
  });
}

function toProblem({ manifest, what, ofLiqo }: Loss, { before }: Change): Problem {
  const { kind, name, namespace } = manifest;
  const offloaded = before.offloadingsOf.has(namespace);
  const data = ofLiqo
    ? 'Liqo deletes its volume and all its data on the cluster that its pods ran on'
    : 'its volume is deleted with all its data unless the reclaim policy is Retain';
  const isDestructive = ofLiqo || offloaded;
  return {
    namespace,
    ...(isDestructive && { category: 'destructive' as const }),
    message: `${kind} '${name}' in '${namespace}' ${what}, and ${data}.`,
    remedy: `Keep it, or move the data first${isDestructive ? `, or approve the loss in ${approvalEntry(namespace, NAME)}` : '.'}`,
    manifest,
  };
}

export const claimRemoved: ChangeRule = {
  name: NAME,
  category: 'risky',
  about: 'change',
  approvable: true,
  summary: 'A PersistentVolumeClaim is removed from Git, or a StatefulSet deletes its claims.',
  why: "With pruning on, the claim is deleted. The reclaim policy is usually Delete, so the volume is deleted with it. A claim of Liqo's storage class stands for a volume on the cluster that its pods ran on, and Liqo deletes that volume regardless of its class's reclaim policy. Such a claim, and any claim in an offloaded namespace, needs an approval; for other claims this is a warning. A StatefulSet leaves its claims behind unless `persistentVolumeClaimRetentionPolicy` says otherwise. The rule ignores claims whose storage class or volume is declared with `Retain`.",
  source:
    'Liqo docs/usage/stateful-applications.md, pkg/virtualKubelet/reflection/storage; Kubernetes, "Persistent Volumes: Reclaiming", "StatefulSets: PersistentVolumeClaim retention"',
  check: (change, facts) => lossesOf(change, facts).map((loss) => toProblem(loss, change)),
};
