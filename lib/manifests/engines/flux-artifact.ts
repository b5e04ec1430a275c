// Which files of a repository are not in the artifact that Flux makes of it, or are there and not read: source-controller
// leaves out what `.sourceignore` files say, and kustomize-controller takes nothing but YAML.
// Sources: fluxcd/pkg sourceignore/sourceignore.go and gitignore/, artifact/storage/archive.go (SourceIgnoreFilter),
// kustomize/kustomize_generator.go (scanManifests).
import { dirname } from 'node:path/posix';
import { InputError } from '../../input/error';
import { ignorePattern } from './ignore-pattern';
import { isIgnoreFile, type SteeringFile } from './steering-files';

/** Why Flux does not apply a file. */
export interface Unfetched {
  /** The second half of a sentence: "a `.sourceignore` excludes its file". Names no line, so that it stays the same when lines move. */
  readonly why: string;
  readonly remedy: string;
  /** It is there, and only a kustomization would make Flux read it. */
  readonly isUnread?: true;
  /** The line of a `.sourceignore`; undefined where Flux does it by itself. */
  readonly said?: { readonly file: string; readonly line: number };
}

/** Takes a path from the root of the repository, with `/`. Undefined where Flux applies the file. */
export type FluxArtifact = (path: string) => Unfetched | undefined;

/** One line of a `.sourceignore`, or of the default lists. */
interface Pattern {
  readonly text: string;
  readonly file: string;
  readonly line: number;
  /** Begins with `!`: what it matches is in the artifact. */
  readonly includes: boolean;
  readonly matches: (path: string) => boolean;
}

/** Where Flux stops reading a `.sourceignore`, without a word, is not far beyond (bufio.MaxScanTokenSize). */
const MOST_CHARACTERS_IN_A_LINE = 32 * 1024;
/** Of all `.sourceignore` files together. */
const MOST_PATTERNS = 1000;

function patternOf(text: string, file: string, line: number): Pattern {
  const includes = text.startsWith('!');
  const matches = ignorePattern(includes ? text.slice(1) : text);
  const folder = dirname(file);
  const below = folder === '.' ? '' : `${folder}/`;
  return {
    text,
    file,
    line,
    includes,
    matches: (path) => path.startsWith(below) && matches(path.slice(below.length)),
  };
}

function patternsOf({ path, text }: SteeringFile): Pattern[] {
  const lines = text.split('\n');
  const long = lines.findIndex((line) => line.length > MOST_CHARACTERS_IN_A_LINE);
  if (long >= 0)
    throw new InputError({
      message: 'this line is too long to tell what Flux excludes',
      file: path,
      line: long + 1,
      remedy: 'split it into several lines',
    });
  return lines
    .map((line, i) => ({ text: line.replace(/\r$/, ''), line: i + 1 }))
    .filter((one) => !one.text.startsWith('#') && one.text.trim() !== '')
    .map((one) => patternOf(one.text, path, one.line));
}

/** In the order in which the last that matches wins: a deeper file after those above it. */
function patternsIn(files: readonly SteeringFile[]): Pattern[] {
  const depth = ({ path }: SteeringFile) => path.split('/').length;
  const ordered = [...files].sort((a, b) => depth(a) - depth(b));
  const tooLarge = ordered.find(({ text }) => text.split('\n').length > MOST_PATTERNS);
  const patterns = tooLarge === undefined ? ordered.flatMap(patternsOf) : [];
  if (tooLarge === undefined && patterns.length <= MOST_PATTERNS) return patterns;
  throw new InputError({
    message: `there are more than ${MOST_PATTERNS} lines, too many to tell what Flux excludes`,
    file: (tooLarge ?? ordered[0])?.path,
    remedy: 'name folders instead of files',
  });
}

/** ExcludeExt, ExcludeCI and ExcludeExtra; they match names of folders as well. */
const BY_DEFAULT = [
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml'],
  ...['cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml'],
  ...['**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
];
const DEFAULT = BY_DEFAULT.map((pattern) => patternOf(pattern, '', 0));

/** What stands between the wildcards of a pattern stands in all that it matches: thousands of paths hold none of it. */
const TELLING = BY_DEFAULT.map((pattern) => pattern.replace(/^(\*\*\/|\*)|\/$/g, ''));

/** The pattern by which Flux, left alone, leaves a path out; undefined where it takes it. */
function leftOutByDefault(path: string): string | undefined {
  return TELLING.some((part) => path.includes(part))
    ? DEFAULT.find(({ matches }) => matches(path))?.text
    : undefined;
}

function byDefault(path: string): Unfetched | undefined {
  const pattern = leftOutByDefault(path);
  if (pattern === undefined) return undefined;
  return {
    why: `Flux ignores \`${pattern}\` by default`,
    remedy: 'Rename the file or its folder.',
  };
}

/** A folder that a pattern leaves out can hold what another one takes in again: Flux asks for each file by itself. */
function bySourceIgnore(path: string, patterns: readonly Pattern[]): Unfetched | undefined {
  const last = patterns.findLast(({ matches }) => matches(path));
  if (last === undefined || last.includes) return undefined;
  const { text, file, line } = last;
  return {
    why: 'a `.sourceignore` excludes its file',
    remedy: `Remove \`${text}\` from ${file}, or include the file again with a later line that begins with \`!\`.`,
    said: { file, line },
  };
}

/**
 * What Flux does not apply. Not seen: `spec.ignore` and `spec.sparseCheckout` of the GitRepository.
 * @param steering those on the way to what is judged, and below it; only `.sourceignore` files count
 * @returns throws InputError, once it is asked, for a pattern that could take for ever to match
 */
export function fluxArtifact(steering: readonly SteeringFile[]): FluxArtifact {
  let known: Pattern[] | undefined; // nobody but Flux reads them, so they are in nobody else's way
  const answers = new Map<string, Unfetched | undefined>(); // every rule asks for every object's file
  const answer: FluxArtifact = (path) => {
    const patterns = (known ??= patternsIn(steering.filter(({ path: file }) => isIgnoreFile(file))));
    const excluded = patterns.length === 0 ? byDefault(path) : bySourceIgnore(path, patterns);
    if (excluded !== undefined) return excluded;
    return /\.ya?ml$/.test(path)
      ? undefined
      : {
          why: 'its file does not end in .yaml or .yml',
          remedy: 'Write it as YAML in a file with that ending.',
          isUnread: true,
        };
  };
  return (path) => {
    if (!answers.has(path)) answers.set(path, answer(path));
    return answers.get(path);
  };
}
