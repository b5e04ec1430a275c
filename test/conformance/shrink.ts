// The smallest case on which the two sides still differ.
import { isObject, type Json } from '../../lib/manifests/manifest';

/** Values that are one step simpler: a part of a list, a map or a text less, or one of their parts simpler. */
export function* simpler(value: Json): Generator<Json> {
  if (typeof value === 'string') {
    const characters = Array.from(value);
    for (let size = characters.length; size >= 1; size = Math.floor(size / 2))
      for (let at = 0; at + size <= characters.length; at += size)
        yield [...characters.slice(0, at), ...characters.slice(at + size)].join('');
  } else if (Array.isArray(value)) {
    const list = value as readonly Json[];
    for (const i of list.keys()) yield list.toSpliced(i, 1);
    for (const [i, one] of list.entries()) for (const less of simpler(one)) yield list.with(i, less);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      const { [key]: one, ...rest } = value;
      yield rest;
      for (const less of simpler(one ?? null)) yield { ...value, [key]: less };
    }
  }
}

/** At most so many steps, each of which asks about at most so many values at once. */
const STEPS = 200;
const WIDTH = 2000;

function first<T>(values: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  for (const value of values) {
    if (taken.length === count) break;
    taken.push(value);
  }
  return taken;
}

/** @param differ says for each of several values whether the two sides differ on it */
export async function smallest(
  value: Json,
  differ: (values: readonly Json[]) => Promise<boolean[]>,
): Promise<Json> {
  let found = value;
  for (let step = 0; step < STEPS; step += 1) {
    const candidates = first(simpler(found), WIDTH);
    const differing = await differ(candidates);
    const next = candidates.find((_, i) => differing[i]);
    if (next === undefined) break;
    found = next;
  }
  return found;
}
