// One pattern of a `.sourceignore`, as Flux matches it, which is not quite as git does: `**` skips folders up to the first that
// fits and never comes back, a class is negated by `^` alone, and what is malformed matches nothing.
// Sources: fluxcd/pkg sourceignore/gitignore/pattern.go; Go's path/filepath.Match.

/** One character of a name: itself, any, or one of a class. */
type Token = (character: string) => boolean;

/** What stands between two runs of `*`, and whether such a run comes before it. */
interface Chunk {
  readonly star: boolean;
  readonly tokens: readonly Token[];
}

type Range = readonly [string, string];

const any: Token = () => true;
const code = (character: string) => character.codePointAt(0) ?? 0;

/** Reads a pattern for one name from left to right. */
class Scanner {
  private readonly characters: readonly string[];
  private at = 0;

  constructor(pattern: string) {
    this.characters = Array.from(pattern);
  }

  /** Undefined where the pattern is malformed. */
  chunks(): readonly Chunk[] | undefined {
    const chunks: Chunk[] = [];
    while (this.at < this.characters.length) {
      const star = this.characters[this.at] === '*';
      while (this.characters[this.at] === '*') this.at++;
      const tokens: Token[] = [];
      while (this.at < this.characters.length && this.characters[this.at] !== '*') {
        const token = this.token();
        if (token === undefined) return undefined;
        tokens.push(token);
      }
      chunks.push({ star, tokens });
    }
    return chunks;
  }

  private token(): Token | undefined {
    const first = this.characters[this.at++];
    if (first === '?') return any;
    if (first === '[') return this.class();
    const literal = first === '\\' ? this.characters[this.at++] : first;
    return literal === undefined ? undefined : (one) => one === literal;
  }

  private class(): Token | undefined {
    const negated = this.characters[this.at] === '^';
    if (negated) this.at++;
    const ranges: Range[] = [];
    while (ranges.length === 0 || this.characters[this.at] !== ']') {
      const range = this.range();
      if (range === undefined) return undefined;
      ranges.push(range);
    }
    this.at++;
    const isIn = (one: string) =>
      ranges.some(([low, high]) => code(low) <= code(one) && code(one) <= code(high));
    return (one) => isIn(one) !== negated;
  }

  private range(): Range | undefined {
    const low = this.member();
    if (low === undefined) return undefined;
    if (this.characters[this.at] !== '-') return [low, low];
    this.at++;
    const high = this.member();
    return high === undefined ? undefined : [low, high];
  }

  private member(): string | undefined {
    const first = this.characters[this.at++];
    if (first === '-' || first === ']') return undefined;
    return first === '\\' ? this.characters[this.at++] : first;
  }
}

/** Where the tokens fit from a place on, the place behind them. */
function behind(tokens: readonly Token[], name: readonly string[], from: number): number | undefined {
  const fits = tokens.every((token, i) => from + i < name.length && token(name[from + i] ?? ''));
  return fits ? from + tokens.length : undefined;
}

/** What is between two runs of `*` is taken where it fits first: the run behind it takes all that is left. */
function matchesChunks(chunks: readonly Chunk[], name: readonly string[]): boolean {
  let at = 0;
  for (const [i, { star, tokens }] of chunks.entries()) {
    const isLast = i === chunks.length - 1;
    const last = star ? name.length : at;
    let next: number | undefined;
    for (let from = at; from <= last && next === undefined; from++) {
      const end = behind(tokens, name, from);
      if (end !== undefined && (!isLast || end === name.length)) next = end;
    }
    if (next === undefined) return false;
    at = next;
  }
  return at === name.length;
}

type MatchesName = (name: string) => boolean;

/** Matches as Go's path.Match does, but that nothing parts names: a malformed pattern matches none. */
export function nameMatcher(pattern: string): MatchesName {
  const chunks = new Scanner(pattern).chunks();
  return (name) => chunks !== undefined && matchesChunks(chunks, Array.from(name));
}

/** A part of a pattern with a `/` in it. */
type Part = 'nothing' | 'folders' | 'never' | MatchesName;

function partOf(text: string): Part {
  if (text === '') return 'nothing';
  if (text === '**') return 'folders';
  return text.includes('**') ? 'never' : nameMatcher(text);
}

/** How many names are taken up to and with the first that fits; undefined where none does. */
const upTo = (matches: MatchesName, names: readonly string[]) => {
  const found = names.findIndex(matches);
  return found < 0 ? undefined : found + 1;
};

function matchesParts(parts: readonly Part[], dirOnly: boolean, path: readonly string[]): boolean {
  let names = path;
  let matched = false;
  let skips = false;
  for (const part of parts) {
    if (part === 'nothing') skips = false;
    else if (part === 'folders') skips = true;
    else {
      if (part === 'never' || names.length === 0) return false;
      const taken = skips ? upTo(part, names) : part(names[0] ?? '') ? 1 : undefined;
      if (taken === undefined && !skips) return false;
      matched = taken !== undefined;
      names = names.slice(taken ?? names.length);
      skips = false;
    }
  }
  return matched && !(dirOnly && names.length === 0);
}

/** Whether a file is meant, or a folder that it lies in. */
function matchesAName(matches: MatchesName, dirOnly: boolean, path: readonly string[]): boolean {
  const found = path.findIndex(matches);
  return found >= 0 && !(dirOnly && found === path.length - 1);
}

/**
 * @param text without a `!` before it
 * @returns takes the path of a file, from the folder of the `.sourceignore`
 */
export function ignorePattern(text: string): (path: string) => boolean {
  const trimmed = text.endsWith('\\ ') ? text : text.replace(/(?<! ) +$/, '');
  const dirOnly = trimmed.endsWith('/');
  const pattern = dirOnly ? trimmed.slice(0, -1) : trimmed;
  if (pattern.includes('/')) {
    const parts = pattern.split('/').map(partOf);
    return (path) => matchesParts(parts, dirOnly, path.split('/'));
  }
  const matches = nameMatcher(pattern);
  return (path) => matchesAName(matches, dirOnly, path.split('/'));
}
