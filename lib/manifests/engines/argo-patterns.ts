// The patterns by which Argo CD picks files of a folder, and an ApplicationSet folders of a repository.
// Sources: argo-cd reposerver/repository (findManifests) and util/glob, which match the whole path from the folder, so that
// `*` goes past a `/`; applicationset/generators/git.go (filterApps), which asks Go's path.Match.
import { nameMatcher } from './ignore-pattern';

type Matches = (path: string) => boolean;

/** So many alternatives in braces are followed; nobody writes more. */
const MOST = 100;

/** A pattern without its braces: `{a,b}/*.yaml` is two. Braces inside braces are followed too. */
function alternatives(pattern: string): string[] {
  const open = pattern.lastIndexOf('{');
  const close = open < 0 ? -1 : pattern.indexOf('}', open);
  if (close < 0) return [pattern];
  const [head, tail] = [pattern.slice(0, open), pattern.slice(close + 1)];
  const choices = pattern
    .slice(open + 1, close)
    .split(',')
    .slice(0, MOST);
  return choices.flatMap((one) => alternatives(head + one + tail)).slice(0, MOST);
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
