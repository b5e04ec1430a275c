import { keeperOf } from '../removal';
import { approvalEntry } from '../approval-entry';
import { isOffloading } from '../offloading';
import type { ChangeRule, Facts, Problem } from '../rule';
import type { Change } from '../state';
import { companions } from '../twins';

/** A twin that several namespaces share is deleted for all of them. */
function alsoHit(namespaces: readonly string[]): string {
  if (namespaces.length === 0) return '';
  return ` Namespaces with the same remote name lose that twin too: ${namespaces.map((one) => `'${one}'`).join(', ')}.`;
}

/**
 * The tool that applied an object without a namespace decided where it went. If as many objects come as go, they have
 * probably been given their namespace.
 */
function withoutNamespace({ before, after }: Change, facts: Facts): Problem[] {
  const gone = before.manifests.filter(
    (one) =>
      isOffloading(one) && one.namespace === '' && !after.has(one) && keeperOf(one, facts) === undefined,
  );
  const come = after.offloadings.filter(({ manifest }) => !before.has(manifest)).length;
  return gone.slice(come).map((manifest) => ({
    message: `The NamespaceOffloading '${manifest.name}', which names no namespace, is removed from Git: pruning deletes it in every namespace that it was applied to, and Liqo deletes the twin namespaces and everything in them on every provider.`,
    remedy:
      'Keep it, or set its metadata.namespace in one merge and remove it in another, with an approval for that namespace.',
    manifest,
  }));
}

export const unoffload: ChangeRule = {
  name: 'unoffload',
  category: 'destructive',
  about: 'change',
  approvable: true,
  covers: ['clusters-deselected'],
  summary: 'A NamespaceOffloading is removed from Git.',
  why: 'With pruning on, the object is deleted, and Liqo deletes the twin namespaces and everything in them on all providers; persistent volumes follow their reclaim policy. This holds for every strategy: `Local` has twins as well. If a provider is unreachable, the deletion of the object, and of its namespace, hangs.',
  source: 'NSO/lifecycle.go',
  check: (change, facts) => {
    const { before, after } = change;
    const sharing = companions(before, facts);
    const named = before.offloadings
      .filter(({ manifest }) => !after.has(manifest) && keeperOf(manifest, facts) === undefined)
      .map(({ manifest, namespace }) => ({
        namespace,
        message: `The NamespaceOffloading of '${namespace}' is removed from Git: pruning deletes it, and Liqo deletes the twin namespaces and everything in them on every provider.${alsoHit(sharing(namespace))}`,
        remedy: `Keep it, or approve the removal in ${approvalEntry(namespace, 'unoffload')}`,
        manifest,
      }));
    return [...named, ...withoutNamespace(change, facts)];
  },
};
