// Manifests from text: multi-document YAML, JSON and the Lists that kubectl prints, read with YAML 1.1 semantics as
// sigs.k8s.io/yaml does. What cannot be read for certain is an InputError, never an empty answer.
import { Composer, LineCounter, Parser, type CST, type Document, type YAMLError } from 'yaml';
import { InputError, messageOf } from '../input/error';
import { ambiguousPlace, ambiguousText, type Ambiguity } from './ambiguity';
import { goTags } from './go-yaml';
import { isObject, toManifest, type Json, type JsonObject, type Manifest, type Source } from './manifest';

/** In bytes. A kubectl dump of 10,000 namespaces takes about a quarter of it. */
export const MAX_FILE_SIZE = 32 * 1024 * 1024;

/** How many maps and lists may lie in each other: the deepest CRDs have about sixty. Below it nothing runs out of stack. */
const MAX_DEPTH = 200;
/** Which files of a folder are manifests, as Flux and Argo CD see it. */
export function isManifestFile(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path);
}

/** @throws InputError where a file is too large to be judged */
export function checkSize(file: string, bytes: number): void {
  if (bytes <= MAX_FILE_SIZE) return;
  throw new InputError({
    message: `the file has ${Math.ceil(bytes / 1024 / 1024)} MiB, more than the limit of ${MAX_FILE_SIZE / 1024 / 1024} MiB`,
    file,
    remedy: 'split it, or move it out of the folder if it is not a manifest',
  });
}

/** UTF-8 text of a file. @throws InputError where it is too large, or no text */
export function decode(file: string, content: Buffer): string {
  checkSize(file, content.length);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    if (!text.includes('\0')) return text;
  } catch {
    // falls through to the error below
  }
  throw new InputError({
    message: 'the file is binary, not UTF-8 text',
    file,
    remedy: 'save it as UTF-8, or move it out of the folder if it is not text',
  });
}

type ParsedDocument = Document.Parsed;

function refuse(file: string, text: string, found: Ambiguity | undefined): void {
  if (found === undefined) return;
  const { at, message, remedy } = found;
  throw new InputError({ message, file, line: text.slice(0, at).split('\n').length, remedy });
}

/** Whether maps and lists lie in each other more than MAX_DEPTH deep; looked at level by level, which needs no stack. */
function isTooDeep<T>(top: T, inside: (one: T) => readonly T[]): boolean {
  let level: readonly T[] = [top];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap(inside);
  }
  return false;
}

const tooDeep = (file: string) =>
  new InputError({
    message: `the file is nested too deeply: more than ${MAX_DEPTH} levels of maps and lists`,
    file,
    remedy: 'no Kubernetes object is that deep: check the tool that produced it',
  });

function tokensIn(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  const parts = token.items.flatMap((item): (CST.Token | null | undefined)[] => [item.key, item.value]);
  return parts.filter((one): one is CST.Token => one !== null && one !== undefined && 'items' in one);
}

/** Tokens of a text, before anything recursive looks at them. */
function* shallow(file: string, tokens: Iterable<CST.Token>): Generator<CST.Token> {
  for (const token of tokens) {
    if (isTooDeep(token, tokensIn)) throw tooDeep(file);
    yield token;
  }
}

/** The YAML documents of a text, none of them broken. */
export function parseDocuments(file: string, text: string, lines = new LineCounter()): ParsedDocument[] {
  refuse(file, text, ambiguousText(text));
  const tokens = shallow(file, new Parser(lines.addNewLine).parse(text));
  const composer = new Composer({
    version: '1.1',
    merge: true,
    customTags: goTags,
    uniqueKeys: false, // the library asks each key of each other one; see ambiguousPlace
    logLevel: 'error',
  });
  const documents: ParsedDocument[] = guarded(file, () => [...composer.compose(tokens)]);
  const complain = ([first]: readonly YAMLError[]) => {
    if (first !== undefined) throw broken(file, first, lines);
  };
  if (documents.length === 0) {
    const { errors, warnings } = composer.streamInfo();
    complain([...errors, ...warnings]);
  }
  for (const document of documents) {
    complain(document.errors);
    const { explicit, version } = document.directives.yaml;
    if (explicit === true && version !== '1.1') {
      throw new InputError({
        message: `the file declares %YAML ${version}, but Kubernetes reads manifests as YAML 1.1`,
        file,
        remedy: 'remove the directive',
      });
    }
  }
  guarded(file, () => {
    refuse(file, text, ambiguousPlace(text, documents));
  });
  // Of directives that YAML does not know.
  for (const { warnings } of documents) complain(warnings);
  return documents;
}

