// The units of an engine that a compiled dist needs, each with the folders that it applies.
import { dirname } from 'node:path/posix';
import { unitsByPath, type Engine } from '../../manifests/engines/engines';

export interface Unit {
  /** A folder below dist: `namespaces/demo`. */
  readonly name: string;
  /** What it applies, from the root of the repository, sorted. */
  readonly folders: readonly string[];
}

/**
 * @param paths every file of dist, from the project
 * @param prefix where the project lies in its repository: empty, or ending in `/`
 * @returns sorted by name
 */
export function unitsFor(engine: Engine, paths: readonly string[], prefix: string): Unit[] {
  const folders = new Map<string, Set<string>>();
  for (const [path, unit] of unitsByPath(engine, paths)) {
    const folder = engine === 'flux' ? `dist/${unit}` : dirname(path);
    folders.set(unit, (folders.get(unit) ?? new Set()).add(prefix + folder));
  }
  return [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, all]) => ({ name, folders: [...all].sort() }));
}
