// Lists by key; Node 20 has no Map.groupBy.

/** The elements of each key, keys in the order of their first element. */
export function groupBy<T>(list: Iterable<T>, keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    const present = groups.get(key);
    if (present === undefined) groups.set(key, [one]);
    else present.push(one);
  }
  return groups;
}
