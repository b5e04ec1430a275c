import { WEBHOOK_SKIP_LABEL } from '../../liqo/constants';
import { labelsOf } from '../../manifests/manifest';
import type { StateRule } from '../rule';

export const webhookSkipped: StateRule = {
  name: 'webhook-skipped',
  category: 'broken',
  about: 'state',
  summary: "A NamespaceOffloading has the label that disables Liqo's admission webhook for it.",
  why: 'With the label `liqo.io/webhook-skip: "true"`, nothing refuses a changed mapping strategy: Liqo then creates a new twin namespace and abandons the old one with all its data.',
  source: 'Liqo v1.1.0, deployments/liqo: objectSelector of the webhook',
  check: ({ offloadings }) =>
    offloadings
      .filter(({ manifest }) => labelsOf(manifest).get(WEBHOOK_SKIP_LABEL) === 'true')
      .map(({ manifest, namespace }) => ({
        namespace,
        message: `The NamespaceOffloading of '${namespace}' skips Liqo's admission webhook: nothing would refuse a changed strategy, which abandons the twin namespaces.`,
        remedy: `Remove the label ${WEBHOOK_SKIP_LABEL}.`,
        manifest,
        field: ['metadata', 'labels', WEBHOOK_SKIP_LABEL],
      })),
};
