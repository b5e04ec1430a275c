import { dirname } from 'node:path/posix';
import { fileOf, type Manifest } from '../../manifests/manifest';
import type { DeclaredUnit } from '../../manifests/engines/declared-units';
import { isBelow } from '../../manifests/engines/kustomize-build';
import type { Facts, StateRule } from '../rule';

/** Whether two files lie below a folder in which a unit is declared: an engine is pointed at it, though Git does not say so. */
const areInOneRoot = (files: readonly string[], { all }: Facts['units']['after']) =>
  all.some(({ declared }) => {
    const folder = dirname(fileOf(declared));
    return files.every((file) => isBelow(file, folder));
  });

/**
 * Whether units are known for each of two copies, and none applies both: these are two deployments of one object. So are those
 * that none of the known units reads, but for copies in a folder that declares units.
 */
function isApart(one: Manifest, other: Manifest, { units }: Facts): boolean {
  return [units.before, units.after].some((side) => {
    const own = side.applying(fileOf(one));
    const others = side.applying(fileOf(other));
    if (own.length === 0 && others.length === 0)
      return side.all.length > 0 && !areInOneRoot([fileOf(one), fileOf(other)], side);
    if (own.length === 0 || others.length === 0) return false;
    // Clusters have units of one name each, in a file of their own.
    const isSame = (a: DeclaredUnit, b: DeclaredUnit) =>
      a.id === b.id && fileOf(a.declared) === fileOf(b.declared);
    return !own.some((a) => others.some((b) => isSame(a, b)));
  });
}

export const duplicateObject: StateRule = {
  name: 'duplicate-object',
  category: 'broken',
  about: 'state',
  summary: 'The same object is declared more than once.',
  why: 'kustomize (so Flux) refuses to build the folder; Argo CD applies one of them, and nobody can say which. Objects are the same where group, kind, namespace and name are. Names that Flux has yet to fill in are none. Copies that different Applications or Kustomizations apply, each to its cluster, are none, nor are copies that no known Application or Kustomization reads, unless a folder that declares some holds both.',
  source: 'kustomize: "may not add resource with an already registered id"; Argo CD: RepeatedResourceWarning',
  check: ({ byIdentity }, facts) =>
    [...byIdentity.values()].flatMap(([first, ...others]) =>
      first === undefined || first.name === '' || `${first.name}${first.namespace}`.includes('${')
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
