// What a config rests on: the files that it imports, theirs, and those that would have been taken in their place.
import type { Metafile } from 'esbuild';
import { posix } from 'node:path';

/** What esbuild tries where an import names no ending, in this order (esbuild, "Resolve extensions"). */
const ENDINGS = ['.tsx', '.ts', '.jsx', '.js', '.css', '.json'];

/**
 * The files that some configs are made of, from the project's folder: these and all that they import, however far.
 * Packages count by what pins them.
 * @param own the packages that are the library itself
 */
export function importsOf(
  { inputs }: Metafile,
  entries: readonly string[],
  own: ReadonlySet<string>,
): string[] {
  const found = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const { path, external } of inputs[file]?.imports ?? []) {
      if (external !== true) waiting.push(path);
      else if (!own.has(path) && !path.startsWith('node:')) for (const one of PINS) found.add(one);
    }
  }
  return [...found].sort();
}

/** What decides which version of a package is installed. */
const PINS = ['package.json', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml'];

/** Files that an import would have led to instead, had they been there: `regions.ts` before `regions/index.ts`. */
export function shadowsOf(file: string): string[] {
  const { dir, name, ext } = posix.parse(file);
  const at = ENDINGS.indexOf(ext);
  if (at < 0) return [];
  const own = ENDINGS.slice(0, at).map((ending) => posix.join(dir, name + ending));
  const isFolder = name === 'index' && dir !== '';
  return isFolder ? [...ENDINGS.map((ending) => dir + ending), ...own] : own;
}
