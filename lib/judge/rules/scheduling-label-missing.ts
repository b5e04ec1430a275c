import { SCHEDULING_LABEL } from '../../liqo/constants';
import { holdsSchedulingLabel } from '../../liqo/namespace-offloading';
import { labelsOf } from '../../manifests/manifest';
import type { StateRule } from '../rule';

export const schedulingLabelMissing: StateRule = {
  name: 'scheduling-label-missing',
  category: 'risky',
  about: 'state',
  summary: 'An offloaded Namespace does not declare the scheduling label.',
  why: "Liqo's controller adds the label shortly after the NamespaceOffloading is created. Pods created before that are not changed by the pod webhook and stay local for good. A declared label closes this race: pods are rejected, and retried, until the NamespaceOffloading exists.",
  source: 'NSO/lifecycle.go; pkg/webhooks/pod',
  check: ({ offloadings, namespaces }) =>
    offloadings.flatMap(({ namespace, pods }) => {
      const [manifest] = namespaces.get(namespace) ?? [];
      if (manifest === undefined || pods === undefined || !holdsSchedulingLabel(pods)) return [];
      if (labelsOf(manifest).has(SCHEDULING_LABEL)) return [];
      return [
        {
          namespace,
          message: `The Namespace '${namespace}' does not declare ${SCHEDULING_LABEL}: pods created before Liqo's controller adds the label are not offloaded.`,
          remedy: `Declare ${SCHEDULING_LABEL}: "true" on the Namespace.`,
          manifest,
          field: ['metadata', 'labels'],
        },
      ];
    }),
};