/** The value of a document. @throws InputError for an alias bomb */
export function documentValue(file: string, document: ParsedDocument): Json {
  let anchors = 0;
  const onAnchor = () => {
    anchors += 1;
  };
  // Only strings, numbers, booleans, null, arrays and maps are left once the foreign tags are gone.
  const value = guarded(file, () => document.toJS({ maxAliasCount: 100, onAnchor }) as Json);
  if (anchors > 0) checkExpanded(file, value);
  return value;
}

/** What a value is without its aliases: in characters, and in maps and lists in each other. */
interface Extent {
  readonly size: number;
  readonly depth: number;
}

/** Values that aliases share are measured once, and count as often as they stand there. @throws RangeError for too deep ones */
function extentOf(value: Json, known: Map<JsonObject | readonly Json[], Extent>): Extent {
  if (typeof value !== 'object' || value === null) return { size: String(value).length + 1, depth: 0 };
  const before = known.get(value);
  if (before !== undefined) return before;
  const inside = Object.entries(value).map(([key, one]) => {
    const { size, depth } = extentOf(one ?? null, known);
    return { size: size + key.length, depth };
  });
  const extent = inside.reduce(
    (all, one) => ({ size: all.size + one.size, depth: Math.max(all.depth, one.depth + 1) }),
    { size: 1, depth: 1 },
  );
  known.set(value, extent);
  return extent;
}

/** @throws InputError where aliases make something huge of something small */
function checkExpanded(file: string, value: Json): void {
  const { size, depth } = guarded(file, () => extentOf(value, new Map()));
  if (depth > MAX_DEPTH) throw tooDeep(file);
  if (size > MAX_FILE_SIZE)
    throw new InputError({ message: 'the aliases of the document make it too large', file });
}

function guarded<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof InputError) throw thrown;
    throw unreadable(file, thrown);
  }
}

function broken(file: string, error: Pick<YAMLError, 'message' | 'pos'>, lines: LineCounter): InputError {
  const { line, col } = lines.linePos(error.pos[0]);
  return new InputError({
    message: `broken YAML: ${error.message}`,
    file,
    line: Math.max(1, line),
    column: Math.max(1, col),
    remedy: 'fix the file: the judge cannot decide anything without reading it',
  });
}

function unreadable(file: string, thrown: unknown): InputError {
  if (thrown instanceof RangeError) return tooDeep(file);
  return new InputError({ message: `unreadable YAML: ${messageOf(thrown)}`, file });
}

/**
 * The objects of a value: itself, or the items of a List. Whatever has `items` is a list to Kubernetes, its kind aside
 * (apimachinery, unstructured: "detectList"); an item may leave its own kind to a kind that ends in List.
 */
export function manifestsIn(value: JsonObject, source: Source): Manifest[] {
  const { kind, apiVersion, items } = value;
  const listed = typeof kind === 'string' && kind.endsWith('List');
  const isTyped = (item: Json) => isObject(item) && typeof item['kind'] === 'string';
  if (!Array.isArray(items) || !(listed || items.some(isTyped)))
    return [toManifest(value, source) ?? []].flat();
  return items.flatMap((item: Json, i) => {
    if (!isObject(item)) return [];
    const typed =
      listed && kind !== 'List' ? { apiVersion, kind: kind.slice(0, -'List'.length), ...item } : item;
    return manifestsIn(typed, { ...source, path: [...source.path, 'items', i] });
  });
}

const isBranch = (value: Json | undefined) => typeof value === 'object' && value !== null;

function parseJson(file: string, text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (thrown) {
    throw new InputError({ message: `broken JSON: ${messageOf(thrown)}`, file });
  }
  const inside = (one: Json | undefined) => Object.values(one ?? {}).filter(isBranch);
  if (isTooDeep<Json | undefined>(value, inside)) throw tooDeep(file);
  return value;
}

/** What a file holds. */
export interface Content {
  readonly manifests: readonly Manifest[];
  /** Documents that are lists, or maps that say no apiVersion or no kind. */
  readonly strays: readonly Stray[];
  /** Files of a folder that cannot be read: it matters where an engine has to. */
  readonly unread?: readonly Unread[];
  /** All that was read of a folder, the text of each file by its path; undefined where it was no folder. */
  readonly texts?: ReadonlyMap<string, string>;
}

