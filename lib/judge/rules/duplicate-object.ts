import { fileOf, type Manifest } from '../../manifests/manifest';
import type { Facts, StateRule } from '../rule';

/** Whether units are known for each of two copies, and none applies both: these are two deployments of one object. */
function isApart(one: Manifest, other: Manifest, { units }: Facts): boolean {
  return [units.before, units.after].some((side) => {
    const [own, others] = [one, other].map((copy) => side.applying(fileOf(copy)));
    if (own === undefined || others === undefined || own.length === 0 || others.length === 0) return false;
    return !own.some(({ id }) => others.some((unit) => unit.id === id));
  });
}

export const duplicateObject: StateRule = {
  name: 'duplicate-object',
  category: 'broken',
  about: 'state',
  summary: 'The same object is declared more than once.',
  why: 'kustomize (so Flux) refuses to build the folder; Argo CD applies one of them, and nobody can say which. Objects are the same where group, kind, namespace and name are. Copies that different Applications or Kustomizations apply, each to its cluster, are none.',
  source: 'kustomize: "may not add resource with an already registered id"; Argo CD: RepeatedResourceWarning',
  check: ({ byIdentity }, facts) =>
    [...byIdentity.values()].flatMap(([first, ...others]) =>
      first === undefined || first.name === ''
        ? []
        : others
            .filter((other) => !isApart(first, other, facts))
            .map((manifest) => ({
              namespace: manifest.kind === 'Namespace' ? manifest.name : manifest.namespace || undefined,
              message: `${manifest.kind} '${manifest.name}' is declared more than once: Flux refuses to apply any of it, Argo CD applies one of them.`,
              remedy: `Keep one of the two; the other is in ${first.source.file}.`,
              manifest,
            })),
    ),
};
