// What a merge would give, object by object: what did not change since the merge base is taken from the other side.
import { identityOf, sameJson, type Manifest } from '../manifests/manifest';
import { State } from './state';

type Declared = readonly Manifest[] | undefined;

function same(a: Declared = [], b: Declared = []): boolean {
  return a.length === b.length && a.every(({ body }, i) => sameJson(body, b[i]?.body));
}

/** Whether the files that say it are the same: what lies beside an object, and where, can decide whether it is applied. */
function sameFiles(a: Declared = [], b: Declared = []): boolean {
  return a.every(({ source }, i) => source.file === b[i]?.source.file && source.text === b[i].source.text);
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
  const inPlace = (identity: string) =>
    bases.every((base) => sameFiles(ours.byIdentity.get(identity), base.byIdentity.get(identity)));
  const fromTheirs = [...theirs.byIdentity].flatMap(([identity, all]) => {
    if (!untouched(identity)) return [];
    const own = ours.byIdentity.get(identity) ?? [];
    // What they made of it, in the file that we put it into.
    return inPlace(identity) ? all : all.map((one, i) => ({ ...one, source: own[i]?.source ?? one.source }));
  });
  // What we made of it, in the file that they put it into.
  const own = ours.manifests.filter((one) => !untouched(identityOf(one)));
  const moved = own.map((one) => {
    const [was, is] = [bases[0], theirs].map((side) => side?.byIdentity.get(identityOf(one)) ?? []);
    const to =
      is?.length === 1 && was?.length === 1 && one.source.file === was[0]?.source.file ? is[0] : undefined;
    return to === undefined || to.source.file === one.source.file
      ? one
      : { ...one, appliedFrom: to.source.file };
  });
  return new State([...moved, ...fromTheirs]);
}
