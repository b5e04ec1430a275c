// The patterns by which Argo CD picks files of a folder, and an ApplicationSet folders of a repository.
// Sources: argo-cd reposerver/repository (findManifests) and util/glob, which match the whole path from the folder, so that
// `*` goes past a `/`; applicationset/generators/git.go (filterApps), which asks Go's path.Match.
import { nameMatcher } from './ignore-pattern';

type Matches = (path: string) => boolean;

/** So many alternatives in braces are followed; nobody writes more. */
const MOST = 100;

/** A pattern without its last pair of braces: `{a,b}/*.yaml` is two; itself, where it has none. */
function withoutBraces(pattern: string): string[] {
  const open = pattern.lastIndexOf('{');
  const close = open < 0 ? -1 : pattern.indexOf('}', open);
  if (close < 0) return [pattern];
  const [head, tail] = [pattern.slice(0, open), pattern.slice(close + 1)];
  return pattern
    .slice(open + 1, close)
    .split(',')
    .map((one) => head + one + tail);
}

function alternatives(pattern: string): string[] {
  let all = [pattern];
  for (let pairs = pattern.split('{').length; pairs > 0; pairs--)
    all = all.flatMap(withoutBraces).slice(0, MOST);
  return all;
}

/** `directory.include` and `directory.exclude`; takes a path from the folder. */
export function filePattern(pattern: string): Matches {
  const all = alternatives(pattern).map(nameMatcher);
  return (path) => all.some((matches) => matches(path));
}

/** A folder of a git generator; `*` stops at a `/`. Takes a path from the root of the repository. */
export function folderPattern(pattern: string): Matches {
  const parts = pattern
    .replace(/^\.?\//, '')
    .replace(/\/$/, '')
    .split('/')
    .map(nameMatcher);
  return (path) => {
    const names = path.split('/');
    return names.length === parts.length && parts.every((matches, i) => matches(names[i] ?? ''));
  };
}
