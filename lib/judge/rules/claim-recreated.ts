import { valueAt, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { refusals } from '../recreation';
import type { ChangeRule } from '../rule';

const NAME = 'claim-recreated';

/** What is lost when an object is deleted and created anew; undefined where nothing is. */
function lostWith({ kind, body }: Manifest): string | undefined {
  if (kind === 'PersistentVolumeClaim')
    return 'the data on its volume is gone if the reclaim policy is Delete';
  if (kind === 'CustomResourceDefinition') return 'every object of the kind goes with it';
  const takesClaims =
    valueAt(body, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete';
  return kind === 'StatefulSet' && takesClaims ? 'its claims go with it, and the data on them' : undefined;
}

export const claimRecreated: ChangeRule = {
  name: NAME,
  category: 'destructive',
  about: 'change',
  approvable: true,
  summary: 'A GitOps engine deletes and recreates what holds data.',
  why: 'A field changes that the API server lets nobody change, and the engine is told to force: it deletes the object and creates it anew. With a PersistentVolumeClaim, or a StatefulSet that takes its claims along, the data goes; with a CustomResourceDefinition every object of its kind.',
  source: 'fluxcd/pkg ssa/manager_apply.go; gitops-engine pkg/sync/sync_context.go, kubectl replace --force',
  check: (change, facts) =>
    refusals(change, facts).flatMap(({ was, is, changes, forced }) => {
      const lost = lostWith(was);
      if (forced === undefined || lost === undefined) return [];
      const { kind, name, namespace } = is;
      const [place, approval] =
        namespace === ''
          ? ['', '.']
          : [` in '${namespace}'`, `; or let it go by name with ${approvalEntry(namespace, NAME)}`];
      return [
        {
          ...(namespace !== '' && { namespace }),
          message: `The engine deletes ${kind} '${name}'${place} and creates it anew: ${forced}, and '${changes[0].field.join('.')}' cannot be changed: ${lost}.`,
          remedy: `Take the change back, or make one of another name and move the data${approval}`,
          manifest: is,
        },
      ];
    }),
};
