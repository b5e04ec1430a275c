import type { ChangeRule } from '../rule';
import { updatedOffloadings } from '../state';

export const mappingStrategyImmutable: ChangeRule = {
  name: 'mapping-strategy-immutable',
  category: 'refused',
  about: 'change',
  covers: ['remote-name-immutable'],
  summary: 'The namespaceMappingStrategy of a NamespaceOffloading changes.',
  why: "Liqo's webhook refuses the update, and a GitOps engine retries it for ever. Defaults are filled in before comparing: leaving the field out equals `DefaultName`.",
  source: 'pkg/webhooks/namespaceoffloading; docs/changing-a-strategy.md describes the two steps',
  check: (change) =>
    updatedOffloadings(change).flatMap(({ was, is }) =>
      was.mapping === undefined || is.mapping === undefined || was.mapping === is.mapping
        ? []
        : [
            {
              namespace: is.namespace,
              message: `Liqo refuses the update: namespaceMappingStrategy is immutable, and this changes it from ${was.mapping} to ${is.mapping}.`,
              remedy: `Set it back to ${was.mapping}. To change it, unoffload in one merge and offload again in a second: docs/changing-a-strategy.md of cdk8s-liqo.`,
              manifest: is.manifest,
              field: ['spec', 'namespaceMappingStrategy'],
            },
          ],
    ),
};
