import { keeperOf } from '../removal';
import { approvalEntry } from '../approval-entry';
import { isOffloading } from '../offloading';
import type { ChangeRule, Facts, Problem } from '../rule';
import type { Change } from '../state';
import { companions } from '../twins';

/** A twin that namespaces share goes for all of them. */
function alsoHit(namespaces: readonly string[]): string {
  if (namespaces.length === 0) return '';
  return ` The same remote name is that of ${namespaces.map((one) => `'${one}'`).join(', ')}, whose twin goes with it.`;
}

/**
 * One that named no namespace went where whatever applied it decided. Where another one comes for each that goes, they have
 * been given theirs.
 */
function withoutNamespace({ before, after }: Change, facts: Facts): Problem[] {
  const gone = before.manifests.filter(
    (one) =>
      isOffloading(one) && one.namespace === '' && !after.has(one) && keeperOf(one, facts) === undefined,
  );
  const come = after.offloadings.filter(({ manifest }) => !before.has(manifest)).length;
  return gone.slice(come).map((manifest) => ({
    message: `The NamespaceOffloading '${manifest.name}', which names no namespace, leaves Git: pruning deletes it wherever it was applied, and Liqo deletes the twin namespaces on every provider with all that is in them.`,
    remedy: 'Keep it, or give it metadata.namespace in one merge and remove it by name in another.',
    manifest,
  }));
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
  check: (change, facts) => {
    const { before, after } = change;
    const sharing = companions(before, facts);
    const named = before.offloadings
      .filter(({ manifest }) => !after.has(manifest) && keeperOf(manifest, facts) === undefined)
      .map(({ manifest, namespace }) => ({
        namespace,
        message: `The NamespaceOffloading of '${namespace}' leaves Git: pruning deletes it, and Liqo deletes the twin namespaces on every provider with all that is in them.${alsoHit(sharing(namespace))}`,
        remedy: `Keep it, or let it go by name with ${approvalEntry(namespace, 'unoffload')}`,
        manifest,
      }));
    return [...named, ...withoutNamespace(change, facts)];
  },
};
