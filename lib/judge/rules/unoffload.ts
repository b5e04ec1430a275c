import { keeperOf } from '../removal';
import { approvalEntry } from '../approval-entry';
import type { ChangeRule } from '../rule';
import { companions } from '../twins';

/** A twin that namespaces share goes for all of them. */
function alsoHit(namespaces: readonly string[]): string {
  if (namespaces.length === 0) return '';
  return ` The same remote name is that of ${namespaces.map((one) => `'${one}'`).join(', ')}, whose twin goes with it.`;
}

export const unoffload: ChangeRule = {
  name: 'unoffload',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['clusters-deselected'],
  summary: 'A NamespaceOffloading leaves Git.',
  why: 'With pruning on, its deletion makes Liqo delete the twin namespaces on all providers with everything in them; persistent volumes follow their reclaim policy. The strategy does not matter: `Local` has twins as well. An unreachable provider leaves the object, and a deletion of its namespace, hanging.',
  source: 'NSO/lifecycle.go',
  check: ({ before, after }, facts) => {
    const sharing = companions(before, facts);
    return before.offloadings
      .filter(({ manifest }) => !after.has(manifest) && keeperOf(manifest, facts) === undefined)
      .map(({ manifest, namespace }) => ({
        namespace,
        message: `The NamespaceOffloading of '${namespace}' leaves Git: pruning deletes it, and Liqo deletes the twin namespaces on every provider with all that is in them.${alsoHit(sharing(namespace))}`,
        remedy: `Keep it, or let it go by name with ${approvalEntry(namespace, 'unoffload')}`,
        manifest,
      }));
  },
};
