import { SCHEDULING_LABEL } from '../../liqo/constants';
import { holdsSchedulingLabel } from '../../liqo/namespace-offloading';
import { labelsOf } from '../../manifests/manifest';
import type { StateRule } from '../rule';

export const schedulingLabelMissing: StateRule = {
  name: 'scheduling-label-missing',
  category: 'risky',
  about: 'state',
  summary: 'A Namespace is offloaded and does not declare the scheduling label.',
  why: "Liqo's controller adds the label a moment after the object; pods that are created before stay untouched by the pod webhook and local for good. Declared, the label closes that race: pods are rejected, and retried, until the object is there.",
  source: 'NSO/lifecycle.go; pkg/webhooks/pod',
  check: ({ offloadings, namespaces }) =>
    offloadings.flatMap(({ namespace, pods }) => {
      const [manifest] = namespaces.get(namespace) ?? [];
      if (manifest === undefined || pods === undefined || !holdsSchedulingLabel(pods)) return [];
      if (labelsOf(manifest).has(SCHEDULING_LABEL)) return [];
      return [
        {
          namespace,
          message: `The Namespace '${namespace}' does not declare ${SCHEDULING_LABEL}: pods that are created before Liqo's controller adds it are not offloaded.`,
          remedy: `Declare ${SCHEDULING_LABEL}: "true" on the Namespace.`,
          manifest,
          field: ['metadata', 'labels'],
        },
      ];
    }),
};
