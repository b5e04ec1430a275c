import type { ChangeRule } from '../rule';
import { updatedOffloadings } from '../state';

const named = (name: string) => (name === '' ? 'none' : `'${name}'`);

export const remoteNameImmutable: ChangeRule = {
  name: 'remote-name-immutable',
  category: 'refused',
  about: 'change',
  summary: 'The remoteNamespaceName of a NamespaceOffloading changes.',
  why: "Liqo's webhook refuses the update under every strategy, even one that ignores the name.",
  source: 'pkg/webhooks/namespaceoffloading',
  check: (change) =>
    updatedOffloadings(change)
      .filter(({ was, is }) => was.remoteNamespaceName !== is.remoteNamespaceName)
      .map(({ was, is }) => ({
        namespace: is.namespace,
        message: `Liqo refuses the update: remoteNamespaceName is immutable, and this changes it from ${named(was.remoteNamespaceName)} to ${named(is.remoteNamespaceName)}.`,
        remedy: `Set it back to ${named(was.remoteNamespaceName)}. To change it, unoffload in one merge and offload again in a second: docs/changing-a-strategy.md of cdk8s-liqo.`,
        manifest: is.manifest,
        field: ['spec', 'remoteNamespaceName'],
      })),
};
