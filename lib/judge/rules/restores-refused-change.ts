import { isOffloading, toOffloading } from '../offloading';
import type { ChangeRule } from '../rule';

const short = (commit: string | undefined) => commit?.slice(0, 12) ?? '';

export const restoresRefusedChange: ChangeRule = {
  name: 'restores-refused-change',
  category: 'risky',
  about: 'change',
  summary: 'A change goes back on one that the cluster refused.',
  why: 'Somebody merged past the check, and the baseline holds what Liqo refuses. The cluster still runs what it accepted last: the first-parent history of the baseline is played through, object by object, with the rules of the webhook. An update of that passes, so that a revert during an outage is not refused in its turn.',
  source: 'pkg/webhooks/namespaceoffloading',
  check: ({ restored = [] }) =>
    restored.map(({ is, accepted, commit, refused }) => {
      const what = `${is.kind} '${isOffloading(is) ? is.namespace : is.name}'`;
      const runs =
        accepted === undefined
          ? 'so it is not there, and this change creates it'
          : `so it is still as commit ${short(commit)} made it, and this change is an update of that`;
      const expected =
        accepted === undefined
          ? 'must say NotFound'
          : isOffloading(accepted)
            ? `must show ${toOffloading(accepted).mapping ?? ''}`
            : 'must show the old handler';
      const get = isOffloading(is)
        ? `kubectl get namespaceoffloading ${is.name} -n ${is.namespace} -o yaml`
        : `kubectl get runtimeclass ${is.name} -o yaml`;
      return {
        namespace: is.namespace || undefined,
        message: `The cluster refused what commit ${short(refused)} made of ${what}, ${runs}.`,
        remedy: `See that nobody recreated it by hand meanwhile: \`${get}\` ${expected}.`,
        manifest: is,
      };
    }),
};
