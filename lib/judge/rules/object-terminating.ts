import type { Manifest } from '../../manifests/manifest';
import type { ChangeRule } from '../rule';

const LOST = {
  Namespace: 'everything in it and its twin namespaces go with it',
  NamespaceOffloading: 'its twin namespaces go with it',
} as const;

export const objectTerminating: ChangeRule = {
  name: 'object-terminating',
  category: 'risky',
  about: 'change',
  summary: 'A live Namespace or NamespaceOffloading is being deleted, and Git declares it.',
  why: 'Nothing takes a deletion back: until the finalizers are gone the object is still there, and an update of it is judged as one of what is there. Then an engine creates it anew, empty. Only a baseline of live objects (docs/live.md) tells of it.',
  source: 'Kubernetes, "Finalizers"; NSO/lifecycle.go',
  check: ({ before, after }) => {
    const dying = (kind: keyof typeof LOST, manifest: Manifest, namespace: string) =>
      manifest.terminating === true && after.has(manifest)
        ? [
            {
              namespace,
              message: `The ${kind} of '${namespace}' is being deleted in the cluster: ${LOST[kind]}, and an engine creates it anew once it is gone.`,
              remedy: 'See who deleted it. A change of its immutable fields waits until it is gone.',
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
