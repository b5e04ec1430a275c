import { SCHEDULING_LABEL } from '../../liqo/constants';
import { holdsSchedulingLabel } from '../../liqo/namespace-offloading';
import { labelsOf } from '../../manifests/manifest';
import type { StateRule } from '../rule';
import type { State } from '../state';

/** Values that mean "off". */
const NO = /^(false|no|off|disabled|0)?$/i;

interface Conflict {
  readonly what: string;
  readonly remedy: string;
  readonly category?: 'risky';
}

/** What is wrong with a declared label; undefined if Liqo's controller would write the same. */
function conflict(state: State, namespace: string, declared: string): Conflict | undefined {
  const offloadings = state.offloadingsOf.get(namespace) ?? [];
  if (offloadings.length === 0) {
    if (declared !== 'true' && NO.test(declared)) return undefined;
    if (declared !== 'true')
      return {
        what: 'but nothing offloads the namespace, and Liqo reads only "true": no pod leaves the cluster',
        remedy: 'Remove the label, or add the NamespaceOffloading and set the label to "true".',
        category: 'risky',
      };
    return {
      what: "but nothing offloads the namespace: Liqo's webhook rejects every new pod in it",
      remedy: 'Remove the label, or add the NamespaceOffloading.',
    };
  }
  const pods = offloadings.flatMap((one) => one.pods ?? []);
  if (pods.length > 0 && pods.every((strategy) => !holdsSchedulingLabel(strategy))) {
    return {
      what: "but podOffloadingStrategy is Local: Liqo's controller removes the label and the GitOps engine restores it, for ever",
      remedy: 'Remove the label from the manifest.',
    };
  }
  if (declared === 'true') return undefined;
  return {
    what: `but Liqo's controller writes "true": the two overwrite each other for ever`,
    remedy: `Set ${SCHEDULING_LABEL}: "true", or leave the label out.`,
  };
}

export const schedulingLabelConflict: StateRule = {
  name: 'scheduling-label-conflict',
  category: 'broken',
  about: 'state',
  summary: 'A Namespace sets the scheduling label to a value that Liqo would not write.',
  why: "`liqo.io/scheduling-enabled` belongs to Liqo's controller, which sets it to `true` for LocalAndRemote and Remote and removes it for Local. A manifest with another value fights the controller for ever. Without a NamespaceOffloading, the label makes the pod webhook reject every pod of the namespace; with another value, such as `True`, it has no effect there and gives a warning.",
  source: 'NSO/lifecycle.go; pkg/webhooks/pod',
  check: (state) =>
    [...state.namespaces].flatMap(([namespace, manifests]) =>
      manifests.flatMap((manifest) => {
        const declared = labelsOf(manifest).get(SCHEDULING_LABEL);
        const found = declared === undefined ? undefined : conflict(state, namespace, declared);
        if (found === undefined) return [];
        return [
          {
            namespace,
            ...(found.category !== undefined && { category: found.category }),
            message: `The Namespace '${namespace}' has the label ${SCHEDULING_LABEL}: ${JSON.stringify(declared)}, ${found.what}.`,
            remedy: found.remedy,
            manifest,
            field: ['metadata', 'labels', SCHEDULING_LABEL],
          },
        ];
      }),
    ),
};