export interface Unread {
  /** Where an engine finds it. */
  readonly path: string;
  readonly text: string;
  readonly error: InputError;
}

/** A document of YAML that is no Kubernetes object. */
export interface Stray extends Source {
  readonly lacks: 'apiVersion' | 'kind';
  readonly isList?: true;
}

/** What a file holds where all of it must be objects, or maps of another purpose. @throws InputError for a list */
export function withoutLists({ manifests, strays }: Content): readonly Manifest[] {
  const list = strays.find(({ isList }) => isList);
  if (list === undefined) return manifests;
  throw new InputError({
    message: `document ${list.document + 1} is a list, not a Kubernetes object`,
    file: list.file,
    remedy: 'only manifests belong here',
  });
}

function strayIn(value: JsonObject, source: Source): Stray[] {
  const { apiVersion, kind } = value;
  if (Object.keys(value).length === 0 || (typeof apiVersion === 'string' && typeof kind === 'string'))
    return [];
  return [{ ...source, lacks: typeof kind === 'string' ? 'apiVersion' : 'kind' }];
}

/**
 * The documents of one file.
 * @param file the name for findings and errors
 * @throws InputError naming file and line, where the text is broken, too large, binary, or a bare value
 */
export function readContent(file: string, content: Buffer | string): Content {
  const text = typeof content === 'string' ? content : decode(file, content);
  // JSON of a cluster is large, and encoding/json has the same semantics: the last of two equal keys wins.
  const values =
    text.trimStart().startsWith('{') && file.endsWith('.json')
      ? [parseJson(file, text)]
      : parseDocuments(file, text).map((document) => documentValue(file, document));
  const read = values.map((value, document): Content => {
    if (value === null) return { manifests: [], strays: [] };
    // A patch, or a playbook: engines stop at it where they read it, and nothing of a cluster is lost by that.
    if (Array.isArray(value))
      return { manifests: [], strays: [{ file, text, document, path: [], lacks: 'kind', isList: true }] };
    if (!isObject(value)) {
      throw new InputError({
        message: `document ${document + 1} is a bare value, not a Kubernetes object`,
        file,
        remedy: 'only manifests belong here; a Git LFS pointer or a broken merge looks like this',
      });
    }
    const source = { file, text, document, path: [] };
    const manifests = manifestsIn(value, source);
    const isList = manifests.length > 0 || Array.isArray(value['items']);
    return { manifests, strays: isList ? [] : strayIn(value, source) };
  });
  return {
    manifests: read.flatMap(({ manifests }) => manifests),
    strays: read.flatMap(({ strays }) => strays),
  };
}

/**
 * The objects of one file. Documents that are none are passed over.
 * @param options `strict`: those are refused as well, where all that is read must arrive somewhere
 * @throws InputError as {@link readContent}
 */
export function readManifests(
  file: string,
  content: Buffer | string,
  { strict = false }: { readonly strict?: boolean } = {},
): Manifest[] {
  const read = readContent(file, content);
  const manifests = withoutLists(read);
  const [stray] = read.strays;
  if (strict && stray !== undefined) {
    throw new InputError({
      message: `document ${stray.document + 1} has no apiVersion or no kind, so it is not a Kubernetes object`,
      file,
      remedy: 'add both, or remove the document',
    });
  }
  return [...manifests];
}

/** The last text that was asked about: many findings often point into one large file. */
let located: { text: string; documents: readonly ParsedDocument[]; lines: LineCounter } | undefined;

function locate({ file, text }: Source) {
  if (located?.text === text) return located;
  const lines = new LineCounter();
  try {
    located = { text, documents: parseDocuments(file, text, lines), lines };
    return located;
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    return undefined;
  }
}

/** The line (from 1) of a field of an object, or of its nearest parent that exists; 1 in JSON that is no YAML. */
export function lineOf({ source }: Manifest, ...field: readonly (string | number)[]): number {
  const found = locate(source);
  if (found === undefined) return 1;
  const { documents, lines } = found;
  const document = documents[source.document];
  for (let depth = field.length; depth >= 0; depth -= 1) {
    const path = [...source.path, ...field.slice(0, depth)];
    const node = path.length === 0 ? document?.contents : document?.getIn(path, true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      const [start] = node.range as number[];
      if (start !== undefined) return lines.linePos(start).line;
    }
  }
  return 1;
}
