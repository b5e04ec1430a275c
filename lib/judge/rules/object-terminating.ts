import type { Manifest } from '../../manifests/manifest';
import type { ChangeRule } from '../rule';

const LOST = {
  Namespace: 'everything in it and its twin namespaces are deleted with it',
  NamespaceOffloading: 'its twin namespaces are deleted with it',
} as const;

export const objectTerminating: ChangeRule = {
  name: 'object-terminating',
  category: 'risky',
  about: 'change',
  summary: 'The cluster is deleting a Namespace or NamespaceOffloading that Git declares.',
  why: 'A deletion cannot be undone. Until its finalizers are gone the object still exists, and changes to it are judged as updates. Then an engine recreates it, empty. Only a baseline of live objects shows this (docs/live.md).',
  source: 'Kubernetes, "Finalizers"; NSO/lifecycle.go',
  check: ({ before, after }) => {
    const dying = (kind: keyof typeof LOST, manifest: Manifest, namespace: string) =>
      manifest.terminating === true && after.has(manifest)
        ? [
            {
              namespace,
              message: `The ${kind} of '${namespace}' is being deleted in the cluster: ${LOST[kind]}, and an engine recreates it once it is gone.`,
              remedy: 'Find out who deleted it. Change its immutable fields only once it is gone.',
              manifest,
            },
          ]
        : [];
    return [
      ...[...before.namespaces].flatMap(([name, all]) => all.flatMap((one) => dying('Namespace', one, name))),
      ...before.offloadings.flatMap(({ manifest, namespace }) =>
        dying('NamespaceOffloading', manifest, namespace),
      ),
    ];
  },
};
