import type { StateRule } from '../rule';

export const duplicateObject: StateRule = {
  name: 'duplicate-object',
  category: 'broken',
  about: 'state',
  summary: 'The same object is declared more than once.',
  why: 'kustomize (so Flux) refuses to build the folder; Argo CD applies one of them, and nobody can say which. Objects are the same where group, kind, namespace and name are.',
  source: 'kustomize: "may not add resource with an already registered id"; Argo CD: RepeatedResourceWarning',
  check: ({ byIdentity }) =>
    [...byIdentity.values()].flatMap(([first, ...others]) =>
      first === undefined || first.name === ''
        ? []
        : others.map((manifest) => ({
            namespace: manifest.kind === 'Namespace' ? manifest.name : manifest.namespace || undefined,
            message: `${manifest.kind} '${manifest.name}' is declared more than once: Flux refuses to apply any of it, Argo CD applies one of them.`,
            remedy: `Keep one of the two; the other is in ${first.source.file}.`,
            manifest,
          })),
    ),
};
