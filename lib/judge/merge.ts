// What a merge would give, object by object: what did not change since the merge base is taken from the other side.
import { identityOf, sameJson, type Manifest } from '../manifests/manifest';
import { State } from './state';

function same(a: readonly Manifest[] = [], b: readonly Manifest[] = []): boolean {
  return a.length === b.length && a.every(({ body }, i) => sameJson(body, b[i]?.body));
}

/**
 * @param ours what this branch gives
 * @param theirs what the ref holds
 * @param bases what each best common ancestor held; an object is unchanged only if it is so against all of them
 */
export function mergeResult(ours: State, theirs: State, bases: readonly State[]): State {
  if (bases.length === 0) return ours;
  const untouched = (identity: string) =>
    bases.every((base) => same(ours.byIdentity.get(identity), base.byIdentity.get(identity)));
  const fromTheirs = [...theirs.byIdentity].flatMap(([identity, all]) => (untouched(identity) ? all : []));
  return new State([...ours.manifests.filter((one) => !untouched(identityOf(one))), ...fromTheirs]);
}
