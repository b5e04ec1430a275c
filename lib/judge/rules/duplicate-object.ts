import { dirname } from 'node:path/posix';
import { fileOf, type Manifest } from '../../manifests/manifest';
import type { DeclaredUnit } from '../../manifests/engines/declared-units';
import { isBelow } from '../../manifests/engines/kustomize-build';
import type { Facts, StateRule } from '../rule';

/** Whether a folder that declares a unit holds both files: an engine reads that folder, though Git does not say so. */
const areInOneRoot = (files: readonly string[], { all }: Facts['units']['after']) =>
  all.some(({ declared }) => {
    const folder = dirname(fileOf(declared));
    return files.every((file) => isBelow(file, folder));
  });

/**
 * Whether units are known for each of two copies and none applies both: then they are two deployments. So are copies
 * that no known unit reads, unless a folder that declares units holds both.
 */
function isApart(one: Manifest, other: Manifest, { units }: Facts): boolean {
  return [units.before, units.after].some((side) => {
    const own = side.applying(fileOf(one));
    const others = side.applying(fileOf(other));
    if (own.length === 0 && others.length === 0)
      return side.all.length > 0 && !areInOneRoot([fileOf(one), fileOf(other)], side);
    if (own.length === 0 || others.length === 0) return false;
    // Units of different clusters may share a name, each in a file of its own.
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
  why: 'kustomize, and so Flux, refuses to build the folder. Argo CD applies one of the copies, and you cannot tell which. Two objects are the same if group, kind, namespace and name are equal. The rule ignores names with variables that Flux still has to fill in, copies that different Applications or Kustomizations apply, each to its own cluster, and copies that no known Application or Kustomization reads, unless a folder that declares one of those holds both copies.',
  source: 'kustomize: "may not add resource with an already registered id"; Argo CD: RepeatedResourceWarning',
  check: ({ byIdentity }, facts) =>
    [...byIdentity.values()].flatMap(([first, ...others]) =>
      first === undefined || first.name === '' || `${first.name}${first.namespace}`.includes('${')
        ? []
        : others
            .filter((other) => !isApart(first, other, facts))
            .map((manifest) => ({
              namespace: manifest.kind === 'Namespace' ? manifest.name : manifest.namespace || undefined,
              message: `${manifest.kind} '${manifest.name}' is declared more than once: Flux applies nothing in its folder, and Argo CD applies only one of the copies.`,
              remedy: `Keep one of them. The other is in ${first.source.file}.`,
              manifest,
            })),
    ),
};
