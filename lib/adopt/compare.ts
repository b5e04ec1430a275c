// The proof: what the configs compile to, beside what they were made from.
import { groupBy } from '../manifests/group';
import { identityOf, sameJson, type Manifest } from '../manifests/manifest';
import { differences, type FieldChange } from '../plan/differences';

/** A field that the config's object has otherwise than the source's; `old` is the source's. */
export interface Difference extends FieldChange {
  readonly namespace: string;
  readonly kind: string;
}

/**
 * Where compiled objects are not what was expected of them.
 * @throws Error where an expected object was not compiled at all
 */
export function compareObjects(expected: readonly Manifest[], compiled: readonly Manifest[]): Difference[] {
  const byIdentity = groupBy(compiled, identityOf);
  return expected.flatMap((source) => {
    const [found] = byIdentity.get(identityOf(source)) ?? [];
    if (found === undefined) throw new Error(`no config compiles to ${identityOf(source)}`);
    if (sameJson(source.body, found.body)) return [];
    const namespace = source.namespace === '' ? source.name : source.namespace;
    return differences(source, found).map((change) => ({ ...change, namespace, kind: source.kind }));
  });
}
