// A Namespace that goes takes its NamespaceOffloading along, and the namespace of a peering all twins on that provider. Its
// contents are deleted by Kubernetes' namespace controller, which the guard lets pass: the deletion itself is what counts.
import { SCHEDULING_LABEL, TENANT_NAMESPACE_LABEL } from '../../liqo/constants';
import { literal, textIn } from './cel';
import type { Part, Watched } from './part';

const WATCHED: readonly Watched[] = [{ operations: ['DELETE'], apiGroup: '', resources: ['namespaces'] }];
const SCHEDULED = `${textIn('oldObject', 'labels', SCHEDULING_LABEL)} == "true"`;
const TENANT = `${textIn('oldObject', 'labels', TENANT_NAMESPACE_LABEL)} == "true"`;
const OFFLOADED = `"deleting the namespace '" + oldObject.metadata.name + "' deletes its twin namespaces on every provider, with all that is in them."`;

/** By what the Namespace itself says. */
const byLabels = (liqoNamespace: string): Part => ({
  guards: 'namespace-deletion',
  name: 'namespace-deletion',
  watched: WATCHED,
  fits: `!(${SCHEDULED}) && !(${TENANT}) && oldObject.metadata.name != ${literal(liqoNamespace)}`,
  does: `${SCHEDULED} ? ${OFFLOADED} : "deleting the namespace '" + oldObject.metadata.name + "' ends peerings: twin namespaces on their providers go, with all that is in them."`,
  bound: 'uid',
});

/** By the names that dist has: under the strategy Local no label tells. */
const BY_NAME: Part = {
  guards: 'namespace-deletion',
  name: 'namespace-deletion-by-name',
  watched: WATCHED,
  parameters: 'namespaces',
  fits: `${SCHEDULED} || !(has(params.data) && oldObject.metadata.name in params.data)`,
  does: OFFLOADED,
  bound: 'uid',
};

export const namespaceDeletion = (liqoNamespace: string): readonly Part[] => [
  byLabels(liqoNamespace),
  BY_NAME,
];
