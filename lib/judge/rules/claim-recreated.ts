import { valueAt, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { refusals } from '../recreation';
import type { ChangeRule } from '../rule';

const NAME = 'claim-recreated';

/** What is lost when an object is recreated; undefined if nothing is. */
function lostWith({ kind, body }: Manifest): string | undefined {
  if (kind === 'PersistentVolumeClaim')
    return 'the data on its volume is lost if the reclaim policy is Delete';
  if (kind === 'CustomResourceDefinition') return 'Kubernetes deletes every object of that kind with it';
  const takesClaims =
    valueAt(body, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete';
  return kind === 'StatefulSet' && takesClaims
    ? 'its PersistentVolumeClaims and their data are deleted with it'
    : undefined;
}

export const claimRecreated: ChangeRule = {
  name: NAME,
  category: 'destructive',
  about: 'change',
  approvable: true,
  summary: 'A GitOps engine deletes and recreates an object that holds data.',
  why: 'The change edits an immutable field, and the engine is set to force: it deletes the object and recreates it. For a PersistentVolumeClaim, or a StatefulSet that deletes its claims, the data is lost; for a CustomResourceDefinition, every object of its kind.',
  source: 'fluxcd/pkg ssa/manager_apply.go; gitops-engine pkg/sync/sync_context.go, kubectl replace --force',
  check: (change, facts) =>
    refusals(change, facts).flatMap(({ was, is, changes, forced }) => {
      const lost = lostWith(was);
      if (forced === undefined || lost === undefined) return [];
      const { kind, name, namespace } = is;
      const [place, approval] =
        namespace === ''
          ? ['', '.']
          : [` in '${namespace}'`, `; or approve it in ${approvalEntry(namespace, NAME)}`];
      return [
        {
          ...(namespace !== '' && { namespace }),
          message: `The engine deletes and recreates ${kind} '${name}'${place}, because '${changes[0].field.join('.')}' is immutable and it has ${forced}: ${lost}.`,
          remedy: `Revert the change, or create an object with another name and move the data${approval}`,
          manifest: is,
        },
      ];
    }),
};
