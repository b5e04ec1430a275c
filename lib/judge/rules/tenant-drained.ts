import { valueAt, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { isTenant, peerOf } from '../peerings';
import type { ChangeRule } from '../rule';
import { updated } from '../state';

const isDrained = ({ body }: Manifest) => valueAt(body, 'spec', 'tenantCondition') === 'Drained';

export const tenantDrained: ChangeRule = {
  name: 'tenant-drained',
  category: 'destructive',
  about: 'change',
  approvable: true,
  approvedBy: 'object',
  summary: 'A Tenant is drained.',
  why: "On the provider, a Tenant whose `tenantCondition` becomes `Drained` loses its permissions, its ResourceSlices and its NamespaceMaps, and with those the twin namespaces that the consumer has here. `Cordoned` only blocks new resources. Approve it by the Tenant's name.",
  source:
    'pkg/liqo-controller-manager/authentication/tenant-controller (handleTenantDrained); NSM/enforcement.go',
  check: ({ before, after }) =>
    updated(before, after.manifests.filter(isTenant))
      .filter(({ was, is }) => isDrained(is) && !isDrained(was))
      .map(({ is }) => ({
        object: is.name,
        message: `The Tenant '${is.name}' is drained: Liqo deletes every twin namespace that '${peerOf(is)}' has here and everything in it.`,
        remedy: `Use Cordoned if you only want to block new resources, or approve the loss in ${approvalEntry(is.name, 'tenant-drained', undefined, 'object')}`,
        manifest: is,
        field: ['spec', 'tenantCondition'],
        clusters: [peerOf(is)],
      })),
};
