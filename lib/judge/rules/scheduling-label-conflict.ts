import { SCHEDULING_LABEL } from '../../liqo/constants';
import { holdsSchedulingLabel } from '../../liqo/namespace-offloading';
import { labelsOf } from '../../manifests/manifest';
import type { StateRule } from '../rule';
import type { State } from '../state';

/** Values that ask for nothing. */
const NO = /^(false|no|off|disabled|0)?$/i;

interface Conflict {
  readonly what: string;
  readonly remedy: string;
  readonly category?: 'risky';
}

/** What goes wrong with a declared label, or undefined where it is what Liqo's controller would write. */
function conflict(state: State, namespace: string, declared: string): Conflict | undefined {
  const offloadings = state.offloadingsOf.get(namespace) ?? [];
  if (offloadings.length === 0) {
    if (declared !== 'true' && NO.test(declared)) return undefined;
    if (declared !== 'true')
      return {
        what: 'while nothing offloads the namespace: Liqo reads nothing but "true" there, and no pod leaves',
        remedy: 'Remove the label, or add the NamespaceOffloading and write "true".',
        category: 'risky',
      };
    return {
      what: 'while nothing offloads the namespace: every pod creation in it is rejected',
      remedy: 'Remove the label, or add the NamespaceOffloading.',
    };
  }
  const pods = offloadings.flatMap((one) => one.pods ?? []);
  if (pods.length > 0 && pods.every((strategy) => !holdsSchedulingLabel(strategy))) {
    return {
      what: "while podOffloadingStrategy is Local: Liqo's controller removes the label, the GitOps engine puts it back, for ever",
      remedy: 'Remove the label from the manifest.',
    };
  }
  if (declared === 'true') return undefined;
  return {
    what: `with another value than Liqo's controller writes: the two overwrite each other for ever`,
    remedy: `Declare ${SCHEDULING_LABEL}: "true", or leave it out.`,
  };
}

export const schedulingLabelConflict: StateRule = {
  name: 'scheduling-label-conflict',
  category: 'broken',
  about: 'state',
  summary: 'A Namespace declares the scheduling label otherwise than Liqo would.',
  why: "`liqo.io/scheduling-enabled` belongs to Liqo's controller: it sets it to `true` for LocalAndRemote and Remote and removes it for Local. A manifest that says otherwise fights it for ever. The label without any NamespaceOffloading makes the pod webhook reject every pod of the namespace; with another value, such as `True`, it does nothing there, which is a warning.",
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
            message: `The Namespace '${namespace}' declares ${SCHEDULING_LABEL}: ${JSON.stringify(declared)} ${found.what}.`,
            remedy: found.remedy,
            manifest,
            field: ['metadata', 'labels', SCHEDULING_LABEL],
          },
        ];
      }),
    ),
};
