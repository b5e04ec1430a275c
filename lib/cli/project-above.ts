// Somebody stands in a subfolder of a project: the project above is meant, and said.
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { hasConfig } from '../config/files';
import type { Arguments } from './arguments';
import type { Io } from './console';

/** The nearest folder above that has a config, within the repository. */
function projectAbove(folder: string): string | undefined {
  const above = dirname(folder);
  if (above === folder || existsSync(join(folder, '.git'))) return undefined;
  return hasConfig(above) ? above : projectAbove(above);
}

/** Whether a project is looked for: not where a folder is judged as it is, nor from one that has all that is needed. */
function isLost(given: Arguments): boolean {
  if (!given.mayBeAbove || given.command === 'rules') return false;
  if ('dir' in given && given.dir !== undefined) return false;
  return !hasConfig(given.root) && !existsSync(join(given.root, 'dist'));
}

/** The same files, named from another folder. */
function movedTo(root: string, given: Arguments): Arguments {
  const file = (path: string) => (path === '-' ? path : relative(root, resolve(given.root, path)) || '.');
  const optional = (path: string | undefined) => (path === undefined ? undefined : file(path));
  const baseline = (text: string | undefined) =>
    text !== undefined && /^\.\.?\//.test(text) ? resolve(given.root, text) : text;
  const common = { root, output: 'output' in given ? optional(given.output) : undefined };
  switch (given.command) {
    case 'synth':
    case 'check': {
      const reports = given.reports?.map((one) => ({ ...one, file: file(one.file) }));
      return { ...given, ...common, reports, against: baseline(given.against) };
    }
    case 'plan': {
      const reports = given.reports?.map((one) => ({ ...one, file: file(one.file) }));
      return { ...given, ...common, reports, against: baseline(given.against) };
    }
    case 'explain':
      return { ...given, ...common, file: optional(given.file) };
    case 'import':
      return { ...given, ...common, source: file(given.source), against: baseline(given.against) };
    case 'status':
      return { ...given, ...common, source: optional(given.source) };
    case 'print':
      return { ...given, ...common };
    case 'rules':
    case 'init':
      return given;
  }
}

/** What was said, in the project above where the working directory is in none. Paths mean what they meant. */
export function inProject(given: Arguments, { stderr }: Pick<Io, 'stderr'>): Arguments {
  const above = isLost(given) ? projectAbove(given.root) : undefined;
  if (above === undefined) return given;
  const shown = relative(given.root, above).split(sep).join('/');
  if (!given.quiet) stderr.write(`working in ${shown}, the project above\n`);
  return movedTo(above, given);
}
