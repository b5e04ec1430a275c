import { isOffloading, toOffloading } from '../offloading';
import type { ChangeRule } from '../rule';

const short = (commit: string | undefined) => commit?.slice(0, 12) ?? '';

export const restoresRefusedChange: ChangeRule = {
  name: 'restores-refused-change',
  category: 'risky',
  about: 'change',
  summary: 'A change reverts one that the cluster refused.',
  why: 'A change was merged although the check rejected it, so the baseline holds an object that Liqo refuses. The cluster still runs the form that it accepted last. The judge finds that form by applying the rules of the webhook to the first-parent history of the baseline, object by object, and judges this change as an update of it, so that it does not reject a revert during an outage.',
  source: 'pkg/webhooks/namespaceoffloading',
  check: ({ restored = [] }) =>
    restored.map(({ is, accepted, commit, refused }) => {
      const what = `${is.kind} '${isOffloading(is) ? is.namespace : is.name}'`;
      const runs =
        accepted === undefined
          ? 'so the object does not exist, and this change creates it'
          : `so the cluster still has the form of commit ${short(commit)}, and this change updates that form`;
      const expected =
        accepted === undefined
          ? 'says NotFound'
          : isOffloading(accepted)
            ? `shows ${toOffloading(accepted).mapping ?? ''}`
            : 'shows the old handler';
      const get = isOffloading(is)
        ? `kubectl get namespaceoffloading ${is.name} -n ${is.namespace} -o yaml`
        : `kubectl get runtimeclass ${is.name} -o yaml`;
      return {
        namespace: is.namespace || undefined,
        message: `The cluster refused the change of ${what} in commit ${short(refused)}, ${runs}.`,
        remedy: `Check that it was not recreated by hand since: \`${get}\` ${expected}.`,
        manifest: is,
      };
    }),
};
